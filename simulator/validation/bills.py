"""Bills: what becomes of statements. A *bill* is a statement; *met* is its minimum paid in time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.codes import BY_SHOPPER
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.rules.arithmetic import HUNDRED_YUAN_FEN
from simulator.validation.parts import Part, percent
from simulator.validation.watch import LAST_YEAR, Watched, Whole, key, summed_between

TOLERANCE_FEN = 1_000
LATE_DAYS = 40
"""Bills count whose due date lies so long before the end that 30 days of lateness are seen."""


class Bills(NamedTuple):
    """Statements of the last year, a line each."""

    shopper: Whole
    day: Whole
    due: Whole
    balance: Whole
    minimum: Whole
    plan: Whole  # terms and fees of plans within the balance
    paid: Whole  # after the statement, up to the due date
    met: NDArray[np.bool_]
    full: NDArray[np.bool_]


def bills_of(seen: Watched, first: int = LAST_YEAR[0]) -> Bills:
    """The bills whose due dates lie in the months from `first` on."""
    made = seen.rows[e.STATEMENT_MADE]
    made = made[(made[:, 1] >= seen.first_day(first)) & (made[:, c.BILL_DUE] < seen.first_day(seen.months) - 1)]
    shopper, day, due, balance = made[:, 0], made[:, 1], made[:, c.BILL_DUE], made[:, c.BILL_FEN]
    paid_rows, back = seen.rows[e.PAYMENT_RECEIVED], seen.rows[e.REFUNDED]
    paid = summed_between(paid_rows, paid_rows[:, c.PAID_FEN], shopper, day, due)
    credited = summed_between(back, back[:, c.REFUND_OWED_FEN], shopper, day, due)
    missed = seen.rows[e.PAYMENT_MISSED]
    met = ~np.isin(key(shopper, due), key(missed[:, 0], missed[:, c.MISSED_DUE]))
    plan = made[:, c.BILL_UNPAID_PLAN_FEN] + made[:, c.BILL_PLAN_PRINCIPAL_FEN] + made[:, c.BILL_PLAN_FEE_FEN]
    full = met & (paid + credited >= balance - TOLERANCE_FEN)
    return Bills(shopper, day, due, balance, made[:, c.BILL_MINIMUM_FEN], plan, paid, met, full)


def full_share(seen: Watched) -> list[Part]:
    """Bills with a part that is on no plan: paid in full by the due date."""
    bills = bills_of(seen)
    plain = bills.balance > bills.plan
    return [percent((bills.full & plain).sum(), plain.sum())]


def min_share(seen: Watched) -> list[Part]:
    """Of bills neither full nor missed nor short: paid 1.00 to 1.10 times the minimum."""
    bills = bills_of(seen)
    between = bills.met & ~bills.full & (bills.minimum < bills.balance) & (bills.paid >= bills.minimum)
    near = between & (bills.paid * 10 <= bills.minimum * 11)
    return [percent(near.sum(), between.sum())]


def gap_50_98(seen: Watched) -> list[Part]:
    """Bills of which 50 to 98 % were paid by the due date."""
    bills = bills_of(seen)
    share = bills.paid / np.maximum(1, bills.balance)
    return [percent(((share >= 0.5) & (share <= 0.98) & ~bills.full).sum(), len(share))]


def round_payments(seen: Watched) -> list[Part]:
    """Payments by hand that left some of the bill standing: whole multiples of 100 yuan."""
    bills = bills_of(seen)
    partial = ~bills.full
    paid = seen.rows[e.PAYMENT_RECEIVED]
    paid = paid[paid[:, c.PAID_BY] == BY_SHOPPER]
    place = np.searchsorted(key(bills.shopper, bills.day), key(paid[:, 0], paid[:, 1]), "left") - 1
    place = np.maximum(0, place)
    mine = (bills.shopper[place] == paid[:, 0]) & (paid[:, 1] <= bills.due[place]) & partial[place]
    return [percent((mine & (paid[:, c.PAID_FEN] % HUNDRED_YUAN_FEN == 0)).sum(), mine.sum())]


def day1_late(seen: Watched) -> list[Part]:
    """Bills that were not met on the due date."""
    bills = bills_of(seen)
    asked = bills.minimum > TOLERANCE_FEN
    return [percent((~bills.met & asked).sum(), asked.sum())]


def late_spells(seen: Watched, first: int = LAST_YEAR[0]) -> tuple[Whole, Whole, Whole]:
    """Arrears that began in the months from `first` on: shopper, days until all was met, sum unmet at first."""
    moved = seen.rows[e.BUCKET_CHANGED]
    end = seen.first_day(seen.months)
    starts = np.flatnonzero((moved[:, c.BUCKET_FROM] == 0) & (moved[:, c.BUCKET_DPD] == 1))
    starts = starts[(moved[starts, 1] >= seen.first_day(first)) & (moved[starts, 1] < end - LATE_DAYS)]
    cures = moved[moved[:, c.BUCKET_TO] == 0]
    cured = np.searchsorted(key(cures[:, 0], cures[:, 1]), key(moved[starts, 0], moved[starts, 1]), "left")
    cured = np.minimum(cured, max(0, len(cures) - 1))
    lasted = cures[cured, 1] - moved[starts, 1] + 1
    lasted = np.where((cures[cured, 0] == moved[starts, 0]) & (lasted > 0), lasted, 10_000)
    missed = seen.rows[e.PAYMENT_MISSED]
    unmet = summed_between(missed, missed[:, c.MISSED_FEN], moved[starts, 0], moved[starts, 1] - 1, moved[starts, 1])
    return moved[starts, 0], lasted, unmet


def cure_30(seen: Watched) -> list[Part]:
    """Of bills late on day 1: met within 30 days, by account and by amount."""
    _who, lasted, unmet = late_spells(seen)
    cured = lasted <= 30
    return [percent(cured.sum(), len(cured)), percent(unmet[cured].sum(), unmet.sum())]


def late_tail(seen: Watched) -> list[Part]:
    """Of bills late on day 1: still late after 5 and after 10 days."""
    _who, lasted, _unmet = late_spells(seen)
    return [percent((lasted > 5).sum(), len(lasted)), percent((lasted > 10).sum(), len(lasted))]


def late_fee_users(seen: Watched) -> list[Part]:
    """Of those who bought on the line or were billed in the year: charged a late fee at least once."""
    start = seen.first_day(LAST_YEAR[0])

    def who(kind: int) -> Whole:
        rows = seen.rows[kind]
        return np.unique(rows[rows[:, 1] >= start, 0])

    users = np.union1d(who(e.STATEMENT_MADE), who(e.PURCHASE_AUTHORISED))
    return [percent(np.isin(who(e.LATE_FEE_CHARGED), users).sum(), len(users))]
