"""The sweep on the screen: planned, measured, run, stopped, gone on with, looked at, taken as the trial."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from simulator import text
from simulator.lab.recipe import Asked
from simulator.lab.shelf import Shelved
from simulator.policy.load import load_policy
from tests.lab.swept_by_hand import swept
from tests.tui.lives import life
from tests.tui.market_double import MarketDouble
from tests.tui.on_screen import MIDDLE, SMALL, TIMEOUT, Player, assert_rows_fill, at_screen
from tests.tui.sweeper_double import SweeperDouble
from tests.tui.test_rows import assert_footer_fits, cut_cells
from tui.lab.export import as_text, format_words
from tui.lab.frontier import frontier
from tui.lab.heat_map import heat_map
from tui.lab.sweep_desk import SweepDesk
from tui.lab.sweep_plan import axis_plan
from tui.lab.sweep_words import FIGURES, told_lines, total_writer
from tui.screens.lab import LabScreen
from tui.screens.sweep import SweepScreen
from tui.widgets.page import Page

STANDARD = load_policy("standard")
WIDE = (140, 45)


class Sweeping(Player):
    """Someone at the sweep."""

    sweeper: SweeperDouble

    @property
    def sweeps(self) -> SweepScreen:
        """The screen, on top or under a dialog."""
        return self.found(SweepScreen)

    @property
    def desk(self) -> SweepDesk:
        """Who works."""
        desk = self.app.open_sweeps()
        assert desk is not None
        return desk

    async def settle(self) -> None:
        """Wait for the desk and the Lab too, but for what is held up."""
        await super().settle()
        if self.app.lab is not None and self.app.lab.desk is not None and self.sweeper.may_go_on.is_set():
            assert await asyncio.to_thread(self.desk.runner.idle.wait, TIMEOUT)
            await super().settle()

    async def vary(self, *paths: str) -> None:
        """Choose the fields of the plan one after another."""
        self.sweeps.plan.axes = [axis_plan(STANDARD, path) for path in paths]
        self.sweeps.planned()
        await self.settle()

    @property
    def planned(self) -> str:
        """The plan as it reads."""
        return " ".join(as_text(self.sweeps.form.lines).split())

    async def ran(self) -> None:
        """Run to the end, which leads to the picture."""
        await self.press("g")
        assert self.desk.work.stage == "done"
        await self.until(lambda: self.app.screen.focused is self.sweeps.main)


@asynccontextmanager
async def at_sweep(size: tuple[int, int] = SMALL, lang: str = "en", market: bool = True) -> AsyncIterator[Sweeping]:
    """The sweep of a life, opened from the Lab."""
    async with at_screen(None, size, {"lang": lang}) as player:
        sweeping = Sweeping(player.app, player.pilot)
        sweeping.sweeper = SweeperDouble()
        sweeping.app.estimator = MarketDouble(STANDARD)
        sweeping.app.sweeper = sweeping.sweeper if market else None
        sweeping.app.open_world(life("billed"))
        await sweeping.settle()
        await sweeping.press("v", "8")
        assert isinstance(sweeping.app.screen, SweepScreen)
        yield sweeping
        if sweeping.app.lab is not None:
            sweeping.sweeper.may_go_on.set()
            sweeping.app.lab.end()


async def test_the_value_under_the_labs_cursor_is_offered_first_and_measured() -> None:
    async with at_sweep() as sweeping:
        plan = sweeping.sweeps.plan
        assert [axis.path for axis in plan.axes] == ["grade_cutoffs.E"]
        assert 550 in range(plan.axes[0].first, plan.axes[0].last + 1, plan.axes[0].step)
        assert "Lowest score, E" in sweeping.shown() and "Nothing" not in sweeping.shown()
        sweeping.sweeps.measure()
        await sweeping.settle()
        pieces = 4 * plan.count
        assert sweeping.desk.guess is not None and sweeping.desk.guess.seconds == 4 * 1.0 + pieces * 0.5
        assert "About 24 s on this computer" in sweeping.shown()


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("key", ["j", "f6", "tab"])
async def test_three_keys_lead_to_the_other_pane(size: tuple[int, int], key: str) -> None:
    async with at_sweep(size) as sweeping:
        await sweeping.there_and_back(key)


async def test_arrows_and_typing_change_the_plan_and_faults_are_said() -> None:
    async with at_sweep() as sweeping:
        before = sweeping.sweeps.plan.axes[0]
        await sweeping.press("home", "down", "right")
        assert sweeping.sweeps.plan.axes[0].first == before.first + before.step
        await sweeping.press("enter", "ctrl+u", *"500", "enter")
        assert sweeping.sweeps.plan.axes[0].first == 500
        await sweeping.press("down", "down", "enter", "ctrl+u", "0", "enter")
        assert "A step of nothing" in sweeping.shown()
        await sweeping.press("ctrl+u", *"10", "enter", "end")
        await sweeping.stand_on("20,000")
        await sweeping.press("left", "down", "left")
        plan = sweeping.sweeps.plan
        assert (plan.people, plan.months, plan.axes[0].text()) == (10_000, 11, "grade_cutoffs.E=500:590:10")
        asked = sweeping.sweeps.asked()
        assert asked is not None and (asked.shoppers, asked.setting.days) == (10_000, 334)
        plan.axes[0] = plan.axes[0].with_value("last", 400)
        sweeping.sweeps.planned()
        await sweeping.press("g")
        assert "has no steps" in sweeping.shown() and sweeping.desk.work.stage == ""


async def test_what_is_left_out_of_the_grid_is_said_with_its_reason() -> None:
    async with at_sweep(WIDE) as sweeping:
        await sweeping.vary("grade_cutoffs.E")
        axes = sweeping.sweeps.plan.axes
        axes[0] = replace(axes[0], first=500, last=605, step=50)
        sweeping.sweeps.planned()
        assert "3 policies" in sweeping.shown()
        await sweeping.ran()
        shown = " ".join(sweeping.shown().split())
        assert "2 policies, 20,000 people" in shown
        assert "Lowest score, E 600 is left out: Lowest score, E (600) may not be above Lowest score, D (590)." in shown
        plan = " ".join(as_text(sweeping.sweeps.form.lines).split())
        assert "Lowest score, E up to 600: no step reaches 605." in plan


async def test_a_field_is_found_by_its_name_and_the_second_can_be_left_out() -> None:
    async with at_sweep() as sweeping:
        await sweeping.stand_on("none: a line")
        await sweeping.press("enter", *"multiple", "enter")
        assert [axis.path for axis in sweeping.sweeps.plan.axes] == ["grade_cutoffs.E", "income_multiple_ppm"]
        await sweeping.stand_on("First limit of income")
        await sweeping.press("enter", "tab", "home", "enter")
        assert [axis.path for axis in sweeping.sweeps.plan.axes] == ["grade_cutoffs.E"]
        await sweeping.stand_on("none: a line")
        await sweeping.press("enter", *"lowest score, C", "enter")
        assert [axis.path for axis in sweeping.sweeps.plan.axes] == ["grade_cutoffs.E", "grade_cutoffs.C"]


async def test_two_fields_make_a_map_and_keys_choose_the_figure() -> None:
    async with at_sweep(WIDE) as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        await sweeping.ran()
        found = sweeping.desk.work.found
        assert found is not None and [axis.path for axis in found.axes] == ["income_multiple_ppm", "grade_cutoffs.E"]
        for place, name in enumerate(FIGURES):
            await sweeping.press(str(place + 1))
            each = sweeping.sweeps.results.outcome()
            assert each is not None and total_writer(found, name)(each) in sweeping.shown()
        assert "seed 1" in sweeping.shown() and "20,000 people, 365 days from 3 Jan 2025" in sweeping.shown()


async def test_the_cursor_tells_a_policy_and_enter_takes_it_as_the_trial() -> None:
    async with at_sweep() as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        await sweeping.ran()
        first = sweeping.sweeps.results.outcome()
        assert first is not None and first.point.policy is not None
        assert first.point.values == (STANDARD.income_multiple_ppm, STANDARD.grade_cutoffs.E)
        await sweeping.press("down", "right")
        each = sweeping.sweeps.results.outcome()
        assert each is not None and each.point.policy is not None and each is not first
        assert f"{each.point.values[1]}" in sweeping.shown()
        await sweeping.press("w")
        assert sweeping.name() == "MeasureDialog" and "seed 1" in sweeping.shown()
        await sweeping.press("escape", "enter")
        lab = sweeping.app.screen
        assert isinstance(lab, LabScreen) and lab.draft.policy.flat() == each.point.policy.flat()
        await sweeping.press("u")
        assert lab.draft.changes == []


async def test_what_was_looked_for_in_the_lab_hides_nothing_of_the_trial_that_is_taken() -> None:
    async with at_sweep() as sweeping:
        await sweeping.press("escape", "f", *"carrying", "enter", "8")
        await sweeping.vary("grade_cutoffs.E")
        await sweeping.ran()
        await sweeping.press("right", "enter")
        lab = sweeping.app.screen
        assert isinstance(lab, LabScreen) and lab.draft.changes and not lab.has_class("finding")
        assert "grade_cutoffs.E" in [entry.path for entry in lab.fields.entries]


async def test_the_question_names_the_fields_and_figures_have_names_where_there_is_room() -> None:
    async with at_sweep(WIDE) as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        assert "along First limit of income and Lowest score, E?" in sweeping.rows()[2]
        await sweeping.ran()
        figures = as_text(sweeping.sweeps.results.query_one("#figures", Page).lines)
        assert figures.startswith("1 Profit  2 ") and "0 Best" in figures and len(figures) > 60
        await sweeping.press("0")
        shown = as_text(sweeping.sweeps.main.lines)
        assert "Debts over 50 %" in shown and "May differ by chance alone in profit or harm" in shown
    async with at_sweep(SMALL) as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        assert "First limit of income and Lowest score, E" in sweeping.rows()[2]


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=str)
async def test_it_starts_from_the_trial_as_it_stands_or_from_todays_policy(size: tuple[int, int], home: Path) -> None:
    async with at_sweep(size) as sweeping:
        sweeps, draft = sweeping.sweeps, sweeping.app.lab_state().draft
        assert "today's policy" in sweeping.shown() and "other changes" not in sweeping.shown()
        draft.set("income_multiple_ppm", 700_000)
        draft.set("grade_cutoffs.E", 530)
        sweeps.planned()
        await sweeping.settle()
        assert "the trial (1 changed)" in sweeping.shown()
        assert "other changes (1) are in every policy" in sweeping.planned
        await sweeping.ran()
        found = sweeping.desk.work.found
        assert found is not None and found.setting.champion.flat() == STANDARD.flat()
        assert [each.path for each in found.changes] == ["income_multiple_ppm"]
        assert all(each.point.policy is not None and each.point.policy.income_multiple_ppm == 700_000 for each in found.outcomes)
        assert all(each.metrics["profit_fen"].champion == found.outcomes[0].metrics["profit_fen"].champion for each in found.outcomes)
        assert "around the trial (1 changed in standard)" in " ".join(sweeping.shown().split())
        sweeps.menu.export()
        await sweeping.settle()
        await sweeping.choose("CSV")
        told = next((home / "data" / "exports").iterdir()).read_text(encoding="utf-8")
        assert '""field"": ""income_multiple_ppm"", ""from"": 600000, ""to"": 700000' in told

        # Another value of what is varied is taken as the trial: the plan is still the one that is shown.
        await sweeping.press(*["tab"] * (sweeping.page.id != "main"), "right", "enter")
        assert draft.policy.grade_cutoffs.E != 530 and draft.policy.income_multiple_ppm == 700_000
        await sweeping.press("8")
        assert sweeping.sweeps.asked() == sweeping.desk.work.asked

        await sweeping.press("tab")
        await sweeping.stand_on("the trial (1 changed)")
        await sweeping.press("left")
        assert "other changes (1) are left out" in sweeping.planned
        await sweeping.ran()
        found = sweeping.desk.work.found
        assert found is not None and found.changes == []
        await sweeping.press(*["tab"] * (sweeping.page.id != "plan"))
        await sweeping.stand_on("today's policy")
        await sweeping.press("enter")
        assert "the trial (1 changed)" in sweeping.shown()


async def test_a_sweep_that_is_stopped_shows_what_is_known_and_goes_on() -> None:
    async with at_sweep() as sweeping:
        sweeping.sweeper.may_go_on.clear()
        await sweeping.pilot.press("g")
        await sweeping.until(lambda: "25 %" in sweeping.shown())
        assert "5,000 / 20,000 people" in sweeping.shown() and "g stop" in sweeping.shown()
        await sweeping.pilot.press("g")
        sweeping.sweeper.may_go_on.set()
        await sweeping.settle()
        assert "Stopped at 25 %" in sweeping.shown() and "5,000 / 20,000 people" in sweeping.shown()
        await sweeping.ran()
        assert sweeping.sweeper.began_at == [0, 1]
        assert "20,000 people" in sweeping.shown() and "/" not in sweeping.rows()[3]


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=str)
async def test_who_starts_a_sweep_lands_on_its_picture_even_if_it_ends_at_once(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_sweep(size) as sweeping:
        desk, run = sweeping.desk, sweeping.desk.run

        def to_the_end(asked: Asked, path: Path | None = None) -> None:
            run(asked, path)
            assert desk.runner.idle.wait(TIMEOUT)

        monkeypatch.setattr(desk, "run", to_the_end)
        for _again in range(2):
            assert sweeping.page.id == "plan"
            await sweeping.ran()
            await sweeping.press("tab")
        kept = desk.work
        assert kept.asked is not None and kept.path is not None
        await sweeping.vary("income_multiple_ppm")
        monkeypatch.setattr("tui.screens.sweep_menu.shelved", lambda: [Shelved(kept.path, kept.asked, 4, True)])
        await sweeping.choose("Sweeps that are kept")
        await sweeping.press("enter")
        await sweeping.until(lambda: sweeping.app.screen.focused is sweeping.sweeps.main)
        assert desk.work.asked == kept.asked == sweeping.sweeps.asked()


@pytest.mark.parametrize("keys", [["j"], ["right"], ["g"], []], ids=["the other pane", "another plan", "stopped", "waiting"])
async def test_who_moved_on_before_the_first_people_came_is_left_there(keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()
    async with at_sweep(WIDE) as sweeping:
        monkeypatch.setattr(sweeping.sweeper, "get_ready", lambda compiling, cancel: ready.wait(TIMEOUT))
        await sweeping.pilot.press("home", "down", "g", *keys)
        await sweeping.pilot.pause()
        here = sweeping.page
        ready.set()
        await sweeping.settle()
        assert sweeping.desk.work.stage == ("stopped" if keys == ["g"] else "done")
        if not keys:
            await sweeping.until(lambda: sweeping.page is sweeping.sweeps.main)
        else:
            assert sweeping.page is here


async def test_it_goes_on_while_one_is_elsewhere() -> None:
    async with at_sweep() as sweeping:
        sweeping.sweeper.may_go_on.clear()
        await sweeping.pilot.press("g")
        await sweeping.pilot.press("h")
        sweeping.sweeper.may_go_on.set()
        await sweeping.settle()
        assert sweeping.desk.work.stage == "done"
        await sweeping.press("v", "8")
        assert "20,000 people" in sweeping.shown() and "Lowest score, E 550" in sweeping.shown()


async def test_what_cannot_be_done_is_a_sentence() -> None:
    async with at_sweep() as sweeping:
        sweeping.sweeper.refusal = "The disk is full."
        await sweeping.press("g")
        assert "The disk is full." in sweeping.shown() and sweeping.app.failures == []
    async with at_sweep(market=False) as sweeping:
        assert "nobody can be asked" in sweeping.shown()
        await sweeping.press("g")
        assert "nobody can be asked" in sweeping.told()[-1]


async def test_the_best_policies_have_letters_and_names() -> None:
    async with at_sweep(WIDE) as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        await sweeping.ran()
        await sweeping.press("0")
        found = sweeping.desk.work.found
        assert found is not None
        best = found.frontier("profit_fen", "over_indebted")
        stops = [stop.cell.figure for stop in sweeping.sweeps.main.stops]
        assert stops[-len(best) :] == [f"sweep:{number}" for number in best]
        assert "A " in sweeping.shown() and "beaten" in sweeping.shown()


def test_policies_that_tie_exactly_with_the_best_share_its_letter_and_each_bear_its_star() -> None:
    found = swept(["grade_cutoffs.E=540:570:10"], (900, 6), (900, 5), (900, 5), (800, 4))
    told = as_text(frontier(found, "over_indebted", 80, 8, print))
    assert [line[:5] for line in told.splitlines() if line[1:2] == " " and line[2:5].isdecimal()] == ["A 550", "A 560", "B 570"]
    assert told.partition("letters")[0].count("A ") == 1 and "chance alone" not in told

    fields = ["income_multiple_ppm=600000:700000:100000", "grade_cutoffs.E=540:560:10"]
    for todays, words in (((900, 5), "= today's values, not beaten either   *"), ((900, 6), "= today's values   *")):
        told = as_text(heat_map(swept(fields, (900, 5), todays, (900, 5), (800, 4), (800, 5), (1, 4)), "profit_fen", 80, print))
        assert [re.findall("[*=]", row) for row in told.splitlines()[2:4]] == [["*", "=", "*"], ["*"]]
        assert words in told


@pytest.mark.parametrize("size", [SMALL, MIDDLE, WIDE], ids=str)
@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_every_view_fits_in_both_languages(size: tuple[int, int], lang: str) -> None:
    async with at_sweep(size, lang) as sweeping:

        async def fits(*keys: str) -> None:
            await sweeping.press(*keys)
            sweeping.app.clear_notifications()
            await sweeping.settle()
            assert_rows_fill(sweeping.app)
            assert_footer_fits(sweeping)
            assert cut_cells(sweeping) == []

        await fits()
        await sweeping.ran()
        for key in ("1", "0", "tab"):
            await fits(key)
        await sweeping.vary("income_multiple_ppm", "max_limit_fen")
        await fits("g")
        for key in ("1", "2", "0"):
            await fits(key)


async def test_the_picture_is_copied_with_what_it_is_of_and_the_sweep_is_exported(home: Path) -> None:
    async with at_sweep() as sweeping:
        await sweeping.ran()
        await sweeping.press("y")
        copied = sweeping.app.clipboard
        assert "10 policies, 20,000 people, 365 days from 3 Jan 2025, seed 1" in copied and "Profit" in copied
        for kind in ("csv", "json", "md"):
            sweeping.sweeps.menu.export()
            await sweeping.settle()
            await sweeping.choose(format_words()[kind][0])
        files = {path.suffix: path.read_text(encoding="utf-8") for path in (home / "data" / "exports").iterdir()}
        told, found = json.loads(files[".json"]), sweeping.desk.work.found
        assert found is not None and told["points"] == json.loads(json.dumps(found.rows()))
        assert (told["shoppers"], told["seed"], told["fields"]["grade_cutoffs.E"][0]) == (20_000, 1, 410)
        assert told["first_day"] == "2025-01-03" and ",2025-01-03," in files[".csv"].splitlines()[1]
        assert files[".csv"].count("\n") == len(found.rows()) + 1 and "| profit_fen |" in files[".md"]


async def test_a_grid_wider_than_the_screen_shows_digits_around_the_cursor() -> None:
    async with at_sweep() as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        plan = sweeping.sweeps.plan
        plan.axes = [plan.axes[0].with_value("step", 300_000), plan.axes[1].with_value("first", 470).with_value("step", 1)]
        sweeping.sweeps.planned()
        await sweeping.ran()
        assert_rows_fill(sweeping.app)
        assert cut_cells(sweeping) == []
        page = sweeping.sweeps.main
        assert {stop.cell.text.strip(" =*") for stop in page.stops} <= set("012345678")
        await sweeping.pilot.press(*["right"] * 45)
        await sweeping.settle()
        each = sweeping.sweeps.results.outcome()
        assert each is not None and each.point.values[1] > 580


async def test_help_names_every_key_and_the_palette_offers_the_menu() -> None:
    async with at_sweep((120, 36)) as sweeping:
        keys = [key.key for key in sweeping.sweeps.own_keys()]
        await sweeping.press("question_mark")
        told = "\n".join("".join(cell.text for cell in line) for line in sweeping.page.lines)
        assert all(f"  {key}  " in told for key in keys)
        await sweeping.press("question_mark")
        titles = [command.title for command in sweeping.app.get_system_commands(sweeping.app.screen)]
        assert "file: Export the sweep" in titles and "sweep: Sweeps that are kept" in titles


async def test_a_map_and_the_policy_below_it_tell_apart_what_two_decimals_would_not() -> None:
    async with at_sweep(WIDE) as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        await sweeping.ran()
        await sweeping.press("2")
        found, each = sweeping.desk.work.found, sweeping.sweeps.results.outcome()
        assert found is not None and each is not None
        write = total_writer(found, "return_ppm")
        assert write(found.outcomes[0]) == "5.0010 %"
        totals = [write(other).removesuffix(" %") for other in found.outcomes]
        assert len(set(totals)) == len(found.outcomes) and all(total in sweeping.shown() for total in totals)
        assert re.search(rf"Return +{write(each)} +\+0\.0580 pt", sweeping.shown())


async def test_what_a_policy_comes_to_keeps_as_many_decimals_as_there_is_room_for() -> None:
    async with at_sweep() as sweeping:
        await sweeping.vary("income_multiple_ppm", "grade_cutoffs.E")
        await sweeping.ran()
        await sweeping.press("2")
        found, each = sweeping.desk.work.found, sweeping.sweeps.results.outcome()
        assert found is not None and each is not None
        told = {}
        for width in (70, 96):
            lines = told_lines(found, each, "return_ppm", width, 3)
            told[width] = "".join(cell.fitted() for cell in lines[2]).split()
            assert all(sum(cell_len(cell.fitted()) for cell in line) <= width for line in lines[1:])
        assert told[70][1:5] == ["5.058", "%", "+0.058", "pt"]
        assert told[96][1:5] == ["5.0580", "%", "+0.0580", "pt"]
