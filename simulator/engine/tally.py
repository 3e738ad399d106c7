"""Tally: what a day's log and a month's end add to the measures.

The measures come from the same events that a shopper's page tells, so that the market's sums and its
lives cannot disagree. A day is noted in a `Tally`, a record of fixed size, and put into the arrays of a
chunk by the kernel: arrays handed from rule to rule would cost more than the rules.
"""

from __future__ import annotations

from typing import Annotated, Any

from simulator.account import Account
from simulator.codes import (
    CHARGED_OFF,
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
    SUSPENDED,
)  # fmt: skip
from simulator.engine import measures as m
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.row import I8, Row
from simulator.rules import events as e
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen
from simulator.rules.hardship import debt_service_fen
from simulator.rules.pricing import fee_charged_fen, fee_taken_back_fen, merchant_fee_fen
from simulator.rules.transitions import line_is_open

ENTRIES = 256
NEWS_LINES = 16

(TO_FLOWS, TO_STOCKS, TO_GRADES, TO_ROLL, TO_VINTAGES, TO_CAUSES, TO_USE, TO_LIMITS) = range(8)
"""What an entry adds to. Its cell is the place in that array laid flat, of the day or month it falls in."""
DECIDED_BITS = 1 << 10 | 1 << 11
"""Debt service and score decide an application; the reasons before them are conditions. RULES §13."""
OVER_INDEBTED_PPM, STRAINED_PPM = 500_000, 400_000
LEFT_DAYS = 90
USE_STEP_PPM = 50_000
LIMIT_STEP_FEN = 100_000


class Tally(Row):
    """What one day of one shopper adds, until the kernel puts it into its arrays."""

    count: I8
    entries: Annotated[list[list[int]], "i8", ENTRIES, 3]  # what is added to, cell, amount
    news_count: I8
    news: Annotated[list[list[int]], "i8", NEWS_LINES, m.NEWS_WIDTH]


@rule
def put(tally: Tally, target: int, cell: int, amount: int) -> None:
    """Note an entry."""
    entry = tally.entries[tally.count]
    entry[0] = target
    entry[1] = cell
    entry[2] = amount
    tally.count += 1


@rule
def count(tally: Tally, flow: int, amount: int) -> None:
    """Add to a flow of today."""
    put(tally, TO_FLOWS, flow, amount)


@rule
def earn(tally: Tally, account: Account, flow: int, amount: int) -> None:
    """Add income to a flow and to the grade that brought it."""
    count(tally, flow, amount)
    put(tally, TO_GRADES, grade_cell(account, m.GRADE_INCOME), amount)


@rule
def grade_cell(account: Account, column: int) -> int:
    """Cell of an account's grade, or of no grade."""
    row = account.grade
    if row < 0:
        row = m.GRADE_ROWS - 1
    return row * m.GRADE_COLUMNS + column


