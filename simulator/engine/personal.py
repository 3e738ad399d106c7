"""Personal: shoppers lived with books of each one's own, so that two policies can be compared in pairs.

The *own row* of a shopper holds, under the names of COLUMNS, what the days of one period brought: flows
summed, stocks as they last stood at a month's end, and what the month's books need. Which values of the
policy a life has read is noted beside it. Importing this module imports Numba.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

from simulator.calendar import Calendar
from simulator.codes import CLOSED, NEVER, REFUSED
from simulator.engine import kernels
from simulator.engine import measures as m
from simulator.engine.books import Books, DayBook, MonthBook, Notes
from simulator.engine.drive import live_day
from simulator.engine.folding import (
    BLOCK,
    Desk,
    Folded,
    Shelf,
    empty_desk,
    fold,
    has_room,
    unfold,
    within_blocks,
)
from simulator.engine.run import LOG, Population, Whole, as_records, make
from simulator.engine.stock import take_stock
from simulator.engine.tally import keep
from simulator.engine.watch import WORDS, watched
from simulator.population.months import Town, month_at, tell_day
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.rules.applications import APPLICATION_CODES
from simulator.rules.arrears import dpd_after
from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen
from simulator.rules.transitions import line_is_open

assert kernels.CACHE  # where machine code is kept must be known before anything here is compiled
CUT_DAYS = 90
"""A purchase declined within so many days after a cut is put down to it."""

MORE = (
    "exposure_days",  # fen-days owed up to the period's end
    "posted_days",  # the same up to the last month's end in the period
    "exposure_ends", "active_ends", "late_ends", "leaver_ends", "income_ends",  # sums over month-ends
    "provision_micro",  # at the last month's end
    "fees_paid_fen", "given_up_fen", "worst_dpd", "opened_month", "over_90_age", "limit_fen", "score",
    "has_line", "had_line", "ever_90", "complained",  # 1 or 0, at the end
    *(f"rolled_{bucket}" for bucket in range(7)),  # exposure that went one bucket on in a month
    *(f"stood_{bucket}" for bucket in range(7)),  # exposure that was in the bucket a month before
    *(f"moved_{cause}" for cause in m.CAUSES),  # how often a limit changed, by the cause
    *(f"refused_{code}" for code in APPLICATION_CODES),  # applications that were refused, by each reason that held
    "approved_score",  # of the last application that was not refused; 0 is none
)  # fmt: skip
COLUMNS = (*m.FLOWS, *(f"last_{name}" for name in m.STOCKS), *MORE)
COLUMN = {name: place for place, name in enumerate(COLUMNS)}
WIDTH = len(COLUMNS)
LAST, STOCK_COUNT = len(m.FLOWS), len(m.STOCKS)
(
    EXPOSURE_DAYS, POSTED_DAYS, EXPOSURE_ENDS, ACTIVE_ENDS, LATE_ENDS, LEAVER_ENDS, INCOME_ENDS, PROVISION, FEES_PAID, GIVEN_UP,
    WORST_DPD, OPENED_MONTH, OVER_90_AGE, LIMIT, SCORE, HAS_LINE, HAD_LINE, EVER_90, COMPLAINED, ROLLED,
) = range(LAST + STOCK_COUNT, LAST + STOCK_COUNT + 20)  # fmt: skip
STOOD = ROLLED + 7
MOVED = STOOD + 7
REFUSED_FOR = MOVED + len(m.CAUSES)
REASON_COUNT = len(APPLICATION_CODES)
APPROVED_SCORE = REFUSED_FOR + REASON_COUNT
assert APPROVED_SCORE == WIDTH - 1
NO_AGE = -1
PAGED = np.dtype([("day", DayBook.dtype()), ("more", "i8", (WIDTH - LAST,))])
"""An own row whose flows are the page of a day, so that rules add to them in place."""


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def followed(
    shelf: Shelf, desk: Desk, policy: Any, town: Any, months: Any, first: int, first_day: int, last_day: int,
    posted_day: int, ask: Any, log: Any, notes: Any, end: Any, own: Any, pages: Any, gmv: Any, noted: Any,
) -> int:  # fmt: skip
    """Live shoppers of a shelf, from index `first` on, from `first_day` to `last_day`, both included; `posted_day`
    is the last month's end among them. Returns the index of the first for whom there is no room.

    `own` (shoppers, WIDTH) and `gmv` (shoppers, months) are written, `noted` (shoppers, WORDS) is added to;
    `pages` is `own` as PAGED, `end` a page for a month's end.
    """
    first_month = month_at(months, first_day)
    account, shopper = desk.accounts[0], desk.shoppers[0]
    for i in range(first, len(shelf.places)):
        if not has_room(shelf):
            return i
        unfold(shelf, i, desk)
        row = own[i]
        for column in range(len(row)):
            row[column] = 0
        for column in range(gmv.shape[1]):
            gmv[i, column] = 0
        row[OVER_90_AGE] = NO_AGE
        for cause in range(len(notes[0].causes)):
            notes[0].causes[cause][0] = 0
        policy_seen = watched(policy[0], noted, i)
        books = Books(pages[i].day, end[0], notes[0])
        owed = exposure_fen(account)
        row[EXPOSURE_DAYS] = owed * (last_day - first_day + 1)
        row[POSTED_DAYS] = owed * (posted_day - first_day + 1)
        at = month_at(months, shopper.wake_day)
        while shopper.wake_day <= last_day:
            while shopper.wake_day >= months[at].first_day + months[at].length:
                at += 1
            tell_day(ask[0], months[at], shopper.wake_day)
            e.empty(log[0])
            note_arrears(row, account, shopper.wake_day - shopper.lived_day)
            live_day(account, shopper, policy_seen, town[0], months[at], ask[0], log[0])
            owed, bought = row[m.EXPOSURE_CHANGE], bought_fen(row)
            bucket = shopper.month_bucket
            ended = ask[0].dom == ask[0].month_length
            if ended:
                clear_end(end[0], bucket)
            keep(books, log[0], account, shopper, policy_seen, ask[0])
            day = ask[0].day
            owed = row[m.EXPOSURE_CHANGE] - owed
            row[EXPOSURE_DAYS] += owed * (last_day - day + 1)
            if day <= posted_day:
                row[POSTED_DAYS] += owed * (posted_day - day + 1)
            bought = bought_fen(row) - bought
            if bought != 0:
                gmv[i, at - first_month] += bought
            if ended:
                show_end(end[0], row)
                for to in range(m.ROLL_TO):
                    row[STOOD + bucket] += end[0].roll[bucket][to]
                row[ROLLED + bucket] += end[0].roll[bucket][bucket + 1]
                row[PROVISION] = 0
                for grade in range(m.GRADE_ROWS):
                    row[PROVISION] += end[0].grades[grade][m.GRADE_PROVISION]
                if notes[0].opened_month and notes[0].over_90 and row[OVER_90_AGE] == NO_AGE:
                    row[OVER_90_AGE] = notes[0].age
                row[EXPOSURE_ENDS] += row[LAST + m.EXPOSURE]
                row[ACTIVE_ENDS] += row[LAST + m.ACTIVE_COUNT]
                row[LATE_ENDS] += row[LAST + m.LATE_ACCOUNTS]
                row[LEAVER_ENDS] += row[LAST + m.LEAVERS]
                row[INCOME_ENDS] += shopper.income_fen
            for j in range(log[0].count):
                told = log[0].rows[j]
                if told[0] == e.PAYMENT_RECEIVED:
                    row[FEES_PAID] += told[c.PAID_LATE_FEE_FEN] + told[c.PAID_REVOLVING_FEE_FEN] + told[c.PAID_PLAN_FEE_FEN]
                elif told[0] == e.PLAN_REPAID_EARLY:
                    row[FEES_PAID] += told[c.SETTLEMENT_FEE_FEN]
                elif told[0] == e.PURCHASE_DECLINED and day - shopper.cut_day <= CUT_DAYS:
                    row[GIVEN_UP] += told[c.ORDER_FEN]
                elif told[0] == e.APPLICATION_DECIDED:
                    note_decision(row, told)
            note_arrears(row, account, 0)
        note_arrears(row, account, max(0, last_day - shopper.lived_day))
        if posted_day < last_day and shopper.arrival_day <= last_day:
            tell_day(ask[0], months[month_at(months, last_day)], last_day)
            ask[0].month_length = ask[0].dom
            stand(account, shopper, policy_seen, ask, books, row)
        row[OPENED_MONTH] = shopper.opened_month
        row[LIMIT] = account.limit_fen
        row[SCORE] = account.score
        row[HAS_LINE] = int(account.opened_day != NEVER)
        row[EVER_90] = int(row[WORST_DPD] > 90)
        row[COMPLAINED] = int(row[m.COMPLAINTS_COUNT] > 0)
        for cause in range(len(notes[0].causes)):
            row[MOVED + cause] = notes[0].causes[cause][0]
        fold(shelf, i, desk)
    return len(shelf.places)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def note_arrears(row: Any, account: Any, days: int) -> None:
    """Let an own row tell that there is a line, or debt of one still to be collected, and how late it is after so many
    days on which nothing happened. What is written off is late no more, though its days past due stand still.
    """
    collected = account.status == CLOSED and (account.dpd > 0 or exposure_fen(account) > 0)
    if line_is_open(account) or collected:
        row[HAD_LINE] = 1
        row[WORST_DPD] = max(row[WORST_DPD], dpd_after(account, days))


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def note_decision(row: Any, told: Any) -> None:
    """Let an own row tell why an application was refused, or by which score it was not."""
    if told[c.DECISION] == REFUSED:
        for place in range(REASON_COUNT):
            row[REFUSED_FOR + place] += told[e.REASONS] >> place & 1
    else:
        row[APPROVED_SCORE] = told[c.DECIDED_SCORE]


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def bought_fen(row: Any) -> int:
    """Purchases less refunds of an own row until now."""
    bought: int = row[m.LINE_GMV] + row[m.CASH_GMV] - row[m.REFUNDED_FEN]
    return bought


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def clear_end(end: Any, bucket: int) -> None:
    """Make what is read of a month's page blank; `bucket` is a shopper's of the month's end before."""
    for stock in range(STOCK_COUNT):
        end.stocks[stock] = 0
    for to in range(m.ROLL_TO):
        end.roll[bucket][to] = 0
    for grade in range(m.GRADE_ROWS):
        end.grades[grade][m.GRADE_PROVISION] = 0


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def show_end(end: Any, row: Any) -> None:
    """Let an own row show the stocks of a month's page."""
    for stock in range(STOCK_COUNT):
        row[LAST + stock] = end.stocks[stock]


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def stand(account: Any, shopper: Any, policy: Any, ask: Any, books: Any, row: Any) -> None:
    """Let a last month that has not ended show the account as it stands."""
    bucket, exposure = shopper.month_bucket, shopper.month_exposure_fen
    clear_end(books.month, bucket)
    take_stock(books, account, shopper, policy, ask[0])
    shopper.month_bucket, shopper.month_exposure_fen = bucket, exposure
    show_end(books.month, row)


