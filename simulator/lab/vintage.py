"""Vintages of a trial: lines by the month of their last opening, and the share of them ever over 90 days late."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulator.calendar import add_months
from simulator.lab.answer import Measured, Over, Vintage
from simulator.lab.trial import Trial
from simulator.rules.arithmetic import MILLION, ratio_ppm


def vintages_of(trial: Trial) -> tuple[Vintage, ...]:
    """Lines opened in the trial's months, at every age that those months hold."""
    period = trial.sample.setting.trial
    begins = period.calendar.date_of(period.first)
    first, second = (np.concatenate([each.opened[side] for each in trial.done]) for side in (0, 1))
    found = []
    for place in range(period.ended):
        label = f"{add_months(begins.replace(day=1), place):%Y-%m}"
        cells = _cells(first, second, trial.first_month + place, period.ended - place)
        found += [Vintage(label, age, measured) for age, measured in cells]
    return tuple(found)


def _cells(first: Any, second: Any, month: int, ages: int) -> Iterator[tuple[int, Measured]]:
    """Of one month's lines the share at each age; those of either policy are paired."""
    either = (first[:, 0] == month) | (second[:, 0] == month)
    first, second = first[either], second[either]
    in_first, in_second = first[:, 0] == month, second[:, 0] == month
    counts = int(in_first.sum()), int(in_second.sum())
    if not all(counts):
        return
    for age in range(ages):
        late, later = in_first & (first[:, 1] <= age), in_second & (second[:, 1] <= age)
        share, other = late.sum() / counts[0], later.sum() / counts[1]
        parts = (later - other * in_second) / counts[1] - (late - share * in_first) / counts[0]
        error = MILLION * math.sqrt(float((parts**2).sum()))
        over = Over(int(late.sum()), counts[0]), Over(int(later.sum()), counts[1])
        yield age, Measured(ratio_ppm(*over[0]), ratio_ppm(*over[1]), error, over=over)
