"""The Lab on the screen: a value moves and everything follows; views, the day it holds from, the lives behind a figure."""

from __future__ import annotations

import datetime
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from simulator import text
from simulator.lab.answer import Brought, Measured, Over, Timeline
from simulator.lab.measures import measure
from simulator.lab.shown import shown
from simulator.lab.twin import TwinLives
from simulator.lab.words import sample_text, scales
from simulator.money import money
from simulator.policy.load import set_field
from tests.messages.test_person import TO_THE_PLAYER
from tests.tui.labs import STANDARD, in_lab
from tests.tui.market_double import SIZES, answer
from tests.tui.markets import HandMarket, until_shown
from tests.tui.on_screen import LARGE, MIDDLE, TIMEOUT, assert_rows_fill, marked
from tests.tui.on_screen import SIZES as SCREENS
from tests.tui.test_rows import assert_footer_fits, cut_cells
from tui.lab.export import as_text
from tui.lab.keys import VIEWS
from tui.lab.short import BELOW, effect_lines
from tui.market_runner import MarketRunner
from tui.screens.twin import TwinScreen
from tui.widgets.page import Page


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


async def test_a_trial_in_which_nobody_can_be_approved_warns() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("f", *"age_max", "enter", "enter", *"10", "enter")
        assert analyst.lab.draft.policy.age_max == 10
        assert "[!] Nobody can be approved: the highest age is below the lowest." in " ".join(analyst.shown().split())


async def test_more_lines_in_a_year_show_their_costs_before_their_earnings() -> None:
    async with in_lab(size=LARGE) as analyst:
        told = "A line opened in these 365 days has the cost of winning it in them"
        await analyst.press("2")
        assert told not in " ".join(analyst.shown().split())
        await analyst.press("left")
        assert told in " ".join(as_text(analyst.lab.query_one("#main", Page).lines).split())


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
    ("from_today", "zh"): "自市场次日（2052年9月1日）起 365 天",
    ("as_if_always", "en"): "365 days as if always, from 1 Sep 2052, the market's next day, seed 1",
    ("as_if_always", "zh"): "如同一直如此，自市场次日（2052年9月1日）起 365 天",
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
        app.beside.runner, app.beside.made_of = runner, app.beside.recipe()
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
async def test_a_trial_from_the_players_own_day_or_the_next_names_the_day_alone(days: int) -> None:
    async with in_lab() as analyst:
        analyst.market.since = since = analyst.app.world.date + datetime.timedelta(days=days)
        await analyst.press("left")
        shown = " ".join(analyst.shown().split())
        assert f"365 days from {since.day} {since:%b %Y}, seed 1" in shown and "the market's next day" not in shown


async def test_a_trial_holds_from_the_same_day_before_and_while_the_market_comes_to_it() -> None:
    async with in_lab() as analyst:
        app = analyst.app
        before = app.beside.next_day()
        assert before == app.world.day + 1
        runner = MarketRunner(lambda *_told: HandMarket(day=0))
        runner.start()
        app.beside.runner, app.beside.made_of = runner, app.beside.recipe()
        until_shown(runner, 0)
        assert app.beside.next_day() == before
        runner.close()


@pytest.mark.parametrize("key", ["j", "f6", "tab"])
async def test_three_keys_lead_to_the_other_pane_at_80_columns_too(key: str) -> None:
    async with in_lab() as analyst:
        await analyst.there_and_back(key)


async def test_tab_goes_between_values_and_answer_alone_and_the_one_with_the_cursor_is_marked() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        assert marked(analyst) == {"fields"}
        for key in ("tab", "shift+tab"):
            await analyst.press(key)
            assert marked(analyst) == {"main"}
            await analyst.press(key)
            assert marked(analyst) == {"fields"}


async def test_in_short_nobody_is_shown_twice() -> None:
    async with in_lab() as analyst:
        await analyst.press("left")
        assert analyst.lab.answer is not None
        swap = analyst.lab.answer.swap
        limit, life = (replace(swap.shoppers[0], shopper=60_001, kind="limit"), replace(swap.shoppers[0], shopper=60_001, kind="life"))
        other = replace(life, shopper=60_002)
        analyst.lab.answer = replace(analyst.lab.answer, swap=replace(swap, shoppers=(limit, life, other)))
        analyst.lab.show_answer()
        told = as_text(analyst.lab.query_one("#main", Page).lines)
        assert told.count("no. 60,001") == 1 and told.count("no. 60,002") == 1


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_who_has_no_line_under_one_policy_is_said_to_have_none(lang: str) -> None:
    async with in_lab(size=LARGE, lang=lang) as analyst:
        await analyst.press("left", "6")
        assert analyst.lab.answer is not None
        swap = analyst.lab.answer.swap
        only = replace(swap.shoppers[0], kind="only_champion", champion_limit_fen=240_000, challenger_limit_fen=0, champion_worst_dpd=0, score=589)
        analyst.lab.answer = replace(analyst.lab.answer, swap=replace(swap, shoppers=(only,)))
        analyst.lab.show_answer()
        told = " ".join(as_text(analyst.lab.query_one("#main", Page).lines).split())
        assert "589 2,400.00 -> " + {"en": "no line under today's never late", "zh": "未开通 现行政策下从未逾期"}[lang] in told
        assert_rows_fill(analyst.app)


