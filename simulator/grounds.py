"""Grounds: what an event rests on that earlier ones tell: a suspension's plan or broken term, a return's purchase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from simulator.codes import SHOCKS

Event = dict[str, Any]


BOUGHT = ("purchase_authorised", "purchase_released", "cash_purchase")
RETURNED = ("return_opened", "return_ended")
TOLD_OF_ORDER = ("order", "amount_fen", "merchant", "category")


def with_grounds(events: Iterable[Event], earlier: Sequence[Event] = ()) -> list[Event]:
    """The events, each suspension with the hardship plan (`plan`) or the broken term (`breach`) that brought it, each
    refusal to lift one with the plan that still runs, a plan that is refused with the last `blow` on record, the end of
    a plan with whether the line stays suspended (`stays`), and each return with what was `bought`. `earlier` are all
    events before them.

    The rules give the cause alone: a plan suspends as being late does, whatever the days late.
    """
    found: list[Event] = []
    last: Event = {}
    for event in events:
        if event["event"] == "suspended" and event["day"] == last.get("day"):
            if last["event"] == "hardship_agreed" and event["cause"] == "overdue":
                event = {**event, "plan": True}
            elif last["event"] == "breach_found" and event["cause"] == "breach":
                event = {**event, "breach": last["kind"]}
        elif event["event"] == "reinstatement_declined" and running_plan([*earlier, *found]):
            event = {**event, "plan": True}
        elif event["event"] == "hardship_declined":
            event = {**event, **_last_blow([*earlier, *found], event["day"])}
        elif event["event"] == "hardship_ended":
            event = {**event, "stays": _stays_suspended([*earlier, *found])}
        elif event["event"] in RETURNED:
            event = {**event, **_bought((*earlier, *found), event["order"])}
        found.append(event)
        last = event
    return found


def running_plan(events: Sequence[Event]) -> Event | None:
    """The agreement of the hardship plan that runs after these events; None where none does."""
    for event in reversed(events):
        if event["event"] in ("hardship_agreed", "hardship_ended"):
            return event if event["event"] == "hardship_agreed" else None
    return None


def _last_blow(events: Sequence[Event], day: int) -> Event:
    """The last blow in life before a day and how long ago it was; nothing where none is told of."""
    for event in reversed(events):
        if event["event"] == "life_event" and event["kind"] in SHOCKS:
            return {"blow": {"kind": event["kind"], "days": day - event["day"]}}
    return {}


def _stays_suspended(events: Sequence[Event]) -> bool:
    """Whether the line that a plan has suspended is suspended still as the plan ends: it may have ended before."""
    for event in reversed(events):
        if event["event"] in ("product_ended", "closed", "hardship_agreed"):
            return bool(event["event"] == "hardship_agreed")
    return False


def _bought(events: Sequence[Event], order: int) -> Event:
    """What a return tells of its purchase, and whether it was paid with cash; nothing where no event tells of it."""
    for event in reversed(events):
        if event["event"] in BOUGHT and event["order"] == order:
            told = {name: event[name] for name in TOLD_OF_ORDER}
            return {"bought": {**told, "cash": event["event"] == "cash_purchase"}}
    return {}
