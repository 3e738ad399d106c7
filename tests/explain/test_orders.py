"""What is known of an order is told: what of it is paid, on bills and still to come, and the fees of its plan."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.explain import Explanation, UnknownFigure, evaluate, why
from simulator.views import orders
from simulator.world import World
from tests.lives import clerk

TO_BILL: dict[str, Any] = {"do": "wait", "until": "statement"}
PAID: tuple[dict[str, Any], ...] = (TO_BILL, {"do": "repay", "amount": "full"})
PLAN: dict[str, Any] = {"do": "buy", "amount": "600.00", "terms": 6}
"""Of grade C: 6 terms of 100.00 with a fee of 4.50 each."""


def told(world: World, number: int = 1) -> list[tuple[str, str]]:
    """The rows of an answer that comes out at the price."""
    found: Explanation = why(world, f"order:{number}")
    assert evaluate(found) == found.value == next(each.amount_fen for each in orders(world) if each.order == number)
    return [(line.label, line.value_text) for line in found.lines]


def test_a_running_plan_tells_what_is_paid_and_its_fees_so_far_and_to_come() -> None:
    assert told(clerk(None, PLAN, *PAID, TO_BILL)) == [
        ("Paid of the price", "100.00"), ("On bills, not paid", "100.00"), ("Still to come", "400.00"),
        ("Fees on bills so far", "9.00"), ("Fees that would still come", "18.00"),
    ]  # fmt: skip


def test_a_plan_that_is_settled_tells_its_fees_in_all_and_what_was_saved() -> None:
    world = clerk(None, PLAN, *PAID, {"do": "repay_plan", "order": 1})
    settled = next(event for event in world.events if event["event"] == "plan_repaid_early")
    fees = 2_700 - settled["saved_fen"]
    assert told(world) == [("Paid of the price", "600.00"), ("Fees in all", f"{fees / 100:.2f}")]
    assert f"saved {settled['saved_fen'] / 100:.2f} of fees" in why(world, "order:1").sentence


def test_a_plan_that_ran_to_its_end_tells_all_its_fees() -> None:
    world = clerk(None, PLAN, *PAID * 6)
    assert told(world) == [("Paid of the price", "600.00"), ("Fees in all", "27.00")]


def test_what_a_hardship_plan_took_in_is_not_said_to_be_paid() -> None:
    world = clerk(None, PLAN, {"do": "life", "event": "illness"}, *PAID, {"do": "request_hardship", "terms": 6})
    assert told(world) == [("Price", "600.00")] and "hardship plan" in why(world, "order:1").sentence


def test_an_order_without_terms_tells_its_bill() -> None:
    world = clerk(None, {"do": "buy", "amount": "80.00"})
    assert told(world) == [("On no bill yet, and not paid", "80.00")]
    world.do(TO_BILL)
    assert told(world) == [("On the bill of 1 Feb 2025", "80.00")]


def test_an_order_paid_with_cash_tells_what_was_refunded() -> None:
    world = clerk(None, {"do": "buy", "amount": "80.00", "pay": "cash"}, {"do": "return", "order": 1}, {"do": "refund", "order": 1, "amount": "30.00"})
    assert told(world) == [("Paid of the price", "50.00"), ("Refunded", "30.00")]


def test_an_order_that_is_not_there_is_not_told() -> None:
    with pytest.raises(UnknownFigure):
        why(clerk(None), "order:7")
