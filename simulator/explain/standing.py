"""Standing: the events that made a line what it is, and what a suspension rests on today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from simulator import codes
from simulator.messages import suspension_text
from simulator.text import _
from simulator.world import World

Event = Mapping[str, Any]
STANDING = frozenset(
    (
        "line_opened", "soft_blocked", "suspended", "reinstated", "closure_requested", "closure_withdrawn", "closure_blocked",
        "closed", "charged_off", "product_ended",
    )
)  # fmt: skip
"""Events that change whether a line can be used."""
ASKED = frozenset(("application_decided", "reopening_decided", "offer_lapsed"))
"""Events that decide whether there is one."""


def turns(events: Sequence[Event], names: Collection[str]) -> Iterable[Event]:
    """The events of some names, without requests to close that were refused at once: they changed nothing."""
    for place, event in enumerate(events):
        beside = {"closure_requested": 1, "closure_blocked": -1}.get(event["event"], 0)
        pair = {event["event"], events[place + beside]["event"]} if 0 <= place + beside < len(events) else set()
        refused = pair == {"closure_requested", "closure_blocked"} and events[place + beside]["day"] == event["day"]
        if event["event"] in names and not refused:
            yield event


def suspended_for(world: World) -> list[str]:
    """The causes of the suspension that hold today: none where the line is not suspended."""
    causes = world.account.causes
    return [_cause_text(world, name) for place, name in enumerate(codes.SUSPENSION_CAUSES) if causes >> place & 1]


def _cause_text(world: World, cause: str) -> str:
    """A cause of suspension; being late is none of it while a plan to pay in parts runs, or once nothing is late."""
    if cause != "overdue":
        return suspension_text(cause)
    if world.account.hardship:
        return _("a hardship plan")
    if world.account.dpd:
        return suspension_text(cause)
    brought = [event for event in world.events if event["event"] == "hardship_ended" or event.get("cause") == "overdue"]
    plan_paid = bool(brought) and any(reason["code"] == "paid" for reason in brought[-1].get("reasons", ()))
    return _("a hardship plan, paid since") if plan_paid else _("late payment, paid since")
