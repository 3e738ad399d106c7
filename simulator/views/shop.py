"""Orders: what was bought, and what can still be done with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.population.catalogue import item_name
from simulator.rules.refunds import left_to_refund
from simulator.rules.steps import return_refusals
from simulator.shops import days_to_refund, refund_day
from simulator.world import World

SERVICES = ("eating_out", "going_out", "utilities")
"""Categories of the catalogue of which nothing is there to send back; a story may do it still."""


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
    left_fen: int
    refund_by: datetime.date
    """The day on which the shop refunds it: by the return that is open, or by one that is begun today."""


def orders(world: World) -> list[OrderView]:
    """The last orders, newest first."""
    account, policy, ask = world.account, world.life.record, world.ask()
    names, shops = world.life.names, world.next_policy
    found = []
    for order in reversed(account.orders[: account.order_count]):
        ask.order = order.order
        left = left_to_refund(account, order.order)
        # The rules would open a return of what is refunded in whole too; nothing could come of it.
        returnable = left > 0 and names[order.category] not in SERVICES and return_refusals(account, policy, ask) == 0
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
                returnable,
                left,
                world.calendar.date_of(max(refund_day(order, shops), world.day) if order.return_open else world.day + days_to_refund(shops)),
            )
        )
    return found
