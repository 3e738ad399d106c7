"""Pages of the market: its figures explain themselves, and its months, bars and charts are what they say."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from simulator.explain import evaluate, why_market
from simulator.money import money
from simulator.text import LANGUAGES
from tests.tui.lives import life
from tests.tui.markets import MIDDLE, HandMarket, at_market
from tests.tui.on_screen import SMALL, assert_rows_fill
from tui.screens.market_views import arrears_lines
from tui.widgets.page import Page


@pytest.mark.parametrize(("width", "told"), [(86, "42 of 60"), (140, "42 of 60 people have come so far")])
async def test_people_who_come_only_later_are_told_of_at_any_width(width: int, told: str) -> None:
    market = HandMarket()
    stocks = {**market.snapshot.stocks, "shoppers": 42}
    market.snapshot = replace(market.snapshot, stocks=stocks, shoppers=60)
    async with at_market(market, (width, 24), world=life("billed")) as player:
        await player.press("k")
        assert player.rows()[2].rstrip().endswith(told)


JULY, JUNE = datetime.date(2025, 7, 31), "on 30 Jun"


@pytest.mark.parametrize(
    ("late_then", "date", "days", "before", "marked"),
    [
        (20_000, JULY, 31, JUNE, True), (23_800, JULY, 31, JUNE, False), (24_100, JULY, 31, JUNE, False),
        (20_000, datetime.date(2026, 1, 16), 47, "on 30 Nov", False), (20_000, JULY, 32, "on 29 Jun", False),
    ],
)  # fmt: skip
async def test_what_is_late_is_marked_only_between_months_ends_and_where_it_grew_by_more_than_a_trifle(
    late_then: int, date: datetime.date, days: int, before: str, marked: bool
) -> None:
    """Between two days of looking a share of 2.4 % moves by some hundredths by chance, and within a month with due days."""
    market = HandMarket()
    owed = 100_000_000
    now, then = ({**market.snapshot.stocks, "exposure_fen": owed, "dpd30_plus_fen": owed * ppm // 1_000_000} for ppm in (24_100, late_then))
    market.snapshot = replace(market.snapshot, stocks=now, earlier=then, date=date, earlier_day=market.snapshot.day - days)
    async with at_market(market, world=life("billed")) as player:
        await player.press("k")
        late = next(row for row in player.rows() if row.lstrip(" |").startswith("Over 30 days"))
        assert ("[!]" in late) is marked
        assert any(before in row and f"in {days} days" in row for row in player.rows())


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
        await player.press("tab", "w")
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
        player.app.beside.open().policy_days.append(market.day - 40)
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
