"""Instalments: plans at checkout and of a bill, and their early settlement (RULES §4, §8)."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import PLAN_SLOTS, Account, Plan
from simulator.codes import BILL_PLAN, SETTLE_ALL_REMAINING, SETTLE_FREE
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import (
    MILLION,
    capped_daily_ppm,
    last_principal_fen,
    round_half_up,
    term_fee_fen,
    term_principal_fen,
)  # fmt: skip
from simulator.rules.balances import carried_fen, plan_slots
from simulator.rules.ending import free_if_paid
from simulator.rules.events import PLAN_CREATED, PLAN_REPAID_EARLY, emit
from simulator.rules.repayment import mark_met, settle_state


class Settlement(NamedTuple):
    """What it takes to settle a plan's unbilled terms, in fen."""

    principal: int
    fee: int
    saved: int


@rule
def terms_index(terms: int) -> int:
    """The place of a number of terms in 3, 6, 12, 24; -1 for another."""
    if terms == 3:
        return 0
    if terms == 6:
        return 1
    if terms == 12:
        return 2
    if terms == 24:
        return 3
    return -1


@rule
def plan_rate_ppm(account: Account, policy: PolicyRecord, terms: int, merchant_funded: int) -> int:
    """Fee rate a term for this account's grade; none where the merchant pays. RULES §4."""
    if merchant_funded:
        return 0
    return policy.fee_rate_ppm[terms_index(terms)][account.grade]


@rule
def free_slot(account: Account) -> int:
    """Index of a free plan slot; -1 if all are taken."""
    taken = plan_slots(account)
    for i in range(taken):
        if account.plans[i].order == 0:
            return i
    return taken if taken < PLAN_SLOTS else -1


@rule
def has_free_slot(account: Account) -> bool:
    """Whether there is room for one more plan."""
    return account.free_plans > 0 or free_slot(account) >= 0


@rule
def plan_of(account: Account, order: int) -> int:
    """Index of an order's plan; -1 if it has none."""
    for i in range(plan_slots(account)):
        if order > 0 and account.plans[i].order == order:
            return i
    return -1


@rule
def plan_of_order(account: Account, index: int, order: int) -> int:
    """The same, where the place of the order is known, if it still has one: what was bought as a whole is on none."""
    if index >= 0 and not account.orders[index].planned:
        return -1
    return plan_of(account, order)


@rule
def create_plan(
    account: Account, policy: PolicyRecord, day: int, order: int, kind: int, principal_fen: int, terms: int,
    merchant_funded: int, log: Any,
) -> None:  # fmt: skip
    """Put a principal on terms in a free slot, on the rates of the day. RULES §4."""
    slot = free_slot(account)
    account.free_plans = min(account.free_plans, PLAN_SLOTS - 1 - slot)
    plan = account.plans[slot]
    rate = plan_rate_ppm(account, policy, terms, merchant_funded)
    plan.order = order
    plan.kind = kind
    plan.merchant_funded = merchant_funded
    plan.return_open = 0
    plan.day = day
    plan.terms = terms
    plan.billed = 0
    plan.skipped = 0
    plan.mode = policy.early_settlement
    plan.principal_fen = principal_fen
    plan.term_principal_fen = term_principal_fen(principal_fen, terms)
    plan.last_principal_fen = last_principal_fen(principal_fen, terms)
    plan.term_fee_fen = term_fee_fen(principal_fen, rate)
    plan.fee_rate_ppm = rate
    plan.settle_daily_ppm = capped_daily_ppm(policy.settle_daily_ppm, policy.rate_cap_ppm)
    plan.unbilled_fen = principal_fen
    plan.billed_unpaid_fen = 0
    plan.fees_billed_fen = 0
    plan.refunded_fen = 0
    plan.principal_days = 0
    plan.counted_day = day
    plan.outstanding_fen = principal_fen
    plan.last_term_fen = 0
    emit(log, PLAN_CREATED, day, order, kind, principal_fen, rate, terms)


@rule
def convertible_fen(account: Account) -> int:
    """What a bill instalment would spread: unpaid principal on statements that is on no plan."""
    return carried_fen(account)


@rule
def convert_bill(account: Account, policy: PolicyRecord, day: int, terms: int, log: Any) -> None:
    """Put the bill on instalments; term 1 is on the next statement. RULES §4."""
    principal = convertible_fen(account)
    account.older.principal_fen = 0
    for i in range(account.statement_count):
        account.statements[i].principal_fen = 0
    account.billed_fen -= principal  # and owed as principal still, on the plan
    account.statements[account.statement_count - 1].converted = 1
    account.paid_since_fen += principal  # settled by the plan: it does not count as left unpaid
    account.last_order += 1
    create_plan(account, policy, day, account.last_order, BILL_PLAN, principal, terms, 0, log)
    mark_met(account, policy, 0)
    settle_state(account, policy, day, log)


@rule
def principal_days_until(plan: Plan, day: int) -> int:
    """Fen-days of principal outstanding before `day`, each term taken as paid on its due date."""
    if day >= plan.counted_day:
        return plan.principal_days + plan.outstanding_fen * (day - plan.counted_day)
    return plan.principal_days - (plan.outstanding_fen + plan.last_term_fen) * (plan.counted_day - day)


@rule
def settlement_of(plan: Plan, day: int) -> Settlement:
    """What settling the unbilled terms costs on `day`, and what it saves. Never more than the unbilled
    fees that it replaces; free on the day of purchase. RULES §8; FACTS §1.5 [S6].
    """
    unbilled_fees = plan.term_fee_fen * (plan.terms - plan.billed)
    fee = 0
    if plan.mode == SETTLE_FREE or day == plan.day:
        fee = 0
    elif plan.mode == SETTLE_ALL_REMAINING:
        fee = unbilled_fees
    else:
        repriced = principal_days_until(plan, day) * plan.settle_daily_ppm
        beyond = max(0, repriced - plan.fees_billed_fen * MILLION)
        fee = min(unbilled_fees, round_half_up(beyond, MILLION))
    return Settlement(plan.unbilled_fen, fee, unbilled_fees - fee)


@rule
def settle_plan(account: Account, policy: PolicyRecord, day: int, index: int, log: Any) -> None:
    """Settle the unbilled terms of one plan; a billed term stays on its statement. RULES §8."""
    plan = account.plans[index]
    settlement = settlement_of(plan, day)
    emit(
        log, PLAN_REPAID_EARLY, day, plan.order, plan.mode, settlement.principal, settlement.fee,
        settlement.principal + settlement.fee, settlement.saved,
    )  # fmt: skip
    account.exposure_fen -= settlement.principal
    plan.unbilled_fen = 0
    plan.terms = plan.billed
    plan.skipped = 0
    free_if_paid(plan)
    settle_state(account, policy, day, log)
