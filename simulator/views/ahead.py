"""Ahead: which days that one may want to go to can come, if nothing is done until then."""

from __future__ import annotations

from typing import Any

from simulator.engine.doing import reached
from simulator.steps import TARGETS
from simulator.world import PLAY, World


def can_come(world: World, days: int) -> set[str]:
    """The targets that are reached within so many days, lived on a trial copy; a bill only where one is made."""
    trial = world.trial()
    trial.live_quietly()
    found: dict[str, list[dict[str, Any]]] = {}
    for _day in range(days):
        news = trial.next_day()
        found |= {each: news for each in TARGETS if each not in found and reached(trial.life, each, news)}
        if len(found) == len(TARGETS):
            break
    if not any(event["event"] == "statement_made" for event in found.get("statement", ())):
        found.pop("statement", None)
    if world.mode == PLAY:  # life may bring something on any day; nobody knows
        found["next_event"] = []
    return set(found)