async def test_an_answer_that_grows_says_for_how_long_it_has_been_worked_on() -> None:
    async with in_lab() as analyst:
        analyst.market.may_go_on.clear()
        await analyst.pilot.press("left")
        await analyst.until(lambda: "done 33 %" in analyst.shown())
        analyst.lab.asked_at = time.monotonic() - 12
        await analyst.until(lambda: "done 33 %, more are asked: 1" in " ".join(analyst.shown().split()))
        analyst.market.may_go_on.set()
        await analyst.settle()
        assert "more are asked" not in analyst.shown()


async def test_a_figure_explains_what_it_is_and_how_sure() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("left")
        await analyst.press("tab")
        await analyst.stand_on("Profit")
        await analyst.press("w")
        assert analyst.name() == "MeasureDialog"
        told = " ".join(analyst.shown().split())
        assert "times as many people to be as sure" in told or "cannot tell" in told
        assert "seed 1, same people, same luck" in told
        await analyst.press("y", "escape")
        assert "Profit" in analyst.app.clipboard


async def test_a_figure_shows_the_sum_behind_it_under_both_policies_and_the_rule() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("left", "2", "tab")
        await analyst.stand_on("Profit")
        await analyst.press("w")
        rows = [row.split() for row in analyst.rows()]
        assert analyst.lab.answer is not None
        late, lost = (analyst.lab.answer.metrics[name] for name in ("late_income_fen", "charged_off_fen"))
        for sign, title, each in (("+", ["Late", "fees"], late), ("-", ["Write-offs"], lost)):
            assert any(row[: len(title) + 3] == [sign, *title, money(each.champion), money(each.challenger)] for row in rows)
        assert "By the rule: the lender's books (12)" in analyst.shown()
        await analyst.press("escape", "1")
        share = Measured(613_000, 620_000, over=(Over(613, 1_000), Over(1_240, 2_000)))
        analyst.lab.answer = replace(analyst.lab.answer, metrics={**analyst.lab.answer.metrics, "approval_ppm": share})
        analyst.lab.show_answer()
        await analyst.settle()
        await analyst.stand_on("Approved by score")
        await analyst.press("w")
        rows = [row.split() for row in analyst.rows()]
        assert any(row[:3] == ["Approvals", "613", "1,240"] for row in rows)
        assert any(row[:6] == ["/", "Decided", "by", "score", "1,000", "2,000"] for row in rows)
        assert "By the rule: measures (13)" in analyst.shown()


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
        assert {"en": "They handed in the form", "zh": "该用户交了申请表"}[lang] in told
        assert not TO_THE_PLAYER.search(told)


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_the_days_of_two_lives_are_told_with_whole_dates(lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        event = {**analyst.app.world.events[0], "day": 364, "date": "2025-12-31"}
        analyst.app.push_screen(TwinScreen("Lin Mei", TwinLives([event], []), ""))
        await analyst.settle()
        assert {"en": "31 Dec 2025 ", "zh": "2025年12月31日 "}[lang] in analyst.shown()
        assert cut_cells(analyst) == []


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
        for state, told in (
            ("loading", "Making the Lab ready: its rules are loaded."), ("compiling", "Making the Lab ready: the first time"),
            ("ready", "Asking the first people; the first answer on a machine may take half a minute."),
        ):  # fmt: skip
            analyst.market.state = state
            for seconds in (0, 75):
                analyst.lab.began = time.monotonic() - seconds
                page = " ".join(as_text(analyst.lab.build(79)).split())
                assert told in page and f" {seconds} s so far." in page


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
        names = BELOW
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
    def head(done_ppm: int, unanswered: str) -> str:
        lines = effect_lines(answer(STANDARD, STANDARD, SIZES[0], done_ppm), unanswered, 79)
        return "".join(cell.fitted() for cell in lines[0])

    assert head(1_000_000, "asking ...").startswith("IN SHORT   asking ...")
    assert head(100_000, "").startswith("IN SHORT   done 10 %")
    assert head(1_000_000, "").startswith("IN SHORT (amounts in yuan)")


@pytest.mark.parametrize("key", ["u", "backspace"])
async def test_main_figures_of_a_trial_that_was_taken_back_say_so(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with in_lab() as analyst:
        await analyst.press("tab", "right", "right")
        assert any(row.startswith("IN SHORT (") for row in analyst.rows())
        monkeypatch.setattr(analyst.market, "estimate", lambda trial, tell, cancel: None)
        await analyst.press(key)
        assert any(row.startswith("IN SHORT   asking ...") for row in analyst.rows())


async def test_main_figures_say_that_a_trial_could_not_be_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(trial: object, tell: object, cancel: object) -> None:
        raise MemoryError

    async with in_lab(fails=True) as analyst:
        await analyst.press("tab", "right")
        monkeypatch.setattr(analyst.market, "estimate", fail)
        await analyst.press("right")
        assert any(row.startswith("IN SHORT   not answered; of an older trial") for row in analyst.rows())
        monkeypatch.undo()
        await analyst.press("right")
        assert any(row.startswith("IN SHORT (") for row in analyst.rows())


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
        assert {"en": "Share of the lines opened in one month", "zh": "某月开通的额度中"}[lang] in analyst.shown()
        assert {"en": "on some day of the trial", "zh": "试行期间某天"}[lang] not in analyst.shown()
