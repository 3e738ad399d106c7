"""Market, explorer and lives by keys alone, in front of a market whose snapshots are known."""

from __future__ import annotations

import datetime
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from textual.widgets import Input

from simulator import text
from simulator.codes import SUSPENSION_CAUSES
from simulator.engine.measures import NEWS_REINSTATED
from simulator.engine.run import Cancelled
from simulator.explain import evaluate, why_market
from simulator.market.query import Today, parse
from simulator.money import money
from simulator.policy.load import load_policy, set_field
from simulator.policy.own import own_folder, save_own
from simulator.text import LANGUAGES
from simulator.views.news import Item
from simulator.world import World
from tests.tui.lives import life
from tests.tui.markets import HandMarket, known_life, until_shown
from tests.tui.on_screen import SMALL, TIMEOUT, Player, assert_rows_fill, at_screen
from tests.tui.test_rows import cut_cells
from tui.market_runner import PAUSED, STOPPED, MarketRunner, Recipe, Refused, Stop, Tell
from tui.saved_filters import saved_filters
from tui.screens.explorer import ExplorerScreen
from tui.screens.life import LifeScreen
from tui.screens.market import MarketScreen
from tui.screens.market_views import arrears_lines
from tui.screens.who import who_text
from tui.settings import load_settings
from tui.widgets.page import Page
from tui.widgets.table import Table

MIDDLE = (140, 45)


@asynccontextmanager
async def at_market(
    market: HandMarket, size: tuple[int, int] = SMALL, lang: str = "en", world: World | None = None
) -> AsyncIterator[Player]:
    """An app beside which this market is warm and paused."""
    async with at_screen(world, size, {"lang": lang}) as player:
        runner = player.app.market = MarketRunner(lambda *_told: market)
        runner.start()
        assert market.warm.wait(TIMEOUT)
        runner.set_speed(PAUSED)
        await player.until(lambda: runner.snapshot is not None)
        try:
            yield player
        finally:
            runner.close()


def market_of(player: Player) -> MarketScreen:
    """The market's screen."""
    assert isinstance(player.app.screen, MarketScreen)
    return player.app.screen


def explorer_of(player: Player) -> ExplorerScreen:
    """The explorer."""
    assert isinstance(player.app.screen, ExplorerScreen)
    return player.app.screen


def news_of(player: Player) -> Table:
    """The table of news."""
    return player.app.screen.query_one("#news", Table)


async def filtered(player: Player, text: str) -> None:
    """Write a filter and wait for its rows."""
    await player.press("f")
    field = player.app.screen.query_one(Input)
    field.value = text
    await player.settle()
    await player.press("enter")


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: str) -> None:
    async with at_market(HandMarket(), size, lang, life("billed")) as player:
        await player.press("k")
        for _page in range(6):
            assert_rows_fill(player.app)
            assert "ctrl+p" in player.rows()[-1]
            cut = [
                page.id for page in player.app.screen.query(Page) if page.display
                for line in page.lines if sum(len(cell.fitted()) for cell in line) > max(page.size.width, 80)
            ]  # fmt: skip
            assert cut == []
            await player.press("right")
        await player.press("x")
        assert_rows_fill(player.app)
        await player.press("end")
        assert_rows_fill(player.app)
        await player.press("enter", "f")
        assert player.name() == "LifeScreen"
        assert_rows_fill(player.app)


async def test_the_market_can_be_watched_without_a_life() -> None:
    async with at_market(HandMarket()) as player:
        player.app.action_go("market")
        await player.settle()
        assert "20 Jul 2025" in player.rows()[0] and "500 people" in player.rows()[0]
        await player.press("x")
        assert player.name() == "ExplorerScreen"
        await player.press("escape")
        assert player.name() == "StartScreen"


async def test_until_the_market_is_warm_the_screen_says_so_and_keys_go_elsewhere() -> None:
    market = HandMarket()
    async with at_screen(life("billed")) as player:
        player.app.market = MarketRunner(lambda *_told: market)
        await player.press("k")
        assert "Preparing the market" in player.shown()
        await player.press("f")
        assert "not ready" in " ".join(player.told())
        await player.press("h")
        assert player.name() == "HomeScreen"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_while_people_are_made_it_is_seen_how_far_and_g_stops(lang: str) -> None:
    going = threading.Event()

    def making(tell: Tell, stopped: Stop) -> HandMarket:
        tell(400_000, 1_000_000)
        going.set()
        while not stopped():
            tell(400_000, 1_000_000)
        raise Cancelled

    async with at_screen(life("billed"), asked={"lang": lang}) as player:
        runner = player.app.market = MarketRunner(making)
        runner.start()
        assert going.wait(TIMEOUT)
        await player.press("k")
        assert "400,000" in player.shown()
        assert "40 %" in player.shown()
        assert_rows_fill(player.app)
        await player.press("g")
        await player.until(lambda: runner.state == STOPPED)
        market_of(player).look()
        await player.settle()
        assert ("Stopped before the first day" if lang == "en" else "停") in player.shown()
        assert player.app.failures == []


