"""Bills as a screen shows them: what was put on terms, what plans are called, what autopay is left out of."""

from __future__ import annotations

import pytest

from simulator.explain import why
from simulator.messages import sentence
from simulator.views import account_view, bill_view, bills, outcomes, plan_views
from simulator.views.bills import autopay_words
from tests.lives import clerk

TO_BILL = {"do": "wait", "until": "statement"}
BOUGHT = ({"do": "buy", "amount": "2000.00"}, TO_BILL)


def test_what_was_put_on_terms_is_told_on_the_bill_and_where_nothing_is_owed() -> None:
    world = clerk(None, *BOUGHT, {"do": "convert_bill", "terms": 6})
    seen = bill_view(world)
    assert seen is not None and seen.on_terms is not None
    assert (seen.on_terms.label, seen.on_terms.amount_fen, seen.left_fen) == ("Put on 6 terms", 200_000, 0)
    assert why(world, seen.on_terms.figure).value == 200_000
    assert [(line.label, line.value_text) for line in why(world, "owe").lines][-1] == ("Put on 6 terms", "-2,000.00")
    world.do(TO_BILL)
    made = [event["day"] for event in world.events if event["event"] == "statement_made"]
    first, second = (bill_view(world, day) for day in made)
    assert first is not None and first.on_terms is not None and second is not None and second.on_terms is None


def test_a_plan_is_named_after_a_bill_only_where_it_is_one() -> None:
    world = clerk(None, {"do": "buy", "amount": "1234.56", "terms": 12}, *BOUGHT, {"do": "convert_bill", "terms": 6})
    assert [plan.name for plan in plan_views(world)] == ["Order 1", "Bill on terms"]


@pytest.mark.parametrize("mode", ["off", "minimum", "full"])
def test_ways_to_pay_come_to_the_same_whatever_autopay_does(mode: str) -> None:
    """1,800.00 that the minimum leaves run 19 days at 0.05 % up to the bill of 1 March: 17.10."""
    world = clerk(None, *BOUGHT, {"do": "autopay", "mode": mode})
    minimum = next(way for way in outcomes(world) if way.minimums)
    assert (minimum.left_fen, minimum.next_fee_fen) == (180_000, 1_710)
    assert minimum.minimums == outcomes(clerk(None, *BOUGHT))[1].minimums


def test_what_autopay_will_pay_is_said_as_long_as_it_will() -> None:
    full, least = ({"do": "autopay", "mode": mode} for mode in ("full", "minimum"))
    told = autopay_words(clerk(None, *BOUGHT, full))
    assert told == "Counted with autopay off. It is on: on 10 Feb it pays what is left of this bill, as far as your cash goes."
    assert "left of the minimum" in autopay_words(clerk(None, *BOUGHT, least))
    for steps in (BOUGHT, (*BOUGHT, least, {"do": "repay", "amount": "minimum"}), (*BOUGHT, least, {"do": "wait", "until": "due"})):
        assert autopay_words(clerk(None, *steps)) == ""


def test_fees_that_a_closing_would_charge_are_not_said_to_have_been_asked_for() -> None:
    world = clerk(None, *BOUGHT, {"do": "wait", "until": "due"}, {"do": "repay", "amount": "minimum"}, {"do": "wait", "days": 2})
    fees = next(each for each in account_view(world).blockers if each.code == "unpaid_fees")
    assert fees.text == "1.80 of fees, charged when you ask to close."


def test_a_sentence_begins_with_a_capital_whatever_was_bought() -> None:
    bought = {"merchant": "", "category": "", "amount_fen": 300_000, "order": 1, "reasons": []}
    for name in ("purchase_declined", "purchase_held", "purchase_released"):
        assert sentence({"event": name, **bought}).startswith("Order 1 for 3,000.00")


def test_an_older_bill_tells_each_payment_and_what_carrying_it_over_came_to() -> None:
    world = clerk(
        None, *BOUGHT, {"do": "repay", "amount": "50.00"}, {"do": "wait", "until": "due"}, {"do": "repay", "amount": "minimum"},
        {"do": "wait", "until": "statement"},
    )  # fmt: skip
    older, newest = (bill_view(world, day) for day in bills(world))
    assert older is not None and newest is not None
    assert [(each.date.isoformat(), each.amount_fen) for each in older.paid] == [("2025-02-02", 5_000), ("2025-02-10", 15_000)]
    over = older.carried_over
    assert over is not None and (over.date, over.left_fen) == (newest.date, 180_000)
    assert [each.amount_fen for each in over.fees] == [1_710]
    assert (newest.paid, newest.carried_over) == ([], None)
