"""Heat map: one figure over two fields, the first down and the second across, a cell a policy.

A cell holds its value where there is room, else the digit of its shade from 0 for low to 8 for high.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.cells import cell_len

from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import PLACES, axis_text, axis_title
from simulator.text import _
from tui.lab.sweep_words import (
    HARMS,
    briefer,
    figure_title,
    places_of,
    todays,
    total_writer,
)
from tui.widgets.cells import RIGHT, Cell, Line, words, wrapped
from tui.widgets.shades import SHADES, step_of

MOST_WIDE, LEAST_WIDE = 12, 2
HERE, BEST = "=", "*"
"""Marks: today's values, and a policy that no other one beats."""


def heat_map(found: Sweep, name: str, width: int, opens: Callable[[int], object], column: int = 0) -> list[Line]:
    """The map; `column` is that of the cursor, seen even where not all columns fit."""
    down, across = found.axes
    known = {each.point.values: each for each in found.outcomes}
    values = {at: each.metrics[name].challenger for at, each in known.items()}
    low, high = min(values.values()), max(values.values())
    label = max(cell_len(axis_text(down.path, value)) for value in down.values) + 1
    room = width - label
    wide = max(LEAST_WIDE, min(MOST_WIDE, room // len(across.values)))
    places = places_of(found, name)
    write, write_plain = total_writer(found, name, places), total_writer(found, name, PLACES)
    whole = {at: write(each) for at, each in known.items()}
    plain = list(whole.values()) if places == PLACES else list(map(write_plain, known.values()))
    texts = dict(zip(values, _texts(list(whole.values()), plain, wide), strict=False))
    first, last = _window(len(across.values), room // wide, column)
    best, now = _best(found), todays(found)
    marks = dict.fromkeys(best, BEST)
    if now is not None:
        marks[now] = HERE
    lines: list[Line] = [
        *_title(figure_title(found, name), _("down {down}; across {across}").format(down=axis_title(down.path), across=axis_title(across.path)), width),
        _heads([axis_text(across.path, value) for value in across.values[first:last]], wide, label),
    ]  # fmt: skip
    for value in down.values:
        line: Line = [Cell(axis_text(down.path, value), label - 1, RIGHT, "muted"), words(" ")]
        for other in across.values[first:last]:
            at = (value, other)
            each = known.get(at)
            if each is None:
                line.append(Cell("-", wide, RIGHT, "muted"))
                continue
            step = step_of(values[at], low, high)
            line.append(_cell(each, texts.get(at, str(step)), step, wide, marks.get(at, " "), opens))
        lines.append(line)
    least, most = (whole[end(values, key=values.__getitem__)] for end in (min, max))
    return [*lines, *_legend(least, most, now in best, width)]


def _title(figure: str, axes: str, width: int) -> list[Line]:
    """What the map is of, on one line where it fits."""
    first: Line = [Cell(figure, bold=True)]
    if cell_len(figure + axes) + 3 <= width:
        return [[*first, words("   " + axes, role="muted")]]
    return [first, *wrapped(axes, width, "muted")]


def _texts(texts: list[str], plain: list[str], wide: int) -> list[str]:
    """The figures as exactly as they fit beside a mark; none where even whole ones do not, or would hide what differs.

    `plain` are the same with two decimals.
    """
    for tried in briefer(texts, plain):
        if max(map(cell_len, tried)) + 2 <= wide and len(set(tried)) * 2 >= len(set(plain)):
            return tried
    return []


def _window(count: int, fit: int, column: int) -> tuple[int, int]:
    """The columns that are seen."""
    first = max(0, min(count - fit, column - fit // 2))
    return first, min(count, first + fit)


def _heads(texts: list[str], wide: int, label: int) -> Line:
    """The values across, as many as have room."""
    every = 1
    while max(map(cell_len, texts)) >= wide * every and every < len(texts):
        every += 1
    cells: Line = [words("", label)]
    for place in range(0, len(texts), every):
        span = min(every, len(texts) - place)
        text = texts[place] if cell_len(texts[place]) < wide * span + (every == 1) else ""
        # A head stands over its own column: right in it where each has one, else from its left edge on.
        cells.append(Cell(text + " " if every == 1 else text, wide * span, RIGHT if every == 1 else "left", "muted"))
    return cells


def _best(found: Sweep) -> set[tuple[int, ...]]:
    """The values of the policies that no other one beats in profit and one of the harms."""
    best = {number for harm in HARMS for number in found.frontier("profit_fen", harm)}
    return {each.point.values for each in found.outcomes if each.point.number in best}


def _cell(each: Outcome, text: str, step: int, wide: int, mark: str, opens: Callable[[int], object]) -> Cell:
    number = each.point.number
    return Cell(
        f"{text}{mark}", wide, RIGHT, figure=f"sweep:{number}", action=partial(opens, number), shade=step
    )


def _legend(low: str, high: str, unbeaten: bool, width: int) -> list[Line]:
    """What the shades and the marks mean; `unbeaten` are today's values, whose own mark stands in the place of the other."""
    scale: Line = [words(low + " ", role="muted"), *(Cell(f" {step} ", shade=step) for step in range(len(SHADES))), words(" " + high, role="muted")]
    told = _("{here} today's values, not beaten either   {best} not beaten in profit and harm") if unbeaten else _("{here} today's values   {best} not beaten in profit and harm")
    marks = told.format(here=HERE, best=BEST)
    used = sum(cell_len(cell.text) for cell in scale)
    if used + 3 + cell_len(marks) <= width:
        return [[*scale, words("   " + marks, role="muted")]]
    return [scale, [words(marks, role="muted")]]
