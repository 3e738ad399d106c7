"""Stock: what a month-end finds of an account: exposure, grade, use, bucket, vintage."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import CHARGED_OFF, NEVER, SUSPENDED
from simulator.engine import measures as m
from simulator.engine.books import Books, count_stock, grade_row
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen
from simulator.rules.hardship import debt_service_fen
from simulator.rules.transitions import line_is_open

OVER_INDEBTED_PPM, STRAINED_PPM = 500_000, 400_000
LEFT_DAYS = 90
USE_STEP_PPM = 50_000
LIMIT_STEP_FEN = 100_000


@rule
def take_stock(books: Books, account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask) -> None:
    """The account as it stands at a month's end."""
    books.notes.opened_month = 0
    count_stock(books, m.SHOPPERS, 1)
    count_stock(books, m.CASH_STOCK, shopper.cash_fen)
    count_stock(books, m.FUND_STOCK, shopper.fund_fen)
    gone = ask.day - shopper.bought_day
    if LEFT_DAYS < gone <= LEFT_DAYS + ask.month_length:
        count_stock(books, m.LEAVERS, 1)
    if account.status == CHARGED_OFF:
        count_stock(books, m.CHARGED_OFF_STOCK, 1)
        roll_on(books, shopper, m.TO_CHARGED_OFF, 0)
        take_vintage(books, account, shopper, ask)
        return
    if account.opened_day == NEVER:
        count_stock(books, m.NO_LINE, 1)
        return
    exposure = exposure_fen(account)
    if account.dpd == 0:
        shopper.sound_grade = account.grade
    grade = books.month.grades[grade_row(shopper)]
    if line_is_open(account):
        take_open(books, account, grade, exposure)
    else:
        count_stock(books, m.CLOSED_STOCK, 1)
    if exposure > 0:
        count_stock(books, m.EXPOSURE, exposure)
        count_stock(books, m.M0 + account.bucket, exposure)
        if account.dpd > 30:
            count_stock(books, m.DPD30, exposure)
            count_stock(books, m.DPD30_ACCOUNTS, 1)
            grade[m.GRADE_DPD30] += exposure
        if account.dpd > 90:
            count_stock(books, m.DPD90, exposure)
        grade[m.GRADE_EXPOSURE] += exposure
        provision = exposure * policy.provision_ppm[account.bucket]
        grade[m.GRADE_PROVISION] += provision
    if account.dpd > 0:
        count_stock(books, m.LATE_ACCOUNTS, 1)
        grade[m.GRADE_LATE] += 1
    roll_on(books, shopper, account.bucket if exposure > 0 else m.TO_GONE, exposure)
    take_vintage(books, account, shopper, ask)


@rule
def take_open(books: Books, account: Account, grade: Any, exposure: int) -> None:
    """An open line at a month's end; active is one that owes or bought in the running cycle. RULES §13."""
    count_stock(books, m.OPEN, 1)
    count_stock(books, m.LIMIT_TOTAL, account.limit_fen)
    if account.status == SUSPENDED:
        count_stock(books, m.SUSPENDED_STOCK, 1)
    if exposure > 0 or account.habit[0]:
        count_stock(books, m.ACTIVE_COUNT, 1)
        grade[m.GRADE_ACTIVE] += 1
    else:
        count_stock(books, m.INACTIVE, 1)
    service = ratio_ppm(debt_service_fen(account), account.income_fen)
    if service > OVER_INDEBTED_PPM:
        count_stock(books, m.OVER_INDEBTED, 1)
    if service > STRAINED_PPM:
        count_stock(books, m.SERVICE_OVER_40, 1)
    grade[m.GRADE_ACCOUNTS] += 1
    use = ratio_ppm(exposure, account.limit_fen)
    place = 0
    if use > 0:
        place = min(m.USE_BINS - 1, 1 + (use - 1) // USE_STEP_PPM)
    books.month.use[place] += 1
    books.month.limits[min(m.LIMIT_BINS - 1, account.limit_fen // LIMIT_STEP_FEN)] += 1


@rule
def roll_on(books: Books, shopper: Shopper, to: int, exposure: int) -> None:
    """Where last month-end's exposure is now."""
    if shopper.month_exposure_fen > 0:
        books.month.roll[shopper.month_bucket][to] += shopper.month_exposure_fen
    shopper.month_exposure_fen = exposure
    shopper.month_bucket = min(to, m.TO_CHARGED_OFF - 1)


@rule
def month_number(ask: Ask) -> int:
    """A calendar month, counted from the year 0."""
    return ask.year * 12 + ask.month


@rule
def take_vintage(books: Books, account: Account, shopper: Shopper, ask: Ask) -> None:
    """Note an account by the month of its opening and its age."""
    age = month_number(ask) - shopper.opened_month
    if age >= m.AGES:
        return
    notes = books.notes
    notes.opened_month = shopper.opened_month
    notes.age = age
    notes.over_90 = int(account.worst_dpd > 90)
