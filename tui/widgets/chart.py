"""Charts from plain characters, narrow in every terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from simulator.money import money
from tui.widgets.cells import RIGHT, Cell, Line, amount

HEIGHT = 5
LABEL = 12


def step_chart(points: Sequence[tuple[int, int]], today: int, width: int, role: str = "limit") -> list[Line]:
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
        lines.append([amount(label, None, LABEL, "muted"), Cell("  "), Cell(text, role=role)])
    return lines


def _mark(heights: Sequence[int], place: int, row: int) -> str:
    """A step's tread or riser at one place."""
    here, before = heights[place], heights[max(0, place - 1)]
    if min(here, before) < row <= max(here, before) and here != before:
        return "|"
    return "_" if row == here else " "


def _value_at(points: Sequence[tuple[int, int]], day: int) -> int:
    return [value for start, value in points if start <= day][-1]


def bars(
    rows: Sequence[tuple[str, int, str]], width: int, role: str = "limit", label: int = LABEL
) -> list[Line]:
    """Bars below each other: (label, size, size in words), the largest as long as there is room.

    A size below zero is as long as its amount, of `-` instead of `#`.
    """
    most = max((abs(size) for _label, size, _words in rows), default=0) or 1
    label = min(label, width // 3)
    words_width = min(max((cell_len(text) for _label, _size, text in rows), default=0), width // 3)
    room = max(4, width - label - words_width - 3)
    lines: list[Line] = []
    for name, size, text in rows:
        full = max(1, abs(size) * room // most) if size else 0
        mark, colour = ("#", role) if size >= 0 else ("-", "bad")
        lines.append(
            [
                Cell(name, label, role="muted"), Cell(" "), Cell(text, words_width, RIGHT), Cell(" "),
                Cell(mark * full, full, role=colour, filled=True), Cell(" " * (room - full), room - full),
            ]
        )  # fmt: skip
    return lines


LAYERS = (("1", "watch"), ("2", "bad"), ("3", "limit"), ("4", "accent"), ("5", "cash"), ("6", "muted"))
"""Mark and colour of each layer of a stack, from the bottom; no two neighbours are alike, in 256 colours neither."""


def stack_chart(
    columns: Sequence[Sequence[int]],
    width: int,
    height: int,
    top: Callable[[int], str],
    layers: Sequence[tuple[str, str]] = LAYERS,
    marks: Sequence[int] = (),
) -> list[Line]:
    """Stacks over time, oldest first: each column's layers upon each other, painted; the scale is the highest.

    `top` words the height of the scale. Where there is no colour the layers' marks are seen. `marks` are
    columns, counted from the newest as -1, under which a `|` stands.
    """
    shown = list(columns)[-stacks_shown(width) :]
    most = max((sum(column) for column in shown), default=0)
    if not shown or not most:
        return []
    wide = max(1, min(6, stacks_shown(width) // len(shown)))
    stacks = [_stacked(column, most, height) for column in shown]
    lines: list[Line] = []
    for row in range(height - 1, -1, -1):
        label = top(most) if row == height - 1 else top(0) if row == 0 else ""
        line: Line = [amount(label, None, LABEL, "muted"), Cell(" ")]
        for stack in stacks:
            layer = stack[row] if row < len(stack) else -1
            mark, role = layers[layer] if layer >= 0 else (" ", "ink")
            line.append(Cell(mark * wide, wide, role=role, filled=layer >= 0))
        lines.append(line)
    if any(-len(shown) <= mark < 0 for mark in marks):
        under = "".join("|".ljust(wide) if place - len(shown) in marks else " " * wide for place in range(len(shown)))
        lines.append([Cell(" " * (LABEL + 1)), Cell(under, role="accent")])
    return lines


def stacks_shown(width: int) -> int:
    """How many columns a chart of stacks has room for; where there are more, the oldest are left out."""
    return max(4, width - LABEL - 1)


def _stacked(column: Sequence[int], most: int, height: int) -> list[int]:
    """Which layer fills each row from the bottom; each layer's edge is rounded, so that the sum stays right."""
    rows: list[int] = []
    below = 0
    for layer, size in enumerate(column):
        below += size
        edge = (below * height * 2 + most) // (2 * most)
        rows += [layer] * (edge - len(rows))
    return rows


_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
PLAIN = "*o+x"
"""The letter of each line where dots are not wanted."""
DASH = 3
"""A dashed line leaves out each so-manieth place."""


class Series(NamedTuple):
    """A line of a chart: its values, its colour, and whether it is dashed, so that it is known without colour."""

    values: Sequence[int]
    role: str
    dashed: bool = False


def sample(place: int, role: str, dashed: bool, plain: bool) -> Cell:
    """What a line of a chart looks like, for its legend; `place` counts lines from 0."""
    if plain:
        return Cell(PLAIN[place % len(PLAIN)] * DASH + " ", role=role)
    text = "".join(" " if gap(column) and dashed else chr(_BRAILLE + 0x12) for column in range(DASH * 2 - 1))
    return Cell(text + " ", role=role)


def gap(column: int) -> bool:
    """Whether a dashed line leaves this place out."""
    return column % DASH == DASH - 1


def line_chart(
    series: Sequence[Series],
    width: int,
    height: int,
    words_of: Callable[[int], str],
    marks: Sequence[int] = (),
    plain: bool = False,
    least: int | None = None,
) -> list[Line]:
    """Lines over equal steps of time, oldest first, in Braille dots, or in letters of `PLAIN`.

    `marks` are steps at which something changed: a `|` from top to bottom. `least` sets the lower edge.
    """
    room = max(4, width - LABEL - 1)
    values = [value for line in series for value in line.values]
    if not values:
        return []
    low = min(values) if least is None else min(least, *values)
    high = max(*values, low + 1)
    steps = max(len(line.values) for line in series)
    grid: dict[tuple[int, int], tuple[int, int]] = {}
    for place, line in enumerate(series):
        for x, y in _points(line, steps, room * 2, height * 4, low, high):
            column, row = x // 2, height - 1 - y // 4
            dots, _before = grid.get((column, row), (0, place))
            grid[column, row] = (dots | _DOTS[3 - y % 4][x % 2], place)
    marked = {mark * (room - 1) // max(1, steps - 1) for mark in marks if 0 <= mark < steps}
    return [
        [
            amount(_edge(row, height, low, high, words_of), None, LABEL, "muted"),
            Cell(" "),
            *_dotted(row, room, grid, marked, [line.role for line in series], plain),
        ]
        for row in range(height)
    ]


def _edge(row: int, height: int, low: int, high: int, words_of: Callable[[int], str]) -> str:
    return words_of(high) if row == 0 else words_of(low) if row == height - 1 else ""


def _points(
    line: Series, steps: int, wide: int, high_dots: int, low: int, high: int
) -> Iterator[tuple[int, int]]:
    """The dots of a line, thinned to one a column of dots, joined upwards and downwards; dashes where it is level."""
    before: int | None = None
    for x in range(wide):
        step = x * (steps - 1) // max(1, wide - 1) - (steps - len(line.values))
        if step < 0:
            continue
        y = (line.values[step] - low) * (high_dots - 1) // (high - low)
        start = y if before is None else before
        if start != y or not (line.dashed and gap(x // 2)):
            for dot in range(min(start, y), max(start, y) + 1):
                yield x, dot
        before = y


def _dotted(
    row: int,
    room: int,
    grid: Mapping[tuple[int, int], tuple[int, int]],
    marked: set[int],
    roles: Sequence[str],
    plain: bool,
) -> Iterator[Cell]:
    """A row of the grid as cells, neighbours of one colour together."""
    text, role = "", "ink"
    for column in range(room):
        dots, place = grid.get((column, row), (0, 0))
        drawn = PLAIN[place % len(PLAIN)] if plain else chr(_BRAILLE + dots)
        letter = drawn if dots else "|" if column in marked else " "
        colour = roles[place] if dots else "accent" if column in marked else role
        if colour != role and text:
            yield Cell(text, role=role)
            text = ""
        text, role = text + letter, colour
    yield Cell(text, role=role)
