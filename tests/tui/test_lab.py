"""The Lab on the screen: a value moves, everything follows; undo, find, keep, load, compare, copy, export."""

from __future__ import annotations

import asyncio
import csv
import datetime
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from simulator import text
from simulator.lab.answer import Brought, Timeline
from simulator.lab.measures import measure
from simulator.lab.shown import shown
from simulator.lab.twin import TwinLives
from simulator.lab.words import sample_text, scales
from simulator.policy.fields import policy_leaves
from simulator.policy.load import load_policy, set_field
from simulator.policy.schema import Policy
from simulator.policy.titles import leaf_title
from tests.lives import played
from tests.messages.test_person import TO_THE_PLAYER
from tests.tui.market_double import SIZES, MarketDouble, answer
from tests.tui.markets import HandMarket, until_shown
from tests.tui.on_screen import LARGE, MIDDLE, SMALL, TIMEOUT, Player, assert_rows_fill, at_screen
from tests.tui.on_screen import SIZES as SCREENS
from tests.tui.test_rows import assert_footer_fits, cut_cells
from tui.lab.export import as_text, format_words
from tui.lab.fields import best_of, sections_of
from tui.lab.keys import VIEWS
from tui.lab.short import FIRST, HEADLINES, effect_lines
from tui.market_runner import MarketRunner
from tui.screens.lab import LabScreen
from tui.screens.twin import TwinScreen
from tui.widgets.page import Page

STANDARD = load_policy("standard")
MONTH = ({"do": "wait", "until": "statement"}, {"do": "repay", "amount": "full"})


class Analyst(Player):
    """Someone in the Lab."""

    market: MarketDouble

    @property
    def lab(self) -> LabScreen:
        """The Lab, on top or under a dialog."""
        return self.found(LabScreen)

    async def settle(self) -> None:
        """Wait for the runner too."""
        await super().settle()
        for screen in self.app.screen_stack:
            if isinstance(screen, LabScreen):
                assert await asyncio.to_thread(screen.runner.idle.wait, TIMEOUT)
        await super().settle()


@asynccontextmanager
async def in_lab(
    path: Path | None = None,
    size: tuple[int, int] = SMALL,
    lang: str = "en",
    fails: bool = False,
    market: bool = True,
) -> AsyncIterator[Analyst]:
    """The Lab of a life, with a market that can be asked."""
    async with at_screen(None, size, {"lang": lang}, fails) as player:
        analyst = Analyst(player.app, player.pilot)
        analyst.market = MarketDouble(STANDARD)
        analyst.app.estimator = analyst.market if market else None
        analyst.app.open_world(played(path, *MONTH))
        await analyst.settle()
        await analyst.press("v")
        assert isinstance(analyst.app.screen, LabScreen)
        yield analyst


async def test_the_arrows_move_the_value_and_every_figure_follows() -> None:
    async with in_lab() as analyst:
        assert "550 (today 550)" in analyst.shown() and "same" in analyst.shown()
        await analyst.press("left", "left", "left", "left")
        assert analyst.lab.draft.policy.grade_cutoffs.E == 530
        assert "what if it were 530?" in analyst.rows()[2]
        expected = answer(STANDARD, analyst.lab.draft.policy, SIZES[-1])
        assert analyst.lab.answer == expected
        assert sample_text(expected, analyst.app.world.date) in analyst.shown() and "done" not in analyst.shown()
        assert "Only the trial approves 20" in analyst.shown()


async def test_only_the_newest_policy_is_answered_to_its_end() -> None:
    async with in_lab() as analyst:
        analyst.market.finished.clear()
        analyst.market.may_go_on.clear()
        await analyst.pilot.press("left", "left")
        await analyst.pilot.pause()
        analyst.market.may_go_on.set()
        await analyst.settle()
        assert [policy.grade_cutoffs.E for policy in analyst.market.finished] == [540]


