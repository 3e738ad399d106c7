"""Personal: shoppers lived with books of each one's own, so that two policies can be compared in pairs.

The *own row* of a shopper holds, under the names of COLUMNS, what the days of one period brought: flows
summed, stocks as they last stood at a month's end, and what the month's books need. Which values of the
policy a life has read is noted beside it. Importing this module imports Numba.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.codes import NEVER
from simulator.engine import kernels
from simulator.engine import measures as m
from simulator.engine.drive import live_day
from simulator.engine.run import LOG, Population, Whole, as_records
from simulator.engine.tally import (
    TO_FLOWS,
    TO_GRADES,
    TO_ROLL,
    TO_STOCKS,
    TO_VINTAGES,
    Tally,
    keep,
    take_stock,
)
from simulator.engine.watch import WORDS, watched
from simulator.population.months import Town, month_at, tell_day
from simulator.population.shopper import Shopper
from simulator.population.traits import Traits
from simulator.rules import events as e
from simulator.rules.arrears import dpd_after
from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen

assert kernels.CACHE  # where machine code is kept must be known before anything here is compiled
CUT_DAYS = 90
"""A purchase declined within so many days after a cut is put down to it."""

MORE = (
    "exposure_days",  # fen-days owed up to the period's end
    "posted_days",  # the same up to the last month's end in the period
    "exposure_ends", "active_ends", "late_ends", "leaver_ends", "income_ends",  # sums over month-ends
    "provision_micro",  # at the last month's end
    "fees_paid_fen", "given_up_fen", "worst_dpd", "opened_month", "over_90_age", "limit_fen", "score",
    "has_line", "ever_90", "complained",  # 1 or 0, at the end
    *(f"rolled_{bucket}" for bucket in range(7)),  # exposure that went one bucket on in a month
    *(f"stood_{bucket}" for bucket in range(7)),  # exposure that was in the bucket a month before
)  # fmt: skip
COLUMNS = (*m.FLOWS, *(f"last_{name}" for name in m.STOCKS), *MORE)
COLUMN = {name: place for place, name in enumerate(COLUMNS)}
WIDTH = len(COLUMNS)
LAST, STOCK_COUNT = len(m.FLOWS), len(m.STOCKS)
(
    EXPOSURE_DAYS, POSTED_DAYS, EXPOSURE_ENDS, ACTIVE_ENDS, LATE_ENDS, LEAVER_ENDS, INCOME_ENDS, PROVISION, FEES_PAID, GIVEN_UP,
    WORST_DPD, OPENED_MONTH, OVER_90_AGE, LIMIT, SCORE, HAS_LINE, EVER_90, COMPLAINED, ROLLED,
) = range(LAST + STOCK_COUNT, LAST + STOCK_COUNT + 19)  # fmt: skip
STOOD = ROLLED + 7
NO_AGE = -1


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def followed(
    accounts: Any, shoppers: Any, policy: Any, town: Any, months: Any, first_day: int, last_day: int, posted_day: int,
    ask: Any, log: Any, tally: Any, own: Any, gmv: Any, noted: Any,
) -> None:  # fmt: skip
    """Live shoppers from `first_day` to `last_day`, both included; `posted_day` is the last month's end among them.

    `own` (shoppers, WIDTH) and `gmv` (shoppers, months) are written, `noted` (shoppers, WORDS) is added to.
    """
    first_month = month_at(months, first_day)
    for i in range(len(accounts)):
        account, shopper, row = accounts[i], shoppers[i], own[i]
        for column in range(len(row)):
            row[column] = 0
        for column in range(gmv.shape[1]):
            gmv[i, column] = 0
        row[OVER_90_AGE] = NO_AGE
        policy_seen = watched(policy[0], noted, i)
        owed = exposure_fen(account)
        row[EXPOSURE_DAYS] = owed * (last_day - first_day + 1)
        row[POSTED_DAYS] = owed * (posted_day - first_day + 1)
        at = month_at(months, shopper.wake_day)
        while shopper.wake_day <= last_day:
            while shopper.wake_day >= months[at].first_day + months[at].length:
                at += 1
            tell_day(ask[0], months[at], shopper.wake_day)
            log[0].count = 0
            live_day(account, shopper, policy_seen, town[0], months[at], ask[0], log[0])
            keep(tally[0], log[0], account, shopper, policy_seen, ask[0])
            day = ask[0].day
            ended = ask[0].dom == ask[0].month_length
            if ended:
                for column in range(LAST, LAST + STOCK_COUNT):
                    row[column] = 0
                row[PROVISION] = 0
            for j in range(tally[0].count):
                target = tally[0].entries[j, 0]
                cell = tally[0].entries[j, 1]
                amount = tally[0].entries[j, 2]
                if target == TO_FLOWS:
                    row[cell] += amount
                    if cell == m.EXPOSURE_CHANGE:
                        row[EXPOSURE_DAYS] += amount * (last_day - day + 1)
                        if day <= posted_day:
                            row[POSTED_DAYS] += amount * (posted_day - day + 1)
                    elif cell == m.LINE_GMV or cell == m.CASH_GMV:
                        gmv[i, at - first_month] += amount
                    elif cell == m.REFUNDED_FEN:
                        gmv[i, at - first_month] -= amount
                elif target == TO_STOCKS:
                    row[LAST + cell] += amount
                elif target == TO_ROLL:
                    bucket = cell // m.ROLL_TO
                    if bucket < 7:
                        row[STOOD + bucket] += amount
                        if cell % m.ROLL_TO == bucket + 1:
                            row[ROLLED + bucket] += amount
                elif target == TO_GRADES:
                    if cell % m.GRADE_COLUMNS == m.GRADE_PROVISION:
                        row[PROVISION] += amount
                elif target == TO_VINTAGES and cell & 1 and row[OVER_90_AGE] == NO_AGE:
                    row[OVER_90_AGE] = (cell >> 1) % m.AGES
            if ended:
                row[EXPOSURE_ENDS] += row[LAST + m.EXPOSURE]
                row[ACTIVE_ENDS] += row[LAST + m.ACTIVE_COUNT]
                row[LATE_ENDS] += row[LAST + m.LATE_ACCOUNTS]
                row[LEAVER_ENDS] += row[LAST + m.LEAVERS]
                row[INCOME_ENDS] += shopper.income_fen
            for j in range(log[0].count):
                told = log[0].rows[j]
                if told[0] == e.PAYMENT_RECEIVED:
                    row[FEES_PAID] += told[5] + told[6] + told[7]
                elif told[0] == e.PLAN_REPAID_EARLY:
                    row[FEES_PAID] += told[5]
                elif told[0] == e.PURCHASE_DECLINED and day - shopper.cut_day <= CUT_DAYS:
                    row[GIVEN_UP] += told[3]
            row[WORST_DPD] = max(row[WORST_DPD], account.dpd)
        row[WORST_DPD] = max(row[WORST_DPD], dpd_after(account, max(0, last_day - shopper.lived_day)))
        if posted_day < last_day and shopper.arrival_day <= last_day:
            tell_day(ask[0], months[month_at(months, last_day)], last_day)
            ask[0].month_length = ask[0].dom
            stand(account, shopper, policy_seen, ask, tally, row)
        row[OPENED_MONTH] = shopper.opened_month
        row[LIMIT] = account.limit_fen
        row[SCORE] = account.score
        row[HAS_LINE] = int(account.opened_day != NEVER)
        row[EVER_90] = int(row[WORST_DPD] > 90)
        row[COMPLAINED] = int(row[m.COMPLAINTS_COUNT] > 0)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def stand(account: Any, shopper: Any, policy: Any, ask: Any, tally: Any, row: Any) -> None:
    """Let a last month that has not ended show the account as it stands."""
    bucket, exposure = shopper.month_bucket, shopper.month_exposure_fen
    tally[0].count = 0
    take_stock(tally[0], account, shopper, policy, ask[0])
    shopper.month_bucket, shopper.month_exposure_fen = bucket, exposure
    for column in range(LAST, LAST + STOCK_COUNT):
        row[column] = 0
    for j in range(tally[0].count):
        if tally[0].entries[j, 0] == TO_STOCKS:
            row[LAST + tally[0].entries[j, 1]] += tally[0].entries[j, 2]


class Crowd:
    """Where shoppers come from: the town, the calendar, and the policy-free start of anybody's life."""

    def __init__(self, town: Town, calendar: Calendar, last_day: int) -> None:
        """Shoppers of one seed who live by a calendar up to a day."""
        people = Population(town, 1, calendar, last_day)
        self.town, self.calendar, self.months = town, calendar, people.months
        self.first_day = people.first_day
        self._town = as_records(town)
        self._account, self._shopper = as_records(Account())[0], as_records(Shopper())[0]

    def born(self, first_number: int, count: int) -> tuple[Any, Any]:
        """Accounts and shoppers from a number on, as before they arrive at the store."""
        accounts, shoppers = np.empty(count, Account.dtype()), np.empty(count, Shopper.dtype())
        accounts[:], shoppers[:] = self._account, self._shopper
        kernels.born(accounts, shoppers, as_records(Traits()), self._town, first_number)
        return accounts, shoppers

    def change_policy(self, accounts: Any, shoppers: Any, old: Any, day: int) -> None:
        """Let shoppers meet another policy on the morning of a day; `old` is the record until then."""
        kernels.roused(shoppers, day - 1)
        slept = Days(day - 1, day - 1, day - 2)
        self.follow(accounts, shoppers, old, slept, Room(), Rows.empty(len(accounts), 1))
        kernels.changing(shoppers, day)

    def follow(self, accounts: Any, shoppers: Any, policy: Any, days: Days, room: Room, rows: Rows) -> None:
        """Live shoppers on under one policy record; `rows` takes what the days brought."""
        followed(
            accounts, shoppers, policy, self._town, self.months, days.first, days.last, days.posted, room.ask, room.log,
            room.tally, rows.own, rows.gmv, rows.noted,
        )  # fmt: skip


class Days(NamedTuple):
    """Days to be lived, both ends included, and the last month's end up to which books are posted."""

    first: int
    last: int
    posted: int


class Rows(NamedTuple):
    """What a period brought to some shoppers: own rows, purchases less refunds by month, values read."""

    own: Whole
    gmv: Whole
    noted: Whole

    @classmethod
    def empty(cls, count: int, months: int) -> Rows:
        """Rows to be written, and nothing read yet."""
        return cls(
            np.empty((count, WIDTH), np.int64), np.empty((count, months), np.int64), np.zeros((count, WORDS), np.int64)
        )


class Room:
    """What one thread needs while it follows shoppers; used again and again."""

    def __init__(self) -> None:
        """Records for one day at a time."""
        self.ask, self.log, self.tally = np.zeros(1, Ask.dtype()), np.zeros(1, LOG), np.zeros(1, Tally.dtype())
        self.log["quiet"] = 1
