"""Shares: what each plan has of the plan principal that stands unpaid on a statement (RULES §6, §9).

A plan keeps its share of each of the last eight statements; statements take *turns* at the eight places, in the
order in which they were made. What it has of older statements is the rest of what it has billed and unpaid.
What a missed hardship plan left on a statement is no plan's, and was owed before any purchase that is on one.
"""

from __future__ import annotations

from simulator.account import STATEMENT_SLOTS, Account, Plan
from simulator.registry import rule
from simulator.rules.balances import plan_slots
from simulator.rules.ending import free_if_paid

OLDER = -1
"""The turn of statements that are summed up as older."""
LAST_OF_ALL = 2**31
"""Above every order number."""


@rule
def turn_of(account: Account, index: int) -> int:
    """The turn of the statement in slot `index`; one after the last is that of the statement to be made."""
    return (account.scored_statements - account.statement_count + index) % STATEMENT_SLOTS


@rule
def share_fen(plan: Plan, turn: int) -> int:
    """What a plan has unpaid on one statement, or on the older ones."""
    if turn != OLDER:
        return plan.on_statement_fen[turn]
    rest = plan.billed_unpaid_fen
    for i in range(STATEMENT_SLOTS):
        rest -= plan.on_statement_fen[i]
    return rest


@rule
def take_share(plan: Plan, turn: int, most_fen: int) -> int:
    """Take a plan's share of one statement off the plan, at most so much; returns what was taken."""
    part = min(most_fen, share_fen(plan, turn))
    plan.billed_unpaid_fen -= part
    if turn != OLDER:
        plan.on_statement_fen[turn] -= part
    return part


@rule
def of_no_plan_fen(account: Account, turn: int, stood_fen: int) -> int:
    """What of the plan principal on one statement, all together `stood_fen`, is no plan's."""
    rest = stood_fen - share_fen(account.hardship_plan, turn)
    for i in range(plan_slots(account)):
        rest -= share_fen(account.plans[i], turn)
    return rest


@rule
def pay_shares(account: Account, turn: int, stood_fen: int, paid_fen: int) -> None:
    """Put what is paid of one statement's plan principal, of which `stood_fen` stood there, to what hardship left
    and then to the plans that are on it, in order of purchase. Frees what is paid. RULES §6.
    """
    if paid_fen == 0:
        return
    rest = max(0, paid_fen - of_no_plan_fen(account, turn, stood_fen))
    rest -= take_share(account.hardship_plan, turn, rest)
    last = 0
    while rest > 0:
        index = next_plan(account, last)
        if index < 0:
            break
        plan = account.plans[index]
        last = plan.order
        rest -= take_share(plan, turn, rest)
        free_if_paid(plan)


@rule
def next_plan(account: Account, after_order: int) -> int:
    """Index of the plan with the lowest order number above one; -1 if there is none."""
    found = -1
    lowest = LAST_OF_ALL
    for i in range(plan_slots(account)):
        order = account.plans[i].order
        order = order if order > after_order else LAST_OF_ALL
        found = i if order < lowest else found
        lowest = min(lowest, order)
    return found


@rule
def take_off_statements(account: Account, plan: Plan, amount_fen: int) -> None:
    """Take so much of a plan's billed, unpaid principal off its statements, newest first. RULES §9."""
    rest = amount_fen
    for back in range(account.statement_count - account.paid_statements):
        i = account.statement_count - 1 - back
        part = take_share(plan, turn_of(account, i), rest)
        account.statements[i].plan_principal_fen -= part
        rest -= part
    account.older.plan_principal_fen -= take_share(plan, OLDER, rest)
    account.billed_fen -= amount_fen


def share_out(account: Account) -> None:
    """Work out the shares that plans keep: a save of an earlier rulebook lacks them. Newest first, a term of each
    plan stands on a statement; what a pause has put elsewhere, where there is room.
    """
    plans = [account.hardship_plan, *account.plans]
    rest = [plan.billed_unpaid_fen for plan in plans]
    room = [statement.plan_principal_fen for statement in account.statements]
    for whole in (False, True):
        for i in reversed(range(account.statement_count)):
            for number, plan in enumerate(plans):
                part = min(rest[number], room[i], rest[number] if whole else plan.term_principal_fen)
                plan.on_statement_fen[turn_of(account, i)] += part
                rest[number] -= part
                room[i] -= part
