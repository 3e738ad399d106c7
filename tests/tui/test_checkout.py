"""Checkout: what is agreed to is told as it is, before it is."""

from __future__ import annotations

import re

import pytest

from simulator.messages import sentence
from simulator.money import money
from simulator.policy.load import set_field
from simulator.population.catalogue import item
from simulator.views import checkout
from tests.tui.lives import life
from tests.tui.on_screen import at_screen
from tui.screens.checkout import CheckoutScreen
from tui.screens.key_facts import key_facts


@pytest.mark.parametrize("terms", [12, 24])
async def test_a_last_payment_that_differs_is_named_before_a_plan_is_agreed_to(terms: int) -> None:
    async with at_screen(life("open")) as player:
        player.app.push_screen(CheckoutScreen("jeans"))
        await player.settle()
        way = next(each for each in checkout(player.app.world, item("jeans")).ways if each.key == f"terms{terms}")
        assert way.quote is not None
        last = way.quote.payments[-1].total_fen
        assert last != way.month_fen and (terms - 1) * way.month_fen + last == way.total_fen
        await player.choose(f"{terms} terms")
        told = re.sub(r"\s+", " ", player.shown())
        assert f"{terms} payments of {money(way.month_fen)}, the last of {money(last)}: {money(way.total_fen)} in all" in told
        await player.choose("Yes, buy so")
        plan = next(event for event in reversed(player.app.world.events) if event["event"] == "plan_created")
        assert f"the last {money(plan['schedule'][-1]['principal_fen'])} + " in sentence(plan)


async def test_what_was_bought_with_cash_goes_back_to_cash_without_a_word_of_a_bill() -> None:
    async with at_screen(life("no line")) as player:
        player.app.world.do({"do": "buy", "item": "kettle", "pay": "cash"})
        await player.go("shop")
        await player.press("d")
        assert "the shop refunds it to your cash" in player.shown() and "bill" not in player.shown().split("Send back")[1]
        await player.choose("Send back Kettle")
        await player.press("d")
        await player.choose("Shop refunds Kettle")
        await player.go("money")
        rows = [row.strip() for row in player.rows()]
        cash = next(place for place, row in enumerate(rows) if row.startswith("Cash"))
        assert rows[cash + 1].startswith("arrives") and rows[cash + 2].startswith("Fund")


async def test_on_the_bill_day_checkout_warns_that_the_first_payment_is_due_soon() -> None:
    """And that the cap looks at equal months, in the key facts and before one agrees too."""
    world = life("open")
    world.life.use_policy(set_field(world.life.policy, "rate_cap_ppm", 180_000))  # between equal months and exact dates
    async with at_screen(world) as player:
        player.app.push_screen(CheckoutScreen("jeans"))
        await player.settle()
        await player.stand_on("3 terms")
        warned = "The bill is made tonight: the first payment is due on 10 Jan, in 9 days."
        capped = "That is above the legal cap, which looks at equal months"
        told = re.sub(r"\s+", " ", player.shown())
        assert warned in told and capped in told
        await player.choose("3 terms")
        told = re.sub(r"\s+", " ", player.shown())
        assert warned in told and capped in told
    assert "looked at in equal months" in " ".join(key_facts(life("open").policy))


@pytest.mark.parametrize("state", ["billed", "no line"])
async def test_on_other_days_and_without_a_line_nothing_is_billed_tonight(state: str) -> None:
    async with at_screen(life(state)) as player:
        player.app.push_screen(CheckoutScreen("jeans"))
        await player.settle()
        assert "tonight" not in player.shown()
