"""Lately: the last things that happened in a life, newest first, a line each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.messages import brief, is_routine, notice
from simulator.world import World

SAID_BESIDE = frozenset(
    ("application_submitted", "plan_created", "bucket_changed", "step_refused", "summary", "caption")
)
"""What the line before or after says as well, and what did not happen."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened: its event, day, a few words, the amount if it has one, how grave it is."""

    seq: int
    date: datetime.date
    what: str
    amount_fen: int | None
    severity: str


def lately(world: World, most: int) -> list[Happened]:
    """The last so many things that happened; what comes to everybody on its day is left out."""
    found: list[Happened] = []
    for event in reversed(world.events):
        if len(found) >= most:
            break
        if is_routine(event) or event["event"] in SAID_BESIDE or _opens_at_once(world, event["seq"]):
            continue
        told, message = brief(event), notice(event)
        date = datetime.date.fromisoformat(event["date"])
        severity = message.severity if message else ""
        found.append(Happened(event["seq"], date, told.what, told.amount_fen, severity))
    return found


def _opens_at_once(world: World, seq: int) -> bool:
    """Whether an event is the opening that the approval right before it tells of already."""
    event, before = world.events[seq - 1], world.events[max(0, seq - 2)]
    return event["event"] == "line_opened" and before.get("decision") == "approved"
