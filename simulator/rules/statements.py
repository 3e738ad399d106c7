"""Statements: the end of a cycle, what is billed, and the minimum (RULES §1 step 7, §5)."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import HABIT_MONTHS, NEVER_LATE, PLAN_SLOTS, STATEMENT_SLOTS, Account, Plan, Statement
from simulator.codes import HELD_ORDER, ON_STATEMENT
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION, ratio_ppm, round_half_up
from simulator.rules.ask import Ask
from simulator.rules.balances import (
    billed_plan_fen,
    carried_fen,
    exposure_fen,
    plan_slots,
    statement_owed,
)  # fmt: skip
from simulator.rules.delinquency import renew_rates
from simulator.rules.ending import empty_statement
from simulator.rules.events import LATE_FEE_CHARGED, REVOLVING_FEE_CHARGED, STATEMENT_MADE, emit
from simulator.rules.shares import turn_of


class Parts(NamedTuple):
    """The eight parts of a statement's balance, in fen."""

    carried: int
    unpaid_plan: int
    unpaid_fee: int
    purchases: int
    plan_principal: int
    plan_fee: int
    revolving_fee: int
    late_fee: int


class Billed(NamedTuple):
    """What plans put on a statement."""

    principal: int
    fee: int


@rule
def share_asked_fen(policy: PolicyRecord, new_fen: int, carried: int, last_met: bool) -> int:
    """The share of new purchases and of what is carried; all of it where the last minimum was missed. RULES §5."""
    carried_share_ppm = policy.minimum_ppm if last_met else MILLION
    return round_half_up(new_fen * policy.minimum_ppm + carried * carried_share_ppm, MILLION)


@rule
def minimum_of(
    policy: PolicyRecord, new_fen: int, carried: int, last_met: bool, always_due: int, extra_fen: int
) -> int:
    """The minimum: a share of new purchases and of what is carried, and all that is always due (plan
    terms, older plan debts, fees). All of the carried part where the last minimum was missed; the
    whole balance where little would be left. RULES §5; FACTS §1.3 [S11].
    """
    asked = share_asked_fen(policy, new_fen, carried, last_met)
    balance = new_fen + carried + always_due
    minimum = min(balance, asked + always_due + extra_fen)
    return balance if new_fen + carried - asked < policy.small_balance_fen else minimum


