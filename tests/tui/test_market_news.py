"""News in a large window: a reason has a line of its own, and none is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from simulator import text
from simulator.engine.measures import CAUSES
from simulator.messages import news_reason_text
from simulator.rules.reasons import APPLICATION, LIMIT_CUT, LIMIT_RAISED, REINSTATEMENT, TOPICS
from simulator.text import LANGUAGES
from simulator.views.news import Desk, Item, item_at
from tests.market.snapshots import made
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market, news_of
from tests.tui.on_screen import SMALL, Player, assert_rows_fill
from tui.news_reader import NewsReader
from tui.screens.market_news import CHANGE, NewsRows, _change_text
from tui.screens.market_views import _suspended_names
from tui.screens.who import who_text

LONG = "debts leave room for 1,234.56; least 12,500.00"
LARGE_FIGURES = {"fen": 1_234_567, "ppm": 553_000, "grade": 2}


def cut(rows: list[str]) -> list[str]:
    return [row for row in rows if "…" in row]


@pytest.fixture
def long_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's news have the same long reason."""

    def reason(_reader: NewsReader, _item: Item) -> str:
        return LONG

    monkeypatch.setattr(NewsReader, "reason", reason)


async def at_news(player: Player) -> None:
    await player.press("k")
    await player.until(lambda: "kept, newest first" in player.shown())


async def test_a_reason_that_is_still_looked_up_says_so_until_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str | None] = [None]
    monkeypatch.setattr(NewsReader, "reason", lambda _reader, _item: found[0])
    async with at_market(HandMarket(), SMALL, world=life("billed")) as player:
        await at_news(player)
        assert "looking it up ..." in player.shown()
        found[0] = ""
        player.app.refresh_screen()
        await player.settle()
        assert "looking it up ..." not in player.shown()


@pytest.mark.parametrize(("lang", "told"), [("en", "+1,500.00 festival"), ("zh", "+1,500.00 大促额度")])
def test_what_a_festival_adds_does_not_look_like_a_limit(lang: str, told: str) -> None:
    text.use(lang)
    most, season = 1_500_000, CAUSES.index("season")
    assert _change_text(Item(0, 143, 4, "limit_up", 0, 150_000, season)) == told
    assert _change_text(Item(0, 143, 4, "limit_down", 150_000, 0, season + 1)).startswith("-1,500.00 ")
    assert cell_len(_change_text(Item(0, 143, 4, "limit_up", 0, most, season))) <= CHANGE
    assert _change_text(Item(0, 143, 4, "limit_up", 0, 150_000, CAUSES.index("review"))) == "0.00 -> 1,500.00"


@pytest.mark.usefixtures("long_reasons")
@pytest.mark.parametrize("size", [(120, 36), (140, 45), (160, 45), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_in_a_high_window_no_reason_is_cut(size: tuple[int, int]) -> None:
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await at_news(player)
        assert_rows_fill(player.app)
        told = [row for row in player.rows() if LONG in row]
        assert len(told) > 5 and cut(player.rows()) == []
        place = next(number for number, row in enumerate(player.rows()) if LONG in row)
        who = news_of(player).columns[1].cell(int(news_of(player).order[0]))
        assert who.text in player.rows()[place - 1]
        assert news_of(player).row_text().endswith(LONG)


@pytest.mark.usefixtures("long_reasons")
async def test_in_a_small_window_news_take_one_line() -> None:
    for size in (SMALL, (140, 30)):
        async with at_market(HandMarket(), size, world=life("billed")) as player:
            await at_news(player)
            assert news_of(player).under is None
            assert_rows_fill(player.app)


def test_what_was_told_stands_there_when_the_market_keeps_it_no_more() -> None:
    """At full speed that is soon; a year on, the day is told by its month."""
    desk, early = Desk(), made(300, 25, day=100)
    item = desk.tick(early)
    assert item is not None
    for later, told in ((150, f"{early.date:%-d %b}"), (500, f"{early.date:%Y-%m}")):
        seen = made(300, 25, day=later)
        seen = replace(seen, news_total=seen.news_total + 100_000)
        assert item_at(seen, item.seq) is None
        date, who, change = (
            column.cell(item.seq).text for column in NewsRows(seen, None, desk).two_lines(62)[0]
        )
        assert date == told and who == who_text(seen, item.shopper, True) and change


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_the_news_fits_its_line(lang: str) -> None:
    """At 120 columns the news have 62. Who has a line is never declined one; debts and score are looked at last, alone."""
    text.use(lang)
    market = HandMarket()
    room = 62 - NewsRows(market.snapshot, None, Desk()).two_lines(62)[1].start
    for topic in (APPLICATION, LIMIT_RAISED, LIMIT_CUT, REINSTATEMENT):
        for reason in TOPICS[topic]:
            if reason.code == "line_already_open":
                continue
            large = LARGE_FIGURES.get(reason.unit, 90)
            told: dict[str, Any] = {"code": reason.code, "unit": reason.unit, "actual": large, "threshold": large}
            alone = topic != APPLICATION or reason.code in ("debt_service_too_high", "score_too_low")
            reasons = [told] if alone else [told, told, told]
            event = {"event": "application_decided", "decision": "declined", "reasons": reasons}
            assert cell_len(news_reason_text(event)) <= room, news_reason_text(event)


@pytest.mark.usefixtures("long_reasons")
@pytest.mark.parametrize("size", [SMALL, (90, 24), (140, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_where_a_reason_is_cut_the_whole_of_it_stands_below_the_list(size: tuple[int, int]) -> None:
    async with at_market(HandMarket(), size, world=life("billed")) as player:
        await at_news(player)
        assert cut(player.rows()) != []
        assert LONG in player.rows()[-2]
        assert_rows_fill(player.app)
        news = news_of(player)
        row = news.row
        await player.press("down")
        assert news.row != row and LONG in player.rows()[-2]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [(100, 30), (110, 24), (119, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_at_100_columns_the_usual_reasons_are_whole(size: tuple[int, int], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"en": "4,019.79 in 12 parts of 334.98; a blow 41 days ago", "zh": "违反条款：证件过期"}[lang]
    monkeypatch.setattr(NewsReader, "reason", lambda _self, _item: told)
    async with at_market(HandMarket(), size, lang, life("billed")) as player:
        await player.press("k")
        assert sum(told in row for row in player.rows()) >= 5


@pytest.mark.parametrize(("lang", "told"), [("en", "broken terms: an expired identity document"), ("zh", "违反条款：证件过期")])
def test_the_news_call_broken_terms_as_the_figures_beside_them_do(lang: str, told: str) -> None:
    text.use(lang)
    assert news_reason_text({"event": "suspended", "cause": "breach", "breach": "expired_identity"}) == told
    assert told.startswith(_suspended_names()["breach"])
