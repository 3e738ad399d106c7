"""Curves: lines over whole numbers, drawn in Braille dots, or in plain letters where those are asked for.

A cell takes the colour of the last curve that passes through it, so that the one that matters goes last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from tui.widgets.cells import Cell, Line, amount, words
from tui.widgets.chart import PLAIN, gap

ROWS, LABEL = 6, 10
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille letter, by row and column."""


@dataclass(frozen=True)
class Curve:
    """Points (x, y) with x rising, the role of its colour, and whether it is dashed, so that it is known without."""

    points: Sequence[tuple[int, int]]
    role: str
    dashed: bool = False


def curves(
    drawn: Sequence[Curve], width: int, show: Callable[[int], str], plain: bool, rows: int = ROWS
) -> list[Line]:
    """Lines of a chart: the highest and lowest value at the left, the first and last x below."""
    points = [point for curve in drawn for point in curve.points]
    if not points:
        return []
    first, last = min(x for x, _y in points), max(x for x, _y in points)
    low, high = min(y for _x, y in points), max(y for _x, y in points)
    room = max(10, width - LABEL - 2)
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for number, curve in enumerate(drawn):
        for column in range(room * 2):
            x = first + (last - first) * column / max(1, room * 2 - 1)
            y = _height(curve.points, x)
            if y is None or (curve.dashed and gap(column // 2)):
                continue
            dot = round((high - y) * (rows * 4 - 1) / max(1, high - low))
            place = (dot // 4, column // 2)
            bits, _owner = cells.get(place, (0, number))
            cells[place] = (bits | DOTS[dot % 4][column % 2], number)
    lines: list[Line] = []
    for row in range(rows):
        label = show(high) if row == 0 else show(low) if row == rows - 1 else ""
        line: Line = [amount(label, None, LABEL, "muted"), words("  ")]
        for column in range(room):
            bits, owner = cells.get((row, column), (0, 0))
            letter = (PLAIN[owner % len(PLAIN)] if plain else chr(0x2800 + bits)) if bits else " "
            line.append(Cell(letter, role=drawn[owner].role))
        lines.append(_joined(line))
    ends = f"{first}{last:>{max(1, room - cell_len(str(first)))}}"
    return [*lines, [words("", LABEL), words("  "), words(ends, role="muted")]]


def _height(points: Sequence[tuple[int, int]], x: float) -> float | None:
    """The value between the two points around x; None outside the curve."""
    for (left, low), (right, high) in pairwise(points):
        if left <= x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return None


def _joined(line: Line) -> Line:
    """Neighbours of one role as one cell."""
    found: Line = []
    for cell in line:
        if found and found[-1].width is None and cell.width is None and found[-1].role == cell.role:
            found[-1] = Cell(found[-1].text + cell.text, role=cell.role)
        else:
            found.append(cell)
    return found
