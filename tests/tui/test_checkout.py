"""Checkout: what is agreed to is told as it is, before it is."""

from __future__ import annotations

import re

import pytest

from simulator.explain import why
from simulator.messages import sentence
from simulator.money import money
from simulator.policy.load import set_field
from simulator.population.catalogue import item, items
from simulator.text import LANGUAGES
from simulator.views import checkout
from tests.tui.lives import life
from tests.tui.on_screen import SMALL, at_screen
from tui.screens.checkout import ABOVE_WAYS, CheckoutScreen
from tui.screens.dialogs import WhyDialog
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
        asked = " ".join(player.shown().split("Send back")[1].split())
        assert "the shop refunds it by 10 Jan; the money comes to your cash 7 days later" in asked and "bill" not in asked
        await player.choose("Send back Kettle")
        assert player.told() == ["Return of Kettle (order 1) opened."]
        await player.press("d")
        await player.choose("Have Kettle refunded now")
        await player.press("enter")
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


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_amount_of_the_shop_and_of_checkout_is_explained(language: str) -> None:
    """Prices and sums, and what a purchase would leave; each way to pay has its own."""
    world = life("billed")
    async with at_screen(world, asked={"lang": language}) as player:
        await player.go("shop")
        prices = {stop.cell.figure: stop.cell.text.strip() for stop in player.page.stops if stop.cell.figure}
        assert all(prices[f"price:{each.key}"] == money(each.price_fen) for each in items())
        player.app.push_screen(CheckoutScreen("headphones"))
        await player.settle()
        ways = checkout(world, item("headphones")).ways
        for place, way in enumerate(ways):
            told = [stop for stop in player.page.stops if stop.line == place + ABOVE_WAYS]
            assert sum(stop.cell.figure is not None for stop in told) == (5 if way.simple_percent is not None else 3)
            await player.press("end")
            for stop in player.page.stops:
                if stop.cell.figure is not None and "%" not in stop.cell.text:
                    assert money(why(world, stop.cell.figure).value) == stop.cell.text.strip(), stop.cell.figure
            last = player.page.current
            assert last is not None and last.cell.figure == f"after:headphones:{way.key}:{'cash' if way.key == 'cash' else 'bill'}"
            await player.press("w")
            assert isinstance(player.app.screen, WhyDialog)
            await player.press("escape", "home", *["down"] * (place + 2))


async def test_letters_are_enough_for_all_figures_of_checkout() -> None:
    async with at_screen(life("billed")) as player:
        player.app.push_screen(CheckoutScreen("headphones"))
        await player.settle()
        await player.press("w")
        marked = [stop.cell.figure for stop in player.page.letters.values()]
        letter = next(letter for letter, stop in player.page.letters.items() if stop.cell.figure == "after:headphones:cash:cash")
        assert len(marked) > 26
        await player.press(letter)
        assert isinstance(player.app.screen, WhyDialog)


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_what_comes_after_is_seen_whole_in_the_smallest_window(lang: str) -> None:
    """On the bill day, when a warning stands there too, and for the thing with the most ways to pay."""
    most = max(items(), key=lambda each: len(each.free_terms))
    world = life("open")
    world.account.limit_fen = 10 * most.price_fen
    async with at_screen(world, SMALL, {"lang": lang}) as player:
        player.app.push_screen(CheckoutScreen(most.key))
        await player.settle()
        ways = checkout(player.app.world, most).ways
        assert len(ways) == 8
        for way in ways[1:]:
            await player.press("down")
            assert isinstance(player.app.screen, CheckoutScreen) and player.app.screen.chosen == way.key
            assert ("next bill" if lang == "en" else "下期账单") in player.shown() and player.page.scroll_offset.y == 0
            assert ("tonight" if lang == "en" else "今晚") in player.shown()
