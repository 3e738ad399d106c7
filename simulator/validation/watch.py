"""Watch: a population lived month by month, with every event and each month-end kept for measuring.

A *month-end* is one number a shopper and month; *rows* are events of a kind, one a line: the shopper's
place (from 0), the day, then the figures as `rules.events` orders them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.calendar import START, WARM_UP_DAYS, Calendar
from simulator.engine.run import Measures, Population, as_records
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.population.months import Town
from simulator.rules import events as e

Whole = NDArray[np.int64]
ARRIVALS_PPM = 750_000
NO_DAY = -1_000_000
KEPT = (
    e.APPLICATION_DECIDED, e.LINE_OPENED, e.CASH_PURCHASE, e.PURCHASE_AUTHORISED, e.PLAN_CREATED, e.REFUNDED,
    e.LATE_FEE_CHARGED, e.STATEMENT_MADE, e.PAYMENT_RECEIVED, e.PAYMENT_MISSED, e.BUCKET_CHANGED,
    e.WAS_CHARGED_OFF,
)  # fmt: skip
MONTH_ENDS = ("limit_fen", "dpd", "status", "score", "scored_statements", "worst_dpd")
Progress = Callable[[str], None]


def standard(**fields: Any) -> Any:
    """The standard policy as kernels read it, with other values of some fields."""
    record = to_record(load_policy("standard"))
    for name, value in fields.items():
        setattr(record, name, value)
    return as_records(record)


def town_of(seed: int, **interventions: int) -> Town:
    """The standard recipe of a seed: two years of warm-up, a quarter of the shoppers come later."""
    values = {"arm_day": NO_DAY} | interventions
    return Town(seed=seed, warm_up_days=WARM_UP_DAYS, arrivals_ppm=ARRIVALS_PPM, **values)


def warmed(town: Town, shoppers: int, policy: Any, days: int) -> Population:
    """A population on the evening before day 0, with a calendar for so many days."""
    people = Population(town, shoppers, Calendar(START), days)
    people.live(policy, -WARM_UP_DAYS, -1)
    return people


class Watched:
    """What was seen of a population over some months from day 0 on."""

    def __init__(self, people: Population, policy: Any, months: int, *, events: bool) -> None:
        """Live so many months; with events, or month-ends alone."""
        self.people = people
        self.count = people.count
        self.first_place = people.place_of(0)
        self.months = 0
        self.ends: dict[str, Whole] = {
            name: np.zeros((0, people.count), np.int64) for name in (*MONTH_ENDS, "exposure_fen", "active")
        }
        self._events: dict[int, list[Whole]] = {kind: [] for kind in KEPT}
        self.books: list[Measures] = []
        for _month in range(months):
            self._live_month(policy, events)
        self.rows: dict[int, Whole] = {
            kind: _sorted(np.concatenate(parts)) if parts else np.zeros((0, e.WIDTH), np.int64)
            for kind, parts in self._events.items()
        }

    def go_on(self, policy: Any, months: int) -> None:
        """Live on until so many months in all, month-ends alone."""
        while self.months < months:
            self._live_month(policy, False)

    def first_day(self, month: int) -> int:
        """The first day of a watched month, from 0."""
        return int(self.people.months["first_day"][self.first_place + month])

    def _live_month(self, policy: Any, events: bool) -> None:
        first, last = self.first_day(self.months), self.first_day(self.months + 1) - 1
        self.books.append(self.people.live(policy, first, last, on_rows=self._keep if events else None))
        self.months += 1
        accounts, shoppers = self.people.accounts, self.people.shoppers
        bought = accounts["habit"][:, 0] > 0
        values = {name: accounts[name] for name in MONTH_ENDS}
        values["exposure_fen"] = shoppers["month_exposure_fen"]
        values["active"] = bought | (shoppers["month_exposure_fen"] > 0)
        for name, column in values.items():
            self.ends[name] = np.concatenate([self.ends[name], column[None].astype(np.int64)])

    def _keep(self, rows: Whole) -> None:
        for kind in KEPT:
            found = rows[rows[:, 0] == kind]
            if len(found):
                self._events[kind].append(
                    np.column_stack([found[:, -1] - self.people.first_number, found[:, 1:-1]])
                )

    def open_lines(self) -> NDArray[np.bool_]:
        """By month and shopper: whether a line was open at the month's end."""
        found: NDArray[np.bool_] = np.isin(self.ends["status"], OPEN_STATUSES)
        return found

    def flow(self, number: int, first: int, last: int) -> int:
        """A flow summed over months, both included."""
        return int(sum(book.daily[:, number].sum() for book in self.books[first : last + 1]))

    def stock(self, number: int) -> Whole:
        """A stock at each month's end."""
        return np.array([book.stocks[-1, number] for book in self.books], np.int64)

    def roll(self, first: int, last: int) -> Whole:
        """Exposure by bucket and where it was a month later, summed over months."""
        found: Whole = np.sum([book.roll[-1] for book in self.books[first : last + 1]], axis=0)
        return found


OPEN_STATUSES = (3, 4, 5, 6, 7)
"""Active, soft-blocked, suspended, closure-review, run-off (`codes.STATUSES`)."""
LAST_YEAR = (12, 23)
"""The last twelve of 24 months."""


def _sorted(rows: Whole) -> Whole:
    """By shopper, then day; what happened in one day in its order."""
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def key(shoppers: Whole, days: Whole) -> Whole:
    """Shopper and day as one number that sorts by both."""
    return shoppers * 100_000 + days + 10_000


def summed_between(rows: Whole, amounts: Whole, shoppers: Whole, after: Whole, until: Whole) -> Whole:
    """For each shopper and span (after, until]: the amounts of that shopper's rows within."""
    keys = key(rows[:, 0], rows[:, 1])
    total = np.concatenate([[0], np.cumsum(amounts)])
    left = np.searchsorted(keys, key(shoppers, after), "right")
    right = np.searchsorted(keys, key(shoppers, until), "right")
    found: Whole = total[right] - total[left]
    return found


