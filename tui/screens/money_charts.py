"""How money went over a life: limit and debt in one chart, cash in another, told apart without colour too."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rich.cells import cell_len

from simulator.money import money
from simulator.text import _, date_text
from simulator.views.life import course
from simulator.world import World
from tui.widgets.cells import Cell, Line, blank, words
from tui.widgets.chart import Series, line_chart, sample


def money_charts(
    life: World, width: int, rows: int, plain: bool, changes: Sequence[datetime.date] = ()
) -> list[Line]:
    """The charts, so many rows each, with a mark at each of the `changes`; nothing on a life's first day."""
    seen = course(life, max(2, width * 2))
    if seen is None:
        return []
    marks = [seen.place_of(date) for date in changes]
    debt = debt_chart(life, width, rows, plain, changes)
    lines = [*debt, blank()] if debt else []
    legend = [Cell(_("CASH"), role="cash", bold=True), words("  " + _("which the lender cannot see"), role="muted")]
    period = [] if lines else [_period(seen.first, seen.last, legend, width)]
    cash = line_chart([Series(seen.cash_fen, "cash")], width, rows, money, marks, plain, least=0)
    return [*lines, [*legend, *period], *cash]


def debt_chart(life: World, width: int, rows: int, plain: bool, changes: Sequence[datetime.date] = ()) -> list[Line]:
    """Limit and debt in so many rows under a legend; nothing on a life's first day, nor where there never was a line."""
    seen = course(life, max(2, width * 2))
    if seen is None or not (max(seen.limit_fen) or max(seen.owed_fen)):
        return []
    legend = [
        sample(0, "limit", True, plain), Cell(_("LIMIT"), role="limit", bold=True), words("   "),
        sample(1, "owed", False, plain), Cell(_("OWED"), role="owed", bold=True),
    ]  # fmt: skip
    owed = [Series(seen.limit_fen, "limit", dashed=True), Series(seen.owed_fen, "owed")]
    marks = [seen.place_of(date) for date in changes]
    return [
        [*legend, _period(seen.first, seen.last, legend, width)],
        *line_chart(owed, width, rows, money, marks, plain, least=0),
    ]


def _period(first: datetime.date, last: datetime.date, legend: Line, width: int) -> Cell:
    """From when to when the charts go; by months where beside the legend there is no room for days, or not at all."""
    told = _("{first} to {last}")
    days = told.format(first=date_text(first, weekday=False), last=date_text(last, weekday=False))
    months = told.format(first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")
    room = width - sum(cell_len(cell.fitted()) for cell in legend)
    return words(next(("   " + text for text in (days, months) if cell_len(text) + 3 <= room), ""), role="muted")
