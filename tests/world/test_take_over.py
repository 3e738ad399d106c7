"""A synthetic shopper's life played on: what came before stays, the save opens again and replays."""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path

import pytest

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine.drive import be_born
from simulator.ledger.care import check_save
from simulator.ledger.save import Save
from simulator.lone import lone_life
from simulator.past import CannotTakeOver, Past
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import to_record
from simulator.population.months import Town
from simulator.population.shopper import HONEST, Shopper
from simulator.population.traits import Traits
from simulator.replay import replay_faults
from simulator.text import use
from simulator.world import World

START, DAY = datetime.date(2025, 1, 1), 40
CALENDAR = Calendar(START)
TOWN = Town(seed=5, warm_up_days=400, arrivals_ppm=750_000, arm_day=-1_000_000)


def past_of(number: int, day: int = DAY) -> Past:
    """The past of a shopper under the standard policy, made stricter on day 10."""
    standard = load_policy("standard")
    return Past(
        TOWN, number, day, "Somebody", [(-400, standard), (10, set_field(standard, "decrease_dpd", 5))]
    )


@functools.cache
def number_with(honest: bool) -> int:
    """The first shopper of that kind who has come by the day, an honest one with a line."""
    record = to_record(load_policy("standard"))
    for number in range(1, 5_000):
        account, shopper = Account(), Shopper()
        be_born(account, shopper, Traits(), TOWN, number)
        if (shopper.intent == HONEST) != honest or shopper.arrival_day > DAY:
            continue
        if not honest or lone_life(record, number, CALENDAR, DAY, TOWN).account.limit_fen:
            return number
    raise AssertionError("nobody of the kind")


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A save of a life that was taken over, and then lived for a while."""
    path = tmp_path / "taken.db"
    world = World.take_over(past_of(number_with(True)), START, path)
    world.do({"do": "buy", "amount": "30.00", "merchant": "Corner Shop", "category": "food"})
    world.do({"do": "wait", "days": 45})
    world.close()
    return path


def test_what_came_before_stays_and_the_player_begins_the_morning_after() -> None:
    past = past_of(number_with(True))
    lone = past.lived(CALENDAR)
    world = World.take_over(past, START)
    assert world.events[: len(lone.events)] == lone.events
    assert world.day == DAY + 1
    assert all(event["day"] == DAY + 1 for event in world.events[len(lone.events) :])
    assert world.account.limit_fen == lone.account.limit_fen


def test_a_life_taken_over_opens_again_and_replays(save: Path) -> None:
    world = World.open(save)
    assert world.day == DAY + 46
    assert world.events[0]["name"] == "Somebody"
    state = world.state_hash()
    world.close()
    assert check_save(save, replay_faults).faults == []
    assert World.open(save, read_only=True).state_hash() == state


def test_it_replays_in_another_language_too(save: Path) -> None:
    use("zh")
    try:
        assert check_save(save, replay_faults).faults == []
    finally:
        use("en")


def test_its_policies_are_those_of_the_market_and_then_its_own(save: Path) -> None:
    world = World.open(save)
    world.do({"do": "policy", "field": "decrease_dpd", "value": 7})
    assert [day for day, _policy in world.policies()] == [-400, 10, world.day + 1]
    assert [policy.decrease_dpd for _day, policy in world.policies()] == [10, 5, 7]
    world.close()


def test_it_can_be_looked_at_on_days_before_it_was_taken_over(save: Path) -> None:
    world = World.open(save)
    before = world.at(DAY - 20)
    assert before.day == DAY - 20
    assert before.events == [event for event in world.events if event["day"] <= DAY - 20]
    world.close()


def test_a_recipe_that_was_altered_is_found_out(save: Path) -> None:
    opened = Save.open(save)
    commands = opened.commands()
    body = {**commands[0].body, "past": {**commands[0].body["past"], "number": number_with(True) + 1}}
    opened.db.execute("UPDATE commands SET body = ? WHERE number = 1", [json.dumps(body)])
    opened.close()
    assert check_save(save, replay_faults).faults != []


def test_the_dishonest_and_those_who_are_not_there_cannot_be_played(tmp_path: Path) -> None:
    with pytest.raises(CannotTakeOver):
        World.take_over(past_of(number_with(False)), START, tmp_path / "no.db")
    with pytest.raises(CannotTakeOver):
        World.take_over(past_of(number_with(True), -399), START, tmp_path / "no.db")
    assert not (tmp_path / "no.db").exists()
