"""Frontier: profit against a harm, a dot a policy; those that no other one beats have letters and names.

Policies that tie exactly are one dot, and share its letter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from math import hypot
from string import ascii_uppercase

from rich.cells import cell_len

from simulator.lab.answer import NORMAL_95
from simulator.lab.measures import measure
from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import axis_text
from simulator.policy.titles import leaf_title
from simulator.text import _, listed
from tui.lab.sweep_words import HARMS, figure_title, total_writer, writer
from tui.widgets.cells import RIGHT, Cell, Line, amount, blank, words, wrapped

PROFIT = "profit_fen"
LABEL, MOST_ROOM, FIGURE, MOST_FIGURE = 12, 72, 12, 20
TODAY, BEATEN = "o", "."

Lettered = list[tuple[str, Outcome]]


def frontiers(found: Sweep, width: int, rows: int, opens: Callable[[int], object]) -> list[Line]:
    """Profit against losses, and against heavy debts."""
    lines: list[Line] = []
    for harm in HARMS:
        lines += [*frontier(found, harm, width, rows, opens), blank()]
    return lines[:-1]


def frontier(found: Sweep, harm: str, width: int, rows: int, opens: Callable[[int], object]) -> list[Line]:
    """The picture, then the policies that are not beaten, the most profitable first."""
    lettered = _lettered(found, harm)
    title = _("{profit} against {harm}").format(profit=figure_title(found, PROFIT), harm=figure_title(found, harm))
    lines: list[Line] = [[Cell(title.upper() if title.isascii() else title, bold=True)]]
    lines += _picture(found, harm, lettered, min(MOST_ROOM, width - LABEL - 2), rows)
    marks = _("letters: not beaten, none has more profit with no more harm, or as much with less; {today} today; {beaten} beaten")
    lines += wrapped(marks.format(today=TODAY, beaten=BEATEN), width, "muted")
    lines += _named(found, lettered, harm, width, opens)
    near = [f"{letter}-{other}" for (letter, one), (other, next_one) in pairwise(lettered) if letter != other and _is_near(one, next_one, harm)]
    if near:
        told = _("May differ by chance alone in profit or harm, as far as their 95 % bands against today's tell: {pairs}.")
        lines += wrapped(told.format(pairs=listed(near)), width, "watch")
    return lines


def _is_near(first: Outcome, second: Outcome, harm: str) -> bool:
    """Whether neighbours may differ by chance alone. What is known is each one's error against today's, not against the other;
    as they share people and luck, the two together are rather too much than too little.
    """
    for name in (PROFIT, harm):
        left, right = first.metrics[name], second.metrics[name]
        if abs(left.challenger - right.challenger) <= NORMAL_95 * hypot(left.standard_error, right.standard_error):
            return True
    return False


def _lettered(found: Sweep, harm: str) -> Lettered:
    """The policies that are not beaten, each with the letter of its dot."""
    known = {each.point.number: each for each in found.outcomes}
    best = [known[number] for number in found.frontier(PROFIT, harm)]
    dots = list(dict.fromkeys(_dot(each, harm) for each in best))
    return [(_letter_of(dots.index(_dot(each, harm))), each) for each in best]


def _letter_of(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else "+"


def _dot(each: Outcome, harm: str) -> tuple[int, int]:
    return each.metrics[harm].challenger, each.metrics[PROFIT].challenger


def _picture(found: Sweep, harm: str, lettered: Lettered, room: int, rows: int) -> list[Line]:
    """More profit is higher, more harm further to the right."""
    base = found.outcomes[0].metrics
    dots = [_dot(each, harm) for each in found.outcomes]
    now = (base[harm].champion, base[PROFIT].champion)
    low_x, high_x = min(x for x, _y in [*dots, now]), max(x for x, _y in [*dots, now])
    low_y, high_y = min(y for _x, y in [*dots, now]), max(y for _x, y in [*dots, now])

    def place(at: tuple[int, int]) -> tuple[int, int]:
        column = (at[0] - low_x) * (room - 1) // max(1, high_x - low_x)
        return rows - 1 - (at[1] - low_y) * (rows - 1) // max(1, high_y - low_y), column

    marks: dict[tuple[int, int], tuple[str, str]] = {place(dot): (BEATEN, "muted") for dot in dots}
    for letter, each in reversed(lettered):
        marks[place(_dot(each, harm))] = (letter, "accent")
    marks.setdefault(place(now), (TODAY, "ink"))
    if marks[place(now)][0] == BEATEN:
        marks[place(now)] = (TODAY, "ink")
    lines: list[Line] = []
    write, write_harm = writer(found, PROFIT), writer(found, harm)
    for row in range(rows):
        value = high_y if row == 0 else low_y if row == rows - 1 else None
        line: Line = [amount("" if value is None else write(value), None, LABEL, "muted"), words(" ")]
        used = 0
        for column in sorted(at for line_at, at in marks if line_at == row):
            mark, role = marks[row, column]
            line += [words(" " * (column - used)), Cell(mark, role=role, bold=role != "muted")]
            used = column + 1
        lines.append(line)
    left, right = write_harm(low_x), write_harm(high_x)
    middle = measure(harm).title
    gap = room - cell_len(left) - cell_len(right)
    under = left + middle.center(gap - (cell_len(middle) - len(middle))) + right if gap > cell_len(middle) else left + " " * gap + right
    return [*lines, [words("", LABEL + 1), words(under, role="muted")]]


def _named(found: Sweep, lettered: Lettered, harm: str, width: int, opens: Callable[[int], object]) -> list[Line]:
    """A line each: its letter, its values, profit and harm, and the move of each from today's policy."""
    fields = [leaf_title(axis.path) for axis in found.axes]
    figures = [max(FIGURE, min(MOST_FIGURE, cell_len(measure(name).title) + 2)) for name in (PROFIT, harm)]
    room = max(8, min(26, (width - 2 - sum(figures)) // len(fields)))
    lines: list[Line] = [
        [
            words("", 2), *(Cell(_cut(title, room - 1), room, role="muted") for title in fields),
            *(Cell(_cut(measure(name).title, wide - 1), wide, RIGHT, "muted") for name, wide in zip((PROFIT, harm), figures, strict=True)),
        ]
    ]  # fmt: skip
    writers = [total_writer(found, name) for name in (PROFIT, harm)]
    for letter, each in lettered:
        number = each.point.number
        values = [axis_text(axis.path, value) for axis, value in zip(found.axes, each.point.values, strict=True)]
        lines.append(
            [
                Cell(letter, 2, role="accent", bold=True),
                Cell(values[0], room, figure=f"sweep:{number}", action=partial(opens, number)),
                *(Cell(value, room) for value in values[1:]),
                *(amount(write(each), None, wide) for write, wide in zip(writers, figures, strict=True)),
            ]
        )  # fmt: skip
    return lines


def _cut(text: str, width: int) -> str:
    """A title that fits."""
    while cell_len(text) > width:
        text = text[:-1]
    return text
