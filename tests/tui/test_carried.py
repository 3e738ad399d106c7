"""A bill whose minimum is met and whose due day has passed: it is carried, and nothing counts days below zero."""

from __future__ import annotations

import pytest

from simulator.money import money
from simulator.text import LANGUAGES
from simulator.views.bills import carried
from simulator.world import STORY, World
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import TO_BILL
from tests.tui.on_screen import SMALL, at_screen

PAID: tuple[dict[str, object], ...] = (
    *FIRST_STEPS, {"do": "buy", "item": "headphones"}, *TO_BILL, {"do": "repay", "amount": "minimum"},
    {"do": "wait", "until": "due"},
)  # fmt: skip


def carrying(days: int) -> World:
    """A life so many days after a due day by which the minimum was met."""
    world = begin(mode=STORY)
    for step in (*PAID, *({"do": "wait", "days": 1} for _day in range(days))):
        world.do(step)
    return world


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_no_screen_counts_days_below_zero(lang: str) -> None:
    async with at_screen(carrying(5), SMALL, {"lang": lang}) as player:
        for place in ("home", "bills"):
            await player.go(place)
            assert "-5" not in player.shown() and "-4" not in player.shown()


async def test_home_and_bills_say_what_is_carried_and_what_it_costs_a_day() -> None:
    world = carrying(5)
    left = carried(world)
    assert left is not None
    told = f"{money(left.owed_fen)} is carried to your next bill, at about {money(left.fee_fen)} a day."
    async with at_screen(world, SMALL) as player:
        assert told in player.shown()
        assert f"Owe {money(left.owed_fen)} carried" in player.rows()[0]
        assert "minimum met" in player.shown() and "minimum 0.00" not in player.shown()
        await player.go("bills")
        assert "WAS DUE" in player.shown() and "TO PAY by" not in player.shown()
        assert f"The minimum is met. {told}" in " ".join(player.shown().split())


def test_the_cost_a_day_is_what_the_rules_then_charge() -> None:
    world = carrying(5)
    left = carried(world)
    before = world.account.revolving_micro
    world.do({"do": "wait", "days": 1})
    assert left is not None and abs(world.account.revolving_micro - before - left.fee_fen * 1_000_000) <= 500_000


def test_on_the_due_day_and_when_late_nothing_is_carried() -> None:
    late = begin(mode=STORY)
    for step in (*FIRST_STEPS, *TO_BILL, {"do": "wait", "until": "due"}):
        late.do(step)
    assert carried(late) is None
    late.do({"do": "wait", "days": 2})
    assert late.account.dpd > 0 and carried(late) is None
    assert carried(carrying(0)) is None
