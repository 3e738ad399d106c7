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
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Cell, Line, blank, heading, words, wrapped
from tui.widgets.page import Page

DATES, NAME = {"en": 13, "zh": 16}, 22


class CompareDialog(Dialog):
    """Two people's lives, a day a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "copy", id="compare.copy", show=False)]

    def __init__(self, first: tuple[str, World], second: tuple[str, World], untold: frozenset[str]) -> None:
        """Each with the name; `untold` are the events that every life is full of."""
        super().__init__()
        self.first, self.second, self.untold = first, second, untold

    def build(self, width: int) -> list[Line]:
        """Figures, then days."""
        column = (width - NAME - 2) // 2
        lines: list[Line] = [
            heading(_("Two lives")),
            blank(),
            [
                words("", NAME),
                Cell(self.first[0], column, bold=True),
                Cell(self.second[0], column, bold=True),
            ],
            *self._figures(column),
            blank(),
            *self._days((width - DATES[language()] - 2) // 2),
        ]
        return [*lines, blank(), [words(_("y copy   Esc back"), role="muted")]]

    def _figures(self, column: int) -> list[Line]:
        one, other = standing_of(self.first[1]), standing_of(self.second[1])
        rows = [
            (_("Status"), status_text(one.status), status_text(other.status)),
            (_("Limit"), money(one.limit_fen), money(other.limit_fen)),
            (_("Owes"), money(one.exposure_fen), money(other.exposure_fen)),
            (_("Score"), str(one.score), str(other.score)),
            (_("Cash"), money(one.cash_fen), money(other.cash_fen)),
            (_("Days late now"), str(one.dpd), str(other.dpd)),
            (_("Fees paid so far"), money(one.fees_paid_fen), money(other.fees_paid_fen)),
            (_("Bills / missed"), *(f"{each.bills} / {each.missed}" for each in (one, other))),
            (_("Limit raised / cut"), *(f"{each.raised} / {each.cut}" for each in (one, other))),
        ]
        return [
            [words(name, NAME, role="muted"), Cell(left, column), Cell(right, column)]
            for name, left, right in rows
        ]

    def _days(self, column: int) -> list[Line]:
        lines: list[Line] = []
        for day in TwinLives(self.first[1].events, self.second[1].events).days():
            with of_another():
                left = self._told(day.champion, column)
            with nullcontext() if self.second[1] is self.game.life else of_another():
                right = self._told(day.challenger, column)
            for row in range(max(len(left), len(right))):
                date = date_text(day.date, weekday=False) if row == 0 else ""
                cells = [side[row].text if row < len(side) else "" for side in (left, right)]
                lines.append(
                    [
                        words(date, DATES[language()], role="muted"),
                        Cell(cells[0], column),
                        Cell("  "),
                        Cell(cells[1], column),
                    ]
                )
        return lines

    def _told(self, events: list[Event], column: int) -> list[Cell]:
        shown = [dict(event) for event in events if event["event"] not in self.untold]
        return [line[0] for event in shown for line in wrapped(sentence(event), column - 1)]

    def action_copy(self) -> None:
        """Copy both lives as they are shown."""
        lines = self.query_one(Page).lines[:-1]
        self.app.copy_to_clipboard(
            "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in lines)
        )
        self.game.tell(_("Copied both lives."))
