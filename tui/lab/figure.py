"""Figure: the figure of an answer that `w` explains, by its name, and of whom it is."""

from __future__ import annotations

from typing import NamedTuple

from simulator.lab.answer import Answer, Gap, Measured
from simulator.lab.measures import Measure, measure
from simulator.lab.words import count_text, group_text, group_title, roll_text
from simulator.text import _, one_day


class Figure(NamedTuple):
    """A measure, its figures, and of whom they are; nothing where they are of everybody."""

    about: Measure
    measured: Measured
    of_whom: str = ""


def figure_named(answer: Answer, figure: str) -> Figure | None:
    """What a figure tells, by what follows `lab:` in its name; None where the answer has none of that name."""
    kind, _sep, rest = figure.partition(":")
    parts = rest.split(":")
    if kind == "gap":
        gap = next(each for each in answer.gaps if [each.by, each.metric] == parts)
        return Figure(measure(gap.metric), gap.gap, _between_text(gap))
    if kind == "group":
        group = next(each for each in answer.groups if [each.by, each.key] == parts[:2])
        told = _("Of one group alone, by what was known of them at the beginning: {kind}, {group}; {people} people.")
        of_whom = told.format(kind=group_title(group.by), group=group_text(group.by, group.key), people=count_text(group.shoppers))
        return Figure(measure(parts[2]), group.metrics[parts[2]], one_day(of_whom))
    if kind == "roll":
        roll = next(each for each in answer.rolls if each.start == rest)
        return Figure(measure("roll_ppm"), roll.share, roll_text(roll))
    if kind == "vintage":
        vintage = next(each for each in answer.vintages if [each.opened, str(each.age)] == parts)
        told = _("Of the lines opened in {month}, {count} months later: those that were over 90 days late by then.")
        return Figure(measure("ever_90_ppm"), vintage.ever_90, one_day(told.format(month=vintage.opened, count=vintage.age)))
    return Figure(measure(figure), answer.metrics[figure]) if figure in answer.metrics else None


def _between_text(gap: Gap) -> str:
    """Between which groups a gap is."""
    told = _("The gap is between {most}, which has the most, and {least}, which has the least.")
    most, least = (group_text(gap.by, key) for key in (gap.most, gap.least))
    return told.format(most=most, least=least)
