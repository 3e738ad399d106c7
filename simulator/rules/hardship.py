"""Hardship: relief agreed with a shopper who cannot pay (RULES §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import (
    BY_OVERDUE,
    HARDSHIP_PLAN,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import last_principal_fen, ratio_ppm, term_principal_fen
from simulator.rules.arrears import set_dpd, suspend
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import (
    billed_fees_fen,
    charged_fen,
    exposure_fen,
    minimum_fen,
    owed_fen,
    plan_slots,
    recoverable_fen,
)  # fmt: skip
from simulator.rules.ending import clear_debt, clear_statement, free_plan
from simulator.rules.events import (
    HARDSHIP_AGREED,
    HARDSHIP_DECLINED,
    HARDSHIP_ENDED,
    HARDSHIP_REQUESTED,
    emit,
    remember,
)  # fmt: skip
from simulator.rules.reasons import HARDSHIP_GRANTED, HARDSHIP_OVER, HARDSHIP_REFUSED, bit, declare
from simulator.rules.transitions import line_is_open

SHOCK_DAYS = 90
"""A life event counts for three months. RULES §11."""

OVER_PAID, OVER_MISSED = 1, 2


@rule
def debt_service_fen(account: Account) -> int:
    """Instalments and minimums of a month, here and elsewhere; of a debt written off all is asked. RULES §13."""
    coming = 0
    for i in range(plan_slots(account)):
        plan = account.plans[i]
        coming += (plan.term_principal_fen + plan.term_fee_fen) * int(plan.billed < plan.terms)
    here = max(minimum_fen(account), coming) + recoverable_fen(account)
    return account.instalments_elsewhere_fen + here


@rule
def line_not_open(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """There is no open line."""
    return Finding(not line_is_open(account), 0, 0)


@rule
def nothing_owed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Nothing is owed that a plan could spread."""
    return Finding(owed_fen(account) == 0, 0, 0)