async def test_a_market_that_fails_says_so_in_a_sentence() -> None:
    def broken(*_told: object) -> HandMarket:
        raise MemoryError("no room")

    async with at_screen(life("billed"), fails=True) as player:
        player.app.market = MarketRunner(broken)
        player.app.market.start()
        await player.until(lambda: player.app.open_market().state == "failed")
        await player.press("k")
        assert "The market had to stop" in player.shown().replace("\n", " ")
        assert "Traceback" not in player.shown()


async def test_a_market_for_which_there_is_no_room_says_why_and_is_no_failure() -> None:
    def too_large(*_told: object) -> HandMarket:
        raise Refused("9,000,000 shoppers need 12,000 MB of memory, and 8,000 MB are free; take fewer.")

    async with at_screen(life("billed")) as player:
        player.app.market = MarketRunner(too_large)
        player.app.market.start()
        await player.until(lambda: player.app.open_market().state == "failed")
        await player.press("k")
        assert "8,000 MB are free; take fewer." in player.shown()


async def test_news_are_told_one_at_a_time_and_the_rest_adds_up() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        screen = market_of(player)
        screen.runner.set_speed(1)
        market.advanced.get(timeout=TIMEOUT)
        until_shown(screen.runner, market.day)
        screen.look()
        told_before = len(screen.desk.told)
        screen.tell_one()
        await player.settle()
        assert len(screen.desk.told) > told_before
        assert screen.seen is not None
        day = int((screen.seen.news["day"] == screen.seen.day).sum())
        told = [seq for seq in screen.desk.told if seq >= screen.seen.news_total - day]
        assert screen.desk.rest.count + len(told) == day
        await player.settle()
        assert f"and {screen.desk.rest.count} more" in player.shown()
        screen.runner.set_speed(PAUSED)


async def test_paused_the_list_holds_all_that_is_kept_and_enter_opens_the_life() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        assert len(news_of(player).order) == len(market.snapshot.news)
        await player.press("down", "enter")
        assert player.name() == "LifeScreen"
        newest = market.snapshot.news[::-1]
        assert f"no. {newest['shopper'][1]}" in player.rows()[2]
        assert "Suspended" in player.shown()
        assert "can use 0.00" in player.shown(), "a line that is shut is no room, whatever the limit leaves"
        await player.press("escape")
        assert player.name() == "MarketScreen"


async def test_w_on_a_row_of_news_asks_why_it_happened_or_opens_the_life_that_does_not_tell() -> None:
    market = HandMarket()
    event = next(event for event in known_life().events if event["event"] == "limit_changed")
    news = market.snapshot.news.copy()
    news[-1] = (event["day"], 42, 1, event["from_fen"], event["to_fen"], 0, *list(news[-1])[6:])
    market.snapshot = replace(market.snapshot, news=news)
    async with at_market(market, world=life("billed")) as player:
        await player.press("k", "w")
        assert player.name() == "WhyDialog"
        assert who_text(market.snapshot, 42) in player.shown(), "whose it is stands in the answer"
        assert money(event["from_fen"]) in player.shown() and money(event["to_fen"]) in player.shown()
        await player.press("escape", "down", "w")
        assert player.name() == "LifeScreen", "a life made by hand has no event of that news"


@pytest.mark.parametrize("size", [SMALL, (140, 45)])
async def test_what_playing_on_means_is_told_to_its_end(size: tuple[int, int]) -> None:
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await player.press("k", "enter")
        await player.choose("Play on from here")
        assert "and your other lives stay as they are." in " ".join(player.shown().split())


async def test_nobody_is_compared_with_themselves() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k", "enter")
        screen = player.found(LifeScreen)
        assert "another one" in screen._take_number(str(screen.shopper))
        assert player.name() == "LifeScreen"


