"""What the market is asked by its menu: how fast, how far, among how many people, and under which policy."""

from __future__ import annotations

import pytest

from simulator.policy.load import load_policy, set_field
from simulator.policy.own import own_folder, save_own
from simulator.text import LANGUAGES
from tests.tui.lives import life
from tests.tui.markets import MIDDLE, HandMarket, at_market, market_of, until_shown
from tests.tui.on_screen import TIMEOUT, assert_rows_fill, at_screen
from tui.market_making import Recipe
from tui.market_runner import PAUSED
from tui.settings import load_settings


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

    monkeypatch.setattr("tui.market_making.new_market", new_market)
    monkeypatch.setattr("simulator.compiled.is_compiled", lambda _kernel: True)
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("k", "t")
        await player.choose("How many people")
        await player.write("no idea")
        assert "A whole number from 1 to 10,000,000." in player.shown()
        await player.write("100,000")
        runner = player.app.beside.runner
        assert runner is not None
        await player.until(lambda: runner.snapshot is not None)
        runner.close()
        assert made == [100_000] and load_settings({}).shoppers == 100_000
    async with at_screen(life("billed")) as player:
        assert player.app.beside.recipe().shoppers == 100_000


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