@rule
def keep(tally: Tally, log: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """Take a day's log, and at a month's end the account as it stands."""
    tally.count = 0
    tally.news_count = 0
    for i in range(log.count):
        take(tally, log.rows[i], account, shopper, policy, ask)
    if ask.dom == ask.month_length:
        take_stock(tally, account, shopper, policy, ask)


@rule
def take(tally: Tally, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """Take one event."""
    kind = row[0]
    if kind in (e.INCOME_RECEIVED, e.EXPENSES_PAID, e.FUND_MOVED, e.FUND_YIELD, e.REMINDED, e.BUREAU_REPORTED):
        return
    if kind in (
        e.PURCHASE_AUTHORISED, e.CASH_PURCHASE, e.PLAN_CREATED, e.REFUNDED, e.REFUND_ARRIVED, e.RETURN_OPENED,
    ):  # fmt: skip
        take_order(tally, row, account, policy, ask)
    elif kind in (
        e.STATEMENT_MADE, e.PAYMENT_RECEIVED, e.RECOVERY_RECEIVED, e.LATE_FEE_CHARGED, e.REVOLVING_FEE_CHARGED,
        e.PLAN_REPAID_EARLY, e.PAYMENT_MISSED, e.WAS_CHARGED_OFF, e.HARDSHIP_AGREED,
    ):  # fmt: skip
        take_money(tally, row, account, shopper, ask)
    else:
        take_decision(tally, row, account, shopper, policy, ask)


@rule
def take_order(tally: Tally, row: Any, account: Account, policy: PolicyRecord, ask: Ask) -> None:
    """Purchases, plans, refunds."""
    kind = row[0]
    if kind == e.PURCHASE_AUTHORISED:
        count(tally, m.PURCHASES, 1)
        count(tally, m.LINE_GMV, row[3])
        count(tally, m.EXPOSURE_CHANGE, row[3])
        if row[4] > 1:
            count(tally, m.PLANNED, row[3])
        earn(tally, account, m.MERCHANT_INCOME, merchant_fee_fen(policy, row[3], row[4], row[11]))
    elif kind == e.CASH_PURCHASE:
        count(tally, m.CASH_PURCHASES, 1)
        count(tally, m.CASH_GMV, row[3])
    elif kind == e.PLAN_CREATED:
        count(tally, m.PLANS, 1)
    elif kind == e.RETURN_OPENED:
        count(tally, m.RETURNS_COUNT, 1)
    elif kind == e.REFUND_ARRIVED:
        if not row[4]:
            count(tally, m.REFUND_ARRIVED_FEN, row[3])
    else:
        count(tally, m.REFUNDED_FEN, row[3])
        count(tally, m.REFUND_OWED, row[4])
        count(tally, m.EXPOSURE_CHANGE, -row[4])
        if not row[11]:
            count(tally, m.LINE_REFUNDED, row[3])
            fee = fee_charged_fen(policy, row[12], row[8], row[9], row[10])
            back = fee_taken_back_fen(fee, row[3], row[8])
            earn(tally, account, m.MERCHANT_INCOME, -back)


@rule
def take_money(tally: Tally, row: Any, account: Account, shopper: Shopper, ask: Ask) -> None:
    """Bills, fees, payments, settlements, write-offs."""
    kind = row[0]
    if kind == e.STATEMENT_MADE:
        count(tally, m.STATEMENTS, 1)
        count(tally, m.BILLED, row[2])
        earn(tally, account, m.PLAN_FEE, row[10])
    elif kind == e.PAYMENT_RECEIVED:
        count(tally, m.PAYMENTS, 1)
        count(tally, m.PAID, row[2])
        count(tally, m.PRINCIPAL_PAID, row[8] + row[9])
        count(tally, m.EXPOSURE_CHANGE, -row[8] - row[9])
    elif kind == e.RECOVERY_RECEIVED:
        count(tally, m.RECOVERED, row[2])
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_RECOVERED), row[2])
    elif kind == e.LATE_FEE_CHARGED:
        count(tally, m.LATE_FEE_CHARGES, 1)
        earn(tally, account, m.LATE_INCOME, row[2])
    elif kind == e.REVOLVING_FEE_CHARGED:
        earn(tally, account, m.REVOLVING_FEE, row[2])
    elif kind == e.PLAN_REPAID_EARLY:
        count(tally, m.SETTLED_PRINCIPAL, row[4])
        count(tally, m.EXPOSURE_CHANGE, -row[4])
        earn(tally, account, m.SETTLEMENT_FEE, row[5])
    elif kind == e.PAYMENT_MISSED:
        count(tally, m.MISSED, 1)
    elif kind == e.HARDSHIP_AGREED:
        count(tally, m.HARDSHIP_PLANS, 1)
        count(tally, m.HARDSHIP_FEE, row[4])
        count(tally, m.EXPOSURE_CHANGE, row[4])
        tell(tally, shopper, ask, m.NEWS_HARDSHIP, 0, row[3], 0, row)
    else:
        count(tally, m.CHARGED_OFF_COUNT, 1)
        count(tally, m.CHARGED_OFF_FEN, row[2])
        count(tally, m.CHARGED_OFF_FEE, row[4])
        count(tally, m.EXPOSURE_CHANGE, -row[3])
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_CHARGED_OFF), row[2])
        tell(tally, shopper, ask, m.NEWS_CHARGED_OFF, row[2], 0, 0, row)


@rule
def take_decision(
    tally: Tally, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask
) -> None:
    """Decisions of the lender, and what shoppers say to them."""
    kind = row[0]
    if kind == e.LIMIT_CHANGED:
        take_limit(tally, row, shopper, ask)
    elif kind == e.APPLICATION_DECIDED or kind == e.REOPENING_DECIDED:
        take_application(tally, row, shopper, ask)
    elif kind == e.LINE_OPENED:
        count(tally, m.OPENED, 1)
        shopper.opened_month = month_number(ask)
        count(tally, m.ACQUISITION_COST, policy.acquisition_fen)
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_INCOME), -policy.acquisition_fen)
        put(tally, TO_CAUSES, 2 * m.BY_OPENING, 1)
        put(tally, TO_CAUSES, 2 * m.BY_OPENING + 1, row[2])
        if account.closed_day != NEVER:
            count(tally, m.REOPENED, 1)
            tell(tally, shopper, ask, m.NEWS_REOPENED, 0, row[2], m.BY_OPENING, row)
        else:
            count(tally, m.APPROVED, 1)
            tell(tally, shopper, ask, m.NEWS_APPROVED, 0, row[2], m.BY_OPENING, row)
    elif kind == e.WAS_CLOSED:
        take_closure(tally, row, shopper, ask)
    elif kind == e.WAS_SUSPENDED:
        count(tally, m.SUSPENDED_OVERDUE + row[3], 1)
        tell(tally, shopper, ask, m.NEWS_SUSPENDED, 0, 0, row[3], row)
    elif kind == e.REINSTATED:
        count(tally, m.REINSTATED_COUNT, 1)
    elif kind == e.COMPLAINED:
        count(tally, m.COMPLAINTS_COUNT, 1)
        count(tally, m.REGULATOR_COMPLAINTS, row[3])
    elif kind == e.PURCHASE_HELD:
        count(tally, m.HELD, 1)
    elif kind == e.PURCHASE_DECLINED:
        count(tally, m.PURCHASES_DECLINED, 1)
    elif kind == e.MONITOR_ALERTED:
        count(tally, m.ALERTS, 1)