async def test_the_screen_goes_on_while_the_market_is_asked() -> None:
    """With an answer held up, the first estimate stands and keys still move the value."""
    async with in_lab() as analyst:
        analyst.market.may_go_on.clear()
        await analyst.pilot.press("left")
        await analyst.pilot.pause()
        await analyst.pilot.press("left", "left", "2")
        await analyst.pilot.pause()
        assert analyst.lab.draft.policy.grade_cutoffs.E == 535
        assert "535 (today 550)" in analyst.shown()
        analyst.market.may_go_on.set()
        await analyst.settle()
        assert analyst.lab.answer == answer(STANDARD, analyst.lab.draft.policy, SIZES[-1])


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_what_a_long_answer_waits_for_is_said_and_how_far_it_is(lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        analyst.market.may_go_on.clear()
        analyst.market.brought = Brought(4_096, 50_000, datetime.date(2044, 12, 28), 7_701)
        await analyst.pilot.press("left")
        await analyst.until(lambda: "4,096" in analyst.shown())
        told = "of these first 500 people alone" if lang == "en" else "只是最先 500 人的"
        assert told in " ".join(analyst.shown().split())
        assert "7,701" in analyst.shown() and ("28 Dec 2044" if lang == "en" else "2044年12月28日") in analyst.shown()
        assert_rows_fill(analyst.app)
        analyst.market.brought = None
        analyst.market.may_go_on.set()
        await analyst.settle()
        assert "7,701" not in analyst.shown() and told not in " ".join(analyst.shown().split())


async def test_a_value_moved_there_and_back_is_answered_to_its_end() -> None:
    async with in_lab() as analyst:
        await analyst.press("left")
        await analyst.pilot.press("left", "right")
        await analyst.settle()
        assert analyst.lab.draft.policy.grade_cutoffs.E == 545
        assert analyst.lab.answer == answer(STANDARD, analyst.lab.draft.policy, SIZES[-1])
        assert analyst.market.finished[-1].grade_cutoffs.E == 545 and "545 (today 550)" in analyst.shown()


async def test_undo_redo_and_back_to_today() -> None:
    async with in_lab() as analyst:
        await analyst.press("left", "left")
        draft = analyst.lab.draft
        await analyst.press("u")
        assert draft.policy.grade_cutoffs.E == 550
        await analyst.press("U")
        assert draft.policy.grade_cutoffs.E == 540
        assert "540 (today 550)" in analyst.shown()
        await analyst.press("backspace")
        assert draft.changes == [] and "as today" in analyst.shown()
        await analyst.press("u", "u")
        assert draft.changes == []
        await analyst.press("u")
        assert "There is no change to take back." in analyst.told()[-1]


async def test_a_value_is_chosen_in_the_tree_and_typed() -> None:
    async with in_lab() as analyst:
        await analyst.press("tab")
        assert "Lowest score, E" in analyst.shown()
        await analyst.press("down", "enter")
        assert analyst.lab.state.path == "counter_offer"
        await analyst.press(*"off", "enter")
        assert analyst.lab.draft.policy.counter_offer is False
        assert "( ) on |   (o) off" not in analyst.shown() and "(o) off" in analyst.shown()


async def test_what_is_typed_wrong_is_said_and_can_be_mended() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("enter", *"2000", "enter")
        assert "2,000 is not allowed here; allowed is 0 to 1,000." in analyst.shown()
        await analyst.press("ctrl+u", *"600", "enter")
        assert "Lowest score, E (600) may not be above Lowest score, D (590)." in " ".join(analyst.shown().split())
        assert analyst.lab.draft.changes == []
        await analyst.press("enter", *"500", "enter")
        assert analyst.lab.draft.policy.grade_cutoffs.E == 500


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=str)
@pytest.mark.parametrize("leaves", [("escape",), ("tab",), ("ctrl+u", "enter"), ("ctrl+u", *"550", "enter")], ids="-".join)
async def test_what_was_said_of_a_typed_value_goes_when_it_is_left(leaves: tuple[str, ...], size: tuple[int, int]) -> None:
    async with in_lab(size=size) as analyst:
        await analyst.press("f", *"grade_cutoffs.E", "enter", "enter", *"1200", "enter")
        assert "1,200 is not allowed here" in analyst.shown()
        await analyst.press(*leaves)
        assert "not allowed" not in analyst.shown() and "* save, load, compare" in analyst.shown()
        assert "550 (today 550)" in analyst.shown() and analyst.lab.draft.changes == []


