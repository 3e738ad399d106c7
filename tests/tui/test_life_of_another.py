"""The life of another: where it opens, what explains itself there, whom it is compared with, following and playing on."""

from __future__ import annotations

import pytest

from simulator import text
from simulator.messages.reasons import reason_text
from simulator.money import money
from simulator.text import LANGUAGES, in_percent
from simulator.views.alike import alike, never_late
from simulator.views.life import score_course
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import SMALL
from tests.tui.test_rows import assert_footer_fits, cut_cells
from tui.lab.export import as_text
from tui.screens.life import LifeScreen
from tui.screens.who import who_text
from tui.widgets.page import Page


@pytest.mark.parametrize("size", [SMALL, (140, 45)])
async def test_what_playing_on_means_is_told_to_its_end(size: tuple[int, int]) -> None:
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await player.press("k", "enter")
        await player.choose("Play on from here")
        assert "and your other lives stay as they are." in " ".join(player.shown().split())


@pytest.mark.parametrize("size", [SMALL, (140, 45)])
async def test_pay_that_rose_since_stands_beside_what_was_stated(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    other, market = life("billed"), HandMarket()
    stated = other.account.income_fen
    monkeypatch.setattr(market, "life", lambda _shopper: other)
    for now in (stated, stated + 70_664):
        other.shopper.income_fen = now
        async with at_market(market, size, world=life("billed")) as player:
            await player.press("k", "enter")
            told = " ".join(player.shown().split())
            rose = f"{money(stated)} a month when asked, {money(now)} now"
            assert rose in told if now > stated else f"{money(stated)} a month" in told and "when asked" not in told
            assert not cut_cells(player)


async def test_nobody_is_compared_with_themselves() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k", "enter")
        screen = player.found(LifeScreen)
        assert "another one" in screen._take_number(str(screen.shopper))
        assert player.name() == "LifeScreen"


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
        told = " ".join(as_text(player.app.screen.query_one("#side", Page).lines).split())
        assert "SCORE PARTS" in told and "At first and at last, each in per cent of the points" in told and "_ . - = * #, from none to all." in told
        assert not cut_cells(player)


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
        assert "Bill:" in as_text(player.page.lines)


async def test_a_followed_shopper_is_remembered_by_the_news() -> None:
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x", "enter", "u")
        assert player.app.beside.runner is not None and player.app.beside.runner.followed == {1}
        await player.press("u")
        assert player.app.beside.runner.followed == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, (100, 30), (140, 45)])
async def test_playing_on_and_comparing_have_keys_that_the_last_row_names(size: tuple[int, int], lang: str) -> None:
    async with at_market(HandMarket(), size, lang, life("billed")) as player:
        await player.press("x", "enter")
        assert f" g {text._('Play on')} " in player.rows()[-1] and f" e {text._('Compare')} " in player.rows()[-1]
        assert_footer_fits(player)
        await player.press("g")
        assert player.name() == "ConfirmDialog" and text._("Play on from here") in player.shown()
        await player.press("escape", "e")
        assert text._("Compare with whom?") in player.shown()


async def test_whom_to_compare_with_is_picked_in_the_explorer() -> None:
    market = HandMarket()
    async with at_market(market, (100, 30), world=life("billed")) as player:
        await player.press("x", "enter", "e")
        await player.choose("Pick in the Explorer")
        assert player.name() == "ExplorerScreen" and "with whom?" in player.rows()[2]
        await player.press("enter")
        assert player.name() == "ExplorerScreen" and "choose another one" in " ".join(player.told())
        await player.press("down", "enter")
        assert player.name() == "CompareDialog" and market.opened[-1] == 2
        await player.press("escape")
        assert player.found(LifeScreen).shopper == 1 and player.name() == "LifeScreen"
        await player.press("e")
        await player.choose("Pick in the Explorer")
        await player.press("escape")
        assert player.name() == "LifeScreen"


