"""Orders: the slots that hold the last of them, oldest first; what leaves them stays in sums (RULES §5)."""

from __future__ import annotations

from simulator.account import ORDER_SLOTS, Account, Order
from simulator.codes import CASH_ORDER, HELD_ORDER, LINE_ORDER, NO_ORDER
from simulator.registry import in_place, rule
from simulator.row import close_gap
from simulator.rules.ask import Ask
from simulator.rules.monitoring import leave_aged


@rule
@in_place
def keep_order(account: Account, ask: Ask, state: int) -> Order:
    """Put an order into a slot; a held order keeps its slot until it is decided."""
    if account.order_count > 0 and ask.order <= account.orders[account.order_count - 1].order:
        held = account.orders[order_of(account, ask.order)]
        held.state = state
        held.day = ask.day
        return held
    if account.order_count == ORDER_SLOTS:
        evict_order(account)
    order = account.orders[account.order_count]
    account.order_count += 1
    order.order = ask.order
    order.state = state
    order.day = ask.day
    order.amount_fen = ask.amount_fen
    order.refunded_fen = 0
    order.unbilled_fen = 0
    order.planned = 0
    order.terms = ask.terms
    order.channel = ask.channel
    order.merchant = ask.merchant
    order.merchant_kind = ask.merchant_kind
    order.category = ask.category
    order.resale = ask.resale
    order.hour = ask.hour
    order.known_device = ask.known_device
    order.merchant_funded = ask.merchant_funded
    order.return_open = 0
    return order


@rule
def evict_order(account: Account) -> None:
    """Free a slot: the oldest order that neither waits nor has an open return."""
    index = 0
    for i in range(account.order_count):
        order = account.orders[i]
        if order.state != HELD_ORDER and not order.return_open:
            index = i
            break
    drop_order(account, index)


@rule
@in_place
def drop_order(account: Account, index: int) -> None:
    """Take an order out of its slot; what the record needs of it goes into the lump sums."""
    gone = account.orders[index]
    account.unbilled_older_fen += gone.unbilled_fen
    account.waiting -= int(gone.state == HELD_ORDER) + int(gone.return_open != 0)
    account.frozen_fen -= gone.amount_fen * int(gone.state == HELD_ORDER)
    if gone.state in (CASH_ORDER, LINE_ORDER):
        account.record_orders += 1
        account.record_spend_fen += gone.amount_fen - gone.refunded_fen
        account.record_day = max(account.record_day, gone.day)
    leave_aged(account, index)
    last = account.order_count - 1
    close_gap(account.orders, index, last)
    empty_order(account.orders[last])
    account.order_count = last
    if index < account.billed_orders:
        account.billed_orders -= 1


@rule
def empty_order(order: Order) -> None:
    """Empty a slot."""
    order.order = 0
    order.state = NO_ORDER
    order.day = 0
    order.amount_fen = 0
    order.refunded_fen = 0
    order.unbilled_fen = 0
    order.planned = 0
    order.terms = 0
    order.channel = 0
    order.merchant = 0
    order.merchant_kind = 0
    order.category = 0
    order.resale = 0
    order.hour = 0
    order.known_device = 0
    order.merchant_funded = 0
    order.return_open = 0
    order.return_day = 0


@rule
def order_of(account: Account, order: int) -> int:
    """Index of an order's slot; -1 if the account no longer holds it."""
    # The sixteen slots are halved four times, wherever the order stands: there is no branch to guess
    index = _past_lower(account, order, 0, 8)
    index = _past_lower(account, order, index, 4)
    index = _past_lower(account, order, index, 2)
    index = _past_lower(account, order, index, 1)
    found = account.orders[index].order == order
    return index if found & (index < account.order_count) else -1


@rule
def _past_lower(account: Account, order: int, index: int, slots: int) -> int:
    """So many slots on if the orders in all of them have lower numbers: numbers rise from slot to slot."""
    on = index + slots
    return on if (on <= account.order_count) & (account.orders[on - 1].order < order) else index


@rule
def recall_order(order: Order, ask: Ask) -> None:
    """Ask again for a held order, as it was asked for."""
    ask.order = order.order
    ask.amount_fen = order.amount_fen
    ask.terms = order.terms
    ask.channel = order.channel
    ask.merchant = order.merchant
    ask.merchant_kind = order.merchant_kind
    ask.category = order.category
    ask.resale = order.resale
    ask.hour = order.hour
    ask.known_device = order.known_device
    ask.merchant_funded = order.merchant_funded
