"""Tally: what a day's log and a month's end add to the measures.

The measures come from the same events that a shopper's page tells, so that the market's sums and its
lives cannot disagree. A `Book` is a set of arrays that one chunk of shoppers writes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.account import Account
from simulator.codes import (
    CASH_ORDER,
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
from simulator.population.months import Month, month_at
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.rules import events as e
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen
from simulator.rules.hardship import debt_service_fen
from simulator.rules.pricing import fee_taken_back_fen, merchant_fee_fen
from simulator.rules.purchases import order_of
from simulator.rules.transitions import line_is_open

NEWS_COUNT, FIRST_DAY, FIRST_MONTH, KEEPS_NEWS, ROWS_COUNT, KEEPS_ROWS = range(6)
SETTINGS = 6
ROW_WIDTH = e.WIDTH + 1
DECIDED_BITS = 1 << 10 | 1 << 11
"""Debt service and score decide an application; the reasons before them are conditions. RULES §13."""
OVER_INDEBTED_PPM, STRAINED_PPM = 500_000, 400_000
LEFT_DAYS, LEFT_BEFORE_DAYS = 90, 120
USE_STEP_PPM = 50_000
LIMIT_STEP_FEN = 100_000


class Book(NamedTuple):
    """What one chunk writes. Arrays of whole numbers; shapes by the constants of `measures`."""

    settings: Any  # (SETTINGS,)
    daily: Any  # (days, FLOWS)
    mine: Any  # (FLOWS,) of the shopper who is being lived
    stocks: Any  # (months, STOCKS)
    grades: Any  # (months, GRADE_ROWS, BY_GRADE)
    roll: Any  # (months, 8, ROLL_TO)
    vintages: Any  # (months opened, ages, 2): accounts, ever over 90 days
    causes: Any  # (CAUSES, 2): count, sum of changes
    use: Any  # (months, USE_BINS)
    limits: Any  # (months, LIMIT_BINS)
    news: Any  # (rows, NEWS_WIDTH)
    rows: Any  # (rows, ROW_WIDTH): every event and whose it is, where they are kept


@rule
def count(book: Book, ask: Ask, flow: int, amount: int) -> None:
    """Add to a flow of today."""
    book.daily[ask.day - book.settings[FIRST_DAY], flow] += amount
    book.mine[flow] += amount


@rule
def earn(book: Book, account: Account, month: int, ask: Ask, flow: int, amount: int) -> None:
    """Add income to a flow and to the grade that brought it."""
    count(book, ask, flow, amount)
    book.grades[month, grade_row(account), m.GRADE_INCOME] += amount


@rule
def grade_row(account: Account) -> int:
    """Row of an account's grade: A to E, or none."""
    if account.grade < 0:
        return m.GRADE_ROWS - 1
    return account.grade


@rule
def keep(
    book: Book, log: Any, account: Account, shopper: Shopper, policy: PolicyRecord, months: Sequence[Month], place: int, ask: Ask
) -> None:
    """Take a day's log, and at a month's end the account as it stands."""
    month = place - book.settings[FIRST_MONTH]
    for i in range(log.count):
        take(book, log.rows[i], account, shopper, policy, month, ask)
    if ask.dom == ask.month_length:
        take_stock(book, account, shopper, policy, months, place, month)


@rule
def take(
    book: Book, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, month: int, ask: Ask
) -> None:
    """Take one event."""
    kind = row[0]
    if book.settings[KEEPS_ROWS]:
        for column in range(e.WIDTH):
            book.rows[book.settings[ROWS_COUNT], column] = row[column]
        book.rows[book.settings[ROWS_COUNT], e.WIDTH] = shopper.number
        book.settings[ROWS_COUNT] += 1
    if kind in (e.INCOME_RECEIVED, e.EXPENSES_PAID, e.FUND_MOVED, e.FUND_YIELD, e.REMINDED, e.BUREAU_REPORTED):
        return
    if kind in (e.PURCHASE_AUTHORISED, e.CASH_PURCHASE, e.PLAN_CREATED, e.REFUNDED, e.RETURN_OPENED):
        take_order(book, row, account, policy, month, ask)
    elif kind in (
        e.STATEMENT_MADE, e.PAYMENT_RECEIVED, e.RECOVERY_RECEIVED, e.LATE_FEE_CHARGED, e.REVOLVING_FEE_CHARGED,
        e.PLAN_REPAID_EARLY, e.PAYMENT_MISSED, e.WAS_CHARGED_OFF, e.HARDSHIP_AGREED,
    ):  # fmt: skip
        take_money(book, row, account, shopper, month, ask)
    else:
        take_decision(book, row, account, shopper, policy, month, ask)


