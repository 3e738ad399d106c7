"""Health in points: quarters as they are shown add up to the whole as it is shown."""

from __future__ import annotations

import pytest

from simulator.rules.arithmetic import MILLION
from simulator.rules.health import QUARTER, health_of, health_parts
from simulator.story import run_story, story_names
from simulator.views.health import health_points
from tests.lives import begin


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
