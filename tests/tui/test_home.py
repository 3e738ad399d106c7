"""Home in a large window: charts of how money went so far, and what happened lately; in a small one it stays as it was."""

from __future__ import annotations

import pytest

from simulator.explain import why
from simulator.ledger.marks import marks_of
from simulator.messages import sentence
from simulator.money import money
from simulator.story import run_story
from simulator.text import LANGUAGES
from simulator.views.among import among
from simulator.views.lately import lately
from simulator.world import STORY
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import STATES, life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import LARGE, MIDDLE, SMALL, Player, assert_rows_fill, at_screen
from tests.tui.test_rows import cut_cells
from tui.lab.export import as_text
from tui.screens.dialogs import WhyDialog
from tui.widgets.page import Page

WIDE = (140, 45)


def page(player: Player, name: str) -> Page:
    return player.app.screen.query_one(f"#{name}", Page)


def below(player: Player, name: str, head: str) -> list[str]:
    """The rows of a page under a head."""
    rows = as_text(page(player, name).lines).splitlines()
    return rows[rows.index(head) + 1 :] if head in rows else []


async def test_a_new_day_begins_with_what_comes_next() -> None:
    """However far one had gone down the page."""
    async with at_screen(life("suspended"), SMALL) as player:
        await player.press("end")
        assert page(player, "main").scroll_offset.y > 0
        first = "".join(cell.text for cell in page(player, "main").lines[0])
        assert first.strip() not in player.shown()
        await player.press("n")
        assert page(player, "main").scroll_offset.y == 0
        assert "".join(cell.text for cell in page(player, "main").lines[0]).strip() in player.shown()


async def test_once_a_bill_is_made_enter_pays_and_its_amount_is_one_step_away() -> None:
    """Before it the cursor stands on the way to the shop, which is where the amount of the bill then comes."""
    async with at_screen(life("open"), SMALL) as player:
        await player.press("t")
        await player.choose("To the bill")
        await player.until(lambda: not player.app.clock.running)
        await player.settle()
        assert "> Pay  p" in player.shown()
        await player.press("up", "w")
        assert "Why 316.99?" in player.shown() and "On your bills, unpaid" in player.shown()
        await player.press("escape", "down", "enter")
        assert player.name() == "BillsScreen"


@pytest.mark.parametrize(
    ("lang", "ahead", "fund", "missed"),
    [
        ("en", "Wed 15 Jan: your cash will be 868.00 short for living.", "To your fund  m   1,200.00 in it", "868.00 was not"),
        ("zh", "1月15日 周三：现金不够生活开支，差 868.00。", "去看基金  m   里面有 1,200.00", "868.00 没付上"),
    ],
)
async def test_living_that_cash_will_not_reach_for_is_warned_of_and_stops_time(lang: str, ahead: str, fund: str, missed: str) -> None:
    """Time stops on that day, and what was not paid is said and kept in the inbox."""
    world = begin(mode=STORY)
    for step in FIRST_STEPS[:2]:
        world.do(step)
    async with at_screen(world, SMALL, {"lang": lang}) as player:
        assert ahead in player.shown() and fund in player.shown()
        player.app.jump(60, "month")
        await player.settle()
        assert world.date.isoformat() == "2025-01-15" and any(missed in told for told in player.told())
        await player.go("inbox")
        assert missed in "".join(player.rows())


@pytest.mark.parametrize(
    ("lang", "market", "lab"), [("en", "k market: many people", "v Lab: change the rules"), ("zh", "k 市场：很多人", "v 实验室：改规则")]
)
async def test_home_and_the_first_screen_name_the_market_and_the_lab(lang: str, market: str, lab: str) -> None:
    async with at_screen(None, SMALL, {"lang": lang}) as player:
        shown = "".join(player.shown().split())
        assert ("kisthemarket" in shown and "vistheLab" in shown) if lang == "en" else ("k是市场" in shown and "v是实验室" in shown)
        assert_rows_fill(player.app)
    async with at_screen(life("billed"), SMALL, {"lang": lang}) as player:
        assert market in player.rows()[2] and lab in player.rows()[2]
        await player.press("v")
        assert player.name() == "LabScreen"


async def test_without_money_in_the_fund_only_the_warning_stands() -> None:
    world = begin(mode=STORY)
    for step in FIRST_STEPS[:2]:
        world.do(step)
    world.shopper.fund_fen = 0
    async with at_screen(world, SMALL) as player:
        assert "short for living." in player.shown() and "fund" not in player.shown()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
async def test_every_state_fits_a_large_window(state: str, lang: str) -> None:
    world = life(state)
    async with at_screen(world, WIDE, {"lang": lang}) as player:
        assert_rows_fill(player.app)
        assert cut_cells(player) == []
        for each in ("main", "side"):
            assert len(page(player, each).lines) <= page(player, each).size.height