@rule
def end_cycle(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The end of a statement day: counters of the cycle, then the statement. RULES §5, §10."""
    exposure = exposure_fen(account)
    count_high_use(account, policy, exposure)
    account.cycles += 1
    account.cycle_day = ask.day
    dormant = (account.habit[0] == 0) & (exposure <= 0)
    account.dormant_months = account.dormant_months + 1 if dormant else 0
    for back in range(HABIT_MONTHS - 1):
        month = HABIT_MONTHS - 1 - back
        account.habit[month] = account.habit[month - 1]
    account.habit[0] = 0
    account.months_since_late = min(NEVER_LATE, account.months_since_late + 1)
    make_statement(account, policy, ask, log)


@rule
def count_high_use(account: Account, policy: PolicyRecord, exposure: int) -> None:
    """Cycles in a row of high use with the minimum alone paid. RULES §10."""
    account.use_ppm = ratio_ppm(exposure, account.limit_fen)
    high = account.use_ppm > policy.decrease_utilisation_ppm
    stretched = high & (account.statement_count > 0) & (account.last_minimum_met != 0) and carried_fen(account) > 0
    account.stretched_months = account.stretched_months + 1 if stretched else 0


@rule
def make_statement(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Charge the fees, bill what falls due, ask the minimum. None where nothing stands. RULES §5."""
    charge_on_statement(account, ask.day, log)
    carried = carried_fen(account)
    unpaid_plan = billed_plan_fen(account)
    unpaid_fee = account.billed_fen - carried - unpaid_plan
    purchases = bill_purchases(account)
    billed = bill_plans(account, ask.day + policy.due_offset_days)
    parts = Parts(
        carried, unpaid_plan, unpaid_fee, purchases, billed.principal, billed.fee,
        account.charged_revolving_fen, account.charged_late_fen,
    )  # fmt: skip
    balance = (
        parts.carried + parts.unpaid_plan + parts.unpaid_fee + parts.purchases + parts.plan_principal
        + parts.plan_fee + parts.revolving_fee + parts.late_fee
    )  # fmt: skip
    if balance == 0:
        return
    always_due = balance - parts.purchases - parts.carried
    minimum = minimum_of(
        policy,
        parts.purchases,
        parts.carried,
        account.last_minimum_met != 0,
        always_due,
        account.expiry_extra_fen,
    )
    account.expiry_extra_fen = 0
    remember_payments(account)
    statement = next_statement(account)
    statement.day = ask.day
    statement.due_day = ask.day + policy.due_offset_days
    account.due_from_day = min(account.due_from_day, statement.due_day)
    statement.balance_fen = balance
    statement.minimum_fen = minimum
    statement.asks_fen = minimum
    statement.met = 0
    statement.checked = 0
    statement.converted = 0
    statement.late_fee_fen = parts.late_fee
    statement.revolving_fee_fen = parts.revolving_fee
    statement.plan_fee_fen = parts.plan_fee
    statement.plan_principal_fen = parts.plan_principal
    statement.principal_fen = parts.purchases
    account.charged_late_fen = 0
    account.charged_revolving_fen = 0
    account.billed_fen = balance
    account.scored_statements += 1
    renew_rates(account, policy)
    emit(
        log, STATEMENT_MADE, ask.day, balance, minimum, statement.due_day, parts.carried, parts.unpaid_plan,
        parts.unpaid_fee, parts.purchases, parts.plan_principal, parts.plan_fee, parts.revolving_fee, parts.late_fee,
    )  # fmt: skip


@rule
def charge_accrued(account: Account, day: int, cause: int, log: Any) -> None:
    """Charge the whole fen of what has accrued; the rest stays. RULES §5."""
    late = account.late_micro // MILLION
    revolving = account.revolving_micro // MILLION
    account.late_micro -= late * MILLION
    account.revolving_micro -= revolving * MILLION
    account.charged_late_fen += late
    account.charged_revolving_fen += revolving
    if late > 0:
        emit(log, LATE_FEE_CHARGED, day, late, cause)
    if revolving > 0:
        emit(log, REVOLVING_FEE_CHARGED, day, revolving, cause)


@rule
def charge_on_statement(account: Account, day: int, log: Any) -> None:
    """Charge for the statement."""
    charge_accrued(account, day, ON_STATEMENT, log)


@rule
def bill_purchases(account: Account) -> int:
    """Bill the purchases on no plan, those with an open return left out. RULES §5, §9.

    Counted on is which of the oldest orders have nothing unbilled, up to one on hold: it may be bought yet.
    """
    billed = 1
    total = account.unbilled_older_fen
    account.unbilled_older_fen = 0
    for i in range(account.billed_orders, account.order_count):
        order = account.orders[i]
        part = 0 if order.return_open else order.unbilled_fen
        total += part
        order.unbilled_fen -= part
        billed &= int(order.unbilled_fen == 0) & int(order.state != HELD_ORDER)
        account.billed_orders += billed
    return total


@rule
def bill_plans(account: Account, due_day: int) -> Billed:
    """Bill a term of every plan, and terms that an open return had put off; count on which of the last slots are
    free. RULES §4, §9.
    """
    turn = turn_of(account, account.statement_count)
    principal = 0
    fee = 0
    taken = 0
    for i in range(plan_slots(account)):
        plan = account.plans[i]
        taken = taken if plan.order == 0 else i + 1
        plan.on_statement_fen[turn] = 0  # what still stands there joins what is older
        if plan.billed < plan.terms:
            if plan.return_open:
                plan.skipped = min(plan.skipped + 1, plan.terms - plan.billed - 1)
            else:
                billed = bill_terms(plan, plan.skipped + 1)
                plan.skipped = 0
                plan.on_statement_fen[turn] = billed.principal
                principal += billed.principal
                fee += billed.fee
        date_plan(plan, due_day)
    account.free_plans = PLAN_SLOTS - taken
    if account.hardship:
        term = bill_terms(account.hardship_plan, 1).principal
        account.hardship_plan.on_statement_fen[turn] = term
        principal += term
    return Billed(principal, fee)


@rule
def bill_terms(plan: Plan, terms: int) -> Billed:
    """Bill so many terms of one plan."""
    principal = 0
    fee = 0
    for _ in range(min(terms, plan.terms - plan.billed)):
        plan.billed += 1
        part = plan.term_principal_fen
        if plan.billed == plan.terms:
            part = plan.last_principal_fen
        principal += part
        fee += plan.term_fee_fen
    plan.unbilled_fen -= principal
    plan.billed_unpaid_fen += principal
    plan.fees_billed_fen += fee
    return Billed(principal, fee)


@rule
def date_plan(plan: Plan, due_day: int) -> None:
    """Count a plan's principal-days up to the due day of the term just billed; it is then taken as paid. RULES §8."""
    just_billed = plan.outstanding_fen - plan.unbilled_fen
    if just_billed > 0:
        plan.principal_days += plan.outstanding_fen * (due_day - plan.counted_day)
        plan.counted_day = due_day
        plan.outstanding_fen -= just_billed
        plan.last_term_fen = just_billed


@rule
def remember_payments(account: Account) -> None:
    """Move the last statement's balance and what was paid since into the recent three."""
    if account.statement_count > 0:
        account.billed_recent_fen[2] = account.billed_recent_fen[1]
        account.billed_recent_fen[1] = account.billed_recent_fen[0]
        account.billed_recent_fen[0] = account.statements[account.statement_count - 1].balance_fen
        account.paid_recent_fen[2] = account.paid_recent_fen[1]
        account.paid_recent_fen[1] = account.paid_recent_fen[0]
        account.paid_recent_fen[0] = account.paid_since_fen
    account.paid_since_fen = 0


@rule
def drop_settled(account: Account) -> None:
    """Free the oldest slots of statements whose due date was looked at and on which nothing is left. The first
    slot that falls free is for the new statement, which writes every field; the others are emptied.
    """
    settled = 0
    while (
        settled < account.statement_count
        and account.statements[settled].checked
        and statement_owed(account.statements[settled]) == 0
    ):
        settled += 1
    if settled == 0:
        return
    for i in range(account.statement_count - settled):
        copy_statement(account.statements[i], account.statements[i + settled])
    for i in range(account.statement_count - settled + 1, account.statement_count):
        empty_statement(account.statements[i])
    account.statement_count -= settled
    account.paid_statements = max(0, account.paid_statements - settled)


@rule
def next_statement(account: Account) -> Statement:
    """A slot for a new statement: settled ones go; if all are still taken, the oldest joins the sum of
    older ones.
    """
    drop_settled(account)
    if account.statement_count == STATEMENT_SLOTS:
        oldest = account.statements[0]
        account.older.late_fee_fen += oldest.late_fee_fen
        account.older.revolving_fee_fen += oldest.revolving_fee_fen
        account.older.plan_fee_fen += oldest.plan_fee_fen
        account.older.plan_principal_fen += oldest.plan_principal_fen
        account.older.principal_fen += oldest.principal_fen
        for i in range(STATEMENT_SLOTS - 1):
            copy_statement(account.statements[i], account.statements[i + 1])
        account.statement_count -= 1
        account.paid_statements = max(0, account.paid_statements - 1)
    account.statement_count += 1
    return account.statements[account.statement_count - 1]


@rule
def copy_statement(target: Statement, source: Statement) -> None:
    """Copy every field of a statement."""
    target.day = source.day
    target.due_day = source.due_day
    target.balance_fen = source.balance_fen
    target.minimum_fen = source.minimum_fen
    target.asks_fen = source.asks_fen
    target.met = source.met
    target.checked = source.checked
    target.converted = source.converted
    target.late_fee_fen = source.late_fee_fen
    target.revolving_fee_fen = source.revolving_fee_fen
    target.plan_fee_fen = source.plan_fee_fen
    target.plan_principal_fen = source.plan_principal_fen
    target.principal_fen = source.principal_fen
