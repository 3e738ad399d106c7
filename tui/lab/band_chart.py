"""Band chart: one figure over one field, a line through the policies and the band in which it lies with 95 %.

Under the chart stands a tick for each policy; the cursor walks along them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

from rich.cells import cell_len

from simulator.lab.answer import NORMAL_95
from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import axis_text, axis_title
from simulator.text import _
from tui.lab.sweep_words import figure_title, todays, writer
from tui.widgets.cells import Cell, Line, amount, words, wrapped
from tui.widgets.curves import DOTS

LABEL, LEAST_ROOM = 12, 10
BLANK = 0x2800
BAND, LINE, STANDS = "muted", "accent", "ink"


def band_chart(
    found: Sweep, name: str, width: int, rows: int, plain: bool, opens: Callable[[int], object], here: int | None
) -> list[Line]:
    """The chart; `here` is the number of the policy under the cursor."""
    outcomes = sorted(found.outcomes, key=lambda each: each.point.values)
    room = max(LEAST_ROOM, width - LABEL - 3)
    points = [_point(each, name) for each in outcomes]
    low = min(least for _x, least, _y, _most in points)
    high = max(most for _x, _least, _y, most in points)
    xs = [_column(x, points[0][0], points[-1][0], room) for x, *_rest in points]
    title = _("along {field}; band: 95 % of the difference to today's").format(field=axis_title(found.axes[0].path))
    lines: list[Line] = [[Cell(figure_title(found, name), bold=True)]]
    if cell_len(figure_title(found, name) + title) + 3 <= width:
        lines[0].append(words("   " + title, role="muted"))
    else:
        lines += wrapped(title, width, "muted")
    stands = next((column for column, each in zip(xs, outcomes, strict=True) if each.point.number == here), None)
    lines += _drawn(points, low, high, room, rows, plain, stands, writer(found, name))
    return [*lines, _ticks(found, outcomes, xs, opens), _labels(found, outcomes, xs, room)]


def _point(each: Outcome, name: str) -> tuple[int, int, int, int]:
    """Where a policy stands, the low end of its band, its value, the high end."""
    measured = each.metrics[name]
    reach = round(NORMAL_95 * measured.standard_error)
    return each.point.values[0], measured.challenger - reach, measured.challenger, measured.challenger + reach


def _column(x: int, first: int, last: int, room: int) -> int:
    return (x - first) * (room - 1) // (last - first) if last > first else room // 2


def _drawn(
    points: list[tuple[int, int, int, int]], low: int, high: int, room: int, rows: int, plain: bool, stands: int | None,
    show: Callable[[int], str],
) -> list[Line]:  # fmt: skip
    """The rows of the picture, the highest value first; where the line is, the band is not drawn."""
    line_dots: dict[tuple[int, int], int] = {}
    band_dots: dict[tuple[int, int], int] = {}
    span = max(1, high - low)

    def dot(value: float) -> int:
        return round((high - value) * (rows * 4 - 1) / span)

    before: int | None = None
    for x in range(room * 2):
        at = points[0][0] + (points[-1][0] - points[0][0]) * x / max(1, room * 2 - 1)
        least, value, most = _between(points, at)
        _put(band_dots, x, (y for y in range(dot(most), dot(least) + 1) if (x + y) % 2 == 0))
        now = dot(value)
        other = now if before is None else before
        _put(line_dots, x, range(min(now, other), max(now, other) + 1))
        before = now
    lines: list[Line] = []
    for row in range(rows):
        label = show(high) if row == 0 else show(low) if row == rows - 1 else ""
        lines.append([amount(label, None, LABEL, "muted"), words(" ")])
        for column in range(room):
            place = (row, column)
            dots = line_dots.get(place) or band_dots.get(place, 0)
            role = LINE if place in line_dots else BAND if dots else STANDS
            mark = "*" if role == LINE else ":"
            letter = (mark if plain else chr(BLANK + dots)) if dots else "|" if column == stands else " "
            _letter(lines[-1], letter, role)
    return lines


def _put(dots: dict[tuple[int, int], int], x: int, ys: Iterable[int]) -> None:
    """Dots in a column of dots."""
    for y in ys:
        place = (y // 4, x // 2)
        dots[place] = dots.get(place, 0) | DOTS[y % 4][x % 2]


def _letter(line: Line, letter: str, role: str) -> None:
    """One more letter, with its neighbour where both have a role."""
    if len(line) > 2 and line[-1].role == role:
        line[-1] = Cell(line[-1].text + letter, role=role)
    else:
        line.append(Cell(letter, role=role))


def _between(points: list[tuple[int, int, int, int]], at: float) -> tuple[float, float, float]:
    """Low end, value and high end between the two policies around a place."""
    for left, right in pairwise(points):
        if left[0] <= at <= right[0]:
            part = (at - left[0]) / (right[0] - left[0])
            low, value, high = (left[place] + (right[place] - left[place]) * part for place in (1, 2, 3))
            return low, value, high
    end = points[-1] if at >= points[-1][0] else points[0]
    return end[1], end[2], end[3]


def _ticks(found: Sweep, outcomes: list[Outcome], xs: list[int], opens: Callable[[int], object]) -> Line:
    """A tick for each policy, where two do not fall on one cell."""
    line: Line = [words("", LABEL + 1)]
    used = 0
    now = todays(found)
    for each, x in zip(outcomes, xs, strict=True):
        if x < used:
            continue
        number = each.point.number
        line += [
            words(" " * (x - used)),
            Cell("=" if each.point.values == now else "^", role=LINE, figure=f"sweep:{number}", action=partial(opens, number)),
        ]  # fmt: skip
        used = x + 1
    return line


def _labels(found: Sweep, outcomes: list[Outcome], xs: list[int], room: int) -> Line:
    """Values under the ticks, as many as have room."""
    line: Line = [words("", LABEL + 1)]
    used = 0
    for each, x in zip(outcomes, xs, strict=True):
        text = axis_text(found.axes[0].path, each.point.values[0])
        start = max(0, min(room - cell_len(text), x - cell_len(text) // 2))
        if used == 0 or start > used:
            line += [words(" " * (start - used)), words(text, role="muted")]
            used = start + cell_len(text)
    return line
