"""Health in points: quarters as they are shown add up to the whole as it is shown."""

from __future__ import annotations

import pytest

from simulator.explain import why
from simulator.rules.arithmetic import MILLION
from simulator.rules.health import QUARTER, health_of, health_parts
from simulator.story import run_story, story_names
from simulator.views import money_view
from simulator.views.health import health_points
from tests.lives import begin, clerk


def test_the_quarters_of_a_new_life_add_up() -> None:
    found = health_points(begin())
    assert found.whole == sum(found.quarters) == 52


@pytest.mark.parametrize("name", story_names())
def test_quarters_add_up_and_none_is_a_point_from_what_it_is(name: str) -> None:
    world = run_story(name).world
    shopper = world.shopper
    told = (world.account, shopper.income_fen, shopper.expenses_fen, shopper.cash_fen + shopper.fund_fen)
    found = health_points(world)
    assert found.whole == health_of(*told) == sum(found.quarters)
    for points, part in zip(found.quarters, health_parts(*told), strict=True):
        assert abs(points * MILLION - part * QUARTER) < MILLION


def test_who_has_no_living_costs_is_told_why_nothing_counts_as_put_by() -> None:
    """20,000.00 in cash and no costs: RULES §13 measures it by three months of them."""
    told = "What is put by is counted in months of living costs; without any it is 0."
    for expenses, said in ((0, told), (100, "")):
        world = clerk(None, expenses_fen=expenses)
        assert money_view(world).no_costs == said and (money_view(world).quarters[1] == 0) == bool(said)
        assert why(world, "health").sentence.endswith(said or "bills on time.")
