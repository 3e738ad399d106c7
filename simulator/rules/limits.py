"""Limits: the first line, review up and down, requests, temporary limits (RULES §2, §10)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import (
    ACTIVE,
    LENDER,
    PERMANENT,
    REQUEST,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import (
    HUNDRED_YUAN_FEN,
    MILLION,
    down_to_hundred_yuan,
    floor_share,
    ratio_ppm,
    share,
)
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import exposure_fen
from simulator.rules.decreases import review_month_ends
from simulator.rules.events import LIMIT_CHANGED, LIMIT_REQUEST_DECLINED, emit, remember
from simulator.rules.hardship import debt_service_fen
from simulator.rules.reasons import LIMIT_RAISED, LIMIT_REFUSED, bit, declare
from simulator.rules.scoring import days_since
from simulator.rules.standing import past_due


@rule
def service_bound_fen(account: Account, policy: PolicyRecord) -> int:
    """The largest line whose monthly payment, with instalments elsewhere, stays within the share of
    income that debt service may take. RULES §2.
    """
    room = floor_share(account.income_fen, policy.max_debt_service_ppm) - account.instalments_elsewhere_fen
    if room <= 0:
        return 0
    if policy.line_payment_ppm == 0:
        return policy.max_limit_fen
    return room * MILLION // policy.line_payment_ppm


@rule
def first_line_fen(account: Account, policy: PolicyRecord, grade: int) -> int:
    """The first line by income and grade, bounded by debt service, down to ¥100, within the policy's
    least and most. RULES §2; FACTS §1.7.
    """
    by_income = (
        account.income_fen * policy.income_multiple_ppm // MILLION * policy.grade_factor_ppm[grade] // MILLION
    )
    line = down_to_hundred_yuan(min(by_income, service_bound_fen(account, policy)))
    return max(policy.min_limit_fen, min(policy.max_limit_fen, line))


@rule
def raise_bound_fen(account: Account, policy: PolicyRecord) -> int:
    """What no raise may pass: the policy's most, the share of income, debt service. RULES §10."""
    by_income = floor_share(account.income_fen, policy.max_line_income_ppm)
    return min(policy.max_limit_fen, by_income, service_bound_fen(account, policy))


@rule
def increased_limit(limit_fen: int, increase_ppm: int, bound_fen: int) -> int:
    """The limit after an increase: at least ¥100 more, down to whole ¥100, within the bound."""
    raised = max(limit_fen + share(limit_fen, increase_ppm), limit_fen + HUNDRED_YUAN_FEN)
    return down_to_hundred_yuan(min(raised, bound_fen))


@rule
def utilisation_ppm(account: Account) -> int:
    """Exposure / permanent limit."""
    return ratio_ppm(exposure_fen(account), account.limit_fen)


