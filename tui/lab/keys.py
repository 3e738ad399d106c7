"""Keys of the Lab: its views by their places, the sweep behind them, and the other pane."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

VIEWS = ("short", "money", "risk", "people", "fairness", "swap", "me")


class LabKeys:
    """The Lab's own keys, for the screen and for what it says of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(place + 1), f"view({place})", show=False, id=f"lab.{view}")
            for place, view in enumerate(VIEWS)
        ),
        Binding("8", "sweep", show=False, id="lab.sweep"),
        Binding("tab,shift+tab", "other_pane", show=False, id="lab.pane"),
        Binding("j", "other_pane", show=False, id="always.jump"),
        Binding("f6", "other_pane", show=False, id="always.pane"),
    ]