@rule
def too_late(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too many days past due for a plan."""
    return Finding(account.dpd > policy.hardship_dpd, account.dpd, policy.hardship_dpd)


@rule
def no_hardship_shown(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Neither a recorded shock nor a debt service too heavy."""
    heavy = service_too_heavy(account, policy, ask)
    shown = recorded_shock(account, policy, ask).holds or heavy.holds
    return Finding(not shown, heavy.actual, heavy.threshold)


@rule
def too_many_terms(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """More terms than the lender agrees to."""
    return Finding(ask.terms > policy.hardship_terms, ask.terms, policy.hardship_terms)


@rule
def hardship_running(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A hardship plan is running."""
    return Finding(account.hardship != 0, 0, 0)


@rule
def recorded_shock(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Life has recorded a shock in the last three months."""
    days = ask.day - account.shock_day
    return Finding(account.shock != 0 and 0 <= days <= SHOCK_DAYS, days, SHOCK_DAYS)


@rule
def service_too_heavy(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Debt service takes too large a share of income."""
    service = ratio_ppm(debt_service_fen(account), account.income_fen)
    return Finding(service > policy.hardship_service_ppm, service, policy.hardship_service_ppm)


@rule
def plan_paid(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The hardship plan is paid."""
    left = account.hardship_plan.unbilled_fen + account.hardship_plan.billed_unpaid_fen
    return Finding(left == 0, left, 0)


@rule
def term_missed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A term of the hardship plan was not paid."""
    left = account.hardship_plan.unbilled_fen + account.hardship_plan.billed_unpaid_fen
    return Finding(left > 0, left, 0)


declare(
    HARDSHIP_REFUSED,
    ("line_not_open", "none", line_not_open),
    ("nothing_owed", "none", nothing_owed),
    ("too_late", "dpd", too_late),
    ("no_hardship_shown", "ppm", no_hardship_shown),
    ("too_many_terms", "count", too_many_terms),
    ("hardship_running", "none", hardship_running),
)
declare(
    HARDSHIP_GRANTED,
    ("recorded_shock", "days", recorded_shock),
    ("service_too_heavy", "ppm", service_too_heavy),
)
declare(HARDSHIP_OVER, ("paid", "fen", plan_paid), ("term_missed", "fen", term_missed))


@rule
def hardship_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What speaks against a hardship plan."""
    return (
        bit(0, line_not_open(account, policy, ask))
        | bit(1, nothing_owed(account, policy, ask))
        | bit(2, too_late(account, policy, ask))
        | bit(3, no_hardship_shown(account, policy, ask))
        | bit(4, too_many_terms(account, policy, ask))
        | bit(5, hardship_running(account, policy, ask))
    )


@rule
def request_hardship(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Ask for a plan of `ask.terms` terms; decided at once. RULES §11."""
    owed = owed_fen(account)
    emit(log, HARDSHIP_REQUESTED, ask.day, ask.terms, owed)
    refusals = hardship_refusals(account, policy, ask)
    remember(log, account, ask)
    if refusals:
        emit(log, HARDSHIP_DECLINED, ask.day, ask.terms, owed, topic=HARDSHIP_REFUSED, reasons=refusals)
        return
    grounds = bit(0, recorded_shock(account, policy, ask)) | bit(1, service_too_heavy(account, policy, ask))
    fees = billed_fees_fen(account) + charged_fen(account)
    spread_debt(account, ask)
    emit(log, HARDSHIP_AGREED, ask.day, ask.terms, owed, fees, topic=HARDSHIP_GRANTED, reasons=grounds)
    suspend(account, BY_OVERDUE, ask.day, log)


@rule
def spread_debt(account: Account, ask: Ask) -> None:
    """Put all that is owed on one plan without fee; accruals and unbilled fees are dropped."""
    amount = exposure_fen(account) + billed_fees_fen(account) + charged_fen(account)
    clear_debt(account)
    account.exposure_fen = amount
    for i in range(account.statement_count):
        clear_statement(account.statements[i])
        account.statements[i].met = 1
        account.statements[i].checked = 1
    account.paid_statements = account.statement_count
    account.expiry_extra_fen = 0
    for i in range(account.order_count):
        account.orders[i].planned = 0
    plan = account.hardship_plan
    plan.order = -1
    plan.kind = HARDSHIP_PLAN
    plan.day = ask.day
    plan.terms = ask.terms
    plan.principal_fen = amount
    plan.unbilled_fen = amount
    plan.term_principal_fen = term_principal_fen(amount, ask.terms)
    plan.last_principal_fen = last_principal_fen(amount, ask.terms)
    account.hardship = 1


@rule
def end_missed_hardship(account: Account, index: int, ask: Ask, log: Any) -> None:
    """A missed term ends the plan: what is left joins that statement as plan principal, and days past
    due go on from the frozen value. RULES §11.
    """
    plan = account.hardship_plan
    left = plan.unbilled_fen
    remember(log, account, ask)
    account.statements[index].plan_principal_fen += left
    account.statements[index].asks_fen += left
    account.billed_fen += left
    account.paid_statements = min(account.paid_statements, index)
    account.dpd_before = account.dpd
    emit(log, HARDSHIP_ENDED, ask.day, plan.terms, left + plan.billed_unpaid_fen,
         topic=HARDSHIP_OVER, reasons=OVER_MISSED)  # fmt: skip
    free_plan(plan)
    account.hardship = 0


@rule
def end_paid_hardship(account: Account, day: int, log: Any) -> None:
    """Once the plan is paid, days past due fall to 0; reinstatement is as after 31 to 90. RULES §11."""
    plan = account.hardship_plan
    if not account.hardship or plan.unbilled_fen + plan.billed_unpaid_fen > 0:
        return
    emit(log, HARDSHIP_ENDED, day, plan.terms, 0, topic=HARDSHIP_OVER, reasons=OVER_PAID)
    free_plan(plan)
    account.hardship = 0
    set_dpd(account, 0, day, log)
    account.episode_worst_dpd = max(account.episode_worst_dpd, 31)
