"""Shops refund what was sent back to them by themselves, as commands of the save."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from simulator.ledger.contents import Contents
from simulator.messages import sentence
from simulator.replay import replay_faults
from simulator.views.bills import next_bill
from simulator.views.inbox import inbox
from simulator.world import World
from tests.lives import begin, played

RETURN = {"do": "return", "order": 4}


def days(world: World, count: int) -> list[str]:
    """The names of what happens in so many days."""
    return [event["event"] for _day in range(count) for event in world.next_day()]


def test_what_was_sent_back_is_refunded_whole_on_the_ninth_day_and_the_save_replays(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = played(path, RETURN)
    assert "refunded" not in days(world, 8)
    told = days(world, 1)
    assert told[-2:] == ["refunded", "return_ended"] and world.date == datetime.date(2025, 1, 10)
    assert world.events[-2]["amount_fen"] == 199_00 == world.events[-2]["owed_fen"]
    assert days(world, 30).count("refunded") == 0
    before = world.state_hash()
    world.close()
    opened = World.open(path)
    assert opened.save is not None
    assert [each.body for each in opened.save.commands() if each.body["do"] == "refund"] == [
        {"do": "refund", "order": 4, "amount": "199.00"}
    ]
    assert opened.state_hash() == before and opened.events == world.events
    assert replay_faults(Contents(opened.save)) == []
    opened.close()


def test_what_was_bought_with_cash_is_refunded_too() -> None:
    world = begin()
    world.do({"do": "buy", "item": "kettle", "pay": "cash"})
    world.do({"do": "return", "order": 1})
    assert days(world, 16).count("refund_arrived") == 1


@pytest.mark.parametrize("step", [{"do": "end_return", "order": 4}, {"do": "refund", "order": 4, "amount": "199.00"}])
def test_a_return_that_ended_is_refunded_no_more(step: dict[str, str]) -> None:
    assert "refunded" not in days(played(None, RETURN, step), 40)


def test_the_shop_refunds_before_the_return_ends_of_itself() -> None:
    """A lender whose pause is shorter than shops take."""
    world = begin()
    world.do({"do": "policy", "field": "return_pause_days", "value": 4})
    world.next_day()
    world.do({"do": "buy", "item": "kettle", "pay": "cash"})
    world.do({"do": "return", "order": 1})
    assert "refunded" not in days(world, 2)
    assert days(world, 1).count("refunded") == 1


def test_a_story_is_refunded_by_its_steps_alone() -> None:
    world = played(None, RETURN)
    assert "refunded" not in [event["event"] for event in world.do({"do": "wait", "days": 20})]


def test_a_return_names_what_goes_back_and_how_it_was_paid() -> None:
    world = played(None, RETURN, {"do": "return", "order": 1}, {"do": "end_return", "order": 4})
    line, cash, ended = [sentence(event) for event in world.events if event["event"].startswith("return_")]
    assert line == (
        "Return of Jeans (order 4) opened. What of it is on no bill yet waits meanwhile."
    )
    assert cash == "Return of Kettle (order 1) opened."
    assert ended == "Return of Jeans (order 4) ended."


def test_the_next_bill_holds_nothing_of_what_the_shop_refunds_until_then() -> None:
    """Jeans for 199.00 go back on the day they were bought; the bill comes three weeks after the refund."""
    world = played(None)
    kept, back = next_bill(world), next_bill(played(None, RETURN))
    assert kept is not None
    assert (back.total_fen if back is not None else 0) == kept.total_fen - 199_00


def test_a_decision_names_one_day_to_ask_again_on() -> None:
    """Declined on day 0 and again on day 29: the second no begins the wait of 30 days anew."""
    world = begin()
    world.do({"do": "apply"})
    world.do({"do": "wait", "days": 29})
    world.do({"do": "apply"})
    told = [each.remedy for each in inbox(world) if each.remedy]
    assert not any("Ask again in" in step for steps in told for step in steps)
    assert sum("Ask again from 1 Mar 2025 on" in step for step in told[-1]) == 1
