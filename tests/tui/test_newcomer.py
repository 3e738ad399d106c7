"""The newcomer's whole path by keys alone: from nothing to a line, bills, closing, and back again."""

from __future__ import annotations

import re
from pathlib import Path

from simulator import codes
from simulator.files import saves_folder
from simulator.population import people
from simulator.population.jobs import JOB_NAMES
from tests.tui.on_screen import SMALL, Player, assert_rows_fill, at_screen
from tui.screens.own import JOBS


async def buy(player: Player, item: str, way: str) -> None:
    """From the shop, by checkout and confirmation."""
    await player.go("shop")
    await player.choose(item)
    assert player.name() == "CheckoutScreen"
    await player.choose(way)
    assert player.name() == "ConfirmDialog"
    await player.press("enter")
    assert player.name() == "ShopScreen"


async def to_the_line(player: Player) -> None:
    """Start, two purchases with cash, key facts, consent, decision."""
    assert player.name() == "StartScreen"
    await player.choose("Lin Mei")
    assert player.name() == "HomeScreen"
    await buy(player, "Kettle", "Cash now")
    await buy(player, "Winter coat", "Cash now")
    await player.go("account")
    await player.press("r")
    assert "key facts" in player.shown()
    await player.press("enter")
    assert player.name() == "WhyDialog"
    assert "Approved: you can use 5,000.00" in player.shown()
    await player.press("escape")
    assert player.app.world.account.status == codes.ACTIVE


async def to_the_paid_bill(player: Player) -> None:
    """Instalments at checkout, the bill, paid in full."""
    await buy(player, "Headphones", "12 terms")
    assert any("over 12 terms" in note for note in player.told())
    await player.press("t")
    await player.choose("To the bill")
    await player.go("bills")
    assert "TO PAY by" in player.shown()
    await player.press("p")
    await player.choose("Bill in full")
    await player.press("enter")
    assert "Nothing on your bills is unpaid." in player.shown()


async def to_the_end(player: Player) -> None:
    """A request with a blocker, settled; review; closed."""
    await player.go("account")
    assert "[!]" in player.shown() and "CLEAR ALL" in player.shown()
    await player.press("p", "enter")
    assert "nothing stands in the way" in player.shown()
    await player.press("r", "enter")
    assert player.app.world.account.status == codes.CLOSURE_REVIEW
    await player.press("n", "n")
    assert player.app.world.account.status == codes.CLOSED
    assert "Can I come back?" in player.shown()


async def test_from_nothing_to_closed_and_back() -> None:
    """Every step by keys; at each stop the rows fill and nothing has failed."""
    async with at_screen() as player:
        for part in (to_the_line, to_the_paid_bill, to_the_end):
            await part(player)
            assert_rows_fill(player.app)
            assert player.app.failures == []
        closed = player.app.world.day
        for short in ("776.74", "1,400.00", "1,400.00"):
            await player.choose("Wait until then")
            assert f"{short} was not: there was no more cash" in player.told()[-1]
        await player.choose("Wait until then")
        assert player.app.world.day - closed == 90
        await player.press("r", "enter")
        assert player.app.world.account.status == codes.ACTIVE
        assert player.name() == "WhyDialog"
        assert "Approved" in player.shown()
        assert len(list(saves_folder().glob("*.db"))) == 1


WALKTHROUGH = Path(__file__).parents[2] / "docs" / "walkthrough.md"
AFTER = (
    ("HomeScreen", "No line"), ("AccountScreen", "Open"), ("ShopScreen", "Bought Headphones for 1,299.00 over 12 terms."),
    ("BillsScreen", "Nothing on your bills is unpaid."), ("AccountScreen", "Can I come back?"), ("WhyDialog", "Approved"),
)  # fmt: skip
"""Where each part of the walkthrough ends, and what stands there or is told."""


def walked() -> list[list[str]]:
    """The keys of each part of the walkthrough, as the page has them."""
    names = {"Enter": "enter", "Down": "down", "Up": "up", "Esc": "escape"}
    rows = re.findall(r"^Keys: (.+)$", WALKTHROUGH.read_text("utf-8"), re.MULTILINE)
    return [[names.get(key, key.strip("`")) for key in row.split(", ")] for row in rows]


