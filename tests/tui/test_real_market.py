"""The screens in front of a real market: the engine's own snapshots, lives and news. It compiles where nothing is kept."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulator.ledger.care import check_save
from simulator.market.ahead import Ahead, ahead_of
from simulator.money import money
from simulator.replay import replay_faults
from simulator.text import LANGUAGES
from simulator.views.news import first_seq, item_at, news_event, news_reason
from simulator.world import World
from tests.tui.lives import life
from tests.tui.on_screen import COMPILING_TIMEOUT, SMALL, Player, assert_rows_fill, at_screen
from tui.market_runner import READY
from tui.screens.life import LifeScreen
from tui.screens.market import MarketScreen
from tui.widgets.page import Page
from tui.widgets.table import Table

pytestmark = pytest.mark.slow
ASKED = {"shoppers": 300, "warm_up_days": 400}


@asynccontextmanager
async def beside(world: World | None, lang: str = "en", size: tuple[int, int] = SMALL) -> AsyncIterator[Player]:
    """An app with a small market, looked at once it is warm and stands at the player's day."""
    async with at_screen(world, size, {"lang": lang, **ASKED}) as player:
        player.app.action_go("market")
        await at_day(player, world.day if world is not None else -1)
        try:
            yield player
        finally:
            if player.app.beside.runner is not None:
                player.app.beside.runner.close()


async def at_day(player: Player, day: int) -> None:
    """Wait until the market stands at a day."""
    runner = player.app.beside.open()

    def is_there() -> bool:
        assert runner.fault is None
        return runner.snapshot is not None and runner.snapshot.day == day

    await player.until(is_there, COMPILING_TIMEOUT)
    screen = player.app.screen
    if isinstance(screen, MarketScreen):
        screen.look()
    await player.settle()


async def test_the_market_follows_the_players_day_and_may_run_ahead() -> None:
    world = life("billed")
    async with beside(world) as player:
        await player.press("n")
        assert world.day > 0
        await at_day(player, world.day)
        runner = player.app.beside.open()
        assert "ahead" not in player.shown()
        runner.step()
        await at_day(player, world.day + 1)
        assert "1 day ahead" in player.rows()[2]
        runner.step(9)
        await at_day(player, world.day + 10)
        assert "10 days ahead" in player.rows()[2]
        await player.press("n")
        assert runner.snapshot is not None and runner.snapshot.day == world.day + 9
        await player.press("t")
        await player.choose("Back to your day")
        await player.choose("Yes, back to my day")
        await at_day(player, world.day)
        assert "ahead" not in player.rows()[2]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_page_of_a_real_market_fits(lang: str) -> None:
    async with beside(life("billed"), lang, (140, 45)) as player:
        for _page in range(6):
            assert_rows_fill(player.app)
            await player.press("right")
        assert isinstance(player.app.screen, MarketScreen) and player.app.screen.view == 5


async def test_what_the_news_tell_stands_in_the_shoppers_life() -> None:
    async with beside(None) as player:
        runner = player.app.beside.open()
        runner.jump(60)
        await at_day(player, 60)
        seen = runner.snapshot
        assert seen is not None and len(seen.news) > 30
        told = 0
        for seq in range(first_seq(seen), seen.news_total):
            item = item_at(seen, seq)
            assert item is not None
            if item.kind == "limit_ended":
                continue
            events = runner.life(item.shopper).events
            assert news_event(events, item) is not None, item
            assert news_reason(events, item)
            told += 1
        assert told > 30


async def test_w_on_a_row_of_news_says_why_that_limit_moved() -> None:
    async with beside(None) as player:
        runner = player.app.beside.open()
        runner.jump(60)
        await at_day(player, 60)
        await player.press("f")
        await player.choose("Cut limits")
        table = player.app.screen.query_one("#news", Table)
        assert len(table.order) > 3
        for _row in range(3):
            assert runner.snapshot is not None and table.row is not None
            item = item_at(runner.snapshot, table.row)
            assert item is not None
            await player.press("w")
            assert player.name() == "WhyDialog"
            assert money(item.from_fen) in player.shown() and money(item.to_fen) in player.shown()
            await player.press("escape", "down")


async def test_a_shopper_is_played_on_from_the_page_and_the_market_stands_beside() -> None:
    async with beside(None) as player:
        runner = player.app.beside.open()
        await player.press("x")
        field_rows = player.app.screen.query_one(Table)
        await player.press("f", *"has a line", "enter")
        await player.settle()
        assert len(field_rows.order) < 300
        await player.press("enter")
        assert isinstance(player.app.screen, LifeScreen)
        shopper = player.app.screen.shopper
        shown = player.app.screen.life
        assert shown is not None
        await player.choose("Play on from here")
        await player.choose("Play on as")
        await player.until(lambda: player.app.life is not None)
        await player.settle()
        world = player.app.life
        assert world is not None and world.day == shown.day + 1 and player.name() == "HomeScreen"
        assert world.past is not None and world.past.number == shopper
        assert world.events[1 : len(shown.events)] == shown.events[1:]
        assert player.app.beside.runner is runner and runner.state == READY
        await at_day(player, world.day)
        assert world.save is not None
        assert check_save(world.save.path, replay_faults).faults == []