@rule
def take_application(tally: Tally, row: Any, shopper: Shopper, ask: Ask) -> None:
    """An application or a reopening that was decided."""
    if row[0] == e.REOPENING_DECIDED:
        if row[2] == REFUSED:
            count(tally, m.REOPENING_DECLINED, 1)
        return
    count(tally, m.APPLICATIONS, 1)
    reasons = row[e.REASONS]
    if reasons == 0 or reasons & DECIDED_BITS:
        count(tally, m.DECIDED, 1)
    if row[2] == REFUSED:
        count(tally, m.DECLINED_COUNT, 1)
        tell(tally, shopper, ask, m.NEWS_DECLINED, 0, 0, 0, row)
    elif reasons:
        count(tally, m.COUNTER_OFFERS, 1)
        tell(tally, shopper, ask, m.NEWS_OFFER, 0, row[5], 0, row)


@rule
def take_limit(tally: Tally, row: Any, shopper: Shopper, ask: Ask) -> None:
    """A change of limit, by its cause."""
    change = row[4] - row[3]
    cause = cause_of(row, change)
    put(tally, TO_CAUSES, 2 * cause, 1)
    put(tally, TO_CAUSES, 2 * cause + 1, change)
    if cause == m.BY_CLOSURE:
        tell(tally, shopper, ask, m.NEWS_LIMIT_ENDED, row[3], row[4], cause, row)
        return
    if change > 0:
        count(tally, m.LIMIT_INCREASES, 1)
        count(tally, m.INCREASED, change)
        tell(tally, shopper, ask, m.NEWS_UP, row[3], row[4], cause, row)
    else:
        count(tally, m.LIMIT_DECREASES, 1)
        count(tally, m.DECREASED, -change)
        tell(tally, shopper, ask, m.NEWS_DOWN, row[3], row[4], cause, row)


@rule
def cause_of(row: Any, change: int) -> int:
    """The cause of a limit change; of several reasons for a cut the first."""
    mover = row[5]
    if mover == CLOSURE:
        return m.BY_CLOSURE
    if mover == SEASON:
        return m.BY_SEASON
    if mover == EXPIRY:
        return m.BY_EXPIRY
    if mover == REQUEST:
        return m.BY_REQUEST
    if change > 0 or row[2] != PERMANENT:
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
def take_closure(tally: Tally, row: Any, shopper: Shopper, ask: Ask) -> None:
    """A line that closed, by its cause."""
    cause = row[2]
    flow = m.CLOSED_ENDED
    if cause == CLOSED_BY_SHOPPER:
        flow = m.CLOSED_SHOPPER
    elif cause == CLOSED_OVERDUE:
        flow = m.CLOSED_OVERDUE_COUNT
    elif cause in (CLOSED_FRAUD, CLOSED_FRAUD_NOT_ANSWERED):
        flow = m.CLOSED_FRAUD_COUNT
    elif cause == CLOSED_BREACH:
        flow = m.CLOSED_BREACH_COUNT
    count(tally, flow, 1)
    tell(tally, shopper, ask, m.NEWS_CLOSED, row[3], 0, cause, row)


@rule
def tell(tally: Tally, shopper: Shopper, ask: Ask, kind: int, from_fen: int, to_fen: int, cause: int, row: Any) -> None:
    """Append a line of news."""
    line = tally.news[tally.news_count]
    line[0] = ask.day
    line[1] = shopper.number
    line[2] = kind
    line[3] = from_fen
    line[4] = to_fen
    line[5] = cause
    line[6] = row[e.TOPIC]
    line[7] = row[e.REASONS]
    tally.news_count += 1


