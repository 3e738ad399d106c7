"""Tables of the Lab: the difference first, how sure it is, then the totals of both policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from simulator.commands.table import at_the_point
from simulator.lab.answer import Answer, GroupBy, Measured
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.shown import shown
from simulator.lab.words import PLACES, Scale, group_text, scale_of, scales, verdict_role, verdict_text
from simulator.text import _
from tui.widgets.cells import Cell, Line, amount, words

GAP = 2
LEAST_NAME, MOST_NAME = 10, 26
VERDICT, TODAY = 3, 4
EVERY = (0, 1, 2, 3, 4, 5)
WITHOUT_TODAY = tuple(place for place in EVERY if place != TODAY)
"""The columns of a table by their places."""


@dataclass(frozen=True)
class Row:
    """One row: what it is called, its measure, and the figure that `w` explains."""

    title: str
    metric: str
    measured: Measured
    figure: str
    gap: bool = False

    @property
    def better(self) -> int:
        """1 where more is better, -1 where less is, as of every gap; else 0."""
        return -1 if self.gap else measure(self.metric).better


def metric_rows(metrics: Mapping[str, Measured], names: Iterable[str]) -> list[Row]:
    """A row for each of these measures that an answer holds."""
    return [Row(measure(name).title, name, metrics[name], f"lab:{name}") for name in names if name in metrics]


def group_rows(answer: Answer, by: GroupBy, name: str, titles: Iterable[str] = ()) -> list[Row]:
    """A row for each group of a kind that has the measure, called by the group unless there are titles."""
    groups = [group for group in answer.group(by) if name in group.metrics]
    called = list(titles) or [group_text(by, group.key) for group in groups]
    return [
        Row(title, name, group.metrics[name], f"lab:group:{by}:{group.key}:{name}")
        for title, group in zip(called, groups, strict=True)
    ]


def headings() -> list[str]:
    """The heads of the columns of figures."""
    return [_("difference"), _("95 % low"), _("high"), "", _("today"), _("trial")]


def texts(row: Row, scale: Scale, brief: bool = False) -> list[str]:
    """The figures of a row, as they are shown."""
    difference, low, high, today, trial = shown(row.metric, row.measured, scale, PLACES if brief else None)
    return [difference, low, high, verdict_text(row.measured), today, trial]


def table(title: str, rows: Sequence[Row], width: int) -> list[Line]:
    """Rows under one head, in one unit of amounts, as wide as their figures need.

    Amounts, and shares, stand with their decimal points under each other. Where they do not fit, they move closer, then
    to the right, then the unit grows, then today's totals are left out, and last none has more than two decimals.
    """
    if not rows:
        return []
    name = max(LEAST_NAME, *(cell_len(row.title) for row in rows))
    layout = _layout(rows, width - name)
    columns = [layout.of(rows)[place] for place in layout.columns]
    heads = [headings()[place] for place in layout.columns]
    room = [layout.gap + max(map(cell_len, (head, *column))) for head, column in zip(heads, columns, strict=True)]
    name = min(width - sum(room), MOST_NAME)
    lines: list[Line] = _head(_with_unit(title, rows, layout.scale), heads, room, name)
    for row, told in zip(rows, zip(*columns, strict=True), strict=True):
        lines.append([Cell(row.title, name, figure=row.figure), *_figures(row, told, room, layout.gap)])
    return lines


def _with_unit(title: str, rows: Sequence[Row], scale: Scale) -> str:
    """The title with the unit of amounts, and that it is theirs alone where there are other figures."""
    amounts = [unit_of(row.metric) == FEN for row in rows]
    if not any(amounts):
        return title
    text = _("{title}, {unit}") if all(amounts) else _("{title} (amounts in {unit})")
    return text.format(title=title, unit=scale.name)


class Layout(NamedTuple):
    """The unit of amounts, the columns, whether points stand under each other, the gap, and whether two decimals are the most."""

    scale: Scale
    columns: tuple[int, ...]
    pointed: bool
    gap: int
    brief: bool

    def of(self, rows: Sequence[Row]) -> list[list[str]]:
        """The figures of rows by columns, every one of them."""
        columns = [list(column) for column in zip(*(texts(row, self.scale, self.brief) for row in rows), strict=True)]
        kinds = [unit_of(row.metric) for row in rows]
        return [
            at_the_point(each, kinds) if self.pointed and place != VERDICT else each for place, each in enumerate(columns)
        ]


def _layout(rows: Sequence[Row], width: int) -> Layout:
    """The first layout in which all figures fit; the last where none does."""
    least = scale_of((row.metric, row.measured) for row in rows)
    units = [scale for scale in scales() if scale.fen >= least.fen]
    tried = [
        Layout(scale, columns, pointed, gap, brief)
        for brief in (False, True)
        for columns in (EVERY, WITHOUT_TODAY)
        for scale in units
        for pointed in (True, False)
        for gap in (GAP, 1)
    ]
    for layout in tried:
        needed = [max(map(cell_len, (head, *column))) for head, column in zip(headings(), layout.of(rows), strict=True)]
        if sum(needed[place] + layout.gap for place in layout.columns) <= width:
            return layout
    return tried[-1]


def _head(title: str, heads: list[str], room: list[int], name: int) -> list[Line]:
    """The title on the line of the heads where it fits, else above them."""
    columns = [amount(text, None, wide, "muted") for text, wide in zip(heads, room, strict=True)]
    if cell_len(title) <= name:
        return [[Cell(title, name, bold=True), *columns]]
    return [[Cell(title, bold=True)], [words("", name), *columns]]


def _figures(row: Row, figures: Sequence[str], room: list[int], gap: int) -> list[Cell]:
    role = verdict_role(row.better, row.measured)
    cells = []
    for place, (text, wide) in enumerate(zip(figures, room, strict=True)):
        if place == VERDICT:
            cells.append(words(" " * gap + text, wide, role=role))
        else:
            first = place == 0
            cells.append(amount(text, None, wide, "ink" if first else "muted", bold=first))
    return cells
