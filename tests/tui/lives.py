"""Lives in every state, in memory: no chance events, so that a test knows what comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.world import STORY, World
from tests.lives import FIRST_STEPS, begin

Steps = tuple[dict[str, Any], ...]

TO_BILL: Steps = ({"do": "wait", "until": "statement"},)
TO_DUE: Steps = (*TO_BILL, {"do": "wait", "until": "due"})
LATE: Steps = (*TO_DUE, {"do": "wait", "days": 4})
SUSPENDED: Steps = (*TO_DUE, {"do": "wait", "days": 36})

STATES: dict[str, Steps] = {
    "no line": (),
    "open": FIRST_STEPS,
    "billed": (*FIRST_STEPS, *TO_BILL),
    "late": (*FIRST_STEPS, *LATE),
    "suspended": (*FIRST_STEPS, *SUSPENDED),
    "hardship": (
        *FIRST_STEPS,
        {"do": "life", "event": "illness"},
        *SUSPENDED,
        {"do": "request_hardship", "terms": 12},
    ),
    "closing": (*FIRST_STEPS, {"do": "settle_all"}, {"do": "request_closure"}),
    "closed": (*FIRST_STEPS, {"do": "settle_all"}, {"do": "request_closure"}, {"do": "wait", "days": 9}),
    "charged off": (*FIRST_STEPS, *TO_DUE, {"do": "wait", "days": 200}),
    "locked": (*FIRST_STEPS, {"do": "lock"}),
    "returning": (*FIRST_STEPS, *TO_BILL, {"do": "return", "order": 4}),
    "autopay": (*FIRST_STEPS, {"do": "autopay", "mode": "full"}, {"do": "wait", "days": 100}),
}


def life(state: str, path: Path | None = None) -> World:
    """A life in a state, on disk if there is a path."""
    world = begin(path, mode=STORY)
    for step in STATES[state]:
        world.do(step)
    return world
