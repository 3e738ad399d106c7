"""Balances: what an account owes, by kind, and what its statements still ask.

Words: *billed* is on a statement, *charged* is a fee on no statement yet, *unbilled* is principal
on no statement yet; *exposure* is all principal owed. RULES §3, §6, §7.
"""

from __future__ import annotations

from simulator.account import PLAN_SLOTS, Account, Statement
from simulator.codes import CHARGED_OFF, FAR, HELD_ORDER, NEVER
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION


@rule
def statement_fees(statement: Statement) -> int:
    """Unpaid fees on one statement."""
    return statement.late_fee_fen + statement.revolving_fee_fen + statement.plan_fee_fen


@rule
def statement_principal(statement: Statement) -> int:
    """Unpaid principal on one statement."""
    return statement.plan_principal_fen + statement.principal_fen


@rule
def statement_owed(statement: Statement) -> int:
    """All that is unpaid on one statement."""
    return statement_fees(statement) + statement_principal(statement)


@rule
def plan_slots(account: Account) -> int:
    """How many of the plan slots may be taken: those after them are known to be free."""
    return PLAN_SLOTS - account.free_plans


def sum_up(account: Account) -> None:
    """Work out the sums that an account keeps from what it holds: a save of an earlier rulebook lacks them."""
    account.billed_fen = statement_owed(account.older)
    for i in range(account.statement_count):
        account.billed_fen += statement_owed(account.statements[i])
    note_due_from(account)
    account.exposure_fen = billed_principal_fen(account) + unbilled_plans_fen(account) + account.unbilled_older_fen
    account.frozen_fen = 0
    for i in range(account.order_count):
        account.exposure_fen += account.orders[i].unbilled_fen
        account.frozen_fen += account.orders[i].amount_fen * int(account.orders[i].state == HELD_ORDER)


@rule
def note_due_from(account: Account) -> None:
    """Count on from which day there may be a statement that fell due and is unpaid or not looked at: what is summed
    up as older fell due long ago.
    """
    found = NEVER if statement_principal(account.older) > 0 else FAR
    for i in range(account.statement_count):
        statement = account.statements[i]
        settled = (statement.checked != 0) & (i < account.paid_statements)
        found = min(found, FAR if settled else statement.due_day)
    account.due_from_day = found


@rule
def billed_fen(account: Account) -> int:
    """All that is billed and unpaid."""
    return account.billed_fen


@rule
def billed_fees_fen(account: Account) -> int:
    """Fees on statements, unpaid."""
    total = statement_fees(account.older)
    for i in range(account.paid_statements, account.statement_count):
        total += statement_fees(account.statements[i])
    return total


@rule
def carried_fen(account: Account) -> int:
    """Billed, unpaid principal that is on no plan."""
    total = account.older.principal_fen
    for i in range(account.paid_statements, account.statement_count):
        total += account.statements[i].principal_fen
    return total


@rule
def billed_plan_fen(account: Account) -> int:
    """Billed, unpaid principal of plans."""
    total = account.older.plan_principal_fen
    for i in range(account.paid_statements, account.statement_count):
        total += account.statements[i].plan_principal_fen
    return total


@rule
def billed_principal_fen(account: Account) -> int:
    """Principal on statements, unpaid: what daily fees may run on."""
    total = statement_principal(account.older)
    for i in range(account.paid_statements, account.statement_count):
        total += statement_principal(account.statements[i])
    return total


@rule
def charged_fen(account: Account) -> int:
    """Fees that are charged and on no statement, unpaid."""
    return account.charged_late_fen + account.charged_revolving_fen


@rule
def accrued_fen(account: Account) -> int:
    """Fees that have accrued and are not charged, whole fen of each kind."""
    return account.late_micro // MILLION + account.revolving_micro // MILLION


@rule
def unbilled_purchases_fen(account: Account) -> int:
    """Unbilled principal of purchases on no plan, those with an open return included."""
    return unbilled_fen(account) - unbilled_plans_fen(account)


