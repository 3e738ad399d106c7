"""Reading a trial: an answer, with how sure it is. Importing this module imports Numba."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulator.lab import groups
from simulator.lab.answer import CHARGED_OFF, FAIRNESS, Answer, Gap, Group, GroupBy, Measured, Over, Roll
from simulator.lab.figures import ALL_METRICS, RATIOS, ROLLS, ratio, sums_and_ratios
from simulator.lab.paired import DA, DB, A, B, Errors, errors
from simulator.lab.sample import GROUPED, WHOLE
from simulator.lab.swapset import swap_of
from simulator.lab.trial import Trial
from simulator.lab.vintage import vintages_of
from simulator.rules.arithmetic import MILLION


def metrics_of(trial: Trial) -> dict[str, Measured]:
    """Every metric of what is done of a trial, roll rates among them."""
    champion, challenger = trial.sums()
    period = trial.sample.setting.trial
    before = sums_and_ratios(champion, trial.sample.record, period)
    after = sums_and_ratios(challenger, trial.record, period)
    found = errors(WHOLE, [champion.people], trial.total.moments, trial.total.shift)
    alone = found.alone
    return {
        name: Measured(
            before[name], after[name], float(found.paired[0, place]), float(alone[0, place]), _over(name, before, after)
        )
        for place, name in enumerate(ALL_METRICS)
    }


def _over(name: str, before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Over, Over] | None:
    """What a metric is of, where it is a ratio."""
    if name not in RATIOS:
        return None
    above, below, _scale = RATIOS[name]
    return Over(before[above], before[below]), Over(after[above], after[below])


def answer_of(trial: Trial, whole: int) -> Answer:
    """What is known so far of a trial over so many shoppers."""
    setting, found = trial.sample.setting, metrics_of(trial)
    people = sum(each.block.count for each in trial.done)
    grouped, gaps = groups_of(trial)
    return Answer(
        people, setting.days, setting.seed, MILLION * people // whole, setting.timeline,
        {name: each for name, each in found.items() if name not in ROLLS},
        grouped, gaps, _rolls(found), vintages_of(trial), swap_of(trial),
        setting.calendar.date_of(setting.trial.first),
    )  # fmt: skip


def _rolls(found: Mapping[str, Measured]) -> tuple[Roll, ...]:
    """Every bucket's share that is in the next one a month later; after the last comes the write-off."""
    names = [*(f"M{bucket}" for bucket in range(7)), CHARGED_OFF]
    return tuple(Roll(names[place], names[place + 1], found[name]) for place, name in enumerate(ROLLS))


def groups_of(trial: Trial) -> tuple[tuple[Group, ...], tuple[Gap, ...]]:
    """The measures of every group, and the gaps between groups of a kind."""
    own, shift, people = trial.total.grouped, trial.total.grouped_shift, trial.total.people
    found = errors(GROUPED, people, own, shift)
    table = [[_measured(own, shift, found, group, place) for place in range(len(groups.METRICS))] for group in range(groups.COUNT)]
    made, gaps = [], []
    for by, keys in groups.KINDS.items():
        rows = range(groups.FIRST[by], groups.FIRST[by] + len(keys))
        made += [
            Group(by, key, int(people[row]), dict(zip(groups.METRICS, table[row], strict=True)))
            for key, row in zip(keys, rows, strict=True)
        ]
        if by in FAIRNESS:
            there = [(key, row) for key, row in zip(keys, rows, strict=True) if people[row]]
            gaps += [_gap(by, place, there, table, found) for place in range(len(groups.METRICS)) if there]
    return tuple(made), tuple(gaps)


def _measured(own: Any, shift: Any, found: Errors, group: int, place: int) -> Measured:
    """One measure of one group."""
    above, below = own[group, place, A], own[group, place, B]
    then_above, then_below = above + shift[group, place, DA], below + shift[group, place, DB]
    return Measured(
        _value(place, above, below), _value(place, then_above, then_below), float(found.paired[group, place]),
        float(np.hypot(found.champion[group, place], found.challenger[group, place])),
        (Over(round(above), round(below)), Over(round(then_above), round(then_below))) if groups.METRICS[place] in RATIOS else None,
    )  # fmt: skip


_SHARED = ("average_exposure_fen",)


def _value(place: int, above: float, below: float) -> int:
    """A measure from its sums, which are whole numbers but for averages over months."""
    name = groups.METRICS[place]
    if name not in RATIOS:
        return round(above)
    _above, under, scale = RATIOS[name]
    if under in _SHARED:
        return int(above * scale // below) if below > 0 else 0
    return ratio(round(above), round(below), scale)


def _gap(by: GroupBy, place: int, there: Sequence[tuple[str, int]], table: Any, found: Errors) -> Gap:
    """The most less the least under each policy; the groups are those under the challenger."""
    ends = [_ends(there, [table[row][place].champion for _key, row in there])]
    ends.append(_ends(there, [table[row][place].challenger for _key, row in there]))
    (most, least), (most_then, least_then) = ends
    gap = Measured(
        table[most[1]][place].champion - table[least[1]][place].champion,
        table[most_then[1]][place].challenger - table[least_then[1]][place].challenger,
        float(np.hypot(_apart(most[1], most_then[1], place, found), _apart(least[1], least_then[1], place, found))),
    )
    return Gap(by, groups.METRICS[place], most_then[0], least_then[0], gap)


def _ends(there: Sequence[tuple[str, int]], values: Sequence[int]) -> tuple[tuple[str, int], tuple[str, int]]:
    """The groups with the most and with the least."""
    return there[values.index(max(values))], there[values.index(min(values))]


def _apart(before: int, after: int, place: int, found: Errors) -> float:
    """The error of a group's move: paired where it is the same group, else that of two groups."""
    if before == after:
        return float(found.paired[after, place])
    return float(np.hypot(found.champion[before, place], found.challenger[after, place]))
