"""The history of a line, read from its events, ends where its account stands."""

from __future__ import annotations

import datetime

import pytest

from simulator import codes
from simulator.calendar import Calendar
from simulator.lone import lone_life
from simulator.market.market import MarketLife
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.population.months import town_of
from simulator.rules.scoring import orders_on_record, spend_on_record
from simulator.story import run_story, story_names
from simulator.views.history import stays, store_record
from simulator.world import World
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import STATES, life


def last_status(world: World) -> int:
    passed = stays(world)
    return passed[-1].status if passed else codes.NONE


@pytest.mark.parametrize("state", STATES)
def test_the_last_status_of_a_state_is_the_accounts(state: str) -> None:
    world = life(state)
    assert last_status(world) == world.account.status


@pytest.mark.parametrize("name", story_names())
def test_the_last_status_of_a_story_is_the_accounts(name: str) -> None:
    world = run_story(name).world
    assert last_status(world) == world.account.status


def test_lives_of_the_market_end_in_the_status_that_is_told_last() -> None:
    policy, calendar = load_policy("standard"), Calendar(datetime.date(2025, 1, 1))
    record, town, seen = to_record(policy), town_of(5, 400), set()
    for number in range(1, 250):
        lived = lone_life(record, number, calendar, 500, town)
        world = MarketLife(lived, [(-400, policy)], calendar, 500, 5)
        assert last_status(world) == world.account.status
        seen |= {stay.status for stay in stays(world)}
    assert seen >= {codes.ACTIVE, codes.SOFT_BLOCKED, codes.SUSPENDED, codes.CLOSED, codes.DECLINED}


def test_each_status_lasts_until_the_next_and_says_why() -> None:
    world = life("suspended")
    told = [(stay.date.isoformat(), codes.STATUSES[stay.status], stay.days, stay.why) for stay in stays(world)]
    assert told == [
        ("2025-01-01", "active", 10, "approved, grade C"), ("2025-01-11", "soft-blocked", 30, "1 day late"),
        ("2025-02-10", "suspended", 5, "31 days late"),
    ]  # fmt: skip


def test_a_suspension_that_is_lifted_while_a_bill_is_late_leaves_the_line_blocked() -> None:
    told = [codes.STATUSES[stay.status] for stay in stays(run_story("breach-cured").world)]
    assert told[1:5] == ["soft-blocked", "suspended", "soft-blocked", "active"]


def test_the_stores_record_adds_up_to_what_the_rules_count() -> None:
    world = begin()
    for step in FIRST_STEPS[:2]:
        seen = store_record(world)
        assert seen.earlier + len(seen.bought) == orders_on_record(world.account, world.life.record, world.day)
        spent = seen.earlier_fen + sum(each.amount_fen for each in seen.bought)
        assert spent == spend_on_record(world.account, world.life.record, world.day)
        world.do(step)
    assert [each.what for each in store_record(world).bought] == ["Kettle", "Winter coat"]
