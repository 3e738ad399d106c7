"""Lives that tests begin with."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from simulator.policy.load import load_policy
from simulator.population.people import start_people
from simulator.world import PLAY, World

FIRST_STEPS: tuple[dict[str, Any], ...] = (
    {"do": "buy", "item": "kettle", "pay": "cash"},
    {"do": "buy", "item": "coat", "pay": "cash"},
    {"do": "apply"},
    {"do": "buy", "item": "headphones", "terms": 12},
    {"do": "buy", "item": "jeans"},
)


def begin(path: Path | None = None, who: int = 0, mode: str = PLAY) -> World:
    """A new life under the standard policy, on disk if there is a path."""
    start = datetime.date(2025, 1, 1)
    return World.begin(start_people()[who].person, load_policy("standard"), 1, start, mode, path)


def played(path: Path | None = None, *more: dict[str, Any]) -> World:
    """A life with a line, a plan and a purchase, and what else is asked."""
    world = begin(path)
    for step in (*FIRST_STEPS, *more):
        world.do(step)
    return world
