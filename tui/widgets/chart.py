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
    heights = [value * HEIGHT // top if value else 0 for value in columns]
    lines: list[Line] = []
    for row in range(HEIGHT, -1, -1):
        text = "".join(_mark(heights, place, row) for place in range(room))
        label = money(top * row // HEIGHT) if row in (HEIGHT, 0) else ""
        lines.append([amount(label, None, LABEL, "muted"), Cell("  "), Cell(text, role="limit")])
    return lines


def _mark(heights: Sequence[int], place: int, row: int) -> str:
    """A step's tread or riser at one place."""
    here, before = heights[place], heights[max(0, place - 1)]
    if min(here, before) < row <= max(here, before) and here != before:
        return "|"
    return "_" if row == here else " "


def _value_at(points: Sequence[tuple[int, int]], day: int) -> int:
    return [value for start, value in points if start <= day][-1]
