"""What if: half a year of one conduct, whatever autopay is set to and whatever cash there is."""

from __future__ import annotations

import pytest

from simulator.views import what_ifs
from tests.lives import clerk


@pytest.mark.parametrize("mode", ["off", "minimum", "full"])
def test_paying_nothing_is_paying_nothing_whatever_autopay_is_set_to(mode: str) -> None:
    """A bill of 1 February, due on the 10th: the line closes when it is 91 days late, in May."""
    world = clerk(None, {"do": "buy", "amount": "3000.00"}, {"do": "autopay", "mode": mode})
    full, least, nothing = what_ifs(world)
    assert (full.limit_fen, nothing.limit_fen) == (600_000, 0)
    assert nothing.score < least.score <= full.score
    assert [(each.limit_fen, each.score, each.grade, each.why) for each in what_ifs(clerk(None, {"do": "buy", "amount": "3000.00"}))] == [
        (each.limit_fen, each.score, each.grade, each.why) for each in (full, least, nothing)
    ]  # fmt: skip
    assert world.account.autopay == {"off": 0, "minimum": 1, "full": 2}[mode]
