"""Told table: the whole answer for people, in the words and units of the screen, as a file that a spreadsheet opens.

The other exports are for programs: names that never change, fen and parts per million.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from simulator.lab.answer import Answer, Measured
from simulator.lab.measures import measure
from simulator.lab.shown import exact, exact_unit
from simulator.lab.words import group_text, group_title, roll_text, verdict_text
from simulator.policy.edit import Change
from simulator.policy.titles import leaf_title
from simulator.policy.written import value_text
from simulator.text import _, one_day
from tui.lab.tables import headings

MARK = "\ufeff"
"""By this a spreadsheet knows that the letters are Unicode."""


def told_table(answer: Answer, changes: Sequence[Change], of_what: str) -> str:
    """What the answer is of, what is changed, and every measure with both policies and the difference."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([of_what])
    for change in changes:
        values = (value_text(change.kind, value) for value in (change.before, change.after))
        writer.writerow([_("changed"), leaf_title(change.path), *values])
    difference, low, high, _verdict, today, trial = headings()
    writer.writerows([[], [_("who"), _("figure"), _("unit"), today, trial, difference, low, high, _("how sure")]])
    for who, name, each in _measures(answer):
        if not measure(name).meaning:
            continue  # the screen has no words for it either
        told = exact(name, each)
        figures = (told.champion, told.challenger, told.difference, told.low, told.high)
        writer.writerow([who, measure(name).title, exact_unit(name).strip(), *figures, verdict_text(each)])
    return MARK + file.getvalue()


def _measures(answer: Answer) -> Iterator[tuple[str, str, Measured]]:
    """Of whom, the measure's name, and its figures."""
    for name, each in answer.metrics.items():
        yield _("everybody"), name, each
    for group in answer.groups:
        for name, each in group.metrics.items():
            yield _(", ").join((group_title(group.by), group_text(group.by, group.key))), name, each
    for gap in answer.gaps:
        most, least = (group_text(gap.by, key) for key in (gap.most, gap.least))
        told = _("{kind}, gap of {most} and {least}")
        yield told.format(kind=group_title(gap.by), most=most, least=least), gap.metric, gap.gap
    for roll in answer.rolls:
        yield roll_text(roll), "roll_ppm", roll.share
    for vintage in answer.vintages:
        told = _("lines opened in {month}, {count} months later")
        yield one_day(told.format(month=vintage.opened, count=vintage.age)), "vintage_90_ppm", vintage.ever_90