async def test_somebody_like_them_who_did_well_is_found_and_how_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest in income was late once, long ago: the next one is compared."""
    market = HandMarket(5_000)
    found = alike(market.snapshot, 1).numbers
    assert len(found) > 1
    monkeypatch.setattr(market, "life", lambda number: life("charged off" if number == found[0] else "billed"))
    assert not never_late(life("charged off").events) and never_late(life("billed").events)
    async with at_market(market, (140, 45), world=life("open")) as player:
        await player.press("x", "enter", "e")
        await player.choose("Somebody like them who did well")
        assert player.name() == "CompareDialog"
        told = " ".join(player.shown().split())
        assert f"Chosen among {len(found):,} people: city tier" in told and "who was never late" in told
        assert who_text(market.snapshot, found[1], False) in told


async def test_where_nobody_like_them_did_well_that_is_said() -> None:
    async with at_market(HandMarket(1), world=life("billed")) as player:
        await player.press("x", "enter", "e")
        await player.choose("Somebody like them who did well")
        assert player.name() == "LifeScreen" and "Nobody like them did well" in " ".join(player.told())


@pytest.mark.parametrize("size", [SMALL, (100, 30), (140, 45)])
async def test_everyday_life_comes_and_goes_around_the_day_in_view(size: tuple[int, int], long_lived: HandMarket) -> None:
    async with at_market(long_lived, size, world=life("billed")) as player:
        await player.press("x", "enter")
        main = player.app.screen.query_one("#main", Page)
        await player.press("f")
        await player.press("up", "up")
        for _again in range(3):
            before = main.current
            assert before is not None and before.cell.figure is not None and before.cell.figure.startswith("decision:")
            row = before.line - main.scroll_offset.y
            await player.press("f")
            assert main.current is not None and main.current.cell.figure == before.cell.figure
            assert before.cell.text.strip() in player.shown()
            if 0 < main.scroll_offset.y < main.max_scroll_y:
                assert main.current.line - main.scroll_offset.y == row


async def test_where_the_cursor_is_out_of_sight_the_day_on_top_stays_in_view(long_lived: HandMarket) -> None:
    async with at_market(long_lived, (100, 30), world=life("billed")) as player:
        await player.press("x", "enter", "f")
        main = player.app.screen.query_one("#main", Page)

        def days() -> list[str]:
            shown = [row[:13].strip() for row in player.rows()[main.region.y + main.still : main.region.bottom]]
            return [each for each in shown if each]

        await player.press("pageup", "pageup", "pageup")
        assert main.current is not None and main.current.line >= main.scroll_offset.y + main.size.height
        for _again in range(4):
            before = days()
            await player.press("f")
            assert set(before) & set(days()), (before, days())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, (100, 30), (120, 36), (140, 45)])
async def test_both_ends_of_a_score_parts_bar_are_per_cent_of_what_it_can_give(size: tuple[int, int], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    market, lived = HandMarket(), life("autopay")
    monkeypatch.setattr(market, "life", lambda _shopper: lived)
    seen = score_course(lived.events)
    assert seen is not None
    async with at_market(market, size, lang, life("billed")) as player:
        await player.press("x", "enter")
        if size[0] < 120:
            await player.press("greater_than_sign", "end")
        assert not cut_cells(player)
        pane = player.app.screen.query_one("#side" if size[0] >= 120 else "#main", Page)
        lines = ["".join(cell.fitted() for cell in line) for line in pane.lines]
        for part in seen.parts:
            ends = [in_percent(points * 100 // part.best) for points in (part.points[0], part.points[-1])]
            assert any(ends[0] in line and f"{ends[1]}{text._(' of {points}').format(points=part.best)}" in line for line in lines), part


def test_a_fall_of_the_score_says_since_when() -> None:
    told = reason_text({"code": "score_fell", "unit": "points", "actual": 367, "threshold": 60})
    assert told == "Score fell by 367 since the last change or review of the limit; 60 allowed."
