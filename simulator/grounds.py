"""Grounds: what a suspension rests on beyond its cause, as the event right before it tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Event = dict[str, Any]


def with_grounds(events: Iterable[Event]) -> list[Event]:
    """The events, each suspension with the hardship plan (`plan`) or the broken term (`breach`) that brought it.

    The rules give both the cause alone: a plan suspends as being late does, whatever the days late.
    """
    found: list[Event] = []
    before: Event = {}
    for event in events:
        if event["event"] == "suspended" and event["day"] == before.get("day"):
            if before["event"] == "hardship_agreed" and event["cause"] == "overdue":
                event = {**event, "plan": True}
            elif before["event"] == "breach_found" and event["cause"] == "breach":
                event = {**event, "breach": before["kind"]}
        found.append(event)
        before = event
    return found
