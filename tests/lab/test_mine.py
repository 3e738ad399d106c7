"""The player under another policy: the same deeds on the same days, and where the two lives part."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator.lab.mine import Mine, Played, fees_paid_fen, mine
from simulator.lab.twin import TwinLives
from simulator.policy.load import load_policy, set_field, set_fields
from simulator.policy.schema import Policy
from simulator.population.people import start_people
from simulator.world import World
from tests.lives import FIRST_STEPS, begin, played

STANDARD = load_policy("standard")
LATE = (
    {"do": "wait", "until": "statement"},
    {"do": "wait", "days": 40},
    {"do": "repay", "amount": "full"},
    {"do": "wait", "until": "next_event"},
)


def never() -> bool:
    """Nothing newer was asked."""
    return False


def lived(world: World, trial: Policy) -> Mine:
    """The player's life under a trial."""
    deeds = Played.of(world)
    assert deeds is not None
    found = mine(deeds, world.policy, trial, never)
    assert found is not None
    return found


def test_under_today_s_policy_it_is_the_same_life(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", *LATE)
    found = lived(world, world.policy)
    assert found.twin.parting() is None
    assert not any(day.differs for day in found.twin.days())
    assert all(figure.champion == figure.challenger for figure in found.figures)
    assert list(found.twin.challenger) == world.events
    world.close()


def test_a_smaller_first_limit_parts_the_lives_at_the_application(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", *LATE)
    found = lived(world, set_field(STANDARD, "income_multiple_ppm", 300_000))
    parting = found.twin.parting()
    assert parting is not None and parting[0] is not None and parting[1] is not None
    assert parting[0]["event"] == parting[1]["event"] == "application_decided"
    assert parting[1]["limit_fen"] < parting[0]["limit_fen"]
    figures = {figure.name: figure for figure in found.figures}
    assert figures["limit_fen"].champion == world.account.limit_fen > figures["limit_fen"].challenger
    world.close()


def test_it_is_the_life_that_the_same_steps_give_under_the_trial(tmp_path: Path) -> None:
    trial = set_fields(STANDARD, {"minimum_ppm": 200_000, "late_fee_ppm": 300, "soft_block_dpd": 3})
    world = played(tmp_path / "life.db", *LATE)
    found = lived(world, trial)
    again = begin_under(trial)
    for step in FIRST_STEPS:
        again.do(step)
    for step in LATE[:3]:
        if step["do"] == "wait":
            again.do({"do": "wait", "days": days_of(world, step)})
        else:
            again.do(step)
    told = [event for event in found.twin.challenger if event["day"] <= again.day]
    assert told[: len(again.events)] == again.events
    world.close()


def begin_under(policy: Policy) -> World:
    """The same person's life under a policy, in memory."""
    return World.begin(start_people()[0].person, policy, 1, datetime.date(2025, 1, 1))


def days_of(world: World, step: Mapping[str, object]) -> int:
    """How long a wait of the saved life was."""
    assert world.save is not None
    before = 0
    for command in world.save.commands():
        if command.body == step:
            return command.day - before
        before = command.day
    raise AssertionError(step)


def test_fees_paid_are_those_that_payments_say(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", *LATE)
    paid = sum(
        event["applied"][fee]
        for event in world.events
        if event["event"] == "payment_received"
        for fee in ("plan_fee_fen", "revolving_fee_fen", "late_fee_fen")
    )
    assert fees_paid_fen(world.events) == paid > 0
    figures = {figure.name: figure for figure in lived(world, world.policy).figures}
    assert figures["fees_paid_fen"].champion == paid
    world.close()


def test_a_change_of_policy_on_the_way_is_in_both_lives(tmp_path: Path) -> None:
    changed = {"do": "policy", "field": "minimum_ppm", "value": 300_000}
    world = played(tmp_path / "life.db", changed, {"do": "wait", "until": "statement"})
    assert world.policy.minimum_ppm == 300_000
    same = lived(world, world.policy)
    assert same.twin.parting() is None
    found = lived(world, set_field(world.policy, "income_multiple_ppm", 300_000))
    changes = [event for event in found.twin.challenger if event["event"] == "policy_changed"]
    assert [(each["field"], each["to"]) for each in changes] == [("minimum_ppm", 300_000)]
    world.close()


def test_what_the_trial_changes_stays_changed(tmp_path: Path) -> None:
    changed = {"do": "policy", "field": "minimum_ppm", "value": 300_000}
    world = played(tmp_path / "life.db", changed, {"do": "wait", "until": "statement"})
    found = lived(world, set_fields(world.policy, {"minimum_ppm": 500_000, "small_balance_fen": 0}))
    assert any(event["event"] == "policy_changed" for event in found.twin.champion)
    assert not any(event["event"] == "policy_changed" for event in found.twin.challenger)
    made = next(event for event in found.twin.challenger if event["event"] == "statement_made")
    rest = made["plan_principal_fen"] + made["plan_fee_fen"]
    assert made["minimum_fen"] == (made["purchases_fen"] + 1) // 2 + rest
    world.close()


def test_it_stops_when_something_newer_is_asked(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", *LATE)
    deeds = Played.of(world)
    assert deeds is not None
    asked: list[None] = []

    def after_three() -> bool:
        asked.append(None)
        return len(asked) > 3

    assert mine(deeds, world.policy, world.policy, after_three) is None
    assert len(asked) == 4
    world.close()


def test_a_life_without_a_save_cannot_be_lived_again() -> None:
    assert Played.of(begin()) is None


@pytest.mark.parametrize("shorter", ["champion", "challenger"])
def test_a_life_that_ends_earlier_parts_at_its_end(shorter: str) -> None:
    events = played().events
    sides = {"champion": events, "challenger": events, shorter: events[:5]}
    twin = TwinLives(**sides)
    parting = twin.parting()
    assert parting is not None and None in parting and events[5] in parting
    assert [day.differs for day in twin.days()] == [True]


def test_what_comes_of_itself_parts_lives_only_where_nothing_else_does() -> None:
    def event(day: int, name: str, fen: int) -> dict[str, object]:
        return {"seq": 1, "day": day, "date": f"2025-06-{day:02d}", "event": name, "amount_fen": fen}

    rent, less = event(3, "expenses_paid", 276_866), event(3, "expenses_paid", 200_000)
    cut, later = event(4, "limit_changed", 1), event(8, "expenses_paid", 5)
    assert TwinLives([rent, cut], [less, later]).parting() == (cut, None)
    assert TwinLives([rent], [less]).parting() == (rent, less)
    assert TwinLives([cut, later], [later, {**cut, "day": 9}]).parting() == (cut, None)


def test_days_hold_every_event_once_and_numbers_do_not_part_lives() -> None:
    world = played(None, *LATE)
    renumbered = [{**event, "seq": event["seq"] + 7} for event in world.events]
    twin = TwinLives(world.events, renumbered)
    assert twin.parting() is None
    days = twin.days()
    assert [event for day in days for event in day.champion] == world.events
    assert [event for day in days for event in day.challenger] == renumbered
    assert [day.day for day in days] == sorted({event["day"] for event in world.events})
