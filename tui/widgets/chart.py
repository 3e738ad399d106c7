"""Charts from plain characters, narrow in every terminal."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.money import money
from tui.widgets.cells import Cell, Line, amount

HEIGHT = 5
LABEL = 12


def step_chart(points: Sequence[tuple[int, int]], today: int, width: int) -> list[Line]:
    """Steps over time: (day, value) from which on it held, drawn up to today."""
    if not points:
        return []
    room = max(10, min(100, width - LABEL - 2))
    first = points[0][0]
    span = max(1, today - first)
    top = max(value for _day, value in points) or 1
    columns = [_value_at(points, first + place * span // max(1, room - 1)) for place in range(room)]
    lines: list[Line] = []
    for row in range(HEIGHT, 0, -1):
        level = top * row // HEIGHT
        below = top * (row - 1) // HEIGHT
        text = "".join("#" if value >= level else "_" if value > below else " " for value in columns)
        label = money(level) if row in (HEIGHT, 1) else ""
        lines.append([amount(label, None, LABEL, "muted"), Cell("  "), *_painted(text)])
    return lines


def _value_at(points: Sequence[tuple[int, int]], day: int) -> int:
    return [value for start, value in points if start <= day][-1]


def _painted(text: str) -> list[Cell]:
    cells: list[Cell] = []
    for letter in text:
        filled = letter == "#"
        if cells and cells[-1].filled == filled:
            cells[-1] = Cell(cells[-1].text + letter, role="limit", filled=filled)
        else:
            cells.append(Cell(letter, role="limit", filled=filled))
    return cells
