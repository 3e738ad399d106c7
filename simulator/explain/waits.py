"""Waits: from when on one can ask again after the lender said no, and until when a purchase on hold waits."""

from __future__ import annotations

import datetime
from typing import Any

from simulator.codes import HELD_ORDER
from simulator.rules.reasons import REOPENING, TOPICS
from simulator.text import _, date_text
from simulator.world import World

NO_WAIT = {"line_already_open", "product_closed", "too_old", *(reason.code for reason in TOPICS[REOPENING])}
"""What a request is refused for that was not judged as an application at all, or that no wait mends."""
COOLING_OFF = "cooling_off"


def ask_again_text(world: World, event: dict[str, Any]) -> str:
    """From when on a line can be asked for after a decision that begins a wait; nothing where none begins."""
    if event["event"] != "offer_lapsed" and event.get("decision") != "declined":
        return ""
    days = world.policy_on(event["day"]).decline_cooling_days
    if not days or any(reason["code"] in NO_WAIT for reason in event.get("reasons", ())):
        return ""
    date = datetime.date.fromisoformat(event["date"]) + datetime.timedelta(days=days)
    told = _("Ask again from {date} on: asking sooner begins the wait anew.")
    return told.format(date=date_text(date, weekday=False))


def days_text(world: World, event: dict[str, Any]) -> str:
    """The day that a decision sets: from when on to ask again, or by when to show who buys; nothing for others."""
    if event["event"] != "purchase_held":
        return ask_again_text(world, event)
    waits = any(order.order == event["order"] and order.state == HELD_ORDER for order in world.account.orders)
    last = event["day"] + (world.policy if waits else world.policy_on(event["day"])).verify_days
    told = _("It waits until {date}; not checked by then, it is not bought.")
    return told.format(date=date_text(world.calendar.date_of(last), weekday=False))