@rule
def take_order(book: Book, row: Any, account: Account, policy: PolicyRecord, month: int, ask: Ask) -> None:
    """Purchases, plans, refunds."""
    kind = row[0]
    if kind == e.PURCHASE_AUTHORISED:
        count(book, ask, m.PURCHASES, 1)
        count(book, ask, m.LINE_GMV, row[3])
        count(book, ask, m.EXPOSURE_CHANGE, row[3])
        if row[4] > 1:
            count(book, ask, m.PLANNED, row[3])
        earn(book, account, month, ask, m.MERCHANT_INCOME, merchant_fee_fen(policy, row[3], row[4], row[11]))
    elif kind == e.CASH_PURCHASE:
        count(book, ask, m.CASH_PURCHASES, 1)
        count(book, ask, m.CASH_GMV, row[3])
    elif kind == e.PLAN_CREATED:
        count(book, ask, m.PLANS, 1)
    elif kind == e.RETURN_OPENED:
        count(book, ask, m.RETURNS_COUNT, 1)
    else:
        count(book, ask, m.REFUNDED_FEN, row[3])
        count(book, ask, m.EXPOSURE_CHANGE, -row[4])
        index = order_of(account, row[2])
        if index >= 0 and account.orders[index].state != CASH_ORDER:
            order = account.orders[index]
            fee = merchant_fee_fen(policy, order.amount_fen, order.terms, order.merchant_funded)
            back = fee_taken_back_fen(fee, row[3], order.amount_fen)
            earn(book, account, month, ask, m.MERCHANT_INCOME, -back)


@rule
def take_money(book: Book, row: Any, account: Account, shopper: Shopper, month: int, ask: Ask) -> None:
    """Bills, fees, payments, settlements, write-offs."""
    kind = row[0]
    if kind == e.STATEMENT_MADE:
        count(book, ask, m.STATEMENTS, 1)
        count(book, ask, m.BILLED, row[2])
        earn(book, account, month, ask, m.PLAN_FEE, row[10])
    elif kind == e.PAYMENT_RECEIVED:
        count(book, ask, m.PAYMENTS, 1)
        count(book, ask, m.PAID, row[2])
        count(book, ask, m.EXPOSURE_CHANGE, -row[8] - row[9])
    elif kind == e.RECOVERY_RECEIVED:
        count(book, ask, m.RECOVERED, row[2])
        book.grades[month, grade_row(account), m.GRADE_RECOVERED] += row[2]
    elif kind == e.LATE_FEE_CHARGED:
        count(book, ask, m.LATE_FEE_CHARGES, 1)
        earn(book, account, month, ask, m.LATE_INCOME, row[2])
    elif kind == e.REVOLVING_FEE_CHARGED:
        earn(book, account, month, ask, m.REVOLVING_FEE, row[2])
    elif kind == e.PLAN_REPAID_EARLY:
        count(book, ask, m.EXPOSURE_CHANGE, -row[4])
        earn(book, account, month, ask, m.SETTLEMENT_FEE, row[5])
    elif kind == e.PAYMENT_MISSED:
        count(book, ask, m.MISSED, 1)
    elif kind == e.HARDSHIP_AGREED:
        count(book, ask, m.HARDSHIP_PLANS, 1)
        count(book, ask, m.EXPOSURE_CHANGE, row[4])
        tell(book, shopper, ask, m.NEWS_HARDSHIP, 0, row[3], 0, row)
    else:
        count(book, ask, m.CHARGED_OFF_COUNT, 1)
        count(book, ask, m.CHARGED_OFF_FEN, row[2])
        count(book, ask, m.EXPOSURE_CHANGE, -row[3])
        book.grades[month, grade_row(account), m.GRADE_CHARGED_OFF] += row[2]
        tell(book, shopper, ask, m.NEWS_CHARGED_OFF, row[2], 0, 0, row)


