"""Twin lives: one shopper under both policies, side by side, from the day they part."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from simulator.lab.twin import Event, TwinDay, TwinLives
from simulator.messages import is_routine, sentence
from simulator.person import of_another
from simulator.text import _, date_text, language
from tui.keys import keyed
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Cell, Line, blank, heading, words, wrapped
from tui.widgets.page import Page

DATES = {"en": 13, "zh": 16}


class TwinScreen(Dialog):
    """Both lives of one shopper, a day a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "whole", "whole lives", id="twin.whole", show=False),
        Binding("y", "copy", "copy", id="twin.copy", show=False),
    ]

    def __init__(self, who: str, twin: TwinLives, of_what: str, own: bool = False) -> None:
        """Whose lives they are, the player's `own` or another's, and what they are of."""
        super().__init__()
        self.who, self.of_what, self.own = who, of_what, own
        self.days = twin.days()
        self.parted = next((day.day for day in self.days if day.differs), None)
        self.whole = self.parted is None

    def build(self, width: int) -> list[Line]:
        """What parts them, then the days."""
        lines: list[Line] = [
            heading(_("Two lives of {who}").format(who=self.who)),
            *wrapped(self.of_what, width, "muted"),
            blank(),
        ]
        if self.parted is None:
            lines += wrapped(_("The two lives are the same to this day."), width)
        column = (width - DATES[language()] - 2) // 2
        lines.append(
            [
                words("", DATES[language()]),
                Cell(_("today's policy"), column + 2, bold=True),
                Cell(_("trial"), column, bold=True),
            ]
        )
        with nullcontext() if self.own else of_another():
            for day in self.days:
                if self.whole or (self.parted is not None and day.day >= self.parted):
                    lines += _day_lines(day, column)
        more = keyed(_("{key_g} from where they part"), type(self)) if self.whole else keyed(_("{key_g} whole lives"), type(self))
        keys = keyed(_("{key_y} copy   {key_Esc} back"), type(self))
        return [
            *lines,
            blank(),
            [words(f"{more}   {keys}" if self.parted is not None else keys, role="muted")],
        ]

    def action_whole(self) -> None:
        """From the first day, or from where they part."""
        if self.parted is not None:
            self.whole = not self.whole
            self.rebuild()

    def action_copy(self) -> None:
        """Copy both lives as they are shown."""
        lines = self.query_one(Page).lines[:-1]
        self.app.copy_to_clipboard(
            "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in lines)
        )
        self.game.tell(_("Copied both lives."))


def _day_lines(day: TwinDay, column: int) -> list[Line]:
    """A day: what is the same once across both columns, what differs side by side."""
    role = "ink" if day.differs else "muted"
    left, right = (_told(events, day.differs, column, role) for events in (day.champion, day.challenger))
    if not day.differs:
        right = [words("=", role="muted")] if left else []
    lines: list[Line] = []
    for row in range(max(len(left), len(right))):
        date = date_text(day.date, weekday=False) if row == 0 else ""
        first = left[row] if row < len(left) else words("")
        second = right[row] if row < len(right) else words("")
        lines.append(
            [words(date, DATES[language()], role="muted"), Cell(first.text, column + 2, role=first.role), Cell(second.text, column, role=second.role)]
        )  # fmt: skip
    return lines


def _told(events: Sequence[Event], differs: bool, column: int, role: str) -> list[Cell]:
    """The sentences of a side, a line a cell; what is routine only where it differs."""
    shown: list[Any] = [event for event in events if differs or not is_routine(event)]
    return [line[0] for event in shown for line in wrapped(sentence(event), column, role)]
