"""The same seed and steps give the same life, whichever way it is come by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.account import KEPT, KEPT_OF_PLANS
from simulator.engine import day as days
from simulator.ledger.contents import Contents
from simulator.replay import replay_faults
from simulator.rules import purchases
from simulator.rules.balances import sum_up
from simulator.rules.reasons import STEP, TOPICS
from simulator.steps import StepError
from simulator.world import ReadOnlyWorld, World, relived
from tests.lives import FIRST_STEPS, begin

LATER: tuple[dict[str, Any], ...] = (
    {"do": "wait", "until": "due"},
    {"do": "repay", "amount": "minimum"},
    {"do": "policy", "field": "revolving_fee_ppm", "value": 450},
    {"do": "wait", "days": 12},
    {"do": "refund", "order": 4, "amount": "20.00"},
    {"do": "policy", "field": "minimum_ppm", "value": 200_000},
    {"do": "policy", "field": "late_fee_ppm", "value": 700},
    {"do": "wait", "until": "statement"},
    {"do": "repay_plan", "order": 3},
    {"do": "fund", "direction": "in", "amount": 1000},
    {"do": "wait", "days": 75},
    {"do": "request_closure"},
    {"do": "end_product"},
    {"do": "wait", "days": 20},
    {"do": "settle_all"},
)
STEPS = (*FIRST_STEPS, *LATER)


def live(world: World, *steps: dict[str, Any]) -> World:
    """The world after these steps."""
    for step in steps:
        world.do(step)
    return world


def told(world: World) -> list[Any]:
    """The events as a file would hold them."""
    return list(json.loads(json.dumps(world.events)))


@pytest.fixture(scope="module")
def straight() -> World:
    """The whole life, in memory."""
    return live(begin(), *STEPS)


def test_the_same_seed_and_steps_give_the_same_events_and_state(straight: World) -> None:
    again = live(begin(), *STEPS)
    assert told(again) == told(straight)
    assert again.state_hash() == straight.state_hash()


def test_the_steps_of_this_life_were_all_done(straight: World) -> None:
    refusals = [event for event in straight.events if event["event"] == "step_refused"]
    assert refusals == []
    names = {event["event"] for event in straight.events}
    assert names >= {"policy_changed", "refunded", "plan_repaid_early", "late_fee_charged", "closed"}


def test_another_seed_brings_other_events_of_life() -> None:
    brought = []
    for seed in (1, 2, 3):
        world = begin()
        world.seed = seed
        live(world, {"do": "wait", "days": 700})
        brought.append(
            [(event["day"], event["kind"]) for event in world.events if event["event"] == "life_event"]
        )
    assert brought[0] != brought[1] != brought[2]


@pytest.mark.parametrize("place", range(1, len(STEPS)))
def test_a_life_put_away_at_any_step_goes_on_the_same(tmp_path: Path, straight: World, place: int) -> None:
    """Policy changes that wait for tomorrow are put away with it."""
    path = tmp_path / "life.db"
    live(begin(path), *STEPS[:place]).close()
    world = live(World.open(path), *STEPS[place:])
    assert told(world) == told(straight)
    assert world.state_hash() == straight.state_hash()
    assert world.policy == straight.policy
    assert world.save is not None and replay_faults(Contents(world.save)) == []
    world.close()


def test_commands_after_the_last_state_are_lived_again(tmp_path: Path, straight: World) -> None:
    """As after a loss of the newest states."""
    path = tmp_path / "life.db"
    live(begin(path), *STEPS).close()
    with sqlite3.connect(path) as connection:
        first, last = connection.execute("SELECT min(seq), max(seq) FROM states").fetchone()
        connection.execute("DELETE FROM states WHERE seq > ?", [(first + last) // 2])
    world = World.open(path)
    assert world.state_hash() == straight.state_hash()
    assert (world.policy, world.day) == (straight.policy, straight.day)
    world.close()


def test_sums_that_an_earlier_rulebook_did_not_keep_are_worked_out(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = live(begin(path), *STEPS[:-3])
    hashed, owed = world.state_hash(), world.account.exposure_fen
    world.close()
    with sqlite3.connect(path) as connection:
        for seq, text in connection.execute("SELECT seq, body FROM states").fetchall():
            body = json.loads(text)
            for name in KEPT:
                del body["account"][name]
            connection.execute("UPDATE states SET body = ? WHERE seq = ?", [json.dumps(body), seq])
    world = World.open(path)
    assert world.state_hash() == hashed and owed > 0
    world.close()


def test_what_plans_have_of_statements_is_worked_out_where_an_earlier_rulebook_did_not_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = live(begin(path), *FIRST_STEPS, {"do": "wait", "until": "due"}, {"do": "wait", "days": 30})
    hashed, owed = world.state_hash(), [plan.on_statement_fen for plan in world.account.plans]
    assert sum(1 for fen in owed[0] if fen) == 2, "two terms are not paid"
    world.close()
    with sqlite3.connect(path) as connection:
        for seq, text in connection.execute("SELECT seq, body FROM states").fetchall():
            body = json.loads(text)
            for plan in (body["account"]["hardship_plan"], *body["account"]["plans"]):
                del plan[KEPT_OF_PLANS]
            connection.execute("UPDATE states SET body = ? WHERE seq = ?", [json.dumps(body), seq])
    world = World.open(path)
    assert world.state_hash() == hashed
    world.close()


def test_a_save_that_holds_fewer_months_of_the_credit_report_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = live(begin(path), {"do": "bureau", "dpd": 45})
    hashed = world.state_hash()
    world.close()
    with sqlite3.connect(path) as connection:
        for seq, text in connection.execute("SELECT seq, body FROM states").fetchall():
            body = json.loads(text)
            del body["account"]["elsewhere_dpd"][24:]
            connection.execute("UPDATE states SET body = ? WHERE seq = ?", [json.dumps(body), seq])
    world = World.open(path)
    assert world.state_hash() == hashed and world.account.elsewhere_dpd[0] == 45
    world.close()


def test_a_bound_that_lags_behind_is_opened_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = begin(path)
    relief = ({"do": "wait", "days": 1}, {"do": "life", "event": "job_loss"}, {"do": "request_hardship", "terms": 6})
    live(world, *FIRST_STEPS, *relief)
    assert world.account.hardship
    hashed, kept = world.state_hash(), world.account.due_from_day
    sum_up(world.account)
    assert world.account.due_from_day > kept, "all bills are settled, but nobody needed to know yet"
    world.close()
    world = World.open(path)
    assert (world.state_hash(), world.account.due_from_day) == (hashed, kept)
    world.close()


def test_a_change_of_policy_holds_from_the_next_day(tmp_path: Path) -> None:
    world = live(begin(tmp_path / "life.db"), {"do": "policy", "field": "minimum_ppm", "value": 200_000})
    assert world.policy.flat()["minimum_ppm"] == 100_000
    world.do({"do": "wait", "days": 1})
    assert world.policy.flat()["minimum_ppm"] == 200_000
    world.close()
    with sqlite3.connect(tmp_path / "life.db") as connection:
        rows = connection.execute("SELECT day, field, value FROM policy_timeline ORDER BY rowid").fetchall()
    assert rows[1:] == [(1, "minimum_ppm", "200000")]


def test_a_day_gone_by_can_be_looked_at(tmp_path: Path) -> None:
    world = live(begin(tmp_path / "life.db"), *FIRST_STEPS, {"do": "wait", "days": 20})
    before = world.state_hash()
    world.do({"do": "wait", "days": 30})
    assert world.at(20).state_hash() == before
    assert world.save is not None
    assert relived(world.save.meta, world.save.commands()).state_hash() == world.state_hash()
    world.close()


def test_a_second_window_reads_the_same_life_and_may_try_but_not_do(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    first = live(begin(path), *FIRST_STEPS)
    second = World.open(path, read_only=True)
    assert second.state_hash() == first.state_hash()
    with pytest.raises(ReadOnlyWorld):
        second.do({"do": "wait", "days": 1})
    trial = live(second.trial(), {"do": "wait", "days": 40})
    assert trial.day == 40 and second.day == 0
    assert second.state_hash() == first.state_hash()
    second.close()
    first.close()


def test_a_trial_changes_nothing(straight: World) -> None:
    before, events = straight.state_hash(), told(straight)
    trial = straight.trial()
    live(trial, {"do": "bureau", "dpd": 60}, {"do": "wait", "days": 60})
    trial.policy.flat()
    assert trial.state_hash() != before
    assert (straight.state_hash(), told(straight)) == (before, events)


@pytest.fixture
def at_play(tmp_path: Path) -> Iterator[World]:
    """A saved life with a line, on day 0."""
    world = live(begin(tmp_path / "life.db"), *FIRST_STEPS)
    yield world
    world.close()


def test_a_rule_that_fails_in_the_middle_of_a_wait_leaves_all_as_it_was(
    at_play: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty days of forty pass in memory before it fails."""
    before, events, day = at_play.state_hash(), told(at_play), at_play.day
    real = days.morning

    def failing(*parts: Any) -> None:
        if parts[3].day == 20:
            raise RuntimeError("a rule has a bug")
        real(*parts)

    monkeypatch.setattr(days, "morning", failing)
    with pytest.raises(RuntimeError):
        at_play.do({"do": "wait", "days": 40})
    monkeypatch.undo()
    assert (at_play.state_hash(), told(at_play), at_play.day) == (before, events, day)
    assert at_play.save is not None and replay_faults(Contents(at_play.save)) == []
    live(at_play, {"do": "wait", "days": 40})
    assert replay_faults(Contents(at_play.save)) == []


