"""Values in the Lab: found, moved, typed, taken back, and what is said of one that cannot be."""

from __future__ import annotations

import pytest

from simulator import text
from simulator.policy.fields import policy_leaves
from simulator.policy.titles import leaf_title
from tests.tui.labs import STANDARD, in_lab
from tests.tui.on_screen import LARGE, MIDDLE, SMALL, assert_rows_fill
from tests.tui.test_rows import cut_cells
from tui.lab.export import as_text
from tui.lab.fields import best_of, sections_of
from tui.widgets.page import Page


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


async def test_undo_and_redo_say_what_they_changed_and_go_there() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("right", "f", *"age_min", "enter", "escape", "right")
        assert analyst.lab.state.path == "age_min"
        await analyst.press("u")
        assert analyst.told()[-1] == "Taken back: Lowest age 19 to 18" and analyst.lab.state.path == "age_min"
        await analyst.press("u")
        assert analyst.told()[-1] == "Taken back: Lowest score, E 555 to 550" and analyst.lab.state.path == "grade_cutoffs.E"
        await analyst.press("U")
        assert analyst.told()[-1] == "Made again: Lowest score, E 550 to 555"
        await analyst.press("U")
        assert analyst.told()[-1] == "Made again: Lowest age 18 to 19" and analyst.lab.state.path == "age_min"


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=str)
async def test_a_slider_that_a_rule_stops_says_the_rule_until_it_moves_again(size: tuple[int, int]) -> None:
    told = "Lowest score, E (591) may not be above Lowest score, D (590)."
    async with in_lab(size=size) as analyst:
        await analyst.press("right", "shift+right")
        assert analyst.lab.draft.policy.grade_cutoffs.E == 590 and told in " ".join(analyst.shown().split())
        await analyst.press("right")
        assert told in " ".join(analyst.shown().split())
        await analyst.press("left")
        assert told not in " ".join(analyst.shown().split()) and analyst.lab.draft.policy.grade_cutoffs.E == 585
        await analyst.press(*["shift+left"] * 4)
        assert analyst.lab.draft.policy.grade_cutoffs.E == 400
        assert "The slider ends here; Enter types a value beyond it." in " ".join(analyst.shown().split())


@pytest.mark.parametrize("lang", text.LANGUAGES)
async def test_one_key_opens_the_menu_of_the_trial_and_of_the_sweep(lang: str) -> None:
    async with in_lab(lang=lang) as analyst:
        assert {"en": "e Menu", "zh": "e 菜单"}[lang] in analyst.rows()[-1]
        await analyst.press("e")
        assert analyst.name() == "ChoiceDialog"
        await analyst.press("escape", "8", "e")
        assert analyst.name() == "ChoiceDialog"


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


async def test_festivals_are_shown_whole_where_there_is_room() -> None:
    async with in_lab(size=LARGE) as analyst:
        analyst.lab.fields.reveal("season")
        analyst.lab.rebuild()
        await analyst.settle()
        festivals = "06-18 25 4" if STANDARD.season else ""
        assert festivals in analyst.shown()
        analyst.lab.state.path = "season"
        analyst.lab.rebuild()
        await analyst.settle()
        assert "the extra begins 25 days before 06-18, and its last day is 4 days after" in analyst.shown()


async def test_the_arrows_stop_before_a_clash() -> None:
    async with in_lab() as analyst:
        await analyst.press(*["right"] * 12)
        assert analyst.lab.draft.policy.grade_cutoffs.E == 590 == STANDARD.grade_cutoffs.D
        assert analyst.lab.fault == "Lowest score, E (591) may not be above Lowest score, D (590)."


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


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, (100, 30), MIDDLE], ids=str)
async def test_a_row_of_a_table_moves_at_once_and_one_undo_takes_it_back(size: tuple[int, int], lang: str) -> None:
    async with in_lab(size=size, lang=lang) as analyst:
        await analyst.press("f", *"fee_rate_ppm.12.C", "enter", "escape")
        assert {"en": "one of 20 values, which e moves together", "zh": "20 项之一，e 可一起改"}[lang].replace(" ", "") in "".join(analyst.shown().split())
        draft, row = analyst.lab.draft, {f"fee_rate_ppm.12.{grade}" for grade in "ABCDE"}
        await analyst.press("e")
        assert cut_cells(analyst) == []
        await analyst.choose({"en": "Plan fee, 12 terms: all 5 values", "zh": "（12 期）：全部 5 项"}[lang])
        await analyst.write("a lot")
        assert {"en": "is no change in per cent", "zh": "不是百分比的变化"}[lang] in analyst.shown()
        await analyst.write("-20")
        assert {change.path for change in draft.changes} == row
        assert all(change.after * 10 == change.before * 8 for change in draft.changes)
        assert "-20" in analyst.told()[-1] and analyst.lab.answer is not None
        assert_rows_fill(analyst.app)
        await analyst.press("u")
        assert draft.changes == []


async def test_a_value_that_stops_at_its_bound_is_named() -> None:
    async with in_lab(size=MIDDLE) as analyst:
        await analyst.press("f", *"increase_ppm.A", "enter", "escape", "e")
        await analyst.choose("Increase: all 5 values")
        await analyst.write("+900")
        told = analyst.told()[-1]
        assert "Increase: all 5 values by +900 %; u takes it back." in told and "stops at its bound, 100 %." in told
        assert "more stop at theirs" in told
        assert all(analyst.lab.draft.value(f"increase_ppm.{grade}") <= 1_000_000 for grade in "ABCDE")


async def test_a_value_that_stands_alone_offers_no_table() -> None:
    async with in_lab() as analyst:
        await analyst.press("f", *"age_min", "enter", "escape", "e")
        assert "by the same per cent" not in analyst.shown()
