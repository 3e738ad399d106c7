"""Simulation: a population lived through its warm-up and the measured days, and what it comes to.

The *warm-up* is lived by the same engine under the same policy before day 0, so that day 0 has a
mature book; without one, nobody is there yet and all arrive after the launch.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.calendar import START, WARM_UP_DAYS, Calendar
from simulator.engine.run import Measures, Population, Whole, as_records
from simulator.engine.stocktake import take_stock_of
from simulator.market.books import Carried, MonthBooks, month_books
from simulator.market.calendar_months import spans
from simulator.market.memory import check_memory
from simulator.market.metrics import Metrics, by_grade, limit_changes, monthly, roll_rates, totals, vintages
from simulator.market.ready import make_ready
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import town_of
from simulator.version import rulebook_version

MAKING, LIVING, SUMMING = "making", "living", "summing"
Progress = Callable[[str, int, int], None]


@dataclass
class Simulation:
    """A run that has ended: the people as they stand, and its books."""

    policy: Policy
    seed: int
    start: datetime.date
    days: int
    warm_up_days: int
    people: Population
    measured: Measures
    months: list[MonthBooks]
    warm_up_months: list[MonthBooks]
    vintage_counts: Whole
    world_hash: str
    threads: int
    seconds: float
    warm_up_seconds: float

    @property
    def shoppers(self) -> int:
        """How many there are."""
        return self.people.count

    def totals(self) -> Metrics:
        """The metrics of the measured days."""
        return totals(self.months)

    def monthly(self) -> list[Metrics]:
        """The metrics of each calendar month."""
        return monthly(self.months)

    def as_dict(self) -> Metrics:
        """The object of `simulate --json` (INTERFACE)."""
        return {
            "policy": self.policy.name,
            "seed": self.seed,
            "shoppers": self.shoppers,
            "days": self.days,
            "start": self.start.isoformat(),
            "warm_up_days": self.warm_up_days,
            "rulebook": rulebook_version(),
            "world_hash": self.world_hash,
            "metrics": self.totals(),
            "monthly": self.monthly(),
            "roll_ppm": roll_rates(self.measured, self.months),
            "vintages": vintages(self.vintage_counts, self.people.calendar, self.people.first_day),
            "by_grade": by_grade(self.months),
            "limit_changes": limit_changes(self.measured),
            "timing": self.timing(),
        }

    def timing(self) -> Metrics:
        """How long it took; all that may differ between two runs of one command."""
        return {
            "seconds": round(self.seconds, 3),
            "warm_up_seconds": round(self.warm_up_seconds, 3),
            "account_days_per_second": int(self.shoppers * self.days / max(self.seconds, 1e-9)),
            "threads": self.threads,
        }


def simulate(
    policy: Policy,
    *,
    shoppers: int,
    days: int,
    seed: int = 1,
    start: datetime.date = START,
    warm_up_days: int = WARM_UP_DAYS,
    threads: int | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    on_news: Callable[[Whole], None] | None = None,
) -> Simulation:
    """Live a population and keep its books. `progress` is told what is being done (MAKING, LIVING,
    SUMMING), how much of it is done, and how much there is: shoppers, then days of all shoppers; `on_news` is given the news of the measured days month by month.

    Raises TooLarge before anything is made, Cancelled where `cancel` said so.
    """
    check_memory(shoppers)
    make_ready()
    workers = threads or os.cpu_count() or 1
    calendar = Calendar(start)
    record = to_record(policy)
    own = as_records(record)
    all_days = (warm_up_days + days) * shoppers
    told = progress or (lambda stage, done, of: None)
    people = Population(
        town_of(seed, warm_up_days), shoppers, calendar, days - 1, 1, lambda done, of: told(MAKING, done, of), cancel
    )

    def live(first: int, last: int, tell: Callable[[Whole], None] | None) -> Measures:
        lived = (first + warm_up_days) * shoppers
        own_days = (last - first + 1) * shoppers

        def chunk_done(done: int, chunks: int) -> None:
            told(LIVING, lived + own_days * done // chunks, all_days)

        return people.live(
            own, first, last, threads=workers, on_news=tell, progress=chunk_done, cancel=cancel
        )

    began = time.perf_counter()
    warm_up_months: list[MonthBooks] = []
    opening, opened = Carried(), np.zeros_like(Measures.empty(0, 0, 0, len(people.months)).vintages)
    if warm_up_days:
        before = live(-warm_up_days, -1, None)
        warm_up_months = month_books(before, calendar, [record] * len(before.stocks), opening)
        opening = warm_up_months[-1].after
        opened += before.vintages
    warm = time.perf_counter()
    found = spans(calendar, 0, days)
    steps = [(span.first, span.stop - 1) for span in found] if on_news is not None else [(0, days - 1)]
    measured = joined([live(first, last, on_news) for first, last in steps])
    told(SUMMING, 0, 0)
    people.bring_up_to(own, days - 1)
    seconds = time.perf_counter() - warm
    if not found[-1].ended:
        close_within_month(measured, take_stock_of(people, own, days - 1))
    return Simulation(
        policy, seed, start, days, warm_up_days, people, measured,
        month_books(measured, calendar, [record] * len(found), opening), warm_up_months, opened + measured.vintages,
        people.world_hash(lambda done, of: told(SUMMING, done, of), workers), workers, seconds, warm - began,
    )  # fmt: skip


def joined(parts: Sequence[Measures]) -> Measures:
    """The measures of steps that follow one another, each beginning with a calendar month, as one. A later step
    may know of more months, where the people's calendar was made to reach further meanwhile.
    """
    longest = max((part.vintages for part in parts), key=len)
    opened = np.zeros_like(longest)
    for part in parts:
        opened[: len(part.vintages)] += part.vintages
    return Measures(
        parts[0].first_day,
        daily=np.concatenate([part.daily for part in parts]),
        monthly=np.concatenate([part.monthly for part in parts]),
        vintages=opened,
        causes=np.sum([part.causes for part in parts], axis=0),
    )


def close_within_month(measured: Measures, taken: Measures) -> None:
    """Let the last month, which has not ended, show its accounts as they stand on the last day."""
    measured.stocks[-1] = taken.stocks[0]
    measured.grades[-1] += taken.grades[0]  # flows by grade are there already
    measured.use[-1], measured.limits[-1] = taken.use[0], taken.limits[0]