@rule
def take_stock(tally: Tally, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """The account as it stands at a month's end."""
    put(tally, TO_STOCKS, m.SHOPPERS, 1)
    put(tally, TO_STOCKS, m.CASH_STOCK, shopper.cash_fen)
    put(tally, TO_STOCKS, m.FUND_STOCK, shopper.fund_fen)
    gone = ask.day - shopper.bought_day
    if LEFT_DAYS < gone <= LEFT_DAYS + ask.month_length:
        put(tally, TO_STOCKS, m.LEAVERS, 1)
    if account.status == CHARGED_OFF:
        put(tally, TO_STOCKS, m.CHARGED_OFF_STOCK, 1)
        roll_on(tally, shopper, m.TO_CHARGED_OFF, 0)
        take_vintage(tally, account, shopper, ask)
        return
    if account.opened_day == NEVER:
        put(tally, TO_STOCKS, m.NO_LINE, 1)
        return
    exposure = exposure_fen(account)
    if line_is_open(account):
        take_open(tally, account, exposure)
    else:
        put(tally, TO_STOCKS, m.CLOSED_STOCK, 1)
    if exposure > 0:
        put(tally, TO_STOCKS, m.EXPOSURE, exposure)
        put(tally, TO_STOCKS, m.M0 + account.bucket, exposure)
        if account.dpd > 30:
            put(tally, TO_STOCKS, m.DPD30, exposure)
            put(tally, TO_STOCKS, m.DPD30_ACCOUNTS, 1)
            put(tally, TO_GRADES, grade_cell(account, m.GRADE_DPD30), exposure)
        if account.dpd > 90:
            put(tally, TO_STOCKS, m.DPD90, exposure)
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_EXPOSURE), exposure)
        provision = exposure * policy.provision_ppm[account.bucket]
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_PROVISION), provision)
    if account.dpd > 0:
        put(tally, TO_STOCKS, m.LATE_ACCOUNTS, 1)
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_LATE), 1)
    roll_on(tally, shopper, account.bucket if exposure > 0 else m.TO_GONE, exposure)
    take_vintage(tally, account, shopper, ask)


@rule
def take_open(tally: Tally, account: Account, exposure: int) -> None:
    """An open line at a month's end; active is one that owes or bought in the running cycle. RULES §13."""
    put(tally, TO_STOCKS, m.OPEN, 1)
    put(tally, TO_STOCKS, m.LIMIT_TOTAL, account.limit_fen)
    if account.status == SUSPENDED:
        put(tally, TO_STOCKS, m.SUSPENDED_STOCK, 1)
    if exposure > 0 or account.habit[0]:
        put(tally, TO_STOCKS, m.ACTIVE_COUNT, 1)
        put(tally, TO_GRADES, grade_cell(account, m.GRADE_ACTIVE), 1)
    else:
        put(tally, TO_STOCKS, m.INACTIVE, 1)
    service = ratio_ppm(debt_service_fen(account), account.income_fen)
    if service > OVER_INDEBTED_PPM:
        put(tally, TO_STOCKS, m.OVER_INDEBTED, 1)
    if service > STRAINED_PPM:
        put(tally, TO_STOCKS, m.SERVICE_OVER_40, 1)
    put(tally, TO_GRADES, grade_cell(account, m.GRADE_ACCOUNTS), 1)
    use = ratio_ppm(exposure, account.limit_fen)
    place = 0
    if use > 0:
        place = min(m.USE_BINS - 1, 1 + (use - 1) // USE_STEP_PPM)
    put(tally, TO_USE, place, 1)
    put(tally, TO_LIMITS, min(m.LIMIT_BINS - 1, account.limit_fen // LIMIT_STEP_FEN), 1)


@rule
def roll_on(tally: Tally, shopper: Shopper, to: int, exposure: int) -> None:
    """Where last month-end's exposure is now."""
    if shopper.month_exposure_fen > 0:
        put(tally, TO_ROLL, shopper.month_bucket * m.ROLL_TO + to, shopper.month_exposure_fen)
    shopper.month_exposure_fen = exposure
    shopper.month_bucket = min(to, m.TO_CHARGED_OFF - 1)


@rule
def month_number(ask: Ask) -> int:
    """A calendar month, counted from the year 0."""
    return ask.year * 12 + ask.month


@rule
def take_vintage(tally: Tally, account: Account, shopper: Shopper, ask: Ask) -> None:
    """An account by the month of its opening and its age. Cells count from the month 0."""
    age = month_number(ask) - shopper.opened_month
    if age >= m.AGES:
        return
    cell = (shopper.opened_month * m.AGES + age) * 2
    put(tally, TO_VINTAGES, cell, 1)
    if account.worst_dpd > 90:
        put(tally, TO_VINTAGES, cell + 1, 1)