@pytest.mark.parametrize(("width", "told"), [(86, "42 of 60"), (140, "42 of 60 people have come so far")])
async def test_people_who_come_only_later_are_told_of_at_any_width(width: int, told: str) -> None:
    market = HandMarket()
    stocks = {**market.snapshot.stocks, "shoppers": 42}
    market.snapshot = replace(market.snapshot, stocks=stocks, shoppers=60)
    async with at_market(market, (width, 24), world=life("billed")) as player:
        await player.press("k")
        assert player.rows()[2].rstrip().endswith(told)


@pytest.mark.parametrize(("late_then", "marked"), [(20_000, True), (23_800, False), (24_100, False)])
async def test_what_is_late_is_marked_only_where_it_grew_by_more_than_a_trifle(late_then: int, marked: bool) -> None:
    """Between two days of looking a share of 2.4 % moves by some hundredths by chance."""
    market = HandMarket()
    owed = 100_000_000
    now, then = ({**market.snapshot.stocks, "exposure_fen": owed, "dpd30_plus_fen": owed * ppm // 1_000_000} for ppm in (24_100, late_then))
    market.snapshot = replace(market.snapshot, stocks=now, earlier=then)
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        late = next(row for row in player.rows() if row.startswith("Over 30 days"))
        assert ("[!]" in late) is marked
        assert any("on 20 Jun" in row and "since then" in row for row in player.rows())


async def test_the_keys_that_the_footer_names_turn_the_pages() -> None:
    async with at_market(HandMarket(), SMALL, world=life("billed")) as player:
        await player.press("k")
        assert "<> Pages" in player.rows()[-1]
        await player.press("greater_than_sign")
        assert "OWED by days late" in player.shown()
        await player.press("less_than_sign", "enter")
        assert player.name() == "LifeScreen" and "<> Charts" in player.rows()[-1]
        await player.press("greater_than_sign")
        assert player.found(LifeScreen).charted
        await player.press("less_than_sign")
        assert not player.found(LifeScreen).charted


async def test_tab_goes_from_the_news_to_the_markets_figures_and_then_to_the_players_own() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k")
        assert isinstance(player.app.screen.focused, Table)
        await player.press("tab", "w")
        assert player.name() == "WhyDialog" and "Cash" not in player.shown()
        await player.press("escape", "tab", "w")
        assert "Cash" in player.shown()


@pytest.fixture
def long_lived(monkeypatch: pytest.MonkeyPatch) -> HandMarket:
    """A market whose every shopper has a life of many pages."""
    market = HandMarket()
    monkeypatch.setattr(market, "life", lambda _shopper: life("charged off"))
    return market


async def test_a_long_life_opens_at_what_was_chosen(long_lived: HandMarket) -> None:
    async with at_market(long_lived, world=life("billed")) as player:
        await player.press("k", "enter")
        main = player.app.screen.query_one("#main", Page)
        assert main.current is not None and main.current.line >= main.size.height
        assert 0 <= main.current.line - main.scroll_offset.y < main.size.height


async def test_from_the_explorer_a_long_life_opens_at_its_newest(long_lived: HandMarket) -> None:
    async with at_market(long_lived, world=life("billed")) as player:
        await player.press("x", "enter")
        main = player.app.screen.query_one("#main", Page)
        assert main.current is not None and "written off" in main.current.cell.text
        assert main.scroll_offset.y + main.size.height >= len(main.lines), "what came after it is in view too"
        assert main.scroll_offset.y > 0 and "Play on from here" in player.shown(), "how it stands stays in view"
        await player.press("w")
        assert "The debt was written off" in player.shown()
        await player.press("escape")
        for _line in main.stops:
            await player.press("up")
            assert main.current is not None and main.current.cell.text.strip() in player.shown()
        assert main.current is not None and main.current.line == 0 and main.scroll_offset.y == 0


@pytest.mark.parametrize("width", [120, 140])
async def test_the_parts_of_a_score_have_their_whole_names_and_a_word_about_their_marks(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    market = HandMarket()
    monkeypatch.setattr(market, "life", lambda _shopper: life("autopay"))
    async with at_market(market, (width, 45), world=life("billed")) as player:
        await player.press("k", "enter")
        told = " ".join(player.shown().split())
        assert "SCORE PARTS" in told and "_ . - = * #: from no point" in told
        assert not cut_cells(player)


async def test_from_the_news_a_life_opens_at_the_very_decision_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two things are decided on one day: the line says which of them is meant."""
    lived = life("charged off")
    suspended, written_off = (next(each for each in lived.events if each["event"] == kind) for kind in ("suspended", "charged_off"))
    market = HandMarket()
    monkeypatch.setattr(market, "life", lambda _shopper: lived)
    monkeypatch.setitem(written_off, "day", suspended["day"])
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        for kind, event in (("suspended", suspended), ("charged_off", written_off), ("limit_up", written_off)):
            told = Item(0, event["day"], 7, kind, 0, 0, -1)
            player.app.push_screen(LifeScreen(7, told))
            await player.settle()
            here = player.app.screen.query_one("#main", Page).current
            assert here is not None and here.cell.figure == f"decision:{event['seq']}", kind
            await player.press("escape")


@pytest.mark.parametrize(
    ("lang", "told", "why"), [("en", "suspension over", "nothing late; asked 3 days ago"), ("zh", "停用解除", "已无逾期；3 天前申请")]
)
async def test_a_line_that_comes_back_is_told_filtered_opened_and_explained(
    lang: str, told: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = life("suspended")
    for step in ({"do": "repay", "amount": "full"}, {"do": "wait", "days": 1}, {"do": "request_reinstatement"}, {"do": "wait", "days": 4}):
        lived.do(step)
    lifted = next(each for each in lived.events if each["event"] == "reinstated")
    market = HandMarket()
    news = market.snapshot.news.copy()
    news[-1] = (lifted["day"], 42, NEWS_REINSTATED, 0, 0, SUSPENSION_CAUSES.index(lifted["cause"]), 0, 0)
    market.snapshot = replace(market.snapshot, news=news)
    monkeypatch.setattr(market, "life", lambda _shopper: lived)
    async with at_market(market, world=life("billed"), lang=lang) as player:
        await player.press("k", "f")
        await player.choose(text._("All but limits"))
        await player.until(lambda: why in player.shown())
        assert told in player.shown()
        await player.press("w")
        assert player.name() == "WhyDialog" and who_text(market.snapshot, 42) in player.shown()
        await player.press("escape", "enter")
        here = player.app.screen.query_one("#main", Page).current
        assert here is not None and here.cell.figure == f"decision:{lifted['seq']}"


async def test_news_can_be_filtered_by_direction_and_size() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k", "f")
        await player.choose("Cut limits")
        news = market.snapshot.news
        assert len(news_of(player).order) == int((news["kind"] == 1).sum())
        await player.press("f")
        await player.choose("Limits by size")
        await player.write("500")
        change = abs(news["to_fen"] - news["from_fen"])
        assert len(news_of(player).order) == int(((news["kind"] == 1) & (change >= 50_000)).sum())
        assert "at least 500.00" in player.shown()


async def test_time_of_the_market_is_set_by_its_menu() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k", "t")
        await player.choose("One day on")
        assert market.advanced.get(timeout=TIMEOUT) == 1
        await player.press("t")
        await player.choose("To a date")
        await player.write("2024-01-01")
        assert "A date after" in player.shown()
        await player.write("2025-08-01")
        assert market.advanced.get(timeout=TIMEOUT) == 11
        until_shown(market_of(player).runner, market.day)
        market_of(player).look()
        await player.settle()
        assert "1 Aug 2025" in player.rows()[2]


async def test_how_many_people_there_are_is_asked_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def new_market(recipe: Recipe, *_told: object) -> HandMarket:
        made.append(recipe.shoppers)
        return HandMarket()

    monkeypatch.setattr("tui.market_runner.new_market", new_market)
    monkeypatch.setattr("tui.market_runner.is_compiled", lambda: True)
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k", "t")
        await player.choose("How many people")
        await player.write("no idea")
        assert "A whole number from 1 to 10,000,000." in player.shown()
        await player.write("100,000")
        runner = player.app.market
        assert runner is not None
        await player.until(lambda: runner.snapshot is not None)
        runner.close()
        assert made == [100_000] and load_settings({}).shoppers == 100_000
    async with at_screen(life("billed")) as player:
        assert player.app.market_recipe().shoppers == 100_000


async def test_after_a_pause_the_market_goes_on_as_fast_as_before() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k", "t")
        await player.choose("30 days a second")
        await player.press("g")
        assert market_of(player).runner.speed == PAUSED
        await player.press("g")
        assert market_of(player).runner.speed == 30


async def test_escape_stops_a_jump_before_it_leaves() -> None:
    market = HandMarket(hold=True)
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        screen = market_of(player)
        screen.runner.jump(2_000)
        assert market.going.wait(TIMEOUT)
        await player.press("escape")
        assert player.name() == "MarketScreen" and screen.runner.target is None
        await player.press("escape")
        assert player.name() == "HomeScreen"


async def test_every_figure_of_the_market_explains_itself_and_its_sum_holds() -> None:
    market = HandMarket()
    async with at_market(market, MIDDLE, world=life("billed")) as player:
        await player.press("k")
        figures = set()
        for _page in range(5):
            figures |= {
                stop.cell.figure for stop in player.figures() if str(stop.cell.figure).startswith("market:")
            }
            await player.press("right")
        assert len(figures) > 20
        for figure in sorted(str(figure) for figure in figures):
            told = why_market(market.snapshot, figure)
            assert evaluate(told) == told.value, figure
        await player.press("shift+tab", "w")
        assert player.name() == "WhyDialog"


@pytest.mark.parametrize("ended", [False, True])
async def test_the_result_says_where_the_costs_of_the_running_month_are_missing(ended: bool) -> None:
    market = HandMarket()
    month_end = (market.snapshot.date.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    market.snapshot = replace(market.snapshot, date=month_end if ended else month_end - datetime.timedelta(days=9))
    async with at_market(market, SMALL, world=life("billed")) as player:
        await player.press("k", "right", "right", "right", "right")
        assert "PROFIT AND LOSS" in player.shown()
        assert ("The last month has not ended" in player.shown()) is not ended


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("months", "bars"), [(1, True), (2, True), (10, True), (12, False)])
async def test_while_there_are_few_months_each_has_a_bar_of_profit(months: int, bars: bool, lang: str) -> None:
    market = HandMarket()
    market.snapshot = replace(market.snapshot, monthly=market.snapshot.monthly[-months:])
    async with at_market(market, SMALL, lang, life("billed")) as player:
        player.app.open_market().policy_days.append(market.day - 40)
        await player.press("k", "right", "right", "right", "right", "end")
        drawn = ["".join(cell.fitted() for cell in line) for line in player.app.screen.query_one("#main", Page).lines]
        below = drawn[next(place for place, line in enumerate(drawn) if line.startswith(("PROFIT a", "每月利润"))) + 1:]
        assert_rows_fill(player.app)
        if not bars:
            assert not any(line.startswith("20") for line in below)
            return
        assert len(below) == months
        for line, month in zip(below, market.snapshot.monthly, strict=True):
            assert month["month"] in line and money(month["profit_fen"]) in line and "#" in line
        assert [line[:9] for line in below if "|" in line] == ["2025-06 |"]


@pytest.mark.parametrize(("months", "width", "first"), [(12, 80, "2024-07"), (109, 80, "2019-12"), (109, 140, "2016-06")])
def test_the_chart_of_arrears_names_the_first_month_that_it_draws(months: int, width: int, first: str) -> None:
    seen = HandMarket().snapshot
    seen = replace(seen, bucket_fen=np.resize(seen.bucket_fen, (months, seen.bucket_fen.shape[1])))
    lines = arrears_lines(seen, width, 24)
    place = next(place for place, line in enumerate(lines) if line[0].text.startswith("LATE"))
    assert lines[place][0].text.endswith(f", {first} to 2025-06")
    drawn = sum(cell.width is not None for cell in lines[place + 1][2:])
    assert drawn == 12 * (2025 - int(first[:4])) + 7 - int(first[5:])


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_before_the_first_month_ends_the_months_before_day_0_are_shown(lang: str) -> None:
    market = HandMarket()
    *before, last = market.snapshot.monthly
    market.snapshot = replace(market.snapshot, monthly=[], warm_up_months=[*before, last])
    async with at_market(market, SMALL, lang, life("billed")) as player:
        await player.press("k", "right", "right", "right", "right")
        shown = player.shown()
        assert last["month"] in shown and money(last["profit_fen"]) in shown
        change = money(before[-1]["provision_fen"] - last["provision_fen"])
        assert change in shown, "what was set aside in the last month before day 0"
        await player.press("end")
        assert f"{before[0]['month']}" in player.shown()


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
        assert "owed" in player.shown() and player.app.screen.query_one(Table).sorted_by == "exposure_fen"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_while_one_writes_a_filter_the_keys_say_how_to_keep_it(lang: str) -> None:
    async with at_market(HandMarket(), SMALL, lang, life("billed")) as player:
        await player.press("x", "f")
        assert ("Down Kept filters, examples" if lang == "en" else "Down 收藏和例子") in player.rows()[-1]
        await player.press(*"owner")
        assert ("Down Keep this, kept ones" if lang == "en" else "Down 收藏、看收藏") in player.rows()[-1]
        await player.press("enter")
        assert ("keep this filter" if lang == "en" else "收藏这条筛选") in player.shown()
        assert_rows_fill(player.app)


async def test_the_choice_of_news_is_as_one_left_it_and_u_shows_all() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k", "f")
        await player.choose("Cut limits")
        cut = len(news_of(player).order)
        await player.press("h", "k")
        assert len(news_of(player).order) == cut < len(market.snapshot.news)
        assert "Cut limits   u: all news" in player.shown()
        await player.press("u")
        assert len(news_of(player).order) == len(market.snapshot.news) and "u: all news" not in player.shown()
        await player.press("h", "k")
        assert len(news_of(player).order) == len(market.snapshot.news)


async def test_enter_on_a_row_opens_that_shopper() -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("x")
        await filtered(player, "number 42")
        await player.press("enter")
        assert isinstance(player.app.screen, LifeScreen)
        assert market.opened == [42]
        assert "no. 42" in player.rows()[2]


async def test_a_decision_of_another_life_explains_itself_from_that_life() -> None:
    market = HandMarket()
    async with at_market(market, world=life("open")) as player:
        await player.press("x", "enter")
        await player.stand_on("Limit 5,000.00 to 2,500.00")
        await player.press("w")
        assert player.name() == "WhyDialog"
        assert "11" in player.shown() and "10" in player.shown()
        await player.press("escape")
        await player.press("f")
        assert "Bill:" in player.shown()


async def test_a_followed_shopper_is_remembered_by_the_news() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x", "enter", "u")
        assert player.app.market is not None and player.app.market.followed == {1}
        await player.press("u")
        assert player.app.market.followed == set()


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_policies_of_ones_own_are_offered_told_apart_and_taken(lang: str) -> None:
    save_own(set_field(load_policy("standard"), "grade_cutoffs.E", 530), "mine")
    (own_folder() / "broken.toml").write_text('from = "standard"\nlate_fee_ppm = "much"\n', "utf-8")
    (own_folder() / "generous.toml").write_text('from = "standard"\n', "utf-8")
    market = HandMarket()
    async with at_market(market, MIDDLE, lang, life("billed")) as player:
        await player.press("k", "t")
        await player.choose("Another policy" if lang == "en" else "换一套政策")
        shown = player.shown()
        own, ours = ("YOUR OWN", "THEY COME WITH WHITESLIP") if lang == "en" else ("自己的", "Whiteslip 自带")
        assert shown.index(own) < shown.index("> broken") < shown.index("* mine") < shown.index(ours) < shown.index("* cautious")
        assert "late_fee_ppm" in shown, "what is wrong with a policy is said where it is offered"
        differs = "Values that differ from standard: 1." if lang == "en" else "与 standard 不同的取值：1 处。"
        assert differs in shown
        foot = shown[shown.index("* standard"):]
        assert "generous" in foot, "one that no name leads to is not passed over in silence"
        assert_rows_fill(player.app)
        await player.choose("mine")
        await player.choose("The people of the market" if lang == "en" else "市场里的人")
        market_of(player).runner.step()
        market.advanced.get(timeout=TIMEOUT)
        assert [(policy.name, policy.grade_cutoffs.E) for policy in market.policies] == [("mine", 530)]


@pytest.mark.parametrize(("whom", "next_life"), [("The people of the market", "standard"), ("They, and the next", "cautious")])
async def test_a_policy_is_asked_for_whom_and_says_where_it_holds(whom: str, next_life: str) -> None:
    market = HandMarket()
    async with at_market(market, world=life("billed")) as player:
        await player.press("k", "t")
        await player.choose("Another policy")
        await player.choose("cautious")
        assert "your own line stays under standard" in player.shown()
        await player.choose(whom)
        screen = market_of(player)
        screen.runner.step()
        market.advanced.get(timeout=TIMEOUT)
        until_shown(screen.runner, market.day)
        screen.look()
        await player.settle()
        told = " ".join(player.shown().split())
        assert "Policy cautious since 21 Jul 2025. Your own line is under standard." in told
        assert_rows_fill(player.app)
        assert player.app.world.policy.name == "standard"
        assert player.app.asked_policy == next_life
