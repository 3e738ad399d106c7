"""Grounds: what a suspension, or that it stays, rests on beyond its cause, as the events before it tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Event = dict[str, Any]


def with_grounds(events: Iterable[Event], before: Sequence[Event] = ()) -> list[Event]:
    """The events, each suspension with the hardship plan (`plan`) or the broken term (`breach`) that brought it, and each
    refusal to lift one with the plan that still runs. `before` are all events before them.

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
        elif event["event"] == "reinstatement_declined" and _plan_runs([*before, *found]):
            event = {**event, "plan": True}
        found.append(event)
        last = event
    return found


def _plan_runs(before: Sequence[Event]) -> bool:
    turns = (event["event"] for event in reversed(before) if event["event"] in ("hardship_agreed", "hardship_ended"))
    return next(turns, "") == "hardship_agreed"
