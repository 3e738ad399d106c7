"""Ending a line: what closing and charging off do to the record (RULES §7, §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import PLAN_SLOTS, STATEMENT_SLOTS, Account, Plan, Statement
from simulator.codes import CHARGED_OFF, CLOSED, CLOSURE, NEVER, PERMANENT, RUN_OFF, TEMPORARY
from simulator.registry import rule
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import accrued_fen, owed_fen, owes
from simulator.rules.events import LIMIT_CHANGED, WAS_CLOSED, emit
from simulator.rules.reasons import LIMIT_SEASON
from simulator.rules.transitions import move

LINE_CLOSED_BIT = 4


@rule
def line_closed(account: Account, policy: Any, ask: Ask) -> Finding:
    """The line has ended."""
    return Finding(account.status in (CLOSED, CHARGED_OFF), 0, 0)


@rule
def clear_statement(statement: Statement) -> None:
    """Forget what a statement asked and what is owed on it."""
    statement.asks_fen = 0
    statement.late_fee_fen = 0
    statement.revolving_fee_fen = 0
    statement.plan_fee_fen = 0
    statement.plan_principal_fen = 0
    statement.principal_fen = 0


@rule
def empty_statement(statement: Statement) -> None:
    """Empty a statement's slot."""
    clear_statement(statement)
    statement.day = 0
    statement.due_day = 0
    statement.balance_fen = 0
    statement.minimum_fen = 0
    statement.met = 0
    statement.checked = 0
    statement.converted = 0


@rule
def empty_statements(account: Account) -> None:
    """No statement is held any more."""
    for i in range(account.statement_count):
        empty_statement(account.statements[i])
    account.statement_count = 0
    account.paid_statements = 0


@rule
def free_plan(plan: Plan) -> None:
    """Free a plan slot: it is as if it had never held one."""
    plan.order = 0
    plan.kind = 0
    plan.merchant_funded = 0
    plan.return_open = 0
    plan.day = 0
    plan.terms = 0
    plan.billed = 0
    plan.skipped = 0
    plan.mode = 0
    plan.principal_fen = 0
    plan.term_principal_fen = 0
    plan.last_principal_fen = 0
    plan.term_fee_fen = 0
    plan.fee_rate_ppm = 0
    plan.settle_daily_ppm = 0
    plan.unbilled_fen = 0
    plan.billed_unpaid_fen = 0
    for turn in range(STATEMENT_SLOTS):
        plan.on_statement_fen[turn] = 0
    plan.fees_billed_fen = 0
    plan.refunded_fen = 0
    plan.principal_days = 0
    plan.counted_day = 0
    plan.outstanding_fen = 0
    plan.last_term_fen = 0


@rule
def free_if_paid(plan: Plan) -> None:
    """Free the slot of a plan of which nothing is to come and nothing is unpaid."""
    if plan.unbilled_fen == 0 and plan.billed_unpaid_fen == 0:
        free_plan(plan)


@rule
def clear_debt(account: Account) -> None:
    """Forget everything owed but on the statements held: older ones, fees, purchases, plans."""
    account.exposure_fen = 0
    account.billed_fen = 0
    clear_statement(account.older)
    account.charged_late_fen = 0
    account.charged_revolving_fen = 0
    account.late_micro = 0
    account.revolving_micro = 0
    account.unbilled_older_fen = 0
    for i in range(account.order_count):
        account.orders[i].unbilled_fen = 0
    for i in range(PLAN_SLOTS):
        free_plan(account.plans[i])
    free_plan(account.hardship_plan)


@rule
def wipe_debt(account: Account) -> None:
    """Take everything owed off the record, statements too."""
    clear_debt(account)
    empty_statements(account)
    account.hardship = 0


@rule
def drop_limit(account: Account, day: int, log: Any) -> None:
    """An ended line has no limit."""
    if account.temporary_fen > 0:
        emit(log, LIMIT_CHANGED, day, TEMPORARY, account.temporary_fen, 0, CLOSURE,
             topic=LIMIT_SEASON, reasons=LINE_CLOSED_BIT)  # fmt: skip
        account.temporary_fen = 0
        account.temporary_until_day = NEVER
    if account.limit_fen > 0:
        emit(log, LIMIT_CHANGED, day, PERMANENT, account.limit_fen, 0, CLOSURE,
             topic=LIMIT_SEASON, reasons=LINE_CLOSED_BIT)  # fmt: skip
        account.limit_fen = 0
    account.expiry_extra_fen = 0


@rule
def close_line(account: Account, cause: int, day: int, log: Any) -> None:
    """Close for a cause, which is kept for ever. What is owed stays owed. RULES §11."""
    account.closure_cause = cause
    account.closed_day = day
    account.causes = 0
    account.review_day = NEVER
    account.reinstatement_day = NEVER
    account.appeal_day = NEVER
    account.locked = 0
    move(account, CLOSED)
    owed = owed_fen(account)
    account.debt_paid_day = NEVER
    if owed == 0:
        account.debt_paid_day = day
    emit(log, WAS_CLOSED, day, cause, owed)
    drop_limit(account, day, log)


@rule
def end_if_paid(account: Account, run_off_cause: int, overdue_cause: int, day: int, log: Any) -> None:
    """Close what ends with its last debt, and note when a closed line's debt was paid. RULES §11."""
    if account.status == CHARGED_OFF:
        if account.recovered_fen >= account.charged_off_fen:
            account.dpd = 0
            account.bucket = 0
            close_line(account, overdue_cause, day, log)
        return
    ends = (account.status == RUN_OFF) | (account.status == CLOSED)
    accrues = (account.late_micro != 0) | (account.revolving_micro != 0)
    if owes(account) | (accrued_fen(account) > 0) or not (ends | accrues):
        return
    account.late_micro = 0
    account.revolving_micro = 0
    if account.status == RUN_OFF:
        close_line(account, run_off_cause, day, log)
    elif account.status == CLOSED and account.debt_paid_day == NEVER:
        account.debt_paid_day = day
