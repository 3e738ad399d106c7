"""Lives that tests begin with."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from simulator.policy.load import load_policy
from simulator.population.people import complete, start_people
from simulator.world import PLAY, STORY, World

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


def clerk(path: Path | None, *steps: dict[str, Any], start: str = "2025-01-02", **figures: Any) -> World:
    """A clerk with 10,000.00 a month, of grade C and so with a line of 6,000.00, who asked for it on the first day."""
    keys = {
        "name": "Luo Xi", "age": 30, "student": False, "city_tier": 2, "job": "clerk", "income_fen": 1_000_000, "pay_day": 10,
        "expenses_fen": 100_000, "cash_fen": 2_000_000, "fund_fen": 0, "orders_180d": 8, "spend_180d_fen": 300_000,
        "instalments_elsewhere_fen": 0, "bureau_dpd": 0, "identity_age_days": 5, "owner": False, "statement_day": 1,
    }  # fmt: skip
    person = complete(keys | figures, 24)
    world = World.begin(person, load_policy("standard"), 24, datetime.date.fromisoformat(start), STORY, path)
    for step in ({"do": "apply"}, *steps):
        world.do(step)
    return world
