"""The market by keys alone, in front of one whose snapshots are known: getting ready, pages, news and where they lead."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace

import pytest

from simulator import text
from simulator.codes import SUSPENSION_CAUSES
from simulator.engine.measures import NEWS_REINSTATED
from simulator.engine.run import Cancelled
from simulator.money import money
from simulator.text import LANGUAGES, in_percent
from simulator.views.news import Item
from tests.tui.lives import life
from tests.tui.markets import MIDDLE, HandMarket, at_market, known_life, market_of, news_of, until_shown
from tests.tui.on_screen import SMALL, TIMEOUT, assert_rows_fill, at_screen, marked
from tui.market_making import Refused, Stop, Tell
from tui.market_runner import PAUSED, STOPPED, MarketRunner
from tui.screens.life import LifeScreen
from tui.screens.who import who_text
from tui.widgets.page import Page
from tui.widgets.table import Table


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
        player.app.beside.runner = MarketRunner(lambda *_told: market)
        await player.press("k")
        assert "Preparing the market" in player.shown()
        for seconds in (0, 17):
            player.app.beside.runner.began = time.monotonic() - seconds
            player.app.refresh_screen()
            await player.settle()
            assert f"its rules are loaded, {seconds} s so far." in player.shown()
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
        runner = player.app.beside.runner = MarketRunner(making)
        runner.start()
        assert going.wait(TIMEOUT)
        await player.press("k")
        assert "400,000" in player.shown()
        assert in_percent(40) in player.shown()
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
        player.app.beside.runner = MarketRunner(broken)
        player.app.beside.runner.start()
        await player.until(lambda: player.app.beside.open().state == "failed")
        await player.press("k")
        assert "The market had to stop" in player.shown().replace("\n", " ")
        assert "Traceback" not in player.shown()


async def test_a_market_for_which_there_is_no_room_says_why_and_is_no_failure() -> None:
    def too_large(*_told: object) -> HandMarket:
        raise Refused("9,000,000 shoppers need 12,000 MB of memory, and 8,000 MB are free; take fewer.")

    async with at_screen(life("billed")) as player:
        player.app.beside.runner = MarketRunner(too_large)
        player.app.beside.runner.start()
        await player.until(lambda: player.app.beside.open().state == "failed")
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


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_tab_goes_between_the_news_and_the_figures_and_the_one_with_the_cursor_is_marked(size: tuple[int, int]) -> None:
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await player.press("k")
        assert isinstance(player.app.screen.focused, Table)
        assert marked(player) == {"news"}
        await player.press("tab")
        assert marked(player) == {"main"}
        await player.press("w")
        assert player.name() == "WhyDialog" and "Cash" not in player.shown()
        await player.press("escape", "tab")
        assert marked(player) == {"news"}


@pytest.mark.parametrize("size", [SMALL, (100, 30), MIDDLE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_tab_in_a_life_never_leaves_that_life(size: tuple[int, int]) -> None:
    """The figures on top are the player's own: to explain those after Tab would be to speak of somebody else."""
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await player.press("x", "enter")
        wide = size == MIDDLE
        assert marked(player) == ({"main"} if wide else set())
        await player.press("tab")
        assert player.page.id == ("side" if wide else "main")
        assert marked(player) == ({"side"} if wide else set())
        await player.press("tab")
        assert player.page.id == "main"


async def test_a_click_hits_what_it_points_at_beside_the_mark_of_a_pane() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("k")
        main = player.app.screen.query_one("#main", Page)
        for name in ("Owed, million", "Over 30 days"):
            row = next(number for number, text in enumerate(player.rows()) if name in text)
            figure = re.search(r"[\d.]+ ?%?", player.rows()[row].partition(name)[2])
            assert figure is not None
            first = player.rows()[row].index(figure.group().strip())
            await player.pilot.click(main, offset=(first + len(figure.group().strip()) - 1, row - main.region.y))
            await player.settle()
            assert main.current is not None and main.current.cell.text == figure.group().strip()


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