async def test_the_walkthrough_works_key_by_key() -> None:
    async with at_screen() as player:
        for keys, (screen, words) in zip(walked(), AFTER, strict=True):
            for key in keys:
                await player.press(key)
                await player.until(lambda: not player.app.clock.running)
                if key == "h":
                    assert "Why 9.74?" in player.shown()
            assert player.name() == screen, player.shown()
            assert words in player.shown() or words in player.told()
    assert sum(map(len, walked())) == 47 and "forty-seven keys" in WALKTHROUGH.read_text("utf-8")


async def test_a_request_with_blockers_says_what_and_how_much() -> None:
    """Asking to close while a plan runs: the confirmation lists it, and the line stays."""
    async with at_screen() as player:
        await to_the_line(player)
        await buy(player, "Headphones", "12 terms")
        await player.go("account")
        await player.press("r")
        assert "[!]" in player.shown()
        await player.press("enter")
        assert player.app.world.account.status == codes.ACTIVE
        assert player.app.world.events[-1]["event"] == "closure_blocked"


async def test_asking_too_early_says_what_is_missing() -> None:
    """Without purchases the account names both conditions, and a request tells them too."""
    async with at_screen() as player:
        await player.choose("Zhao Lei")
        await player.go("account")
        assert player.shown().count("[!]") == 2
        await player.press("r", "enter")
        assert player.app.world.account.status != codes.ACTIVE


async def test_a_request_is_taken_back() -> None:
    """u in the review opens the line again."""
    async with at_screen() as player:
        await to_the_line(player)
        await player.go("account")
        await player.press("r", "enter", "u")
        assert player.app.world.account.status == codes.ACTIVE


async def test_a_person_of_ones_own() -> None:
    """The form refuses nonsense in a plain sentence, takes sense, and begins the life."""
    async with at_screen() as player:
        await player.choose("Make my own person")
        assert player.name() == "OwnScreen"
        await player.choose("30")
        await player.write("old")
        assert "Age: a whole number from 16 to 100." in player.shown()
        await player.write("0")
        assert "Age: a whole number from 16 to 100." in player.shown()
        await player.write("41")
        assert player.name() == "OwnScreen"
        await player.choose("6,000.00")
        await player.write("7000.005")
        assert "decimals" in player.shown()
        await player.write("8000000")
        assert "Pay a month: from 0.00 to 1,000,000.00 yuan." in player.shown()
        await player.write("7000")
        await player.choose("clerk")
        await player.choose("nurse")
        assert "nurse" in player.shown() and "clerk" not in player.shown()
        await player.choose("Begin this life")
        assert player.name() == "HomeScreen"
        assert player.app.world.shopper.income_fen == 700_000


async def test_ones_own_work_is_told_in_the_readers_words_and_chosen_from_all_there_is() -> None:
    assert JOBS == people.JOBS
    async with at_screen(None, SMALL, {"lang": "zh"}) as player:
        await player.choose("自己设一个人")
        assert "文员" in player.shown() and "clerk" not in player.shown()
        await player.choose("文员")
        assert all(chinese in player.shown() for _english, chinese in JOB_NAMES)


async def test_a_person_of_ones_own_owes_and_owns_only_what_was_said() -> None:
    """What the form says of debts and savings is what the lender's score tells too."""
    async with at_screen() as player:
        await player.choose("Make my own person")
        await player.choose("Begin this life")
        account, shopper = player.app.world.account, player.app.world.shopper
        assert (account.instalments_elsewhere_fen, account.loans_elsewhere, shopper.fund_fen) == (0, 0, 0)
        assert account.elsewhere_dpd[0] == 0
    async with at_screen() as player:
        await player.choose("Make my own person")
        await player.stand_on("2,000.00")
        await player.press("down", "down", "enter")
        await player.write("500")
        assert "Instalments elsewhere a month 500.00" in " ".join(player.shown().split())
        await player.choose("Begin this life")
        account = player.app.world.account
        assert (account.instalments_elsewhere_fen, account.loans_elsewhere) == (50_000, 1)
