"""Vintages of a trial: lines by the month of their last opening, and the share of them ever over 90 days late."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulator.calendar import add_months
from simulator.engine.personal import COLUMN, NO_AGE
from simulator.lab.answer import Measured, Vintage
from simulator.lab.trial import Touched, Trial
from simulator.rules.arithmetic import MILLION, ratio_ppm

MONTHS_A_YEAR = 12
NEVER_OVER = 1_000
_COLUMNS = [COLUMN["opened_month"], COLUMN["over_90_age"]]


def vintages_of(trial: Trial) -> tuple[Vintage, ...]:
    """Lines opened in the trial's months, at every age that those months hold."""
    period = trial.sample.setting.trial
    begins = period.calendar.date_of(period.first)
    base = begins.year * MONTHS_A_YEAR + begins.month
    pairs = [_opened(each, base) for each in trial.done]
    first, second = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    found = []
    for place in range(period.ended):
        label = f"{add_months(begins.replace(day=1), place):%Y-%m}"
        cells = _cells(first, second, base + place, period.ended - place)
        found += [Vintage(label, age, measured) for age, measured in cells]
    return tuple(found)


def _opened(part: Touched, base: int) -> tuple[Any, Any]:
    """Month of opening and age when first over 90 days late, under both policies, of those in a block who may
    have opened a line from a month on.
    """
    assert part.block.lived is not None
    own = part.block.lived.rows.own
    places = np.union1d(np.flatnonzero(own[:, _COLUMNS[0]] >= base), part.places)
    first = own[places][:, _COLUMNS]
    second = first.copy()
    second[np.searchsorted(places, part.places)] = part.second.rows.own[:, _COLUMNS]
    for side in (first, second):
        side[:, 1] = np.where(side[:, 1] == NO_AGE, NEVER_OVER, side[:, 1])
    return first, second


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
        yield age, Measured(ratio_ppm(int(late.sum()), counts[0]), ratio_ppm(int(later.sum()), counts[1]), error)