@rule
def take_decision(
    book: Book, row: Any, account: Account, shopper: Shopper, policy: PolicyRecord, month: int, ask: Ask
) -> None:
    """Decisions of the lender, and what shoppers say to them."""
    kind = row[0]
    if kind == e.LIMIT_CHANGED:
        take_limit(book, row, shopper, ask)
    elif kind == e.APPLICATION_DECIDED or kind == e.REOPENING_DECIDED:
        take_application(book, row, shopper, ask)
    elif kind == e.LINE_OPENED:
        count(book, ask, m.OPENED, 1)
        count(book, ask, m.ACQUISITION_COST, policy.acquisition_fen)
        book.grades[month, grade_row(account), m.GRADE_INCOME] -= policy.acquisition_fen
        book.causes[m.BY_OPENING, 0] += 1
        book.causes[m.BY_OPENING, 1] += row[2]
        if account.closed_day != NEVER:
            count(book, ask, m.REOPENED, 1)
            tell(book, shopper, ask, m.NEWS_REOPENED, 0, row[2], m.BY_OPENING, row)
        else:
            count(book, ask, m.APPROVED, 1)
            tell(book, shopper, ask, m.NEWS_APPROVED, 0, row[2], m.BY_OPENING, row)
    elif kind == e.WAS_CLOSED:
        take_closure(book, row, shopper, ask)
    elif kind == e.WAS_SUSPENDED:
        count(book, ask, m.SUSPENDED_OVERDUE + row[3], 1)
        tell(book, shopper, ask, m.NEWS_SUSPENDED, 0, 0, row[3], row)
    elif kind == e.REINSTATED:
        count(book, ask, m.REINSTATED_COUNT, 1)
    elif kind == e.COMPLAINED:
        count(book, ask, m.COMPLAINTS_COUNT, 1)
        count(book, ask, m.REGULATOR_COMPLAINTS, row[3])
    elif kind == e.PURCHASE_HELD:
        count(book, ask, m.HELD, 1)
    elif kind == e.PURCHASE_DECLINED:
        count(book, ask, m.PURCHASES_DECLINED, 1)
    elif kind == e.MONITOR_ALERTED:
        count(book, ask, m.ALERTS, 1)


@rule
def take_application(book: Book, row: Any, shopper: Shopper, ask: Ask) -> None:
    """An application or a reopening that was decided."""
    if row[0] == e.REOPENING_DECIDED:
        if row[2] == REFUSED:
            count(book, ask, m.REOPENING_DECLINED, 1)
        return
    count(book, ask, m.APPLICATIONS, 1)
    reasons = row[e.REASONS]
    if reasons == 0 or reasons & DECIDED_BITS:
        count(book, ask, m.DECIDED, 1)
    if row[2] == REFUSED:
        count(book, ask, m.DECLINED_COUNT, 1)
        tell(book, shopper, ask, m.NEWS_DECLINED, 0, 0, 0, row)
    elif reasons:
        count(book, ask, m.COUNTER_OFFERS, 1)
        tell(book, shopper, ask, m.NEWS_OFFER, 0, row[5], 0, row)


@rule
def take_limit(book: Book, row: Any, shopper: Shopper, ask: Ask) -> None:
    """A change of limit, by its cause."""
    change = row[4] - row[3]
    cause = cause_of(row, change)
    book.causes[cause, 0] += 1
    book.causes[cause, 1] += change
    if cause == m.BY_CLOSURE:
        return
    if change > 0:
        count(book, ask, m.LIMIT_INCREASES, 1)
        count(book, ask, m.INCREASED, change)
        tell(book, shopper, ask, m.NEWS_UP, row[3], row[4], cause, row)
    else:
        count(book, ask, m.LIMIT_DECREASES, 1)
        count(book, ask, m.DECREASED, -change)
        tell(book, shopper, ask, m.NEWS_DOWN, row[3], row[4], cause, row)


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
def take_closure(book: Book, row: Any, shopper: Shopper, ask: Ask) -> None:
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
    count(book, ask, flow, 1)
    tell(book, shopper, ask, m.NEWS_CLOSED, row[3], 0, cause, row)


@rule
def tell(book: Book, shopper: Shopper, ask: Ask, kind: int, from_fen: int, to_fen: int, cause: int, row: Any) -> None:
    """Append a line of news, where news are kept. The caller sees to it that there is room."""
    if not book.settings[KEEPS_NEWS]:
        return
    line = book.settings[NEWS_COUNT]
    if line >= len(book.news):
        book.settings[NEWS_COUNT] += 1
        return
    book.news[line, 0] = ask.day
    book.news[line, 1] = shopper.number
    book.news[line, 2] = kind
    book.news[line, 3] = from_fen
    book.news[line, 4] = to_fen
    book.news[line, 5] = cause
    book.news[line, 6] = row[e.TOPIC]
    book.news[line, 7] = row[e.REASONS]
    book.settings[NEWS_COUNT] += 1