async def test_a_trial_in_which_nobody_can_be_approved_warns() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("f", *"age_max", "enter", "enter", *"10", "enter")
        assert analyst.lab.draft.policy.age_max == 10
        assert "[!] Nobody can be approved under the trial" in analyst.shown()


async def test_more_lines_in_a_year_show_their_costs_before_their_earnings() -> None:
    async with in_lab(size=LARGE) as analyst:
        told = "A line opened in these 365 days has the cost of winning it in them"
        await analyst.press("2")
        assert told not in " ".join(analyst.shown().split())
        await analyst.press("left")
        assert told in " ".join(as_text(analyst.lab.query_one("#main", Page).lines).split())


async def test_festivals_are_shown_whole_where_there_is_room() -> None:
    async with in_lab(size=LARGE) as analyst:
        analyst.lab.fields.reveal("season")
        analyst.lab.rebuild()
        await analyst.settle()
        festivals = "06-18 25 4" if STANDARD.season else ""
        assert festivals in analyst.shown()


async def test_the_arrows_stop_before_a_clash() -> None:
    async with in_lab() as analyst:
        await analyst.press(*["right"] * 12)
        assert analyst.lab.draft.policy.grade_cutoffs.E == 590 == STANDARD.grade_cutoffs.D
        assert analyst.lab.fault == ""


async def test_a_broken_cap_is_said_at_once_with_its_rule() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("f", *"late_fee_ppm", "enter")
        assert analyst.lab.state.path == "late_fee_ppm"
        await analyst.press("enter", *"0.07", "enter")
        shown = " ".join(analyst.shown().split())
        told = "[!] Late fee: 0.07 % a day is 25.55 % a year, above the legal cap of 24 %; 0.0657 % a day is charged."
        assert told in shown
        await analyst.press("escape", "up")
        assert "1 above the legal cap" in analyst.shown()
        await analyst.press("tab")
        assert told in " ".join(as_text(analyst.lab.query_one("#main", Page).lines).split())
        await analyst.press("u")
        assert "legal cap" not in analyst.shown()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("wait decline", "decline_cooling_days"),
        ("月收入", "income_multiple_ppm"),
        ("fee_rate_ppm.24.B", "fee_rate_ppm.24.B"),
        ("Lowest score, B", "grade_cutoffs.B"),
        ("lowest score, d", "grade_cutoffs.D"),
    ],
)
async def test_find_takes_names_and_meanings_in_both_languages(words: str, path: str) -> None:
    async with in_lab() as analyst:
        await analyst.press("f")
        for letter in words:
            await analyst.pilot.press(letter if letter != " " else "space")
        await analyst.press("enter")
        assert analyst.lab.state.path == path
        await analyst.press("escape")
        assert not analyst.lab.has_class("finding") and analyst.lab.state.path == path


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_name_of_a_value_means_that_value_before_all_others(lang: str) -> None:
    text.use(lang)
    for path in policy_leaves():
        for find in (path, leaf_title(path)):
            found = [other for paths in sections_of(find, lang).values() for other in paths]
            assert best_of(find, found) == path


@pytest.mark.parametrize("size", SCREENS, ids=str)
@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_every_view_fits_in_both_languages(size: tuple[int, int], lang: str, tmp_path: Path) -> None:
    async with in_lab(tmp_path / "life.db", size, lang) as analyst:
        await analyst.press("left", "left")
        for place in range(len(VIEWS)):
            await analyst.press(str(place + 1))
            assert_rows_fill(analyst.app)
            assert_footer_fits(analyst)
            assert cut_cells(analyst) == []
        await analyst.press("f")
        assert_rows_fill(analyst.app)
        assert cut_cells(analyst) == []


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_every_value_fits_on_the_slider_and_in_the_tree(lang: str) -> None:
    """A value of each field, chosen one after another; nothing is cut and no row is too long."""
    async with in_lab(lang=lang, market=False) as analyst:
        lab = analyst.lab
        last_of_each = {path.partition(".")[0]: path for path in policy_leaves()}
        for path in last_of_each.values():
            lab.state.path = path
            lab.fields.reveal(path)
            lab.rebuild()
            await analyst.pilot.pause()
            assert_rows_fill(analyst.app)
            assert cut_cells(analyst) == []


