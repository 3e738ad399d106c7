"""Held: purchases that wait until the shopper shows who buys, and until when they do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.codes import HELD_ORDER
from simulator.money import money
from simulator.population.catalogue import item_name
from simulator.text import _, date_text
from simulator.world import World


@dataclass(frozen=True)
class Held:
    """What waits in all, how many purchases of what name, and the last day on which the first of them can be checked."""

    amount_fen: int
    count: int
    name: str
    until: datetime.date


def held(world: World) -> Held | None:
    """The purchases on hold; None where there are none."""
    account = world.account
    found = [order for order in account.orders[: account.order_count] if order.state == HELD_ORDER]
    if not found:
        return None
    names = world.life.names
    return Held(
        sum(order.amount_fen for order in found),
        len(found),
        item_name(names[found[0].category], names[found[0].merchant], found[0].amount_fen),
        world.calendar.date_of(min(order.day for order in found) + world.life.record.verify_days),
    )


def held_text(seen: Held) -> str:
    """What waits, and for what, in a sentence."""
    told = _("{what} for {amount} waits: show by {date} that it is you, or it is not bought.")
    if seen.count > 1:
        told = _("{count} purchases for {amount} wait: show by {date} that it is you, or the first of them is not bought.")
    date = date_text(seen.until, year=False, weekday=False)
    return told.format(what=seen.name or _("A purchase"), count=seen.count, amount=money(seen.amount_fen), date=date)
