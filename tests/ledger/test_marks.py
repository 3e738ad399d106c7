"""Marks: what a life's events add up to is how its records stood, day by day."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.calendar import Calendar
from simulator.ledger.marks import Mark, marks_of
from simulator.lone import lone_life
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.population.months import town_of
from simulator.rules.balances import exposure_fen
from simulator.world import World
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import STATES, life

POLICY = to_record(load_policy("standard"))


def standing(world: World) -> Mark:
    account = world.account
    return Mark(world.day, world.shopper.cash_fen, exposure_fen(account), account.limit_fen + account.temporary_fen)


def last_mark(world: World) -> Mark:
    return marks_of(world.events, world.life.record, world.day)[-1]


@pytest.mark.parametrize("state", STATES)
def test_the_last_mark_is_how_the_life_stands(state: str) -> None:
    world = life(state)
    assert last_mark(world) == standing(world)


def test_every_mark_is_how_the_life_stood_at_the_end_of_its_day(tmp_path: Path) -> None:
    """With the fund, a refund, an illness, a cut limit and a request to close, and opened again in between."""
    path = tmp_path / "life.db"
    world = begin(path)
    for step in (*FIRST_STEPS, {"do": "fund", "direction": "in", "amount": "500.00"}):
        world.do(step)
    stood: list[Mark] = []
    more: dict[int, dict[str, Any]] = {
        20: {"do": "fund", "direction": "out", "amount": "300.00"}, 40: {"do": "refund", "order": 4, "amount": "50.00"},
        60: {"do": "life", "event": "illness"}, 75: {"do": "settle_all"}, 300: {"do": "request_closure"},
    }  # fmt: skip
    for day in range(320):
        if day in more:
            world.do(more[day])
        if day == 100:
            world.close()
            world = World.open(path)
        stood.append(standing(world))
        world.do({"do": "wait", "days": 1})
    marks = {mark.day: mark for mark in marks_of(world.events, world.life.record, world.day)}
    assert len(marks) > 30 and len({mark.limit_fen for mark in marks.values()}) > 2
    assert all(marks[seen.day] == seen for seen in stood if seen.day in marks)
    world.close()


def test_lives_of_the_market_are_told_whole() -> None:
    for number in range(1, 40):
        lived = lone_life(POLICY, number, Calendar(datetime.date(2025, 1, 1)), 300, town_of(5, 400))
        account = lived.account
        told = marks_of(lived.events, POLICY, 300)
        owed, limit = exposure_fen(account), account.limit_fen + account.temporary_fen
        assert not lived.events or told[-1] == Mark(300, lived.shopper.cash_fen, owed, limit)


def test_what_has_not_arrived_yet_is_not_cash() -> None:
    world = begin()
    world.do({"do": "fund", "direction": "in", "amount": "500.00"})
    world.do({"do": "fund", "direction": "out", "amount": "300.00"})
    assert last_mark(world) == standing(world)
    world.do({"do": "wait", "days": 1})
    assert last_mark(world) == standing(world)
