"""Asking for a line: Home says what the application itself would be refused for."""

from __future__ import annotations

import pytest

from simulator import codes
from simulator.policy.load import set_field
from simulator.story import run_story
from simulator.text import date_text
from simulator.views import home
from simulator.world import World
from tests.lives import FIRST_STEPS, begin

NOW = "You can ask for a credit line now."


def told(world: World) -> str:
    """What Home says comes next."""
    return home(world).next_words


@pytest.mark.parametrize("story", ["strict-thin-file", "strict-late-elsewhere", "strict-new-in-town"])
def test_on_the_day_of_a_decline_home_names_the_day_from_which_one_can_ask_again(story: str) -> None:
    world = run_story(story).world.trial()
    days = world.policy.decline_cooling_days
    again = world.calendar.date_of(world.account.declined_day + days)
    assert world.account.status == codes.DECLINED and world.date < again
    assert (
        told(world)
        == f"You can ask for a credit line again from {date_text(again, weekday=False)} on, not before."
    )
    assert not home(world).may_ask
    while world.date < again:
        assert told(world) != NOW and not home(world).may_ask
        assert "cooling_off" in refused_for(world)
        world.do({"do": "wait", "days": 1})
    assert "cooling_off" not in refused_for(world)
    assert home(world).may_ask == (told(world) == NOW)


def refused_for(world: World) -> list[str]:
    """The reasons for which an application would be refused today."""
    events = world.trial().do({"do": "apply"})
    decided = next(each for each in events if each["event"] in ("application_decided", "reopening_decided"))
    return [reason["code"] for reason in decided["reasons"]]


def test_where_the_product_takes_nobody_home_says_so() -> None:
    world = run_story("product-ended-offer").world
    assert world.account.status == codes.DECLINED and "product_closed" in refused_for(world)
    assert told(world) == "The product takes no applications. Nothing you do changes this."
    assert not home(world).may_ask


def test_who_may_ask_is_told_so_and_who_lacks_a_record_is_sent_shopping() -> None:
    world = begin()
    assert told(world).startswith("First buy with cash") and home(world).record_lacks
    for step in FIRST_STEPS[:2]:
        world.do(step)
    assert told(world) == NOW and home(world).may_ask
    world.life.use_policy(set_field(world.life.policy, "age_min", 60))
    assert told(world).startswith("You are ") and not home(world).may_ask