@rule
def not_active(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is not active."""
    return Finding(account.status != ACTIVE, 0, 0)


@rule
def streak_too_short(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too few statements on time in a row."""
    return Finding(account.streak < policy.increase_streak, account.streak, policy.increase_streak)


@rule
def utilisation_too_low(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too little of the limit is used for a higher one to be of use."""
    use = utilisation_ppm(account)
    return Finding(use < policy.increase_utilisation_ppm.low, use, policy.increase_utilisation_ppm.low)


@rule
def utilisation_too_high(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Nearly all of the limit is used."""
    use = utilisation_ppm(account)
    return Finding(use > policy.increase_utilisation_ppm.high, use, policy.increase_utilisation_ppm.high)


@rule
def grade_too_low(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The grade is under the least for an increase."""
    return Finding(account.grade > policy.increase_grade, account.grade, policy.increase_grade)


@rule
def no_growth_for_grade(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The policy gives this grade no increase."""
    growth = policy.increase_ppm[account.grade] if account.grade >= 0 else 0
    return Finding(growth == 0, growth, 1)


@rule
def debt_service_full(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Debt service leaves no room for a higher line."""
    bound = service_bound_fen(account, policy)
    return Finding(bound < account.limit_fen + HUNDRED_YUAN_FEN, bound, account.limit_fen + HUNDRED_YUAN_FEN)


@rule
def debts_too_heavy(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """What is to be paid in a month, here and elsewhere, takes too much of the income. RULES §10, §13."""
    service = ratio_ppm(debt_service_fen(account), account.income_fen)
    return Finding(service > policy.max_debt_service_ppm, service, policy.max_debt_service_ppm)


@rule
def at_maximum(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The limit is at the most that the policy or income allows."""
    bound = min(policy.max_limit_fen, floor_share(account.income_fen, policy.max_line_income_ppm))
    return Finding(bound < account.limit_fen + HUNDRED_YUAN_FEN, account.limit_fen, bound)


@rule
def asked_too_recently(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The last request was too recent."""
    waited = days_since(ask.day, account.last_request_day)
    return Finding(waited < policy.request_days, waited, policy.request_days)


@rule
def bills_on_time(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Enough statements on time in a row."""
    return Finding(account.streak >= policy.increase_streak, account.streak, policy.increase_streak)


@rule
def use_in_band(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Use of the limit lies in the band for an increase."""
    use = utilisation_ppm(account)
    band = policy.increase_utilisation_ppm
    return Finding(band.low <= use <= band.high, use, band.low)


@rule
def grade_reached(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The grade suffices for an increase."""
    return Finding(account.grade <= policy.increase_grade, account.grade, policy.increase_grade)


@rule
def debt_service_fits(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Debt service leaves room for the higher line."""
    bound = service_bound_fen(account, policy)
    return Finding(bound >= account.limit_fen + HUNDRED_YUAN_FEN, account.limit_fen, bound)


declare(
    LIMIT_REFUSED,
    ("not_active", "none", not_active),
    ("past_due", "dpd", past_due),
    ("streak_too_short", "count", streak_too_short),
    ("utilisation_too_low", "ppm", utilisation_too_low),
    ("utilisation_too_high", "ppm", utilisation_too_high),
    ("grade_too_low", "grade", grade_too_low),
    ("no_growth_for_grade", "ppm", no_growth_for_grade),
    ("debt_service_full", "fen", debt_service_full),
    ("at_maximum", "fen", at_maximum),
    ("asked_too_recently", "days", asked_too_recently),
    ("debts_too_heavy", "ppm", debts_too_heavy),
)
declare(
    LIMIT_RAISED,
    ("bills_on_time", "count", bills_on_time),
    ("use_in_band", "ppm", use_in_band),
    ("grade_reached", "grade", grade_reached),
    ("debt_service_fits", "fen", debt_service_fits),
)


@rule
def raise_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What speaks against a higher limit, at a review or on request. RULES §10."""
    return (
        bit(0, not_active(account, policy, ask))
        | bit(1, past_due(account, policy, ask))
        | bit(2, streak_too_short(account, policy, ask))
        | bit(3, utilisation_too_low(account, policy, ask))
        | bit(4, utilisation_too_high(account, policy, ask))
        | bit(5, grade_too_low(account, policy, ask))
        | bit(6, no_growth_for_grade(account, policy, ask))
        | bit(7, debt_service_full(account, policy, ask))
        | bit(8, at_maximum(account, policy, ask))
        | bit(10, debts_too_heavy(account, policy, ask))
    )


@rule
def raise_grounds(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What a raise rests on."""
    return (
        bit(0, bills_on_time(account, policy, ask))
        | bit(1, use_in_band(account, policy, ask))
        | bit(2, grade_reached(account, policy, ask))
        | bit(3, debt_service_fits(account, policy, ask))
    )


@rule
def raise_limit(account: Account, policy: PolicyRecord, ask: Ask, by: int, log: Any) -> None:
    """Raise the limit by the grade's share."""
    raised = increased_limit(
        account.limit_fen, policy.increase_ppm[account.grade], raise_bound_fen(account, policy)
    )
    if raised <= account.limit_fen:
        return
    remember(log, account, ask)
    grounds = raise_grounds(account, policy, ask)
    emit(
        log,
        LIMIT_CHANGED,
        ask.day,
        PERMANENT,
        account.limit_fen,
        raised,
        by,
        topic=LIMIT_RAISED,
        reasons=grounds,
    )
    account.limit_fen = raised
    account.score_at_change = account.score


@rule
def review_up(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The lender's review, on the morning after every `review_months`-th statement day. RULES §10."""
    if not review_month_ends(account, policy):
        return
    if raise_refusals(account, policy, ask) == 0:
        raise_limit(account, policy, ask, LENDER, log)
    account.score_at_change = account.score


@rule
def request_limit(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The shopper asks for a higher limit; decided at once. RULES §10."""
    refusals = raise_refusals(account, policy, ask) | bit(9, asked_too_recently(account, policy, ask))
    remember(log, account, ask)
    account.last_request_day = ask.day
    if refusals:
        emit(log, LIMIT_REQUEST_DECLINED, ask.day, topic=LIMIT_REFUSED, reasons=refusals)
    else:
        raise_limit(account, policy, ask, REQUEST, log)
