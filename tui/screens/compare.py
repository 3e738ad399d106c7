"""Compare: two lives side by side: how each stands, then what was decided and what went wrong, day by day."""

from __future__ import annotations

from contextlib import nullcontext
from typing import ClassVar

from textual.binding import Binding, BindingType

from simulator.lab.twin import Event, TwinLives
from simulator.messages import sentence, status_text
from simulator.money import money
from simulator.person import of_another
from simulator.text import _, date_text, language
from simulator.views.life import standing_of
from simulator.world import World
from tui.keys import keyed
from tui.screens.dialogs import Dialog
from tui.widgets.cells import RIGHT, Cell, Line, blank, heading, words, wrapped
from tui.widgets.page import Page

DATES, NAME, FIGURE = {"en": 13, "zh": 16}, 22, 14
HEAD = 3
"""Lines on top that stay in view: the keys, and whose each column is."""


class CompareDialog(Dialog):
    """Two people's lives, a day a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "copy", id="compare.copy", show=False)]

    def __init__(self, first: tuple[str, World], second: tuple[str, World], untold: frozenset[str], how: str = "") -> None:
        """Each with the name; `untold` are the events that every life is full of, `how` says how the second was chosen."""
        super().__init__()
        self.first, self.second, self.untold, self.how = first, second, untold, how

    def build(self, width: int) -> list[Line]:
        """Figures, then days."""
        self.query_one(Page).still = HEAD
        column = (width - NAME) // 2
        return [
            [*heading(_("Two lives")), words("   " + keyed(_("{key_y} copy   {key_Esc} back"), type(self)), role="muted")],
            blank(),
            [
                words("", NAME),
                Cell(self.first[0], column - 1, bold=True),
                words(" "),
                Cell(self.second[0], column, bold=True),
            ],
            *(wrapped(self.how, width, "muted") if self.how else []),
            *self._figures(column),
            blank(),
            *wrapped(_("What happened, day by day; everyday life is left out."), width, "muted"),
            *self._days(column),
        ]

    def _figures(self, column: int) -> list[Line]:
        one, other = standing_of(self.first[1]), standing_of(self.second[1])
        status = [
            words(_("Status"), NAME, role="muted"),
            *(Cell(status_text(each.status), column) for each in (one, other)),
        ]
        rows = [
            (_("Limit"), money(one.limit_fen), money(other.limit_fen)),
            (_("Owes"), money(one.owed_fen), money(other.owed_fen)),
            (_("Score"), str(one.score or "-"), str(other.score or "-")),
            (_("Cash"), money(one.cash_fen), money(other.cash_fen)),
            (_("Days late now"), str(one.dpd), str(other.dpd)),
            (_("Fees paid so far"), money(one.fees_paid_fen), money(other.fees_paid_fen)),
            (_("Bills / missed"), *(f"{each.bills} / {each.missed}" for each in (one, other))),
            (_("Limit raised / cut"), *(f"{each.raised} / {each.cut}" for each in (one, other))),
        ]
        return [
            status,
            *(
                [
                    words(name, NAME, role="muted"),
                    Cell(left, FIGURE, RIGHT),
                    words("", column - FIGURE),
                    Cell(right, FIGURE, RIGHT),
                ]
                for name, left, right in rows
            ),
        ]

    def _days(self, column: int) -> list[Line]:
        """The second life's column stands under its figures, and the first one's has what is left beside the date."""
        dates = DATES[language()]
        first = NAME + column - dates
        lines: list[Line] = []
        for day in TwinLives(self.first[1].events, self.second[1].events).days():
            with of_another():
                left = self._told(day.champion, first)
            with nullcontext() if self.second[1] is self.game.life else of_another():
                right = self._told(day.challenger, column)
            for row in range(max(len(left), len(right))):
                date = date_text(day.date, weekday=False) if row == 0 else ""
                cells = [side[row].text if row < len(side) else "" for side in (left, right)]
                lines.append(
                    [
                        words(date, dates, role="muted"),
                        Cell(cells[0], first),
                        Cell(cells[1], column),
                    ]
                )
        return lines

    def _told(self, events: list[Event], column: int) -> list[Cell]:
        shown = [dict(event) for event in events if event["event"] not in self.untold]
        return [line[0] for event in shown for line in wrapped(sentence(event), column - 1)]

    def action_copy(self) -> None:
        """Copy both lives as they are shown."""
        lines = [heading(_("Two lives")), *self.query_one(Page).lines[1:]]
        self.app.copy_to_clipboard(
            "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in lines)
        )
        self.game.tell(_("Copied both lives."))
