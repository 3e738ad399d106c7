"""Shops of a life in play: what was sent back to them they refund by themselves, as late as shops do in the market."""

from __future__ import annotations

from typing import Any

from simulator.account import Account, Order
from simulator.money import yuan
from simulator.policy.schema import Policy
from simulator.population.behaviour.returning import LATEST
from simulator.rules.refunds import left_to_refund


def days_to_refund(policy: Policy) -> int:
    """Days from a return to the shop's refund; no later than on the last day before the return ends of itself.

    A return ends with a morning, so that is the day on which it was opened where its pause is none or one day.
    """
    return min(LATEST, max(0, policy.return_pause_days - 1))


def refund_day(order: Order, policy: Policy) -> int:
    """The day on which the shop refunds an order whose return is open."""
    return order.return_day + days_to_refund(policy)


def refunds_due(account: Account, policy: Policy, day: int) -> list[dict[str, Any]]:
    """The steps by which shops refund today, in the order in which things were bought; `policy` is tomorrow's."""
    due = [
        order.order
        for order in account.orders[: account.order_count]
        if order.return_open and refund_day(order, policy) <= day
    ]
    left = {order: left_to_refund(account, order) for order in due}
    return [{"do": "refund", "order": order, "amount": yuan(fen)} for order, fen in left.items() if fen > 0]
