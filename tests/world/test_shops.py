"""Shops refund what was sent back to them by themselves, as commands of the save."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from simulator.ledger.contents import Contents
from simulator.messages import sentence
from simulator.money import yuan
from simulator.replay import replay_faults
from simulator.views.bills import next_bill
from simulator.views.home import coming
from simulator.views.inbox import inbox
from simulator.views.shop import orders
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


@pytest.mark.parametrize(("pause", "after"), [(0, 0), (1, 0), (2, 1), (4, 3), (10, 9), (3650, 9)])
def test_the_shop_refunds_on_the_day_that_is_told_before_the_return_ends_of_itself(pause: int, after: int, tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = begin(path)
    world.do({"do": "policy", "field": "return_pause_days", "value": pause})
    world.next_day()
    world.do({"do": "buy", "item": "kettle", "pay": "cash"})
    before = orders(world)[0].refund_by
    world.do({"do": "return", "order": 1})
    told = orders(world)[0].refund_by
    assert before == told == world.date + datetime.timedelta(after)
    (ahead,) = [each for each in coming(world) if each.label.startswith("shop refunds")]
    assert ahead.date == told and (after > 0 or ahead.cash_after_fen == world.shopper.cash_fen)
    days(world, 30)
    (refunded,) = [event for event in world.events if event["event"] == "refunded"]
    assert (refunded["date"], refunded["amount_fen"]) == (told.isoformat(), orders(world)[0].amount_fen)
    assert [event["event"] for event in world.events].count("refund_arrived") == 1
    lived = world.state_hash()
    world.close()
    opened = World.open(path)
    assert opened.save is not None and opened.state_hash() == lived and replay_faults(Contents(opened.save)) == []
    assert [(each.day, each.body["amount"]) for each in opened.save.commands() if each.body["do"] == "refund"] == [
        (refunded["day"], yuan(refunded["amount_fen"]))
    ]
    opened.close()


def test_a_pause_that_gets_shorter_overnight_lets_the_shop_refund_in_the_evening() -> None:
    world = played(None, RETURN)
    days(world, 3)
    assert next(each.refund_by for each in orders(world) if each.order == 4) == datetime.date(2025, 1, 10)
    world.do({"do": "policy", "field": "return_pause_days", "value": 2})
    assert next(each.refund_by for each in orders(world) if each.order == 4) == world.date
    assert days(world, 30).count("refunded") == 1
    assert [event["date"] for event in world.events if event["event"] == "refunded"] == ["2025-01-04"]


def test_what_is_kept_after_all_on_the_day_it_went_back_is_not_refunded() -> None:
    world = begin()
    world.do({"do": "policy", "field": "return_pause_days", "value": 0})
    world.next_day()
    world.do({"do": "buy", "item": "kettle", "pay": "cash"})
    world.do({"do": "return", "order": 1})
    world.do({"do": "end_return", "order": 1})
    assert "refunded" not in days(world, 30)


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