async def test_left_and_right_move_every_number_and_choice() -> None:
    async with in_lab(market=False) as analyst:
        lab = analyst.lab
        for path, kind in policy_leaves().items():
            if kind.item:
                continue
            lab.state.path = path
            lab.rebuild()
            before = lab.draft.value(path)
            for steps in (1, -1):
                if lab.draft.value(path) == before:
                    lab.slider.move(steps)
                    lab.take_slider()
            assert lab.draft.value(path) != before, path
            assert lab.draft.undo()


async def test_the_players_own_life_under_the_trial(tmp_path: Path) -> None:
    async with in_lab(tmp_path / "life.db", MIDDLE) as analyst:
        await analyst.press("7", "f", *"income_multiple", "enter", "escape", "left", "left")
        assert "Same life" not in analyst.shown() and "WHERE THEY PART" in analyst.shown()
        assert analyst.lab.mine is not None
        figures = {each.name: each for each in analyst.lab.mine.figures}
        assert figures["limit_fen"].champion == analyst.app.world.account.limit_fen
        assert re.search(r"Status +same +Open +Open", analyst.shown())
        analyst.lab.open_mine()
        await analyst.settle()
        assert analyst.name() == "TwinScreen" and "Two lives of Lin Mei" in analyst.shown()
        assert_rows_fill(analyst.app)
        assert "Approved: you can use 5,000.00" in " ".join(analyst.shown().split())
        await analyst.press("g", "y", "escape")
        assert "Two lives of Lin Mei" in analyst.app.clipboard
        assert analyst.name() == "LabScreen"


async def test_a_life_in_memory_says_that_it_cannot_be_lived_again() -> None:
    async with in_lab(None, market=False) as analyst:
        assert "Only a saved life can be lived again" in analyst.shown()
        await analyst.press("1")
        assert "nobody can be asked" in analyst.shown()


FROM = {
    ("from_today", "en"): "365 days from 1 Sep 2052, the market's next day, seed 1, same people, same luck",
    ("from_today", "zh"): "从市场的下一天 2052年9月1日 起 365 天",
    ("as_if_always", "en"): "365 days as if always, from 1 Sep 2052, the market's next day, seed 1",
    ("as_if_always", "zh"): "如同一直如此，从市场的下一天 2052年9月1日 起 365 天",
}  # fmt: skip


