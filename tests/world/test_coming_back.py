"""Coming back: the conditions that are listed beforehand are those that a request is judged by."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.messages import sentence
from simulator.views.account import conditions, unmet_conditions
from simulator.views.life import standing_of
from simulator.world import World
from tests.lives import FIRST_STEPS, clerk
from tests.tui.lives import life

SHOWN = {"do": "verify_identity"}
RECORD = FIRST_STEPS[:2]
LATER = {"do": "wait", "days": 200}


def unmet(world: World) -> set[str]:
    """What is listed as not met."""
    return {each.code for each in conditions(world) if not each.met}


def refused(world: World) -> set[str]:
    """Why a request would be refused now, as the decision itself says."""
    told = world.trial().do({"do": "request_reopening", "identity": "stale"})
    return {reason["code"] for event in told if event["event"] == "reopening_decided" for reason in event["reasons"]}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), {"closed_too_recently", "identity_stale"}),
        ((SHOWN,), {"closed_too_recently"}),
        ((LATER,), {"identity_stale"}),
        ((LATER, SHOWN), {"too_few_orders", "too_little_spend"}),
        ((LATER, SHOWN, RECORD[0]), {"too_few_orders", "too_little_spend"}),
        ((LATER, SHOWN, *RECORD), set()),
        ((LATER, SHOWN, {"do": "request_reopening", "identity": "stale"}), {"too_few_orders", "too_little_spend", "cooling_off"}),
    ],
)
def test_what_is_listed_is_what_a_request_is_refused_for(steps: tuple[dict[str, Any], ...], expected: set[str]) -> None:
    world = life("closed")
    for step in steps:
        world.do(step)
    assert refused(world) == expected
    assert expected <= unmet(world)
    if not expected & {"closed_too_recently", "identity_stale"}:
        assert unmet(world) == expected


def test_the_end_of_a_line_is_no_cut_of_its_limit() -> None:
    """What ends with the line was not taken from anyone for what they did."""
    standing = standing_of(life("closed"))
    assert (standing.limit_fen, standing.raised, standing.cut) == (0, 0, 0)
    assert standing_of(life("suspended")).cut == 1


def test_how_long_ago_a_debt_was_paid_is_not_judged_while_it_is_owed() -> None:
    world = life("suspended")
    while world.account.closed_day < 0:
        world.do({"do": "wait", "days": 10})
    listed = {each.code: each for each in conditions(world)}
    assert not listed["still_owed"].met
    assert listed["debt_paid_too_recently"].waits and not listed["debt_paid_too_recently"].met
    assert "debt_paid_too_recently" not in {each.code for each in unmet_conditions(world)}
    assert listed["elsewhere_record"].text == "No other lender reports you badly late."


def test_the_record_says_of_what_time_it_is_and_when_its_oldest_order_leaves() -> None:
    """Bought on the first day, 1 January: it counts for 180 days after it."""
    world = life("no line")
    assert "The record holds the last 180 days" in {each.code: each.text for each in conditions(world)}["too_few_orders"]
    world.do(RECORD[0])
    assert "leaves it on 1 Jul 2025" in {each.code: each.text for each in conditions(world)}["too_few_orders"]


def test_what_closing_loses_and_what_stays_is_as_the_screen_says() -> None:
    """Two days late in February and on time in March and April: the days late come back, and the orders of half a year, but not the run."""
    world = clerk(None, {"do": "buy", "amount": "900.00"}, {"do": "wait", "days": 41}, {"do": "repay", "amount": "full"})
    for _month in range(2):
        world.do({"do": "wait", "days": 15})
        world.do({"do": "buy", "amount": "900.00"})
        world.do({"do": "wait", "until": "due"})
        world.do({"do": "repay", "amount": "full"})
    world.do({"do": "wait", "days": 1})
    assert (world.account.streak, world.account.worst_dpd) == (2, 2)
    for step in ({"do": "settle_all"}, {"do": "request_closure"}, {"do": "wait", "days": 3}):
        world.do(step)
    assert (world.account.limit_fen, world.account.worst_dpd) == (0, 2)
    world.do({"do": "wait", "days": 90})
    events = world.do({"do": "request_reopening", "identity": "fresh"})
    told = [sentence(each) for each in events]
    assert sum(each.startswith("You asked") for each in told) == 1 and "You handed in the form: income 10,000.00 a month." in told
    parts = {part["characteristic"]: part["value"] for each in events for part in each.get("parts", ())}
    assert (parts["own_worst_dpd"], parts["store_orders"]) == (2, 2)
    assert world.account.limit_fen > 0 and world.account.streak == 0
