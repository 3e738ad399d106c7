"""Figure: the figure of an answer that `w` explains, by its name, and of whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.lab.answer import Answer, Gap, Measured
from simulator.lab.measures import Measure, measure, over_titles, over_units, sum_of, unit_of
from simulator.lab.words import count_text, group_text, group_title, roll_text
from simulator.text import _, one_day


class Part(NamedTuple):
    """One line of the sum behind a figure: a sign, what it is, its unit, and how much under each policy."""

    sign: str
    title: str
    unit: str
    champion: int
    challenger: int


class Figure(NamedTuple):
    """A measure, its figures, of whom they are, nothing where they are of everybody, and the sum behind it."""

    about: Measure
    measured: Measured
    of_whom: str = ""
    parts: tuple[Part, ...] = ()


def figure_named(answer: Answer, figure: str) -> Figure | None:
    """What a figure tells, by what follows `lab:` in its name; None where the answer has none of that name."""
    found = _found(answer, figure)
    return found and found._replace(parts=tuple(_parts(answer, found)))


def _parts(answer: Answer, figure: Figure) -> Iterator[Part]:
    """What stands above and below a ratio, or what makes a sum of everybody's."""
    name, titles = figure.about.name, over_titles(figure.about.name)
    if titles is not None and figure.measured.over is not None:
        units, (before, after) = over_units(name), figure.measured.over
        for sign, title, unit, champion, challenger in zip(" /", titles, units, before, after, strict=True):
            yield Part(sign, title, unit, champion, challenger)
    elif not figure.of_whom:
        for part, way in sum_of(name).items():
            if part in answer.metrics:
                each = answer.metrics[part]
                yield Part("+" if way > 0 else "-", measure(part).title, unit_of(part), each.champion, each.challenger)


def _found(answer: Answer, figure: str) -> Figure | None:
    """The measure and its figures, without the sum."""
    kind, _sep, rest = figure.partition(":")
    parts = rest.split(":")
    if kind == "gap":
        gap = next((each for each in answer.gaps if [each.by, each.metric] == parts), None)
        return Figure(measure(gap.metric), gap.gap, _between_text(gap)) if gap else None
    if kind == "group":
        group = next((each for each in answer.groups if [each.by, each.key] == parts[:2] and parts[2] in each.metrics), None)
        if group is None:
            return None
        told = _("Of one group alone, by what was known of them at the beginning: {kind}, {group}; {people} people.")
        of_whom = told.format(kind=group_title(group.by), group=group_text(group.by, group.key), people=count_text(group.shoppers))
        return Figure(measure(parts[2]), group.metrics[parts[2]], one_day(of_whom))
    if kind == "roll":
        roll = next((each for each in answer.rolls if each.start == rest), None)
        return Figure(measure("roll_ppm"), roll.share, roll_text(roll)) if roll else None
    if kind == "vintage":
        vintage = next((each for each in answer.vintages if [each.opened, str(each.age)] == parts), None)
        if vintage is None:
            return None
        told = _("Of the lines opened in {month}, {count} months later: those that were over 90 days late by then.")
        return Figure(measure("vintage_90_ppm"), vintage.ever_90, one_day(told.format(month=vintage.opened, count=vintage.age)))
    return Figure(measure(figure), answer.metrics[figure]) if figure in answer.metrics else None


def _between_text(gap: Gap) -> str:
    """Between which groups a gap is."""
    told = _("The gap is between {most}, which has the most, and {least}, which has the least.")
    most, least = (group_text(gap.by, key) for key in (gap.most, gap.least))
    return told.format(most=most, least=least)