def test_a_rule_that_fails_after_it_wrote_leaves_no_event_behind(
    at_play: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The purchase was already in its log; the next step tells only its own."""
    before = at_play.state_hash()
    real = purchases.buy

    def failing(*parts: Any) -> None:
        real(*parts)
        raise RuntimeError("a rule has a bug")

    monkeypatch.setattr(purchases, "buy", failing)
    with pytest.raises(RuntimeError):
        at_play.do({"do": "buy", "item": "kettle"})
    monkeypatch.undo()
    assert at_play.state_hash() == before
    assert [event["event"] for event in at_play.do({"do": "lock"})] == ["locked"]


def test_a_step_that_is_not_understood_is_not_kept(at_play: World) -> None:
    before, events = at_play.state_hash(), told(at_play)
    for step in ({"do": "fly"}, {"do": "wait"}, {"do": "buy", "amount": -5}, {"do": "wait", "days": 1.5}):
        with pytest.raises(StepError):
            at_play.do(step)
    assert (at_play.state_hash(), told(at_play)) == (before, events)


def test_a_refused_step_changes_nothing_and_says_why(at_play: World) -> None:
    before = at_play.state_hash()
    for step, code in (
        ({"do": "repay", "amount": 5}, "nothing_owed"),
        ({"do": "unlock"}, "not_locked"),
        ({"do": "repay_plan", "order": 99}, "no_such_plan"),
        ({"do": "withdraw_closure"}, "no_review"),
        ({"do": "fund", "direction": "out", "amount": 900_000}, "not_enough_fund"),
    ):
        (event,) = at_play.do(step)
        assert (event["event"], event["do"]) == ("step_refused", step["do"])
        assert [reason["code"] for reason in event["reasons"]] == [code]
        assert at_play.state_hash() == before
    assert {reason.code for reason in TOPICS[STEP]} >= {"not_locked", "no_review"}
