"""The explorer: people found by what is written, sorted, kept filters, and the life that opens from a row."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from rich.cells import cell_len
from textual.widgets import Input

from simulator import codes
from simulator.files import data_folder
from simulator.market.query import Today, parse
from simulator.text import LANGUAGES
from tests.tui.lives import life
from tests.tui.markets import MIDDLE, HandMarket, at_market
from tests.tui.on_screen import SMALL, Player, assert_rows_fill
from tui.saved_filters import saved_filters
from tui.screens.explorer import ExplorerScreen, people_columns
from tui.screens.life import LifeScreen
from tui.screens.market import MarketScreen
from tui.widgets.table import Table


def explorer_of(player: Player) -> ExplorerScreen:
    """The explorer."""
    assert isinstance(player.app.screen, ExplorerScreen)
    return player.app.screen


async def filtered(player: Player, text: str) -> None:
    """Write a filter and wait for its rows."""
    await player.press("f")
    field = player.app.screen.query_one(Input)
    field.value = text
    await player.settle()
    await player.press("enter")


async def test_the_explorer_finds_and_sorts() -> None:
    market = HandMarket()
    async with at_market(market, MIDDLE, world=life("billed")) as player:
        await player.press("x")
        screen = explorer_of(player)
        await filtered(player, "bucket >= M2 and not student")
        assert screen.order is not None
        found = parse("bucket >= M2 and not student").rows(
            market.snapshot.columns, Today(market.day, market.snapshot.date)
        )
        assert sorted(screen.order.tolist()) == found.tolist()
        assert f"{len(found)} of 500" in player.shown()
        table = screen.query_one(Table)
        assert table.has_focus
        while table.sort_key != "exposure_fen":
            await player.press("right")
        await player.press("o")
        owed = [int(market.snapshot.columns["exposure_fen"][row]) for row in screen.order.tolist()]
        assert owed == sorted(owed, reverse=True)
        await player.press("down", "down", "o")
        assert table.cursor == 0, "who sorts wants to see the first"
        owed = [int(market.snapshot.columns["exposure_fen"][row]) for row in screen.order.tolist()]
        assert owed == sorted(owed)


async def test_what_has_no_column_cannot_be_sorted_by() -> None:
    """As the table before its first rows: no column is under its cursor."""
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("x")
        explorer_of(player).query_one(Table).columns = []
        await player.press("o")
        assert player.app.looked_for.sorted_by == "number"
        shown = player.shown()
        await player.press("h", "x")
        assert player.shown() == shown


async def test_before_the_first_rows_there_is_nothing_to_sort() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("x")
        explorer_of(player).order = None
        assert [key.refusal for key in explorer_of(player).own_keys() if key.key == "o"] == ["One moment …"]


async def test_nobody_whose_debt_was_written_off_is_late_in_the_explorer_even_once_it_is_paid() -> None:
    seen = HandMarket().snapshot
    late = {"dpd": 180, "exposure_fen": 0}
    for row, status in enumerate((codes.CHARGED_OFF, codes.CLOSED, codes.SUSPENDED)):
        for key, value in {**late, "status": status}.items():
            seen.columns[key][row] = value
    cell = people_columns(seen)["dpd"].cell
    assert [cell(row).text for row in range(3)] == ["", "", "180"]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_what_can_be_done_with_a_filter_fits_however_many_it_finds(lang: str) -> None:
    async with at_market(HandMarket(), SMALL, lang, life("billed")) as player:
        await player.press("x")
        screen = explorer_of(player)
        await filtered(player, "in M2")
        for count in (1, 1_000_000):
            screen.order = np.zeros(count, np.int64)
            line = "".join(cell.fitted() for cell in screen.build(SMALL[0] - 1)[0])
            assert f"{count:,}" in line and "f" in line.split("u")[1] and cell_len(line) < SMALL[0]


async def test_a_bad_filter_is_one_plain_sentence_and_the_rows_stay() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x")
        screen = explorer_of(player)
        before = screen.order
        await filtered(player, "scor > 600")
        assert "Did you mean “score”?" in player.shown().replace("\n", " ")
        assert screen.order is before
        assert isinstance(player.app.screen.focused, Input)
        await player.press("escape")
        assert player.app.screen.query_one(Table).has_focus


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_rows_under_a_bad_filter_say_that_they_are_those_of_the_last_good_one(lang: str) -> None:
    async with at_market(HandMarket(), SMALL, lang, life("billed")) as player:
        await player.press("x")
        screen = explorer_of(player)
        table = screen.query_one(Table)

        def colours() -> set[object]:
            return {segment.style.color for segment in table.render_line(2) if segment.style and segment.text.strip()}

        everybody = "Still shown: everybody" if lang == "en" else "列出的仍是所有人"
        assert everybody not in player.shown() and len(colours()) > 1
        await filtered(player, "scor > 600")
        assert everybody in player.shown() and len(colours()) == 1

        await filtered(player, "bucket >= M2")
        assert screen.order is not None and len(colours()) > 1
        count = len(screen.order)
        await filtered(player, "bucket >= M2 and scor > 600")
        told = f"Still shown: {count} of 500, found by “bucket >= M2”" if lang == "en" else f"“bucket >= M2”的结果：500 人中有 {count} 人"
        assert told in player.shown() and everybody not in player.shown()
        assert len(screen.order) == count and len(colours()) == 1
        assert_rows_fill(player.app)
        await player.press("escape", "u")
        assert told[:5] not in player.shown() and "500" in player.rows()[4] and len(colours()) > 1


async def test_letters_in_the_filter_type_and_right_takes_the_suggestion() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x", "f", *"limit c")
        field = player.app.screen.query_one(Input)
        assert field.value == "limit c"
        await player.press("right")
        assert field.value == "limit cut"
        assert player.name() == "ExplorerScreen"


async def test_a_filter_can_be_kept_used_and_forgotten() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x")
        await filtered(player, "owner")
        await player.press("f", "down")
        await player.choose("Keep this filter")
        assert saved_filters() == ["owner"]
        await player.press("f", "down")
        await player.choose("bucket >= M2")
        assert player.app.screen.query_one(Input).value == "bucket >= M2"
        await player.press("f", "down")
        await player.choose("owner")
        await player.press("f", "down")
        await player.choose("Forget this filter")
        assert saved_filters() == []


async def test_the_filter_and_the_order_are_as_one_left_them_and_u_shows_everybody() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x")
        await filtered(player, "bucket >= M2")
        while player.app.screen.query_one(Table).sort_key != "exposure_fen":
            await player.press("right")
        await player.press("o")
        left = explorer_of(player).order
        assert left is not None and 0 < len(left) < 500
        await player.press("h", "x")
        order = explorer_of(player).order
        assert order is not None and order.tolist() == left.tolist()
        assert player.app.screen.query_one(Input).value == "bucket >= M2" in player.rows()[3]
        assert "u: everybody" in player.shown() and "u Everybody" in player.rows()[-1]
        await player.press("u")
        assert "500 of 500" in player.shown() and "u Everybody" not in player.rows()[-1]
        await player.press("h", "x")
        assert player.app.screen.query_one(Input).value == ""
        assert "principal" in player.shown() and player.app.screen.query_one(Table).sorted_by == "exposure_fen"


async def test_those_who_are_shown_are_kept_as_a_table_in_their_order() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x")
        await filtered(player, "bucket >= M2")
        order = explorer_of(player).order
        assert order is not None
        named = {english: run for english, _shown, run in explorer_of(player).palette()}
        named["file: Export these people"]()
        await player.settle()
        rows = list(csv.DictReader((data_folder() / "exports" / "people-1.csv").read_text("utf-8").splitlines()))
        assert [int(row["shopper"]) - 1 for row in rows] == order.tolist()
        seen = explorer_of(player).seen
        assert seen is not None
        assert [int(row["limit_fen"]) for row in rows] == seen.columns["limit_fen"][order].tolist()
        assert [int(row["stated_income_fen"]) for row in rows] == seen.columns["income_fen"][order].tolist()


async def test_months_and_news_of_the_market_are_kept_as_tables() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k")
        screen = player.app.screen
        assert isinstance(screen, MarketScreen) and screen.seen is not None
        named = {english: run for english, _shown, run in screen.palette()}
        named["file: Export the months"]()
        await player.settle()
        named["file: Export the news"]()
        await player.settle()
        folder = data_folder() / "exports"
        months = list(csv.DictReader((folder / "months-1.csv").read_text("utf-8").splitlines()))
        news = list(csv.DictReader((folder / "news-1.csv").read_text("utf-8").splitlines()))
        assert [row["month"] for row in months][-1] == screen.seen.monthly[-1]["month"]
        assert [int(row["to_fen"]) for row in news] == screen.seen.news["to_fen"].tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_while_one_writes_a_filter_the_keys_say_how_to_keep_it(lang: str) -> None:
    async with at_market(HandMarket(), SMALL, lang, life("billed")) as player:
        await player.press("x", "f")
        assert ("Down Kept filters, examples" if lang == "en" else "向下 收藏和例子") in player.rows()[-1]
        await player.press(*"owner")
        assert ("Down Keep this, kept ones" if lang == "en" else "向下 收藏、看收藏") in player.rows()[-1]
        await player.press("enter")
        assert ("keep this filter" if lang == "en" else "收藏这条筛选") in player.shown()
        assert_rows_fill(player.app)


async def test_enter_on_a_row_opens_that_shopper() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("x")
        await filtered(player, "number 42")
        await player.press("enter")
        assert isinstance(player.app.screen, LifeScreen)
        assert market.opened == [42]
        assert "no. 42" in player.rows()[2]
