"""Refunds and returns: what a refund takes off, and what comes as cash (RULES §9; FACTS §1.6)."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import REFUND_SLOTS, Account, Plan
from simulator.codes import CASH_ORDER, CHARGED_OFF, LINE_ORDER
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import round_half_up
from simulator.rules.ask import Ask
from simulator.rules.ending import free_if_paid
from simulator.rules.events import REFUND_ARRIVED, REFUNDED, RETURN_ENDED, RETURN_OPENED, emit
from simulator.rules.instalments import plan_of_order
from simulator.rules.monitoring import refund_order
from simulator.rules.orders import order_of
from simulator.rules.repayment import mark_met, settle_state
from simulator.rules.shares import take_off_statements


class Bought(NamedTuple):
    """How an order was bought."""

    amount_fen: int
    terms: int
    merchant_funded: int
    day: int


class Reduced(NamedTuple):
    """What a refund took off a plan, in fen: principal owed, and fees not billed yet."""

    owed: int
    fee_cut: int


@rule
def left_to_refund(account: Account, order: int) -> int:
    """What is not yet refunded of an order; 0 for one that the account no longer holds."""
    index = order_of(account, order)
    return left_of(account, index, plan_of_order(account, index, order))


@rule
def left_of(account: Account, index: int, slot: int) -> int:
    """The same, where the places of the order and of its plan are known."""
    if index >= 0 and account.orders[index].state in (CASH_ORDER, LINE_ORDER):
        return account.orders[index].amount_fen - account.orders[index].refunded_fen
    if slot >= 0:
        return account.plans[slot].principal_fen - account.plans[slot].refunded_fen
    return 0


@rule
def bought_as(account: Account, index: int, slot: int) -> Bought:
    """How an order was bought, by the order itself or, once it has left its slot, by its plan."""
    amount = 0
    terms = 1
    funded = 0
    day = 0
    if index >= 0:
        amount = account.orders[index].amount_fen
        terms = account.orders[index].terms
        funded = account.orders[index].merchant_funded
        day = account.orders[index].day
    elif slot >= 0:
        amount = account.plans[slot].principal_fen
        terms = account.plans[slot].terms
        funded = account.plans[slot].merchant_funded
        day = account.plans[slot].day
    return Bought(amount, terms, funded, day)


@rule
def refund(account: Account, policy: PolicyRecord, day: int, order: int, amount_fen: int, log: Any) -> None:
    """Refund an amount, above 0 and at most what is left of the order. RULES §9.

    Beyond what the event tells, its row says how and when the order was bought: the merchant's fee hangs on it.
    """
    index = order_of(account, order)
    slot = plan_of_order(account, index, order)
    bought = bought_as(account, index, slot)
    left = left_of(account, index, slot)
    cash_order = index >= 0 and account.orders[index].state == CASH_ORDER
    owed = 0
    fee_cut = 0
    if not cash_order and account.status != CHARGED_OFF:
        if slot >= 0:
            reduced = refund_plan(account, account.plans[slot], amount_fen, left, day)
            owed = reduced.owed
            fee_cut = reduced.fee_cut
        elif is_unplanned(account, index):
            owed = reduce_purchases(account, index, amount_fen)
    account.exposure_fen -= owed
    cash = amount_fen - owed
    if index >= 0:
        refund_order(account, index, amount_fen)
    cash_day = day + policy.refund_days
    emit(log, REFUNDED, day, order, amount_fen, owed, cash, fee_cut, cash_day,
         bought.amount_fen, bought.terms, bought.merchant_funded, int(cash_order), bought.day)  # fmt: skip
    if cash > 0:
        send_refund(account, order, cash, cash_day, cash_order)
    if index >= 0 and account.orders[index].return_open and amount_fen == left:
        end_return(account, day, order, log)
    mark_met(account, policy, 0)
    settle_state(account, policy, day, log)


@rule
def is_unplanned(account: Account, index: int) -> bool:
    """Whether the order in slot `index`, if any, is on the line and on no plan of its own."""
    return index >= 0 and account.orders[index].state == LINE_ORDER and not account.orders[index].planned


@rule
def reduce_purchases(account: Account, index: int, amount_fen: int) -> int:
    """Take a refund off principal on no plan: what is unbilled of the order itself in slot `index`, then the newest
    unbilled, then the newest statement and back to what is carried. Returns what was owed. RULES §9.
    """
    rest = amount_fen
    part = min(rest, account.orders[index].unbilled_fen)
    account.orders[index].unbilled_fen -= part
    rest -= part
    for back in range(account.order_count - account.billed_orders):
        i = account.order_count - 1 - back
        part = min(rest, account.orders[i].unbilled_fen)
        account.orders[i].unbilled_fen -= part
        rest -= part
    part = min(rest, account.unbilled_older_fen)
    account.unbilled_older_fen -= part
    rest -= part
    before = rest
    for back in range(account.statement_count - account.paid_statements):
        i = account.statement_count - 1 - back
        part = min(rest, account.statements[i].principal_fen)
        account.statements[i].principal_fen -= part
        rest -= part
    part = min(rest, account.older.principal_fen)
    account.older.principal_fen -= part
    rest -= part
    account.billed_fen -= before - rest
    return amount_fen - rest


@rule
def refund_plan(account: Account, plan: Plan, amount_fen: int, left_fen: int, day: int) -> Reduced:
    """Scale the unbilled terms and fees to what is kept of the order; the rest comes off the plan's
    billed principal, newest first. RULES §9.
    """
    kept = left_fen - amount_fen
    unbilled_before = plan.unbilled_fen
    fees_before = plan.term_fee_fen * (plan.terms - plan.billed)
    cut = unbilled_before - round_half_up(unbilled_before * kept, left_fen)
    cut = min(cut, amount_fen)
    plan.unbilled_fen -= cut
    plan.term_fee_fen = round_half_up(plan.term_fee_fen * kept, left_fen)
    relevel(plan, kept, left_fen)
    count_refund(plan, cut, day)
    from_billed = min(amount_fen - cut, plan.billed_unpaid_fen)
    take_off_statements(account, plan, from_billed)
    plan.refunded_fen += amount_fen
    fee_cut = fees_before - plan.term_fee_fen * (plan.terms - plan.billed)
    if kept == 0:
        fee_cut = fees_before
        end_refunded_plan(plan)
    free_if_paid(plan)
    return Reduced(cut + from_billed, fee_cut)


@rule
def relevel(plan: Plan, kept_fen: int, left_fen: int) -> None:
    """Each unbilled term floor(p × kept / left), the remainder in the last. RULES §9."""
    remaining = plan.terms - plan.billed
    if remaining == 0:
        return
    plan.term_principal_fen = plan.term_principal_fen * kept_fen // left_fen
    plan.last_principal_fen = plan.unbilled_fen - plan.term_principal_fen * (remaining - 1)


@rule
def count_refund(plan: Plan, cut_fen: int, day: int) -> None:
    """A refund lowers the principal outstanding from its day on."""
    if day >= plan.counted_day:
        plan.principal_days += plan.outstanding_fen * (day - plan.counted_day)
        plan.counted_day = day
        plan.last_term_fen = 0
    else:
        plan.principal_days -= cut_fen * (plan.counted_day - day)
    plan.outstanding_fen -= cut_fen


@rule
def end_refunded_plan(plan: Plan) -> None:
    """A full refund ends the plan; billed principal that it could not cover stays billed."""
    plan.unbilled_fen = 0
    plan.terms = plan.billed
    plan.skipped = 0
    plan.return_open = 0


@rule
def send_refund(account: Account, order: int, amount_fen: int, day: int, cash_order: bool) -> None:
    """Put money on its way. With every slot taken the one that arrives first is paid a little early by
    joining it to this one's order of arrival: the sum is kept.
    """
    free = -1
    soonest = 0
    for i in range(REFUND_SLOTS):
        if account.refunds[i].order == 0:
            free = i
        if account.refunds[i].arrives_day < account.refunds[soonest].arrives_day:
            soonest = i
    if free < 0:
        account.refunds[soonest].amount_fen += amount_fen
        return
    account.free_refunds = min(account.free_refunds, free)
    slot = account.refunds[free]
    slot.order = order
    slot.amount_fen = amount_fen
    slot.arrives_day = day
    slot.of_cash_order = int(cash_order)
    account.waiting += 1


@rule
def refunds_arriving(account: Account, day: int, log: Any) -> int:
    """Money of refunds that arrives today; returns the sum. RULES §1 step 3."""
    total = 0
    if account.waiting == 0:
        return total
    for i in range(account.free_refunds, REFUND_SLOTS):
        slot = account.refunds[i]
        if (slot.order != 0) & (slot.arrives_day <= day):
            emit(log, REFUND_ARRIVED, day, slot.order, slot.amount_fen, slot.of_cash_order)
            total += slot.amount_fen
            slot.order = 0
            slot.amount_fen = 0
            slot.arrives_day = 0
            slot.of_cash_order = 0
            account.waiting -= 1
    if total > 0:
        note_free_refunds(account)
    return total


@rule
def note_free_refunds(account: Account) -> None:
    """Count on which of the first slots hold no refund: the last free one is taken first."""
    while account.free_refunds < REFUND_SLOTS and account.refunds[account.free_refunds].order == 0:
        account.free_refunds += 1


@rule
def open_return(account: Account, day: int, order: int, log: Any) -> None:
    """Open a return: the unbilled part of the order is not billed while it is open. RULES §9."""
    index = order_of(account, order)
    account.orders[index].return_open = 1
    account.waiting += 1
    account.orders[index].return_day = day
    slot = plan_of_order(account, index, order)
    if slot >= 0:
        account.plans[slot].return_open = 1
    emit(log, RETURN_OPENED, day, order)


@rule
def end_return(account: Account, day: int, order: int, log: Any) -> None:
    """End a return; what was skipped is billed on the next statement. RULES §9."""
    index = order_of(account, order)
    account.orders[index].return_open = 0
    account.waiting -= 1
    slot = plan_of_order(account, index, order)
    if slot >= 0:
        account.plans[slot].return_open = 0
    emit(log, RETURN_ENDED, day, order)


@rule
def lapse_returns(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """A return's pause ends of itself on day `return_pause_days`. RULES §9."""
    if account.waiting <= refunds_on_their_way(account):
        return
    for i in range(account.order_count):
        order = account.orders[i]
        if (order.return_open != 0) & (ask.day - order.return_day >= policy.return_pause_days):
            end_return(account, ask.day, order.order, log)


@rule
def refunds_on_their_way(account: Account) -> int:
    """How many refunds are on their way."""
    count = 0
    for i in range(account.free_refunds, REFUND_SLOTS):
        count += int(account.refunds[i].order != 0)
    return count