@rule
def take_stock(
    book: Book, account: Account, shopper: Shopper, policy: PolicyRecord, months: Sequence[Month], place: int, month: int
) -> None:
    """The account as it stands at a month's end."""
    stocks = book.stocks[month]
    stocks[m.SHOPPERS] += 1
    stocks[m.CASH_STOCK] += shopper.cash_fen
    stocks[m.FUND_STOCK] += shopper.fund_fen
    day = months[place].first_day + months[place].length - 1
    gone = day - shopper.bought_day
    if LEFT_DAYS < gone <= LEFT_BEFORE_DAYS:
        stocks[m.LEAVERS] += 1
    if account.status == CHARGED_OFF:
        stocks[m.CHARGED_OFF_STOCK] += 1
        roll_on(book, shopper, month, m.TO_CHARGED_OFF, 0)
        take_vintage(book, account, months, place)
        return
    if account.opened_day == NEVER:
        stocks[m.NO_LINE] += 1
        return
    exposure = exposure_fen(account)
    if line_is_open(account):
        take_open(book, account, stocks, exposure, month)
    else:
        stocks[m.CLOSED_STOCK] += 1
    if exposure > 0:
        stocks[m.EXPOSURE] += exposure
        stocks[m.M0 + account.bucket] += exposure
        if account.dpd > 30:
            stocks[m.DPD30] += exposure
            stocks[m.DPD30_ACCOUNTS] += 1
            book.grades[month, grade_row(account), m.GRADE_DPD30] += exposure
        if account.dpd > 90:
            stocks[m.DPD90] += exposure
        book.grades[month, grade_row(account), m.GRADE_EXPOSURE] += exposure
    if account.dpd > 0:
        stocks[m.LATE_ACCOUNTS] += 1
    roll_on(book, shopper, month, account.bucket if exposure > 0 else m.TO_GONE, exposure)
    take_vintage(book, account, months, place)


@rule
def take_open(book: Book, account: Account, stocks: Any, exposure: int, month: int) -> None:
    """An open line at a month's end."""
    stocks[m.OPEN] += 1
    stocks[m.LIMIT_TOTAL] += account.limit_fen
    if account.status == SUSPENDED:
        stocks[m.SUSPENDED_STOCK] += 1
    if exposure > 0 or account.habit[0] or account.habit[1]:
        stocks[m.ACTIVE_COUNT] += 1
    else:
        stocks[m.INACTIVE] += 1
    service = ratio_ppm(debt_service_fen(account), account.income_fen)
    if service > OVER_INDEBTED_PPM:
        stocks[m.OVER_INDEBTED] += 1
    if service > STRAINED_PPM:
        stocks[m.SERVICE_OVER_40] += 1
    book.grades[month, grade_row(account), m.GRADE_ACCOUNTS] += 1
    use = ratio_ppm(exposure, account.limit_fen)
    place = 0
    if use > 0:
        place = min(m.USE_BINS - 1, 1 + (use - 1) // USE_STEP_PPM)
    book.use[month, place] += 1
    book.limits[month, min(m.LIMIT_BINS - 1, account.limit_fen // LIMIT_STEP_FEN)] += 1


@rule
def roll_on(book: Book, shopper: Shopper, month: int, to: int, exposure: int) -> None:
    """Where last month-end's exposure is now."""
    if shopper.month_exposure_fen > 0:
        book.roll[month, shopper.month_bucket, to] += shopper.month_exposure_fen
    shopper.month_exposure_fen = exposure
    shopper.month_bucket = min(to, m.TO_CHARGED_OFF - 1)


@rule
def take_vintage(book: Book, account: Account, months: Sequence[Month], place: int) -> None:
    """An account by the month of its opening and its age."""
    opened = month_at(months, account.opened_day)
    age = place - opened
    if age < len(book.vintages[0]):
        book.vintages[opened, age, 0] += 1
        if account.worst_dpd > 90:
            book.vintages[opened, age, 1] += 1
