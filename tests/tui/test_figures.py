"""Every figure on every screen answers "Why?", in every state of life, and its sum comes out."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from simulator.explain import Explanation, evaluate, why
from simulator.explain.answer import FEN, PPM, SHARE, value_text
from simulator.population.catalogue import items, merchant_name
from simulator.text import _, share_text
from simulator.views import orders
from simulator.world import World
from tests.lives import clerk
from tests.tui.lives import STATES, life
from tests.tui.on_screen import MIDDLE, PLACE_KEYS, SMALL, assert_rows_fill, at_screen
from tui.keys import keyed
from tui.screens.checkout import CheckoutScreen
from tui.screens.dialogs import WhyDialog
from tui.widgets.page import Page, Stop


def assert_answered(world: World, stops: list[Stop], answers: dict[str, Explanation]) -> None:
    """Every figure here, and all it leads to, has a sentence, a rule and a sum that comes out; `answers` are those
    that have been looked at, and will hold these too.
    """
    waiting = [stop.cell.figure for stop in stops if stop.cell.figure]
    while waiting:
        figure = waiting.pop()
        if figure in answers:
            continue
        told = answers[figure] = why(world, figure)
        assert evaluate(told) == told.value, figure
        assert told.sentence and told.title and told.rule, figure
        waiting += [line.figure for line in told.lines if line.figure]


def assert_same_figure(stops: list[Stop], answers: dict[str, Explanation]) -> None:
    """What stands on the screen is what the answer is about: amounts to the fen, shares to one decimal."""
    for stop in stops:
        assert stop.cell.figure
        told = answers[stop.cell.figure]
        shown = stop.cell.text.strip()
        if told.unit == FEN and shown[-3:-2] == ".":
            assert shown.lstrip("+-") == value_text(told.value, told.unit).lstrip("-"), stop.cell.figure
        elif told.unit in (PPM, SHARE) and shown.endswith("%"):
            assert shown == share_text(told.value), stop.cell.figure


@pytest.mark.parametrize("state", STATES)
async def test_every_figure_answers(state: str) -> None:
    """All places and a checkout, in one state of life."""
    world = life(state)
    answers: dict[str, Explanation] = {}
    async with at_screen(world, SMALL) as player:
        for place in PLACE_KEYS:
            await player.go(place)
            assert_answered(world, player.figures(), answers)
            assert_same_figure(player.figures(), answers)
        player.app.push_screen(CheckoutScreen("headphones"))
        await player.settle()
        assert_answered(world, player.figures(), answers)
        assert_same_figure(player.figures(), answers)


@pytest.mark.parametrize("state", ("billed", "suspended"))
async def test_answers_open_in_both_languages(state: str) -> None:
    """The answer to a figure of each kind can be drawn, in Chinese too, with nothing failing."""
    async with at_screen(life(state), MIDDLE) as player:
        by_kind: dict[str, str] = {}
        for place in PLACE_KEYS:
            await player.go(place)
            by_kind |= {stop.cell.figure.partition(":")[0]: stop.cell.figure for stop in player.figures() if stop.cell.figure}
        for _language in range(2):
            for figure in by_kind.values():
                dialog = WhyDialog(figure)
                player.app.push_screen(dialog)
                await player.pilot.pause()
                page = dialog.query_one(Page)
                assert len(page.lines) > 6
                deeper = {stop.cell.figure for stop in page.stops} - {figure, None}
                assert (page.lines[-1][0].text == keyed(_("Enter deeper   {key_Esc} back   {key_y} copy"), WhyDialog)) == bool(deeper)
                dialog.dismiss()
                await player.pilot.pause()
            await player.press("f9")


async def test_letters_open_the_answer() -> None:
    """With no figure under the cursor, w marks the figures with letters, and a letter asks."""
    async with at_screen(life("billed")) as player:
        await player.stand_on("Pay")
        await player.press("w")
        glance, main = (player.app.screen.query_one(f"#{name}", Page) for name in ("glance", "main"))
        assert list(glance.letters) == ["a", "s", "d", "f"]
        assert main.letters and "Press a letter to ask about its figure" in player.rows()[-1]
        letter = next(letter for letter, stop in main.letters.items() if stop.cell.figure == "minimum")
        assert "Casha1,932.00 Owes316.99" in player.rows()[0]
        await player.press(letter)
        assert isinstance(player.app.screen, WhyDialog)
        assert player.app.screen.asked == ["minimum"]
        await player.press("escape")
        assert not glance.letters and not main.letters


async def test_another_key_takes_the_letters_away() -> None:
    """A key without a figure only hides the letters: it does not go anywhere."""
    async with at_screen(life("billed")) as player:
        await player.stand_on("Pay")
        await player.press("w", "escape")
        assert player.name() == "HomeScreen"
        assert not any(page.letters for page in player.app.screen.query(Page))
        assert "w Why" in player.rows()[-1]
        await player.press("b")
        assert player.name() == "BillsScreen"


async def test_enter_goes_deeper_and_escape_back() -> None:
    """From the minimum to what it is made of, and back the same way."""
    async with at_screen(life("billed")) as player:
        await player.go("bills")
        least = [
            stop.cell.text.strip() for stop in player.figures() if stop.cell.figure == "statement:0:minimum"
        ]
        assert len(least) == 1, [stop.cell.figure for stop in player.figures()]
        await player.stand_on(least[0])
        await player.press("w")
        dialog = player.app.screen
        assert isinstance(dialog, WhyDialog)
        first = player.shown()
        await player.press("enter")
        assert len(dialog.asked) == 2
        assert player.shown() != first
        await player.press("escape")
        assert len(dialog.asked) == 1
        assert player.shown() == first
        await player.press("escape")
        assert player.name() == "BillsScreen"


@pytest.mark.parametrize(("lang", "earlier", "this"), [("en", "28 Dec 2024", "4 Jan "), ("zh", "2024年12月28日", "1月4日 ")])
async def test_entries_of_another_year_say_which(lang: str, earlier: str, this: str) -> None:
    """Their sentences stand in one column all the same."""
    buys = ({"do": "buy", "amount": "80.00"}, {"do": "wait", "days": 7}, {"do": "buy", "amount": "90.00"})
    world = clerk(None, *buys, start="2024-12-28")
    async with at_screen(world, SMALL, {"lang": lang}) as player:
        player.app.explain("exposure")
        await player.settle()
        rows = [row for row in player.rows() if earlier in row or this in row]
        assert len(rows) == 2 and earlier in rows[0] and this in rows[1] and "2025" not in rows[1]
        bought = "Bought" if lang == "en" else "订单"
        assert len({cell_len(row[: row.index(bought)]) for row in rows}) == 1
        assert_rows_fill(player.app)


async def test_the_answer_can_be_copied() -> None:
    """y copies the whole answer, and the figure under the cursor outside of it."""
    async with at_screen(life("billed")) as player:
        await player.press("f6")
        copied = player.app.clipboard
        await player.press("y")
        assert player.app.clipboard != copied
        player.app.explain("can_use")
        await player.settle()
        await player.press("y")
        assert player.app.clipboard.startswith("Why ")
        assert "\n" in player.app.clipboard


async def test_an_unknown_figure_says_so() -> None:
    """A dialog about nothing tells what there is."""
    async with at_screen(life("open")) as player:
        player.app.explain("moon")
        await player.settle()
        assert "There is no figure" in player.shown()
        await player.press("escape")
        assert player.name() == "HomeScreen"


async def test_after_an_answer_at_checkout_enter_does_what_the_footer_says() -> None:
    """A letter leaves the cursor where it is; on a figure the row is the chosen one and Enter is why."""
    async with at_screen(life("open")) as player:
        player.app.push_screen(CheckoutScreen("headphones"))
        await player.settle()
        await player.stand_on("6 terms")
        await player.press("w")
        letter = next(
            letter for letter, stop in player.page.letters.items() if stop.cell.figure == "offer:129900:24:fee"
        )
        await player.press(letter)
        assert isinstance(player.app.screen, WhyDialog)
        await player.press("escape")
        here = player.page.current
        assert here is not None and here.cell.text == "6 terms"
        assert "Enter Buy so" in player.rows()[-1] and "> 6 terms" in player.shown()
        await player.press("right", "down")
        assert "Enter Why" in player.rows()[-1] and "> 12 terms" in player.shown()
        await player.press("right", "right", "right")
        await player.press("enter")
        assert player.app.screen.asked == ["offer:129900:12:simple"]


async def test_end_shows_the_last_line_of_a_page_whose_last_figure_stands_above_it() -> None:
    async with at_screen(life("billed")) as player:
        await player.go("money")
        await player.press("end")
        page = player.page
        assert page.scroll_offset.y == max(0, len(page.lines) - page.size.height)


async def test_every_thing_in_the_shop_names_its_shop_in_both_languages() -> None:
    for language in ("en", "zh"):
        async with at_screen(life("billed"), asked={"lang": language}) as player:
            await player.go("shop")
            told = ["".join(cell.fitted() for cell in line) for line in player.page.lines]
            for each in items():
                assert any(each.name in row and merchant_name(each.merchant) in row for row in told), each.key


async def test_a_service_cannot_be_sent_back() -> None:
    world = life("open")
    world.do({"do": "buy", "item": "haircut", "channel": "flash"})
    assert [each.returnable for each in orders(world)][:2] == [False, True]
