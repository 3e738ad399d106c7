"""QueryField: the line in which a filter is written, with what could come next in grey behind the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from simulator.market.query import completions


class _Completing(Suggester):
    """Suggests the first word that could be meant."""

    def __init__(self) -> None:
        """The language may change, so nothing is kept."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole filter with that word, if it only adds to what is written."""
        return (
            next((each.text for each in completions(value) if each.text.startswith(value)), None)
            if value
            else None
        )


class QueryField(Input):
    """A line for a filter; down shows kept filters, right takes the suggestion, Esc goes to the rows."""

    DEFAULT_CSS = """
    QueryField { background: $panel; color: $ink; border: none; height: 1; padding: 0 1; }
    QueryField:focus { border: none; background: $panel; }
    QueryField > .input--suggestion { color: $muted; }
    QueryField > .input--placeholder { color: $muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "kept", show=False, id="query.kept"),
        Binding("escape", "leave", show=False, id="query.leave"),
    ]

    class KeptAsked(Message):
        """The person wants to see kept filters."""

    class Left(Message):
        """The person wants to go to the rows."""

    def __init__(self, value: str = "", id: str | None = None) -> None:
        """A line with a filter in it, or empty."""
        super().__init__(value, id=id, suggester=_Completing(), select_on_focus=False)

    def action_kept(self) -> None:
        """Ask for kept filters."""
        self.post_message(self.KeptAsked())

    def action_leave(self) -> None:
        """Go to the rows."""
        self.post_message(self.Left())