@rule
def unbilled_plans_fen(account: Account) -> int:
    """Unbilled principal of all plans, the hardship plan included."""
    total = account.hardship_plan.unbilled_fen
    for i in range(plan_slots(account)):
        total += account.plans[i].unbilled_fen
    return total


@rule
def unbilled_fen(account: Account) -> int:
    """All principal owed that is on no statement."""
    return account.exposure_fen - billed_principal_fen(account)


@rule
def exposure_fen(account: Account) -> int:
    """All principal owed, billed or not."""
    return account.exposure_fen


@rule
def owed_fen(account: Account) -> int:
    """All that is owed: principal and charged fees; what only accrues is not in it."""
    return account.exposure_fen + billed_fees_fen(account) + charged_fen(account)


@rule
def owes(account: Account) -> bool:
    """Whether anything is owed; what only accrues is not in it."""
    return account.exposure_fen + account.billed_fen + charged_fen(account) > 0


@rule
def frozen_fen(account: Account) -> int:
    """Amount of purchases on hold."""
    return account.frozen_fen


@rule
def room_fen(account: Account, freed_fen: int) -> int:
    """What the limit leaves once so much of what is on hold is freed."""
    limit = account.limit_fen + account.temporary_fen
    room = max(0, limit - exposure_fen(account) - frozen_fen(account) + freed_fen)
    return 0 if account.status == CHARGED_OFF else room


@rule
def available_fen(account: Account) -> int:
    """What the limit leaves: permanent + temporary - exposure - frozen, not below 0. RULES §3."""
    return room_fen(account, 0)


@rule
def still_asked(account: Account, index: int) -> int:
    """What a statement still asks: its minimum less payments since, at most what is left of it and
    of earlier ones. RULES §6.
    """
    left = account.billed_fen
    for i in range(index + 1, account.statement_count):
        left -= statement_owed(account.statements[i])
    return min(account.statements[index].asks_fen, left)


@rule
def missing_fen(account: Account, policy: PolicyRecord, index: int) -> int:
    """What a statement lacks to be met: 0 once met or within the tolerance. RULES §6."""
    asked = still_asked(account, index)
    lacks = (account.statements[index].met == 0) & (asked > policy.tolerance_fen)
    return asked if lacks else 0


@rule
def newest_place(account: Account) -> int:
    """Place of the newest statement; where there is none, of a slot that is empty and so asks nothing."""
    return max(0, account.statement_count - 1)


@rule
def minimum_fen(account: Account) -> int:
    """What is unmet of the newest statement, the tolerance still asked for."""
    return min(account.statements[newest_place(account)].asks_fen, account.billed_fen)


@rule
def recoverable_fen(account: Account) -> int:
    """What is still to recover after charge-off."""
    if account.status != CHARGED_OFF:
        return 0
    return account.charged_off_fen - account.recovered_fen


@rule
def due_day(account: Account) -> int:
    """Due day of the newest statement. Only where there is one."""
    return account.statements[account.statement_count - 1].due_day


@rule
def past_due_principal_fen(account: Account, policy: PolicyRecord, day: int) -> int:
    """Principal that bears the late fee on `day`: the unmet part of the newest statement whose due
    date has passed, less unpaid fees on it and earlier ones, not below 0. RULES §7.
    """
    newest = account.statement_count - 1
    while newest >= 0 and account.statements[newest].due_day >= day:
        newest -= 1
    if newest < 0 or account.hardship:
        return 0
    missing = missing_fen(account, policy, newest)
    if missing == 0:
        return 0
    fees = statement_fees(account.older)
    for i in range(account.paid_statements, newest + 1):
        fees += statement_fees(account.statements[i])
    return max(0, missing - fees)


@rule
def due_principal_fen(account: Account, day: int) -> int:
    """Principal that bears a daily fee on `day`: what is on statements whose due date has passed. What of it
    does not bear the late fee bears the revolving fee. RULES §7.
    """
    if account.hardship:
        return 0
    total = statement_principal(account.older)
    for i in range(account.paid_statements, account.statement_count):
        total += statement_principal(account.statements[i]) * int(account.statements[i].due_day < day)
    return total
