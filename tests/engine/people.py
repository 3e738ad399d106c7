"""Synthetic people for tests: one lived alone by the plain rules, and policies by the dice."""

from __future__ import annotations

import datetime
import random
from typing import Any

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine.books import blank_books
from simulator.engine.drive import born_alone, live_day
from simulator.engine.tally import keep
from simulator.policy.record import PolicyRecord
from simulator.population.months import Month, Town, month_at, months_between, tell_day
from simulator.population.shopper import Shopper
from simulator.rules.ask import Ask
from simulator.rules.events import EVENTS, WIDTH, Log
from tests.rules.build import policy

CALENDAR = Calendar(datetime.date(2025, 1, 1))
FIRST, LAST = -720, 364
CLOCK = ("wake_day", "lived_day", "lender_day", "morning_day", "own_days")
"""What two ways of passing time may disagree about: when to look again."""


def town(seed: int = 1, **values: int) -> Town:
    """What all shoppers of a seed share; most have come by day 0."""
    return Town(seed=seed, warm_up_days=-FIRST, arrivals_ppm=750_000, arm_day=-1_000_000, **values)


class Alone:
    """One shopper, lived by the plain rules as the market lives a million."""

    months: list[Month] = months_between(CALENDAR, FIRST, LAST)

    def __init__(self, account: Account, shopper: Shopper, shared: Town) -> None:
        """Take over the records."""
        self.account, self.shopper, self.town = account, shopper, shared
        self.ask, self.log, self.books = Ask(), Log(), blank_books()

    def live(self, day: int, record: PolicyRecord) -> list[list[int]]:
        """Live one day; what happened on it, as rows."""
        month = self.months[month_at(self.months, day)]
        tell_day(self.ask, month, day)
        self.log.clear()
        live_day(self.account, self.shopper, record, self.town, month, self.ask, self.log)
        keep(self.books, self.log, self.account, self.shopper, record, self.ask)
        return [list(row) for row in self.log.rows[: self.log.count]]

    def state(self) -> dict[str, Any]:
        """Every field of both records but the clock's, by name."""
        own = {f"shopper.{name}": value for name, value in self.shopper.leaves() if name not in CLOCK}
        return dict(self.account.leaves()) | own


def born(number: int, shared: Town) -> Alone:
    """Shopper `number` of a seed, as before arriving at the store."""
    return Alone(*born_alone(shared, number), shared)


def in_words(rows: list[list[int]]) -> list[str]:
    """Rows as a reader of a failed test wants them."""
    return [f"{row[1]} {EVENTS[row[0]][0]} {row[2:WIDTH]}" for row in rows]


def any_policy(dice: random.Random) -> PolicyRecord:
    """A policy with its days, thresholds and switches anywhere that they may be."""
    soft = dice.choice([0, 1, 2, 5, 12])
    suspended = soft + dice.choice([1, 4, 10, 30])
    closed = suspended + dice.choice([1, 7, 30, 60])
    season = dice.choice(
        [[], [{"day": "06-18", "before": 25, "after": 4}], [{"day": "03-01", "before": 0, "after": 0},
         {"day": "12-31", "before": 5, "after": 30}, {"day": "01-05", "before": 20, "after": 4}]]
    )  # fmt: skip
    cutoffs = {f"grade_cutoffs__{grade}": 1000 for grade in "ABCDE"} if dice.random() < 0.15 else {}
    return policy(
        **cutoffs, soft_block_dpd=soft, suspend_dpd=suspended, close_dpd=closed,
        charge_off_dpd=min(180, closed + dice.choice([1, 10, 60])),
        decrease_dpd=dice.choice([0, 3, 10, 40]), reminders=dice.random() < 0.6,
        verify_days=dice.choice([0, 1, 3]), appeal_days=dice.choice([0, 2]), appeal_window_days=dice.choice([0, 3, 30]),
        breach_cure_days=dice.choice([0, 1, 15]), reinstate_days=dice.choice([0, 1, 3, 10, 40]),
        closure_review_days=dice.choice([0, 2, 9]), offer_days=dice.choice([0, 1, 7]),
        refund_days=dice.choice([0, 1, 7]), return_pause_days=dice.choice([0, 1, 5, 28]), fund_days=dice.choice([0, 1, 4]),
        review_months=dice.choice([0, 1, 3, 6]), increase_streak=dice.choice([1, 3, 6]),
        decrease_months=dice.choice([1, 4]), dormant_months=dice.choice([2, 12]), decrease_gap_months=dice.choice([0, 3]),
        default_statement_day=dice.choice([1, 2, 14, 27, 28]), due_offset_days=dice.choice([1, 2, 9, 27]),
        tolerance_fen=dice.choice([0, 1_000, 20_000]), season=season, hold_score=dice.choice([15, 30, 60]),
        suspend_score=dice.choice([60, 90]), identity_days=dice.choice([0, 30]), hardship_dpd=dice.choice([10, 90]),
        decline_cooling_days=dice.choice([0, 30]), reopen_days=dice.choice([0, 20, 90]),
        reopen_overdue_days=dice.choice([0, 180]), request_days=dice.choice([0, 30]), counter_cutoff=dice.choice([0, 520]),
        hardship_service_ppm=dice.choice([100_000, 500_000]),
    )  # fmt: skip
