"""Orders: what was bought, and what can still be done with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator import codes
from simulator.population.catalogue import item_name
from simulator.world import World


@dataclass(frozen=True)
class OrderView:
    """One order that the account still holds."""

    order: int
    date: datetime.date
    name: str
    amount_fen: int
    refunded_fen: int
    state: int
    terms: int
    return_open: bool
    returnable: bool


def orders(world: World) -> list[OrderView]:
    """The last orders, newest first."""
    account, policy = world.account, world.life.record
    names = world.life.names
    found = []
    for order in reversed(account.orders[: account.order_count]):
        bought = order.state in (codes.CASH_ORDER, codes.LINE_ORDER)
        fresh = world.day - order.day <= policy.return_days
        found.append(
            OrderView(
                order.order,
                world.calendar.date_of(order.day),
                item_name(names[order.category], names[order.merchant], order.amount_fen),
                order.amount_fen,
                order.refunded_fen,
                order.state,
                order.terms,
                bool(order.return_open),
                bought and fresh and not order.return_open and order.refunded_fen < order.amount_fen,
            )
        )
    return found
