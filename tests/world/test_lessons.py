"""Lessons: each comes once, with the first event that it belongs to, in this life's own figures."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.messages import first_lessons
from simulator.views import inbox
from simulator.world import World
from tests.lives import clerk

MONTH = {"do": "wait", "days": 31}


def lessons(world: World) -> list[tuple[int, str]]:
    """Number and title of every lesson in the inbox."""
    return [(each.seq, each.lesson.title) for each in inbox(world) if each.lesson is not None]


def first(world: World, name: str) -> int:
    """The number of the first event of a name."""
    return next(int(each["seq"]) for each in world.events if each["event"] == name)


def test_all_six_come_to_a_life_that_has_everything_and_each_once() -> None:
    """Two plans and a bill that nobody pays for four months, a festival, and two requests to close."""
    late = clerk(
        None, {"do": "buy", "amount": "1200.00", "terms": 12}, {"do": "buy", "amount": "600.00", "terms": 3}, {"do": "buy", "amount": "900.00"},
        *(MONTH,) * 3, {"do": "repay", "amount": "full"}, *(MONTH,) * 3,
    )  # fmt: skip
    season = clerk(
        None, {"do": "autopay", "mode": "full"}, *(MONTH,) * 5, {"do": "request_closure"}, {"do": "withdraw_closure"}, {"do": "request_closure"},
    )  # fmt: skip
    found = lessons(late)
    assert found == [
        (first(late, "plan_created"), "A small fee that is not small"),
        (first(late, "statement_made"), "What the minimum costs"),
        (first(late, "payment_missed"), "How days late count"),
        (next(each["seq"] for each in late.events if each["event"] == "bureau_reported" and each["dpd"]), "What the bureau keeps"),
    ]
    assert lessons(season) == [
        (next(each["seq"] for each in season.events if each["event"] == "limit_changed" and each["kind"] == "temporary"), "A limit that goes away"),
        (first(season, "closure_requested"), "What closing costs"),
    ]
    assert sum(each["event"] == "closure_requested" for each in season.events) == 2


@pytest.mark.parametrize(("terms", "sounds", "simple"), [(3, "9 %", "13.45 %"), (12, "9 %", "16.22 %")])
def test_what_a_fee_comes_to_a_year_is_said_in_this_plans_figures(terms: int, sounds: str, simple: str) -> None:
    """Grade C pays 0.75 % a month: 9.00 of 1,200.00."""
    world = clerk(None, {"do": "buy", "amount": "1200.00", "terms": terms})
    (lesson,) = first_lessons(world.events).values()
    assert lesson.lines == (
        "The debt shrinks with every term, the fee does not: 9.00 each month, 0.75 % of the whole 1,200.00.",
        f"That sounds like {sounds} a year; on what is still owed it is {simple} a year.",
    )


def test_a_plan_without_fee_teaches_nothing_and_the_first_with_one_does() -> None:
    free: dict[str, Any] = {"do": "buy", "amount": "1200.00", "terms": 12, "merchant_funded": True}
    world = clerk(None, free)
    assert lessons(world) == []
    world.do({"do": "buy", "amount": "600.00", "terms": 3})
    paid = [each["seq"] for each in world.events if each["event"] == "plan_created"][1]
    assert lessons(world) == [(paid, "A small fee that is not small")]