async def test_two_lives_are_held_against_each_other() -> None:
    async with beside(life("billed")) as player:
        await player.press("x", "enter")
        await player.choose("Compare with")
        await player.choose("You, as you play")
        assert player.name() == "CompareDialog"
        assert "Fees paid so far" in player.shown()
        page = player.app.screen.query_one(Page)
        assert "y copy   Esc back" in player.shown() and "everyday life is left out" in player.shown()
        await player.press("end")
        last = next(cell.text for cell in reversed(page.lines[-1]) if cell.text.strip())
        assert last in player.shown() and page.scroll_offset.y > 0
        assert "You" in player.rows()[page.region.y + 2], "whose each column is stays in view"
        await player.press("home", "y")
        assert page.scroll_offset.y == 0 and "Esc" not in player.app.clipboard
        await player.press("escape")
        await player.choose("Compare with")
        await player.choose("By number")
        await player.write("999")
        assert "from 1 to 300" in player.shown()


async def test_another_policy_holds_from_the_next_day_and_is_marked() -> None:
    async with beside(None) as player:
        runner = player.app.beside.open()
        await player.press("t")
        await player.choose("Another policy")
        await player.choose("generous")
        await player.choose("The people of the market")
        runner.jump(40)
        await at_day(player, 40)
        assert runner.policy_days == [0]
        await player.press("right")
        assert any("|" in row for row in player.rows()), player.shown()


async def test_days_lived_ahead_and_the_markets_own_policy_are_there_again_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    async with beside(life("billed", path)) as player:
        runner = player.app.beside.open()
        day = player.app.world.day
        runner.step(2)
        await at_day(player, day + 2)
        await player.press("t")
        await player.choose("Another policy")
        await player.choose("generous")
        await player.choose("The people of the market")
        runner.step(20)
        await at_day(player, day + 22)
        left = runner.snapshot
        assert left is not None
        crashed = as_it_lies(path, tmp_path / "crashed")
        await player.app.action_leave()
    async with beside(None) as player:
        player.app.open_world(World.open(crashed))
        await player.settle()
        await player.press("k")
        await at_day(player, day + 22)
        again = player.app.beside.open()
        seen = again.snapshot
        assert seen is not None and again.policy_days == [day + 3]
        assert seen.totals == left.totals and seen.stocks == left.stocks and seen.news_total == left.news_total
        assert "Policy generous since" in player.shown() and "22 days ahead" in player.rows()[2]
        await player.press("t")
        await player.choose("Back to your day")
        await player.choose("Yes, back to my day")
        await at_day(player, day)
        await player.app.action_leave()
    world = World.open(crashed)
    assert world.save is not None and ahead_of(world.save) == Ahead(day)
    world.close()
    assert check_save(crashed, replay_faults).faults == []
    world = World.open(path)
    kept = ahead_of(world.save) if world.save is not None else None
    assert kept is not None and (kept.day, list(kept.policies)) == (day + 22, [day + 3]), "left properly it is the same"
    world.close()


def as_it_lies(save: Path, folder: Path) -> Path:
    """A save that is being played, as a crash would leave it now."""
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(save.with_name(save.name + suffix), folder)
    return folder / save.name


async def test_a_life_shows_its_charts_where_right_turns() -> None:
    async with beside(None) as player:
        await player.press("x", "enter", "right")
        page = player.app.screen.query_one("#main", Page)
        assert any("CASH" in cell.text for line in page.lines for cell in line)
        assert page.scroll_offset.y == 0


@pytest.mark.parametrize(("lang", "size"), [("en", SMALL), ("zh", (140, 45))])
async def test_limit_and_owed_are_told_apart_without_colour(
    lang: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with beside(None, lang, size) as player:
        await player.press("x", "f", *"owed > 500", "enter", "enter", "right")
        legend = next(row for row in player.rows() if "⠒⠒ ⠒⠒ " in row).rstrip()
        limit, owed = ("LIMIT", "OWED") if lang == "en" else ("额度", "欠款")
        assert f"⠒⠒ ⠒⠒ {limit}   ⠒⠒⠒⠒⠒ {owed}   " in legend
        assert legend.endswith(("1 Jan 2025", "31 Dec 2024", "2024-12", "2024年12月31日")), "the period stands there whole"
        assert_rows_fill(player.app)