@pytest.mark.parametrize("size", [MIDDLE, WIDE, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_charts_reach_from_nothing_to_the_most_that_there_was(size: tuple[int, int]) -> None:
    world = life("suspended")
    async with at_screen(world, size) as player:
        shown = below(player, "main", "SO FAR")
        marks = marks_of(world.events, world.life.record, world.day)
        limits, cash = shown[: len(shown) // 2], shown[len(shown) // 2 + 1 :]
        assert "LIMIT" in limits[0] and "OWED" in limits[0] and "1 Jan 2025 to 15 Feb 2025" in limits[0]
        assert limits[1].startswith(f"{money(max(mark.limit_fen for mark in marks)):>12}")
        assert cash[0].startswith("CASH") and cash[1].startswith(f"{money(max(mark.cash_fen for mark in marks)):>12}")
        assert limits[-1].startswith(f"{'0.00':>12}") and cash[-1].startswith(f"{'0.00':>12}")


async def test_without_dots_the_lines_are_told_apart_by_letters() -> None:
    async with at_screen(life("suspended"), WIDE) as player:
        player.app.settings.ascii = True
        player.app.refresh_screen()
        told = "\n".join(below(player, "main", "SO FAR"))
        assert "*** LIMIT" in told and "ooo OWED" in told and told.isascii()


async def test_a_life_without_a_line_has_a_chart_of_cash_alone_and_on_its_first_day_a_sentence() -> None:
    world = life("no line")
    async with at_screen(world, WIDE) as player:
        assert below(player, "main", "SO FAR")[0].startswith("  From tomorrow on")
        await player.press("n")
        shown = below(player, "main", "SO FAR")
        assert shown[0].startswith("CASH") and "1 Jan 2025 to 2 Jan 2025" in shown[0]
        assert not any("OWED" in row for row in shown)


async def test_each_line_of_lately_answers_why() -> None:
    world = life("suspended")
    async with at_screen(world, WIDE) as player:
        expected = lately(world, 20)
        rows = below(player, "side", "LATELY")
        assert len(rows) == len(expected) > 10
        for row, each in zip(rows, expected, strict=True):
            assert each.what in row
            assert each.amount_fen is None or row.endswith(money(each.amount_fen))
            assert why(world, f"decision:{each.seq}").sentence == sentence(world.events[each.seq - 1])
        assert [each.seq for each in expected] == sorted((each.seq for each in expected), reverse=True)
        await player.press("tab")
        await player.stand_on("Headphones (12 terms)")
        await player.press("w")
        assert isinstance(player.app.screen, WhyDialog)
        assert "Bought Headphones for 1,299.00 over 12 terms." in player.shown()


@pytest.mark.parametrize("state", STATES)
async def test_a_small_window_has_neither(state: str) -> None:
    async with at_screen(life(state), SMALL) as player:
        shown = as_text(page(player, "main").lines)
        assert "SO FAR" not in shown and "LATELY" not in shown


async def test_nothing_is_pushed_out_of_sight_where_there_is_no_room() -> None:
    async with at_screen(life("billed"), (120, 24)) as player:
        for height in range(24, 46):
            await player.pilot.resize_terminal(120, height)
            await player.settle()
            assert len(player.rows()) == height
            main = page(player, "main")
            assert len(main.lines) <= main.size.height or "SO FAR" not in as_text(main.lines)
            side = page(player, "side")
            assert len(side.lines) <= side.size.height or "LATELY" not in as_text(side.lines)


@pytest.mark.parametrize(("lang", "told"), [("en", "you owe less than"), ("zh", "你欠得比")])
async def test_beside_a_market_home_says_where_one_stands_among_people_alike(lang: str, told: str) -> None:
    world = life("billed")
    async with at_market(HandMarket(count=5_000, day=1), WIDE, lang, world) as player:
        await player.press("h")
        seen = player.app.beside.runner.snapshot if player.app.beside.runner is not None else None
        assert seen is not None
        owed = among(seen, world.account).places[0]
        line = next(row for row in player.rows() if told in row)
        assert owed.name == "owed" and str(owed.more) in line
        assert ("owed on" in player.shown()) == (lang == "en" and seen.date != world.date)
        await player.press("tab")
        await player.choose(told)
        assert player.name() == "MarketScreen"
    async with at_market(HandMarket(count=5_000, day=1), WIDE, lang, life("no line")) as player:
        await player.press("h")
        assert told not in player.shown()


async def test_who_was_declined_today_is_not_told_to_ask_anew() -> None:
    """Neither at home nor in the shop."""
    async with at_screen(run_story("strict-thin-file").world) as player:
        assert "You can ask for a credit line again from" in player.shown()
        assert "> See your account" in player.shown() and "Ask for a credit line" not in player.shown()
        await player.go("shop")
        assert "You can ask for a credit line again from" in player.shown()
        assert "press a to ask" not in player.shown()


async def test_news_of_more_than_two_lines_says_that_there_is_more() -> None:
    world = life("late")
    world.do({"do": "request_hardship", "terms": 6})
    told = sentence(world.events[-1])
    async with at_screen(world, WIDE) as player:
        rows = below(player, "side", "NEW     all in the inbox, i")[:2]
        assert told.startswith(rows[0][9:].strip()) and rows[1].endswith(" ..")
        assert rows[1].strip(" .") in told and rows[1].strip(" .") + " " in told + " "
