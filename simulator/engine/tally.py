"""Tally: what a day's log and a month's end add to the measures.

The measures come from the same events that a shopper's page tells, so that the market's sums and its
lives cannot disagree.
"""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import (
    CLOSED_BREACH,
    CLOSED_BY_SHOPPER,
    CLOSED_FRAUD,
    CLOSED_FRAUD_NOT_ANSWERED,
    CLOSED_OVERDUE,
    CLOSURE,
    EXPIRY,
    NEVER,
    PERMANENT,
    REFUSED,
    REQUEST,
    SEASON,
)  # fmt: skip
from simulator.engine import measures as m
from simulator.engine.books import Books, count, count_cause, count_grade, earn
from simulator.engine.stock import month_number, take_stock
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.rules.ask import Ask
from simulator.rules.pricing import fee_charged_fen, fee_taken_back_fen, merchant_fee_fen

DECIDED_BITS = 1 << 10 | 1 << 11
"""Debt service and score decide an application; the reasons before them are conditions. RULES §13."""


@rule
def keep(books: Books, log: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """Take a day's log, and at a month's end the account as it stands."""
    for i in range(log.count):
        take(books, log.rows[i], account, shopper, policy, ask)
    if ask.dom == ask.month_length:
        take_stock(books, account, shopper, policy, ask)


@rule
def take(books: Books, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """Take one event."""
    kind = row[0]
    if kind in (e.INCOME_RECEIVED, e.EXPENSES_PAID, e.FUND_MOVED, e.FUND_YIELD, e.REMINDED, e.BUREAU_REPORTED):
        return
    if kind in (
        e.PURCHASE_AUTHORISED, e.CASH_PURCHASE, e.PLAN_CREATED, e.REFUNDED, e.REFUND_ARRIVED, e.RETURN_OPENED,
    ):  # fmt: skip
        take_order(books, row, shopper, policy, ask)
    elif kind in (
        e.STATEMENT_MADE, e.PAYMENT_RECEIVED, e.RECOVERY_RECEIVED, e.LATE_FEE_CHARGED, e.REVOLVING_FEE_CHARGED,
        e.PLAN_REPAID_EARLY, e.PAYMENT_MISSED, e.WAS_CHARGED_OFF, e.HARDSHIP_AGREED,
    ):  # fmt: skip
        take_money(books, row, shopper, ask)
    else:
        take_decision(books, row, account, shopper, policy, ask)


@rule
def take_order(books: Books, row: Any, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """Purchases, plans, refunds."""
    kind = row[0]
    if kind == e.PURCHASE_AUTHORISED:
        count(books, m.PURCHASES, 1)
        count(books, m.LINE_GMV, row[c.ORDER_FEN])
        count(books, m.EXPOSURE_CHANGE, row[c.ORDER_FEN])
        if row[c.TERMS] > 1:
            count(books, m.PLANNED, row[c.ORDER_FEN])
        fee = merchant_fee_fen(policy, row[c.ORDER_FEN], row[c.TERMS], row[c.FUNDED])
        earn(books, shopper, m.MERCHANT_INCOME, fee)
    elif kind == e.CASH_PURCHASE:
        count(books, m.CASH_PURCHASES, 1)
        count(books, m.CASH_GMV, row[c.ORDER_FEN])
    elif kind == e.PLAN_CREATED:
        count(books, m.PLANS, 1)
    elif kind == e.RETURN_OPENED:
        count(books, m.RETURNS_COUNT, 1)
    elif kind == e.REFUND_ARRIVED:
        if not row[c.ARRIVED_CASH_ORDER]:
            count(books, m.REFUND_ARRIVED_FEN, row[c.REFUND_FEN])
    else:
        count(books, m.REFUNDED_FEN, row[c.REFUND_FEN])
        count(books, m.REFUND_OWED, row[c.REFUND_OWED_FEN])
        count(books, m.EXPOSURE_CHANGE, -row[c.REFUND_OWED_FEN])
        if not row[c.REFUNDED_CASH_ORDER]:
            count(books, m.LINE_REFUNDED, row[c.REFUND_FEN])
            earn(books, shopper, m.MERCHANT_INCOME, -_merchant_fee_back_fen(row, policy))


@rule
def _merchant_fee_back_fen(row: Any, policy: PolicyRecord) -> int:
    """What a refund takes back of the merchant's fee."""
    bought = row[c.REFUNDED_BOUGHT_FEN]
    fee = fee_charged_fen(policy, row[c.REFUNDED_BOUGHT_DAY], bought, row[c.REFUNDED_TERMS], row[c.REFUNDED_FUNDED])
    return fee_taken_back_fen(fee, row[c.REFUND_FEN], bought)


@rule
def take_money(books: Books, row: Any, shopper: Shopper, ask: Ask) -> None:
    """Bills, fees, payments, settlements, write-offs."""
    kind = row[0]
    if kind == e.STATEMENT_MADE:
        count(books, m.STATEMENTS, 1)
        count(books, m.BILLED, row[c.BILL_FEN])
        earn(books, shopper, m.PLAN_FEE, row[c.BILL_PLAN_FEE_FEN])
    elif kind == e.PAYMENT_RECEIVED:
        count(books, m.PAYMENTS, 1)
        count(books, m.PAID, row[c.PAID_FEN])
        principal = row[c.PAID_PLAN_FEN] + row[c.PAID_REST_FEN]
        count(books, m.PRINCIPAL_PAID, principal)
        count(books, m.EXPOSURE_CHANGE, -principal)
    elif kind == e.RECOVERY_RECEIVED:
        count(books, m.RECOVERED, row[c.PAID_FEN])
        count_grade(books, shopper, m.GRADE_RECOVERED, row[c.PAID_FEN])
    elif kind == e.LATE_FEE_CHARGED:
        count(books, m.LATE_FEE_CHARGES, 1)
        earn(books, shopper, m.LATE_INCOME, row[c.FEE_FEN])
    elif kind == e.REVOLVING_FEE_CHARGED:
        earn(books, shopper, m.REVOLVING_FEE, row[c.FEE_FEN])
    elif kind == e.PLAN_REPAID_EARLY:
        count(books, m.SETTLED_PRINCIPAL, row[c.SETTLED_FEN])
        count(books, m.EXPOSURE_CHANGE, -row[c.SETTLED_FEN])
        earn(books, shopper, m.SETTLEMENT_FEE, row[c.SETTLEMENT_FEE_FEN])
    elif kind == e.PAYMENT_MISSED:
        count(books, m.MISSED, 1)
    elif kind == e.HARDSHIP_AGREED:
        count(books, m.HARDSHIP_PLANS, 1)
        count(books, m.HARDSHIP_FEE, row[c.HARDSHIP_FEE_FEN])
        count(books, m.EXPOSURE_CHANGE, row[c.HARDSHIP_FEE_FEN])
        tell(books, shopper, ask, m.NEWS_HARDSHIP, 0, row[c.HARDSHIP_FEN], 0, row)
    else:
        count(books, m.CHARGED_OFF_COUNT, 1)
        count(books, m.CHARGED_OFF_FEN, row[c.LOST_FEN])
        count(books, m.CHARGED_OFF_FEE, row[c.LOST_FEE_FEN])
        count(books, m.EXPOSURE_CHANGE, -row[c.LOST_PRINCIPAL_FEN])
        count_grade(books, shopper, m.GRADE_CHARGED_OFF, row[c.LOST_FEN])
        tell(books, shopper, ask, m.NEWS_CHARGED_OFF, row[c.LOST_FEN], 0, 0, row)


@rule
def take_decision(
    books: Books, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask
) -> None:
    """Decisions of the lender, and what shoppers say to them."""
    kind = row[0]
    if kind == e.LIMIT_CHANGED:
        take_limit(books, row, shopper, ask)
    elif kind == e.APPLICATION_DECIDED or kind == e.REOPENING_DECIDED:
        take_application(books, row, shopper, ask)
    elif kind == e.LINE_OPENED:
        count(books, m.OPENED, 1)
        shopper.opened_month = month_number(ask)
        shopper.sound_grade = account.grade
        count(books, m.ACQUISITION_COST, policy.acquisition_fen)
        count_grade(books, shopper, m.GRADE_INCOME, -policy.acquisition_fen)
        count_cause(books, m.BY_OPENING, row[c.OPENED_LIMIT_FEN])
        if account.closed_day != NEVER:
            count(books, m.REOPENED, 1)
            tell(books, shopper, ask, m.NEWS_REOPENED, 0, row[c.OPENED_LIMIT_FEN], m.BY_OPENING, row)
        else:
            count(books, m.APPROVED, 1)
            tell(books, shopper, ask, m.NEWS_APPROVED, 0, row[c.OPENED_LIMIT_FEN], m.BY_OPENING, row)
    elif kind == e.WAS_CLOSED:
        take_closure(books, row, shopper, ask)
    elif kind == e.WAS_SUSPENDED:
        count(books, m.SUSPENDED_PLAN if row[c.SUSPENDED_BY_PLAN] else m.SUSPENDED_OVERDUE + row[c.SUSPENDED_FOR], 1)
        tell(books, shopper, ask, m.NEWS_SUSPENDED, 0, 0, row[c.SUSPENDED_FOR], row)
    elif kind == e.REINSTATED:
        count(books, m.REINSTATED_COUNT, 1)
        # A block for a few late days is no news, nor is its end; a line suspended for another cause too is not back
        if row[c.WAS_SUSPENDED_BEFORE] and account.causes == 0:
            tell(books, shopper, ask, m.NEWS_REINSTATED, 0, 0, row[c.REINSTATED_FOR], row)
    elif kind == e.COMPLAINED:
        count(books, m.COMPLAINTS_COUNT, 1)
        count(books, m.REGULATOR_COMPLAINTS, row[c.COMPLAINED_TO])
    elif kind == e.PURCHASE_HELD:
        count(books, m.HELD, 1)
    elif kind == e.PURCHASE_DECLINED:
        count(books, m.PURCHASES_DECLINED, 1)
    elif kind == e.MONITOR_ALERTED:
        count(books, m.ALERTS, 1)


@rule
def take_application(books: Books, row: Any, shopper: Shopper, ask: Ask) -> None:
    """An application or a reopening that was decided."""
    if row[0] == e.REOPENING_DECIDED:
        if row[c.DECISION] == REFUSED:
            count(books, m.REOPENING_DECLINED, 1)
        return
    count(books, m.APPLICATIONS, 1)
    reasons = row[e.REASONS]
    if reasons == 0 or reasons & DECIDED_BITS:
        count(books, m.DECIDED, 1)
    if row[c.DECISION] == REFUSED:
        count(books, m.DECLINED_COUNT, 1)
        tell(books, shopper, ask, m.NEWS_DECLINED, 0, 0, 0, row)
    elif reasons:
        count(books, m.COUNTER_OFFERS, 1)
        tell(books, shopper, ask, m.NEWS_OFFER, 0, row[c.DECIDED_LIMIT_FEN], 0, row)


@rule
def take_limit(books: Books, row: Any, shopper: Shopper, ask: Ask) -> None:
    """A change of limit, by its cause."""
    before, after = row[c.LIMIT_FROM_FEN], row[c.LIMIT_TO_FEN]
    change = after - before
    cause = cause_of(row, change)
    count_cause(books, cause, change)
    if cause == m.BY_CLOSURE:
        tell(books, shopper, ask, m.NEWS_LIMIT_ENDED, before, after, cause, row)
        return
    if change > 0:
        count(books, m.LIMIT_INCREASES, 1)
        count(books, m.INCREASED, change)
        tell(books, shopper, ask, m.NEWS_UP, before, after, cause, row)
    else:
        count(books, m.LIMIT_DECREASES, 1)
        count(books, m.DECREASED, -change)
        tell(books, shopper, ask, m.NEWS_DOWN, before, after, cause, row)


@rule
def cause_of(row: Any, change: int) -> int:
    """The cause of a limit change; of several reasons for a cut the first."""
    mover = row[c.LIMIT_BY]
    if mover == CLOSURE:
        return m.BY_CLOSURE
    if mover == SEASON:
        return m.BY_SEASON
    if mover == EXPIRY:
        return m.BY_EXPIRY
    if mover == REQUEST:
        return m.BY_REQUEST
    if change > 0 or row[c.LIMIT_KIND] != PERMANENT:
        return m.BY_REVIEW
    reasons = row[e.REASONS]
    if reasons & 1:
        return m.BY_LATE
    if reasons & 2:
        return m.BY_SCORE
    if reasons & 4:
        return m.BY_UTILISATION
    return m.BY_DORMANT


@rule
def take_closure(books: Books, row: Any, shopper: Shopper, ask: Ask) -> None:
    """A line that closed, by its cause."""
    cause = row[c.CLOSED_FOR]
    flow = m.CLOSED_ENDED
    if cause == CLOSED_BY_SHOPPER:
        flow = m.CLOSED_SHOPPER
    elif cause == CLOSED_OVERDUE:
        flow = m.CLOSED_OVERDUE_COUNT
    elif cause in (CLOSED_FRAUD, CLOSED_FRAUD_NOT_ANSWERED):
        flow = m.CLOSED_FRAUD_COUNT
    elif cause == CLOSED_BREACH:
        flow = m.CLOSED_BREACH_COUNT
    count(books, flow, 1)
    tell(books, shopper, ask, m.NEWS_CLOSED, row[c.CLOSED_OWING_FEN], 0, cause, row)


@rule
def tell(books: Books, shopper: Shopper, ask: Ask, kind: int, from_fen: int, to_fen: int, cause: int, row: Any) -> None:
    """Append a line of news, where somebody is listening."""
    notes = books.notes
    if not notes.listening:
        return
    note = notes.news[notes.news_count]
    note[0] = ask.day
    note[1] = shopper.number
    note[2] = kind
    note[3] = from_fen
    note[4] = to_fen
    note[5] = cause
    note[6] = row[e.TOPIC]
    note[7] = row[e.REASONS]
    notes.news_count += 1
