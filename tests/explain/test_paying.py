"""What paying so or so would mean, and what it takes to owe nothing, are told as sums that a reader can follow."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.explain import Explanation, UnknownFigure, evaluate, why
from simulator.rules.balances import billed_fen, owed_fen
from simulator.text import use
from simulator.views import outcomes
from simulator.views.bills import next_bill
from simulator.world import World
from tests.lives import clerk

TO_BILL = {"do": "wait", "until": "statement"}
BOUGHT = ({"do": "buy", "amount": "2000.00"}, TO_BILL)
LATE = (
    {"do": "buy", "amount": "3000.00"}, {"do": "buy", "amount": "600.00", "terms": 6}, {"do": "wait", "until": "due"},
    {"do": "wait", "days": 35},
)  # fmt: skip


def lines_of(told: Explanation) -> list[tuple[str, str]]:
    return [(line.label.strip(), line.value_text) for line in told.lines]


def test_a_fee_to_come_is_told_by_its_days() -> None:
    """From the due day, 10 February, to the bill of 1 March there are 19 days."""
    world = clerk(None, *BOUGHT)
    assert lines_of(why(world, "outcome:minimum:fee")) == [
        ("Late fee", "0.00"), ("Carrying fee", "17.10"), ("19 days on 1,800.00, 0.05 % a day", "17.10"),
    ]  # fmt: skip
    assert ("19 days on 200.00, 0.065 % a day", "2.47") in lines_of(why(world, "outcome:nothing:fee"))
    assert lines_of(why(world, "outcome:minimum:left")) == [("On your bills, unpaid", "2,000.00"), ("Paid now", "200.00")]


def test_of_a_late_life_what_ran_already_is_apart_from_the_days_to_come() -> None:
    told = lines_of(why(clerk(None, *LATE), "outcome:nothing:fee"))
    assert told[:3] == [("Late fee", "48.10"), ("so far", "16.90"), ("15 days on 3,200.00, 0.065 % a day", "31.20")]


@pytest.mark.parametrize("steps", [BOUGHT, LATE], ids=["billed", "late"])
@pytest.mark.parametrize("way", ["full", "minimum", "nothing"])
def test_what_a_way_to_pay_is_told_to_come_to_is_what_it_comes_to(steps: tuple[dict[str, Any], ...], way: str) -> None:
    world = clerk(None, *steps)
    left, fee = why(world, f"outcome:{way}:left"), why(world, f"outcome:{way}:fee")
    lived = clerk(None, *steps)
    if way != "nothing":
        lived.do({"do": "repay", "amount": way})
    assert evaluate(left) == left.value == billed_fen(lived.account)
    events = lived.do(TO_BILL)
    charged = sum(event["amount_fen"] for event in events if event["event"] in ("late_fee_charged", "revolving_fee_charged"))
    assert evaluate(fee) == fee.value == charged


def test_only_minimums_are_told_bill_by_bill() -> None:
    """A tenth of 1,800.00 and the fee of 17.10 on it are 197.10; what is left then, 1,620.00, bears 0.05 % a day."""
    world = clerk(None, *BOUGHT)
    told = why(world, "outcome:minimum:bills")
    assert lines_of(told)[0] == ("Bill of 1 Mar 2025, minimum 197.10", "17.10")
    seen = next(way.minimums for way in outcomes(world) if way.minimums)
    assert (len(told.lines), evaluate(told)) == (seen.bills, seen.carrying_fen)


@pytest.mark.parametrize("days", [0, 5, 8], ids=["on the bill's morning", "meanwhile", "on the due day"])
def test_only_minimums_are_those_of_a_life_that_pays_each_on_its_due_day(days: int) -> None:
    """While 1,800.00 of an earlier bill are carried, each day until the due day costs; so what they come to is the same
    on every day before it.
    """
    paid_when_due = ({"do": "wait", "until": "due"}, {"do": "repay", "amount": "minimum"})
    world = clerk(None, *BOUGHT, *paid_when_due, TO_BILL, *([{"do": "wait", "days": days}] if days else []))
    seen = next(way.minimums for way in outcomes(world) if way.minimums)
    lived = clerk(None, *BOUGHT, *paid_when_due, TO_BILL)
    for bill in seen.each[:3]:
        for step in paid_when_due:
            lived.do(step)
        events = lived.do(TO_BILL)
        fees = [event["amount_fen"] for event in events if event["event"] == "revolving_fee_charged"]
        made = next(event for event in events if event["event"] == "statement_made")
        assert (bill.date.isoformat(), bill.minimum_fen, [bill.carrying_fen]) == (made["date"], made["minimum_fen"], fees)


def test_the_next_bill_so_far_is_asked_about_part_by_part() -> None:
    world = clerk(None, {"do": "buy", "amount": "600.00", "terms": 6}, {"do": "buy", "amount": "50.00"})
    seen = next_bill(world)
    assert seen is not None and why(world, "next:balance").value == seen.total_fen == 15_450
    assert [(part.figure, why(world, part.figure).value) for part in seen.parts] == [
        ("next:purchases", 5_000), ("next:plan_principal", 10_000), ("next:plan_fee", 450),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("none", [("Still to come", "900.00"), ("Fee for settling", "0.00")]),
        ("all_remaining", [("Still to come", "900.00"), ("Fees that would still come", "81.00"), ("Fee for settling", "81.00")]),
        ("reprice_daily", [
            ("Still to come", "900.00"), ("Fees that would still come", "81.00"), ("What was owed at the end of each day, added up", "107,400.00"),
            ("Rate a day for the time used", "0.065 %"), ("For the time used", "69.81"), ("less fees billed so far", "27.00"),
            ("Fee for settling", "42.81"),
        ]),
    ],
)  # fmt: skip
def test_settling_tells_its_fee_and_only_what_counts_towards_it(mode: str, told: list[tuple[str, str]]) -> None:
    """1,200.00 over twelve terms on 3 January, settled on 10 April: 38 days on 1,200.00, 28 on 1,100.00 and 31 on 1,000.00
    come to 107,400.00, at 0.065 % 69.81; 27.00 of it are billed.
    """
    month = (TO_BILL, {"do": "repay", "amount": "full"})
    begun = ({"do": "policy", "field": "early_settlement", "value": mode}, {"do": "wait", "days": 1})
    bought = {"do": "buy", "amount": "1200.00", "terms": 12}
    world = clerk(None, *begun, bought, *month, *month, *month, {"do": "wait", "days": 8})
    settled = why(world, "plan:1:settlement")
    assert lines_of(settled) == told
    assert evaluate(settled) == settled.value


@pytest.mark.parametrize(
    ("lang", "bound", "on_its_day"),
    [("en", "Fee for settling, never below 0", "counts as paid on its due day"), ("zh", "结清费，不低于 0", "都按到期日已还计算")],
)
def test_a_fee_for_settling_that_is_bounded_says_so(lang: str, bound: str, on_its_day: str) -> None:
    """A day after the first bill its fee of 9.00 is more than the time used costs."""
    use(lang)
    world = clerk(None, {"do": "wait", "days": 28}, {"do": "buy", "amount": "1200.00", "terms": 12}, TO_BILL)
    told = why(world, "plan:1:settlement")
    assert lines_of(told)[-1] == (bound, "0.00") and on_its_day in told.sentence
    assert evaluate(told) == told.value


def cleared(world: World) -> int:
    before = world.shopper.cash_fen
    world.do({"do": "settle_all"})
    assert owed_fen(world.account) == 0
    return before - world.shopper.cash_fen


@pytest.mark.parametrize("steps", [BOUGHT, LATE, ({"do": "buy", "amount": "1200.00", "terms": 12},)], ids=["billed", "late", "plan"])
def test_clearing_all_takes_what_it_is_told_to_take(steps: tuple[dict[str, Any], ...]) -> None:
    world = clerk(None, *steps)
    told = why(world, "clear_all")
    assert evaluate(told) == told.value == cleared(world)


def test_a_bill_that_is_paid_has_no_ways_to_pay() -> None:
    world = clerk(None, *BOUGHT, {"do": "repay", "amount": "full"})
    for figure in ("outcome:minimum:left", "outcome:full:bills", "outcome:half:fee", "next:balance"):
        with pytest.raises(UnknownFigure):
            why(world, figure)
