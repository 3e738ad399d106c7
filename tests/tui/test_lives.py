"""The lives that the tests show are in the states that they are named after."""

from __future__ import annotations

import pytest

from simulator.codes import STATUSES
from tests.tui.lives import STATES, life

NAMED = {
    "no line": "none", "open": "active", "billed": "active", "late": "soft-blocked", "suspended": "suspended",
    "hardship": "suspended", "closing": "closure-review", "closed": "closed", "charged off": "charged-off",
    "locked": "active", "returning": "active", "autopay": "active",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_state(state: str) -> None:
    """Its status, and what else it is named after."""
    world = life(state)
    account = world.account
    assert STATUSES[account.status] == NAMED[state]
    assert bool(account.hardship) == (state == "hardship")
    assert bool(account.locked) == (state == "locked")
    assert bool(account.autopay) == (state == "autopay")
    assert [event for event in world.events if event["event"] == "step_refused"] == []
