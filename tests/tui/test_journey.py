"""Ways through a life by keys: late and lifted, refunds, locks, autopay, the fund, finding, time."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from simulator import codes
from simulator.money import money
from simulator.rules.balances import minimum_fen
from simulator.views.bills import payable_fen
from tests.tui.lives import life
from tests.tui.on_screen import MIDDLE, PLACE_KEYS, Player, at_screen
from tui.lab.export import as_text


def last_events(player: Player, count: int = 6) -> list[str]:
    """The names of the newest events."""
    return [event["event"] for event in player.app.world.events[-count:]]


def refunds(player: Player) -> list[dict[str, Any]]:
    """Every refund so far."""
    return [event for event in player.app.world.events if event["event"] == "refunded"]


async def test_late_pays_and_is_lifted_next_day() -> None:
    """The bills take the payment at once, the block goes tomorrow."""
    async with at_screen(life("late")) as player:
        assert "[!!]" in player.rows()[0]
        await player.go("account")
        assert "Blocked for buying" in player.shown()
        await player.go("bills")
        await player.press("p")
        await player.choose("Bill in full")
        await player.press("enter")
        assert player.app.world.account.status == codes.SOFT_BLOCKED
        await player.press("n")
        assert player.app.world.account.status == codes.ACTIVE
        assert "[ok] Open" in player.rows()[0]


async def test_suspended_asks_and_is_lifted() -> None:
    """Everything late is paid, r asks, and the answer comes after the wait."""
    async with at_screen(life("suspended")) as player:
        await player.go("bills")
        await player.press("p")
        await player.choose("Bill in full")
        await player.press("enter")
        await player.go("account")
        for _day in range(2):
            if player.app.world.account.dpd:
                await player.press("n")
        await player.press("r")
        assert "reinstatement_requested" in last_events(player)
        await player.press("n", "n", "n", "n")
        assert player.app.world.account.status == codes.ACTIVE


async def test_an_order_is_sent_back_and_refunded() -> None:
    """d opens the return; the shop refunds it by itself, and time stops to say so."""
    async with at_screen(life("open"), MIDDLE) as player:
        await player.go("shop")
        await player.press("d")
        await player.choose("Send back Jeans")
        assert "return_opened" in last_events(player)
        assert "refund by 10 Jan" in player.shown()
        await player.press("b")
        assert "Jeans goes back: the shop refunds 199.00 by 10 Jan." in " ".join(as_text(player.page.lines).split())
        await player.press("h")
        assert re.search(r"Fri 10 Jan +shop refunds 199.00", player.shown())
        for _stop in ("the bill", "the refund"):
            await player.press("t")
            await player.choose("One month")
        assert player.app.world.date == datetime.date(2025, 1, 10)
        assert "199.00 refunded: you owe 199.00 less." in player.told()
        await player.press("s")
        assert "refunded" in player.shown()


async def test_a_part_of_an_order_can_be_refunded_at_once_and_the_rest_comes_by_itself() -> None:
    world = life("returning")
    world.do({"do": "autopay", "mode": "full"})
    async with at_screen(world) as player:
        await player.go("shop")
        await player.press("d")
        await player.choose("Have Jeans refunded now")
        await player.write("999")
        assert "More than 0.00, up to 199.00." in player.shown()
        await player.write("59")
        assert [event["amount_fen"] for event in refunds(player)] == [59_00]
        for _day in range(9):
            assert len(refunds(player)) == 1
            await player.press("n")
        assert [event["amount_fen"] for event in refunds(player)] == [59_00, 140_00]


async def test_a_return_can_be_given_up() -> None:
    """Keeping it after all ends the return."""
    async with at_screen(life("returning")) as player:
        await player.go("shop")
        await player.press("d")
        await player.choose("Keep Jeans")
        assert "return_ended" in last_events(player)


async def test_lock_and_unlock() -> None:
    """z both ways; locked, nothing can be bought, and the glance line shows it."""
    async with at_screen(life("open")) as player:
        await player.go("account")
        await player.press("z")
        assert player.app.world.account.locked
        assert "[=]" in player.rows()[0]
        await player.press("z")
        assert not player.app.world.account.locked
        assert "[ok]" in player.rows()[0]


@pytest.mark.parametrize(
    ("shown", "code"), [("minimum", codes.AUTOPAY_MINIMUM), ("in full", codes.AUTOPAY_FULL)]
)
async def test_autopay_is_chosen(shown: str, code: int) -> None:
    """From the bills, one of three, each with what it means."""
    async with at_screen(life("billed")) as player:
        await player.go("bills")
        await player.choose("Autopay: off")
        await player.choose(shown)
        assert player.app.world.account.autopay == code
        assert f"Autopay: {shown}" in player.shown()


async def test_the_fund_takes_sense_and_refuses_nonsense() -> None:
    """In and out; what cannot be is a plain sentence and moves nothing."""
    async with at_screen(life("open")) as player:
        await player.go("money")
        before = player.app.world.shopper.fund_fen
        await player.press("p")
        for nonsense, said in (
            ("12.345", "12.345 has three decimals"), ("-1", ""), ("much", ""), ("0", "More than 0.00"), ("999999", "up to"),
        ):  # fmt: skip
            await player.write(nonsense)
            assert player.name() == "AskDialog"
            assert said in player.shown()
            assert "Traceback" not in player.shown()
        await player.write("100.50")
        assert player.app.world.shopper.fund_fen == before + 10_050
        await player.press("o")
        await player.write("12.345")
        assert "three decimals" in player.shown()
        await player.press("ctrl+u", "5")
        assert "three decimals" not in player.shown(), "of another text nothing is wrong yet"
        await player.write("50")
        assert player.app.world.shopper.fund_fen == before + 5_050
        assert "arrives" in player.shown()


@pytest.mark.parametrize(("key", "kept", "label", "told"), [
    ("o", "fund_fen", "Take out of the fund", "The fund is empty."),
    ("p", "cash_fen", "Put into the fund", "There is no cash to put into the fund."),
])  # fmt: skip
async def test_nothing_is_asked_where_there_is_nothing_to_move(key: str, kept: str, label: str, told: str) -> None:
    world = life("open")
    setattr(world.shopper, kept, 0)
    async with at_screen(world) as player:
        await player.go("money")
        await player.press(key)
        assert player.name() == "MoneyScreen" and player.told() == [told]
        player.app.clear_notifications()
        await player.choose(label)
        assert player.name() == "MoneyScreen" and player.told() == [told]


async def test_another_amount_is_paid() -> None:
    """A part of the bill by hand; more than is owed is refused in words."""
    async with at_screen(life("billed")) as player:
        await player.go("bills")
        owed = minimum_fen(player.app.world.account)
        await player.press("p")
        await player.choose("Another amount")
        await player.write("99999")
        assert "more than" in player.shown()
        await player.write("16.99")
        await player.choose("Yes, pay")
        assert "payment_received" in last_events(player)
        assert minimum_fen(player.app.world.account) == owed - 1_699


async def test_find_in_the_shop() -> None:
    """By English and by Chinese name; what is not sold says so."""
    async with at_screen(life("open")) as player:
        await player.go("shop")
        for word, found in (("kettle", "Kettle"), ("耳机", "Headphones")):
            await player.press("f")
            await player.write(word)
            assert player.name() == "ShopScreen"
            assert found in player.shown()
            assert "Laptop" not in player.shown()
        await player.press("f")
        await player.write("spaceship")
        assert "Nothing is called" in player.shown()
        await player.press("escape")
        assert player.name() == "ShopScreen"


@pytest.mark.parametrize("place", PLACE_KEYS)
async def test_next_day_from_each_place(place: str) -> None:
    """n is tomorrow everywhere, and stays on the screen."""
    async with at_screen(life("open")) as player:
        await player.go(place)
        screen, day = player.name(), player.app.world.day
        await player.press("n")
        assert player.app.world.day == day + 1
        assert player.name() == screen
        await player.press("f3")
        assert player.app.world.day == day + 2


async def test_a_due_day_is_not_passed_without_asking() -> None:
    """On the day itself n asks; going on makes it late, paying does not."""
    world = life("billed")
    world.do({"do": "wait", "until": "due"})
    async with at_screen(world) as player:
        day = player.app.world.day
        await player.press("n")
        assert "due today" in player.shown()
        await player.press("escape")
        assert player.app.world.day == day
        await player.press("n")
        await player.choose("Pay in full")
        assert player.app.world.day == day
        await player.press("n")
        assert player.app.world.day == day + 1
        assert player.app.world.account.dpd == 0


async def test_a_jump_stops_where_the_player_is_needed() -> None:
    """A month from an open bill ends on its due day."""
    async with at_screen(life("billed")) as player:
        await player.press("t")
        await player.choose("month")
        assert player.app.world.date.day == 10
        assert player.app.world.account.dpd == 0


async def test_relief_is_asked_for_and_refused_with_its_reason() -> None:
    """Without a blow of life the lender says no, and why."""
    async with at_screen(life("suspended")) as player:
        await player.go("bills")
        await player.press("r")
        assert "and one miss ends it." in " ".join(player.shown().split())
        await player.choose("12 parts")
        assert "hardship_declined" in last_events(player)
        assert any("No hardship plan" in note for note in player.told())


async def test_a_higher_limit_is_asked_for() -> None:
    """The answer is in the inbox, with what would change it."""
    async with at_screen(life("open")) as player:
        await player.go("limit")
        await player.press("r")
        assert "limit_request_declined" in last_events(player)
        await player.go("inbox")
        assert "Why" in player.shown()


async def test_what_if_is_lived_on_a_copy() -> None:
    """Three futures are shown, and the life itself has not moved."""
    async with at_screen(life("open"), MIDDLE) as player:
        await player.go("limit")
        day, events = player.app.world.day, len(player.app.world.events)
        await player.press("tab")
        assert player.page.id == "side"
        await player.choose("What if")
        assert "In half a year, if you" in player.shown()
        assert "Counted with autopay off, and as if the money were there" in " ".join(player.shown().split())
        assert (player.app.world.day, len(player.app.world.events)) == (day, events)


async def test_months_turn_sideways() -> None:
    """Left shows the bill before, right the newest again."""
    async with at_screen(life("autopay")) as player:
        await player.go("bills")
        newest = player.rows()[3]
        await player.press("home", "left")
        older = player.rows()[3]
        assert older != newest
        await player.press("right")
        assert player.rows()[3] == newest


async def test_keys_without_a_meaning_here_say_so() -> None:
    """A key that does nothing on this screen, and one that works but not now."""
    async with at_screen(life("no line")) as player:
        await player.go("inbox")
        await player.press("z")
        assert any("does nothing here" in note for note in player.told())
        await player.go("limit")
        await player.press("r")
        assert any("no line to raise" in note for note in player.told())


async def test_a_debt_that_was_written_off_is_told_everywhere_and_can_be_paid() -> None:
    async with at_screen(life("charged off")) as player:
        owed = money(payable_fen(player.app.world))
        assert owed != "0.00"
        await player.go("home")
        assert f"{owed} of it is still yours to pay." in " ".join(player.shown().split())
        assert "Go shopping" not in player.shown() and "No bill yet" not in player.shown()
        await player.go("account")
        assert f"{owed} was written off by the lender" in player.shown() and "Ask to close" not in player.shown()
        await player.go("bills")
        assert f"{owed} of the debt that was written off is still to pay." in player.shown()
        assert "Nothing on your bills" not in player.shown() and "Still to pay" not in player.shown()
        await player.press("p")
        await player.choose(f"All of it, {owed}")
        await player.press("enter")
        assert player.app.world.account.status == codes.CLOSED and payable_fen(player.app.world) == 0


async def test_a_locked_line_is_said_to_be_locked_and_no_shopping_is_proposed() -> None:
    async with at_screen(life("locked")) as player:
        await player.go("home")
        assert "You have locked the line" in player.shown() and "Go shopping" not in player.shown()
        await player.go("account")
        assert "Open, locked by you" in player.shown()


async def test_a_hardship_plan_tells_its_parts() -> None:
    async with at_screen(life("hardship")) as player:
        await player.go("bills")
        plan = player.app.world.account.hardship_plan
        assert re.search(rf"a month +{money(plan.term_principal_fen)}\n", player.shown())
        assert re.search(rf"still to come +{money(plan.unbilled_fen)}\n", player.shown())
