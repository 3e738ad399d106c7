"""Words of a sweep: which figures can be seen, what it is of, and what a policy of the grid comes to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from rich.cells import cell_len

from simulator.commands.table import at_the_point
from simulator.lab.grid import Point
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.recipe import around_text
from simulator.lab.shown import places_alone, places_of_totals, shown
from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import (
    PLACES,
    Scale,
    axis_text,
    count_text,
    largest_fen,
    scale_for,
    value_text,
    verdict_role,
    verdict_text,
)
from simulator.policy.titles import leaf_title
from simulator.text import _, date_text, in_percent
from tui.widgets.cells import Cell, Line, amount, words

FIGURES = (
    "profit_fen", "return_ppm", "exposure_fen", "charged_off_fen", "dpd90_plus_ppm", "over_indebted", "approval_ppm", "leavers",
    "complaints",
)  # fmt: skip
"""What a chart can show, by the keys 1 to 9."""
HARMS = ("charged_off_fen", "over_indebted")
"""What profit is weighed against."""
SHORT = 10_000
NAME, MOST_ROOM = 26, 12


def point_text(found: Sweep, point: Point) -> str:
    """The values of a policy of the grid."""
    return _("; ").join(
        f"{leaf_title(axis.path)} {axis_text(axis.path, value)}"
        for axis, value in zip(found.axes, point.values, strict=True)
    )


def of_what(found: Sweep, whole: int) -> str:
    """What every figure of a sweep is of; `whole` is over how many people it will be."""
    setting = found.setting
    people = count_text(found.shoppers)
    if found.shoppers < whole:
        people = f"{people} / {count_text(whole)}"
    timeline = (_("from {date}") if setting.timeline == "from_today" else _("as if always, from {date}")).format(
        date=date_text(setting.calendar.date_of(setting.today), weekday=False)
    )
    told = _("{count} policies, {people} people, {days} days {timeline}, seed {seed}, around {policy}")
    return told.format(
        count=count_text(len(found.outcomes)), policy=around_text(setting.champion, found.trial), people=people, days=count_text(setting.days),
        timeline=timeline, seed=setting.seed,
    )  # fmt: skip


def unit_for(found: Sweep, name: str) -> Scale:
    """The smallest unit of amounts in which a figure's values are short enough for a cell of a map."""
    return scale_for(largest_fen((name, each.metrics[name]) for each in found.outcomes), SHORT)


def figure_title(found: Sweep, name: str) -> str:
    """A figure with the unit that its values are in."""
    title = measure(name).title
    return _("{title}, {unit}").format(title=title, unit=unit_for(found, name).name) if unit_of(name) == FEN else title


def writer(found: Sweep, name: str) -> Callable[[int], str]:
    """How the charts write a figure's values."""
    unit, places = unit_for(found, name), places_of(found, name)
    return lambda value: value_text(name, value, unit, places=places)


def total_writer(found: Sweep, name: str, places: int | None = None) -> Callable[[Outcome], str]:
    """How a figure of a policy of the grid is written: as today's and what is told to be the change from it.

    With so many decimals, else with as many as set these policies apart.
    """
    unit, places = unit_for(found, name), places_of(found, name) if places is None else places
    return lambda each: shown(name, each.metrics[name], unit, places).challenger


def places_of(found: Sweep, name: str) -> int:
    """With how many decimals a figure's values are told apart."""
    return places_of_totals(name, [each.metrics[name] for each in found.outcomes], unit_for(found, name))


def briefer(texts: list[str], plain: list[str]) -> list[list[str]]:
    """Figures ever shorter: as they are and without their sign of a share, then with two decimals, with one, with none."""
    bare, short = ([text.replace(in_percent(""), "").replace(",", "") for text in each] for each in (texts, plain))
    found = [texts, bare, plain, short]
    for places in ("0.1", "1"):
        found.append([str(Decimal(text).quantize(Decimal(places))) if "." in text else text for text in short])
    return found


def todays(found: Sweep) -> tuple[int, ...] | None:
    """Today's values of the fields that are varied; None where one of them is no whole number."""
    values = tuple(_at(found.setting.champion.flat(), axis.path) for axis in found.axes)
    return values if all(isinstance(value, int) for value in values) else None


def _at(flat: dict[str, object], path: str) -> int:
    value: object = flat
    for part in path.split("."):
        assert isinstance(value, dict)
        value = value[part]
    assert isinstance(value, int)
    return value


def told_lines(found: Sweep, each: Outcome, name: str, width: int, rows: int) -> list[Line]:
    """A policy of the grid in words and numbers: the figure that is shown first, then the others that matter."""
    names = [name, *(other for other in ("profit_fen", *HARMS, "approval_ppm") if other != name)][:rows]
    values = point_text(found, each.point)
    lines: list[Line] = [[Cell(values, bold=True)]]
    hint = "   " + _("Enter: take it as the trial")
    if cell_len(values + hint) <= width:
        lines[0].append(words(hint, role="accent"))
    heads = (_("it has"), _("change"), _("95 % low"), _("high"))
    verdicts = ["  " + verdict_text(each.metrics[other]) for other in names]
    titles = [figure_title(found, other) for other in names]
    named = min(NAME, 2 + max(map(cell_len, titles)))
    room = min(MOST_ROOM, (width - named - max(map(cell_len, verdicts))) // len(heads))
    lines.append([words("", named), *(amount(head, None, room, "muted") for head in heads)])
    for other, title, verdict, (total, *moves) in zip(names, titles, verdicts, _told(found, each, names, room), strict=True):
        role = verdict_role(measure(other).better, each.metrics[other])
        lines.append(
            [
                words(title, named), amount(total, None, room, bold=True),
                *(amount(move, None, room, "muted" if place else "ink") for place, move in enumerate(moves)),
                words(verdict, role=role),
            ]
        )  # fmt: skip
    return lines


def _told(found: Sweep, each: Outcome, names: list[str], room: int) -> list[tuple[str, ...]]:
    """Of each figure its total, its change and the ends of that, with their decimal points under each other where they fit."""
    rows = []
    for name in names:
        measured, unit = each.metrics[name], unit_for(found, name)
        finest = places_alone(name, measured, unit)
        if name == names[0]:
            finest = max(finest, places_of(found, name))  # as finely as the picture above tells it
        tried = [shown(name, measured, unit, places) for places in range(finest, PLACES - 1, -1)]
        told = next((one for one in tried if max(map(cell_len, one)) < room), tried[-1])
        rows.append((told.challenger, told.difference, told.low, told.high))
    kinds = [unit_of(name) for name in names]
    columns = list(zip(*rows, strict=True))
    pointed = [at_the_point(column, kinds) for column in columns]
    fit = all(cell_len(text) < room for column in pointed for text in column)
    return list(zip(*(pointed if fit else columns), strict=True))
