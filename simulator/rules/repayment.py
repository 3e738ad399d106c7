"""Repayment: what a payment is put to, prepayment, autopay, recoveries, reminders (RULES §6, §7)."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import Account
from simulator.codes import (
    AUTOPAY_FULL,
    AUTOPAY_OFF,
    BY_AUTOPAY,
    CHARGED_OFF,
    CLOSED_OVERDUE,
    CLOSED_PRODUCT_ENDED,
    FAR,
    ON_PREPAY,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arrears import days_past_due, set_dpd
from simulator.rules.ask import Ask
from simulator.rules.balances import (
    accrued_fen,
    billed_fen,
    charged_fen,
    minimum_fen,
    newest_place,
    note_due_from,
    recoverable_fen,
    statement_owed,
    still_asked,
    unbilled_purchases_fen,
)  # fmt: skip
from simulator.rules.ending import end_if_paid
from simulator.rules.events import AUTOPAY_SET, PAYMENT_RECEIVED, RECOVERY_RECEIVED, REMINDED, emit
from simulator.rules.hardship import end_paid_hardship
from simulator.rules.shares import OLDER, pay_shares, turn_of
from simulator.rules.statements import charge_accrued

REMINDER_STAGES = (-3, 0, 1, 7, 30)
"""Days from the due date on which reminders go out. RULES §6."""
REMINDER_EVE = REMINDER_STAGES[0] - 1
REMINDER_SET = sum(1 << stage - REMINDER_EVE for stage in REMINDER_STAGES)
"""The same days as a set, a bit each, counted from the eve of the first."""
LONG_AFTER = 63
"""So many days after that eve none is left."""


class Applied(NamedTuple):
    """What a payment was put to, in fen; the five add up to it."""

    late_fee: int
    revolving_fee: int
    plan_fee: int
    plan_principal: int
    principal: int


@rule
def acceptable_fen(account: Account, prepay: bool) -> int:
    """The most that a payment may be: what is billed; with prepayment also fees so far and unbilled
    purchases; after charge-off what is to recover. RULES §6.
    """
    if account.status == CHARGED_OFF:
        return recoverable_fen(account)
    if not prepay:
        return billed_fen(account)
    return billed_fen(account) + accrued_fen(account) + charged_fen(account) + unbilled_purchases_fen(account)


@rule
def apply_to_billed(account: Account, amount_fen: int) -> Applied:
    """Put an amount to what is billed: late fees, revolving fees, plan fees, plan principal, other
    principal; within each the oldest statement first. RULES §6.
    """
    rest = amount_fen
    late = min(rest, account.older.late_fee_fen)
    account.older.late_fee_fen -= late
    rest -= late
    for i in range(account.paid_statements, account.statement_count):
        part = min(rest, account.statements[i].late_fee_fen)
        account.statements[i].late_fee_fen -= part
        late += part
        rest -= part
    revolving = min(rest, account.older.revolving_fee_fen)
    account.older.revolving_fee_fen -= revolving
    rest -= revolving
    for i in range(account.paid_statements, account.statement_count):
        part = min(rest, account.statements[i].revolving_fee_fen)
        account.statements[i].revolving_fee_fen -= part
        revolving += part
        rest -= part
    plan_fee = min(rest, account.older.plan_fee_fen)
    account.older.plan_fee_fen -= plan_fee
    rest -= plan_fee
    for i in range(account.paid_statements, account.statement_count):
        part = min(rest, account.statements[i].plan_fee_fen)
        account.statements[i].plan_fee_fen -= part
        plan_fee += part
        rest -= part
    plan_principal = min(rest, account.older.plan_principal_fen)
    pay_shares(account, OLDER, account.older.plan_principal_fen, plan_principal)
    account.older.plan_principal_fen -= plan_principal
    rest -= plan_principal
    for i in range(account.paid_statements, account.statement_count):
        part = min(rest, account.statements[i].plan_principal_fen)
        pay_shares(account, turn_of(account, i), account.statements[i].plan_principal_fen, part)
        account.statements[i].plan_principal_fen -= part
        plan_principal += part
        rest -= part
    principal = min(rest, account.older.principal_fen)
    account.older.principal_fen -= principal
    rest -= principal
    for i in range(account.paid_statements, account.statement_count):
        part = min(rest, account.statements[i].principal_fen)
        account.statements[i].principal_fen -= part
        principal += part
        rest -= part
    return Applied(late, revolving, plan_fee, plan_principal, principal)


@rule
def mark_met(account: Account, policy: PolicyRecord, paid_fen: int) -> None:
    """A payment to billed amounts counts at once towards every statement still unmet; once met, a statement stays
    met. Also counted is on how many of the oldest nothing is left. RULES §6.
    """
    older = statement_owed(account.older)
    left = account.billed_fen  # on a statement and earlier ones
    settled = 0
    tolerance = policy.tolerance_fen
    for back in range(account.statement_count):
        statement = account.statements[account.statement_count - 1 - back]
        asks = max(0, statement.asks_fen - paid_fen)
        tolerated = tolerance if statement.checked else 0
        statement.asks_fen = asks
        statement.met |= int(min(asks, left) <= tolerated)
        settled += int(left == older)
        left -= statement_owed(statement)
    account.paid_statements = settled
    note_due_from(account)


@rule
def settle_state(account: Account, policy: PolicyRecord, day: int, log: Any) -> None:
    """After money came in or was credited: days past due, hardship, and what ends with its debt."""
    if account.dpd > 0 and account.status != CHARGED_OFF and not account.hardship:
        dpd = days_past_due(account, policy, day)
        if dpd < account.dpd:
            set_dpd(account, dpd, day, log)
    end_paid_hardship(account, day, log)
    end_if_paid(account, CLOSED_PRODUCT_ENDED, CLOSED_OVERDUE, day, log)


@rule
def pay(
    account: Account, policy: PolicyRecord, day: int, amount_fen: int, by: int, prepay: bool, log: Any
) -> None:
    """Take a payment of an amount that `acceptable_fen` allows, above 0. RULES §6, §7."""
    if account.status == CHARGED_OFF:
        account.recovered_fen += amount_fen
        emit(log, RECOVERY_RECEIVED, day, amount_fen, by, int(prepay), amount_fen)
        settle_state(account, policy, day, log)
        return
    to_billed = min(amount_fen, billed_fen(account))
    if prepay and amount_fen > to_billed:
        charge_accrued(account, day, ON_PREPAY, log)
    applied = apply_to_billed(account, to_billed)
    account.billed_fen -= to_billed
    account.paid_since_fen += to_billed
    mark_met(account, policy, to_billed)
    rest = amount_fen - to_billed
    late = min(rest, account.charged_late_fen)
    account.charged_late_fen -= late
    rest -= late
    revolving = min(rest, account.charged_revolving_fen)
    account.charged_revolving_fen -= revolving
    rest -= revolving
    if rest > 0:
        prepay_purchases(account, rest)
    account.exposure_fen -= applied.plan_principal + applied.principal + rest
    emit(
        log, PAYMENT_RECEIVED, day, amount_fen, by, int(prepay), applied.late_fee + late,
        applied.revolving_fee + revolving, applied.plan_fee, applied.plan_principal, applied.principal + rest,
    )  # fmt: skip
    settle_state(account, policy, day, log)


@rule
def prepay_purchases(account: Account, amount_fen: int) -> None:
    """Pay unbilled purchases on no plan, in order of purchase."""
    rest = amount_fen
    part = min(rest, account.unbilled_older_fen)
    account.unbilled_older_fen -= part
    rest -= part
    for i in range(account.billed_orders, account.order_count):
        part = min(rest, account.orders[i].unbilled_fen)
        account.orders[i].unbilled_fen -= part
        rest -= part


@rule
def autopay(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> int:
    """Pay by itself on the due day, as far as `ask.cash_fen` goes; returns what was paid. RULES §1, §6."""
    if (account.autopay == AUTOPAY_OFF) | (account.statements[newest_place(account)].due_day != ask.day):
        return 0
    wanted = minimum_fen(account)
    if account.autopay == AUTOPAY_FULL:
        wanted = billed_fen(account)
    amount = min(wanted, ask.cash_fen)
    if amount > 0:
        pay(account, policy, ask.day, amount, BY_AUTOPAY, False, log)
    return amount


@rule
def set_autopay(account: Account, mode: int, day: int, log: Any) -> None:
    """Choose how the bill is paid by itself on its due day."""
    account.autopay = mode
    emit(log, AUTOPAY_SET, day, mode)


@rule
def reminders_at(stage: int) -> int:
    """How many reminders, 0 or 1, go out so many days from a due date."""
    return REMINDER_SET >> min(max(0, stage - REMINDER_EVE), LONG_AFTER) & 1


@rule
def remind(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Send the reminders whose day it is, for every statement that still asks. RULES §6."""
    if not policy.reminders or account.status == CHARGED_OFF or account.due_from_day == FAR:
        return
    for i in range(account.statement_count):
        stage = ask.day - account.statements[i].due_day
        if reminders_at(stage) & ~account.statements[i].met and still_asked(account, i) > 0:
            emit(log, REMINDED, ask.day, stage)