class Crowd:
    """Where shoppers come from: the town, the calendar, and the policy-free start of anybody's life."""

    def __init__(self, town: Town, calendar: Calendar, last_day: int) -> None:
        """Shoppers of one seed who live by a calendar up to a day."""
        people = Population(town, 1, calendar, last_day)
        self.town, self.calendar, self.months = town, calendar, people.months
        self.first_day = people.first_day
        self._town = as_records(town)

    def born(self, first_number: int, count: int) -> Folded:
        """Shoppers from a number on, as before they arrive at the store."""
        people = Folded(count)
        for start, stop in within_blocks(0, count, BLOCK):
            make(people, start, stop, self._town, first_number + start)
        return people

    def change_policy(self, people: Folded, old: Any, day: int) -> None:
        """Let shoppers meet another policy on the morning of a day; `old` is the record until then."""
        kernels.roused(people.shoppers, day - 1)
        slept = Days(day - 1, day - 1, day - 2)
        self.follow(people, old, slept, Room(), Rows.empty(people.count, 1))
        kernels.changing(people.shoppers, day)

    def follow(self, people: Folded, policy: Any, days: Days, room: Room, rows: Rows) -> None:
        """Live shoppers on under one policy record; `rows` takes what the days brought."""
        for start, stop in within_blocks(0, people.count, BLOCK):
            self._follow(people, start, stop, policy, days, room, rows.of(start, stop))

    def _follow(
        self, people: Folded, start: int, stop: int, policy: Any, days: Days, room: Room, rows: Rows
    ) -> None:  # fmt: skip
        def lived(shelf: Shelf, first: int) -> int:
            at: int = followed(
                shelf, room.desk, policy, self._town, self.months, first, days.first, days.last, days.posted, room.ask,
                room.log, room.notes, room.end, rows.own, rows.own.view(PAGED)[:, 0], rows.gmv, rows.noted,
            )  # fmt: skip
            return at

        people.work(start, stop, lived, anew=True)


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


    def of(self, start: int, stop: int) -> Rows:
        """The rows of some neighbours."""
        return Rows(self.own[start:stop], self.gmv[start:stop], self.noted[start:stop])


class Room:
    """What one thread needs while it follows shoppers; used again and again."""

    def __init__(self) -> None:
        """A desk, and records for one day at a time."""
        self.desk = empty_desk()
        self.ask, self.log = np.zeros(1, Ask.dtype()), np.zeros(1, LOG)
        self.notes, self.end = np.zeros(1, Notes.dtype()), np.zeros(1, MonthBook.dtype())
        self.log["quiet"] = 1
