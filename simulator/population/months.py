"""Months: the calendar as behaviour meets it, one row a calendar month.

`days_by_draw` is a month's buying days by likelihood: 256 places, so that the top 8 bits of a draw
give a day of the month with weekends and festivals in their due shares.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import Annotated

from simulator.calendar import Calendar, add_months, days_in_month
from simulator.codes import NEVER
from simulator.random import PLACES, by_weight
from simulator.registry import rule
from simulator.row import I1, I2, I4, I8, Row
from simulator.rules.ask import Ask

SEASON_PPM = (
    900_000, 750_000, 950_000, 930_000, 1_000_000, 1_230_000, 880_000, 920_000, 1_000_000, 1_020_000, 1_370_000, 1_050_000,
)  # fmt: skip
"""Occasions to buy by month against the year's mean. FACTS §5 (quarters of a marketplace, 2024)."""
WEEKDAY_WEIGHT = (100, 96, 94, 98, 102, 112, 110)
"""Monday to Sunday. Targets, `weekday`: 1.1 to 1.35 between the ends."""
FESTIVALS = (((6, 1), (6, 20), 115), ((6, 16), (6, 18), 130), ((10, 21), (11, 11), 110), ((11, 10), (11, 11), 122))
"""(first, last, weight in percent) of buying days. Targets, `singles_day`."""


CATEGORY_WEIGHTS = (22, 12, 4, 8, 40, 40, 210, 100, 110, 150, 55, 50, 40, 85, 34, 40)
"""How often each of the catalogue's categories is bought, in its order; ours to calibrate."""
HOUR_WEIGHTS = (1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 10, 9, 8, 8, 8, 8, 9, 11, 13, 13, 9, 4)
"""How often each hour of a day."""


class Month(Row):
    """One calendar month."""

    first_day: I4
    year: I2
    month: I1
    length: I1
    season_ppm: I4
    days_by_draw: Annotated[list[int], "i1", PLACES]


class Town(Row):
    """What all shoppers of a run share: the seed, and interventions for measuring (0 is as life goes)."""

    seed: I8
    arm: I1  # 0 nobody, 1 a random half, 2 everybody meets the intervention
    raise_ppm: I4  # limits are raised by so much on day `arm_day`
    no_line: I1  # nobody in the arm is given a line
    force: I1  # everybody in the arm is given a line who meets the conditions
    arm_day: I4
    warm_up_days: I4
    arrivals_ppm: I4  # of all shoppers, those who arrive in the warm-up
    category_by_draw: Annotated[list[int], "i1", PLACES]
    hour_by_draw: Annotated[list[int], "i1", PLACES]

    def __init__(self, **values: object) -> None:
        """A town where people buy what they do, when they do."""
        super().__init__(**values)
        self.category_by_draw = list(by_weight(CATEGORY_WEIGHTS))
        self.hour_by_draw = list(by_weight(HOUR_WEIGHTS))


ARRIVED_PPM = 750_000
"""Of all shoppers, those who come before day 0. ARCHITECTURE, Warm-up."""


def town_of(seed: int, warm_up_days: int) -> Town:
    """A run without interventions. Without a warm-up it is a launch: all arrive from day 0 on."""
    arrived = ARRIVED_PPM if warm_up_days else 0
    return Town(seed=seed, warm_up_days=warm_up_days, arrivals_ppm=arrived, arm_day=NEVER)


def months_between(calendar: Calendar, first_day: int, last_day: int) -> list[Month]:
    """The calendar months that hold these days, both included, and one after; not to be written to."""
    rows: list[Month] = []
    start = calendar.date_of(first_day).replace(day=1)
    while calendar.day_of(start) <= last_day or len(rows) < 2:
        rows.append(_month(calendar, start))
        start = add_months(start, 1)
    rows.append(_month(calendar, start))
    return rows


@functools.lru_cache(maxsize=1_024)
def _month(calendar: Calendar, first: datetime.date) -> Month:
    length = days_in_month(first)
    return Month(
        first_day=calendar.day_of(first), year=first.year, month=first.month, length=length,
        season_ppm=SEASON_PPM[first.month - 1],
        days_by_draw=[
            place + 1 for place in by_weight(tuple(_weight(first.replace(day=dom + 1)) for dom in range(length)))
        ],
    )  # fmt: skip


def _weight(date: datetime.date) -> int:
    weight = WEEKDAY_WEIGHT[date.weekday()]
    for first, last, percent in FESTIVALS:
        if first <= (date.month, date.day) <= last:
            weight = weight * percent // 100
    return weight


@rule
def month_at(months: Sequence[Month], day: int) -> int:
    """Index of the month that holds a day."""
    low = 0
    high = len(months) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if months[middle].first_day <= day:
            low = middle
        else:
            high = middle - 1
    return low


@rule
def tell_day(ask: Ask, month: Month, day: int) -> None:
    """Write a day of a month into what rules are told of it."""
    ask.day = day
    ask.year = month.year
    ask.month = month.month
    ask.dom = day - month.first_day + 1
    ask.month_length = month.length