@pytest.mark.parametrize(("timeline", "lang"), FROM)
async def test_where_the_market_stands_on_another_day_the_lab_names_it(timeline: Timeline, lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        analyst.market.since = datetime.date(2052, 9, 1)
        await analyst.press("left")
        assert analyst.lab.answer is not None
        analyst.lab.answer = replace(analyst.lab.answer, timeline=timeline)
        analyst.lab.show_answer()
        await analyst.pilot.pause()
        told = as_text(analyst.lab.query_one("#main", Page).lines)
        assert "".join(FROM[timeline, lang].split()) in "".join(told.split())
        assert_rows_fill(analyst.app)
        assert cut_cells(analyst) == []


async def test_beside_a_market_with_a_policy_of_its_own_todays_is_the_markets() -> None:
    dearer = STANDARD.model_copy(update={"name": "mine"})
    dearer = set_field(dearer, "income_multiple_ppm", 400_000)
    market = HandMarket()
    async with in_lab() as analyst:
        app = analyst.app
        runner = MarketRunner(lambda *_told: market)
        runner.start()
        assert market.warm.wait(TIMEOUT)
        app.market, app.market_made_of = runner, app.market_recipe()
        until_shown(runner, 200)
        assert app.lab_setting(app.lab_state().draft.today, "from_today").before == ()
        runner.change_policy(dearer)
        runner.step(2)
        until_shown(runner, 202)
        app.refresh_screen()
        await analyst.settle()
        draft = app.lab_state().draft
        assert draft.todays("income_multiple_ppm") == 400_000
        setting = app.lab_setting(draft.today, "from_today")
        assert setting.today == 203 and [day for day, _policy in setting.before] == [-setting.warm_up_days, 201]
        assert [policy.income_multiple_ppm for _day, policy in setting.before] == [600_000, 400_000]
        assert app.lab_setting(draft.today, "as_if_always").before == ()
        assert "Today's policy here is the market's, mine; you live under another one, standard." in " ".join(analyst.shown().split())
        runner.close()


@pytest.mark.parametrize("days", [0, 1])
async def test_a_trial_from_the_players_own_day_or_the_next_is_from_today(days: int) -> None:
    async with in_lab() as analyst:
        analyst.market.since = analyst.app.world.date + datetime.timedelta(days=days)
        await analyst.press("left")
        assert "365 days from today, seed 1" in analyst.shown() and "the market's next day" not in analyst.shown()


async def test_a_figure_explains_what_it_is_and_how_sure() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("left")
        await analyst.press("tab")
        await analyst.stand_on("Profit")
        await analyst.press("w")
        assert analyst.name() == "MeasureDialog"
        told = " ".join(analyst.shown().split())
        assert "times the shoppers" in told or "cannot tell" in told
        assert "seed 1, same people, same luck" in told
        await analyst.press("y", "escape")
        assert "Profit" in analyst.app.clipboard


async def test_gaps_explain_between_whom() -> None:
    async with in_lab(size=LARGE) as analyst:
        await analyst.press("left", "5", "tab")
        await analyst.stand_on("Income")
        await analyst.press("enter")
        assert "lowest fifth, which has the most" in " ".join(analyst.shown().split())
        await analyst.press("escape")
        await analyst.choose("Approved by score")
        await analyst.choose("Fees of income")
        assert "> Fees of income" in analyst.shown()
        assert analyst.lab.state.fair == "fee_burden_ppm"


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_a_swap_set_shopper_opens_both_lives_told_of_another(lang: str) -> None:
    async with in_lab(size=LARGE, lang=lang) as analyst:
        await analyst.press("left", "6")
        assert {"en": "Enter on one shows both lives", "zh": "并排看两种人生"}[lang] in analyst.shown()
        await analyst.press("tab", "enter", "g")
        assert analyst.name() == "TwinScreen"
        told = "".join(cell.text for line in analyst.page.lines for cell in line)
        assert {"en": "They asked for a credit line.", "zh": "TA申请了额度"}[lang] in told
        assert not TO_THE_PLAYER.search(told)


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_the_days_of_two_lives_are_told_with_whole_dates(lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        event = {**analyst.app.world.events[0], "day": 364, "date": "2025-12-31"}
        analyst.app.push_screen(TwinScreen("Lin Mei", TwinLives([event], []), ""))
        await analyst.settle()
        assert {"en": "31 Dec 2025 ", "zh": "2025年12月31日 "}[lang] in analyst.shown()
        assert cut_cells(analyst) == []


async def test_a_trial_is_kept_loaded_and_compared(home: Path) -> None:
    async with in_lab() as analyst:
        await analyst.press("left", "left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("standard")
        assert "comes with Whiteslip" in analyst.shown()
        await analyst.write("looser")
        kept = load_policy("looser")
        assert kept.grade_cutoffs.E == 540
        await analyst.press("left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("looser")
        await analyst.choose("Replace it")
        assert load_policy("looser").grade_cutoffs.E == 535
        analyst.lab.menu.load()
        await analyst.settle()
        await analyst.choose("generous")
        assert analyst.lab.draft.policy.flat() == load_policy("generous").flat()
        await analyst.press("u")
        analyst.lab.menu.show_changes()
        await analyst.settle()
        assert "550 -> 535" in analyst.shown() and "grade_cutoffs.E" in analyst.shown()
        await analyst.press("escape")
        analyst.lab.menu.compare()
        await analyst.settle()
        await analyst.choose("standard")
        await analyst.choose("looser")
        assert "What differs: standard, looser" in analyst.shown() and "550 -> 535" in analyst.shown()
        await analyst.press("escape")
        analyst.lab.menu.reset()
        await analyst.settle()
        assert analyst.lab.draft.changes == []


async def test_a_view_is_copied_with_what_it_is_of_and_the_answer_is_exported(home: Path) -> None:
    async with in_lab() as analyst:
        analyst.market.since = datetime.date(2031, 3, 5)
        await analyst.press("left", "y")
        copied = analyst.app.clipboard
        assert copied.startswith("Lab - Lowest score, E: what if it were 545?")
        assert "50,000 people, 365 days from 5 Mar 2031, the market's next day, seed 1" in copied and "Approved" in copied
        for kind in ("csv", "json", "md"):
            analyst.lab.menu.export()
            await analyst.settle()
            await analyst.choose(format_words()[kind][0])
        files = {path.suffix: path for path in (home / "data" / "exports").iterdir()}
        told = json.loads(files[".json"].read_text(encoding="utf-8"))
        assert told["changes"] == [{"field": "grade_cutoffs.E", "from": 550, "to": 545}]
        assert (told["shoppers"], told["days"], told["first_day"], told["seed"]) == (50_000, 365, "2031-03-05", 1)
        assert analyst.lab.answer is not None
        profit = next(
            row for row in told["measures"] if (row["part"], row["measure"]) == ("all", "profit_fen")
        )
        assert profit["difference"] == analyst.lab.answer.metrics["profit_fen"].difference
        rows = list(csv.DictReader(files[".csv"].read_text(encoding="utf-8").splitlines()))
        assert len(rows) == len(told["measures"]) and {row["first_day"] for row in rows} == {"2031-03-05"}
        page = files[".md"].read_text(encoding="utf-8")
        assert "| all | profit_fen |" in page and '- first_day: "2031-03-05"' in page


async def test_where_no_charts_can_be_drawn_it_is_said_what_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: False)
    async with in_lab() as analyst:
        analyst.lab.menu.export()
        await analyst.settle()
        await analyst.choose("HTML")
        assert 'pip install "whiteslip[report]"' in analyst.told()[-1]


async def test_a_page_with_charts_on_a_full_disk_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_text: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: True)
    monkeypatch.setattr("tui.screens.lab_menu.charts_page", lambda *_of_what: "")
    monkeypatch.setattr("tui.screens.lab_menu.keep", full)
    async with in_lab() as analyst:
        await analyst.press("left")
        analyst.lab.menu.make_page()
        await analyst.settle()
        assert "the disk is full; free some space there, then do it again" in analyst.told()[-1]


async def test_a_trial_that_was_saved_has_its_name_on_the_page_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: True)

    def page(_answer: object, _setting: object, trial: Policy) -> str:
        names.append(trial.name)
        return ""

    monkeypatch.setattr("tui.screens.lab_menu.charts_page", page)
    async with in_lab() as analyst:
        await analyst.press("left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("My trial 1")
        for keys in ((), ("left",)):
            await analyst.press(*keys)
            analyst.lab.menu.make_page()
            await analyst.settle()
        assert names == ["My trial 1", "standard"]


async def test_the_trial_is_still_there_after_going_elsewhere() -> None:
    async with in_lab() as analyst:
        await analyst.press("left", "3", "h", "v")
        assert analyst.lab.draft.policy.grade_cutoffs.E == 545 and analyst.lab.state.view == VIEWS[2]
        assert "545 (today 550)" in analyst.shown()


async def test_a_change_of_today_s_policy_keeps_the_trials_changes() -> None:
    async with in_lab() as analyst:
        await analyst.press("left", "h")
        analyst.app.act({"do": "policy", "field": "minimum_ppm", "value": 200_000})
        await analyst.press("v")
        draft = analyst.lab.draft
        assert [each.path for each in draft.changes] == ["grade_cutoffs.E"]
        assert draft.policy.minimum_ppm == draft.today.minimum_ppm == 200_000


async def test_waiting_for_the_first_people_says_how_long_it_has_taken() -> None:
    async with in_lab() as analyst:
        analyst.lab.answer = None
        analyst.lab.rebuild()
        analyst.market.state = "compiling"
        for seconds, told in ((0, False), (75, True)):
            analyst.lab.began = time.monotonic() - seconds
            page = " ".join(as_text(analyst.lab.build(79)).split())
            assert "Making the Lab ready" in page and (" 75 s so far." in page) == told
        analyst.market.state = "ready"


async def test_a_fault_while_asking_is_a_sentence() -> None:
    async with in_lab(fails=True) as analyst:
        analyst.market.error = ZeroDivisionError("a fault of ours")
        await analyst.press("left")
        assert [str(fault) for fault in analyst.app.failures] == ["a fault of ours"]
        assert "Traceback" not in analyst.shown()
        analyst.market.error = None
        await analyst.press("left")
        assert analyst.lab.answer == answer(STANDARD, analyst.lab.draft.policy, SIZES[-1])


async def test_help_names_every_key_and_the_palette_offers_the_menu() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        keys = [key.key for key in analyst.lab.own_keys()]
        await analyst.press("question_mark")
        told = "\n".join("".join(cell.text for cell in line) for line in analyst.page.lines)
        assert all(f"  {key}  " in told for key in keys)
        await analyst.press("question_mark")
        titles = [command.title for command in analyst.app.get_system_commands(analyst.app.screen)]
        assert "lab: Save the trial" in titles and "file: Export the answer" in titles


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_at_80_columns_the_main_figures_stand_below_the_value_that_is_moved(lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        await analyst.press("tab")
        assert analyst.app.screen.focused is analyst.lab.fields
        await analyst.press("left", "left")
        assert analyst.app.screen.focused is analyst.lab.fields, "nobody has to go elsewhere to see what becomes of it"
        rows, told = analyst.rows(), answer(STANDARD, analyst.lab.draft.policy, SIZES[-1])
        names = FIRST[:HEADLINES]
        below = rows[-1 - len(names) : -1]
        for row, name in zip(below, names, strict=True):
            assert measure(name).title in row and shown(name, told.metrics[name], scales()[0]).difference in row
        assert any("540 (550)" in row for row in rows), "the value stays in sight"
        assert_rows_fill(analyst.app)
        await analyst.press("w")
        effect = analyst.app.screen.query_one("#effect", Page)
        letter = next(letter for letter, stop in effect.letters.items() if stop.cell.figure == "lab:profit_fen")
        await analyst.press(letter)
        assert analyst.name() == "MeasureDialog" and measure("profit_fen").title in analyst.shown()


def test_main_figures_say_whether_they_are_of_an_older_trial_or_of_some_people() -> None:
    def head(done_ppm: int, is_older: bool) -> str:
        lines = effect_lines(answer(STANDARD, STANDARD, SIZES[0], done_ppm), is_older, 79)
        return "".join(cell.fitted() for cell in lines[0])

    assert head(1_000_000, True).startswith("IN SHORT   asking ...")
    assert head(100_000, False).startswith("IN SHORT   done 10 %")
    assert head(1_000_000, False).startswith("IN SHORT (amounts in yuan)")


async def test_where_values_and_answer_stand_side_by_side_the_main_figures_stand_once() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        assert sum("IN SHORT" in row for row in analyst.rows()) == 1


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_lines_are_followed_by_the_month_they_were_opened_in_and_each_share_explains_itself(lang: str) -> None:
    async with in_lab(lang=lang, size=(140, 60)) as analyst:
        await analyst.press("left", "left", "3")
        found = answer(STANDARD, analyst.lab.draft.policy, SIZES[-1]).vintages
        main = analyst.app.screen.query_one("#main", Page)
        told: dict[str | None, list[str]] = {stop.cell.figure: [] for stop in main.stops}
        for stop in main.stops:
            told[stop.cell.figure].append(stop.cell.text)
        for each in found[1:]:
            sides = (each.ever_90.champion, each.ever_90.challenger)
            assert told[f"lab:vintage:{each.opened}:{each.age}"] == [f"{ppm / 10_000:.2f}" for ppm in sides]
        assert "lab:vintage:2025-01:0" not in told, "nobody can be so late at once"
        main.focus()
        main.move_to(next(place for place, stop in enumerate(main.stops) if stop.cell.figure == "lab:vintage:2025-01:7"))
        await analyst.press("w")
        assert analyst.name() == "MeasureDialog"
        assert {"en": "opened in 2025-01, 7 months later", "zh": "2025-01 开通的账户，7 个月后"}[lang] in analyst.shown()
