"""Editing: drafts with undo, sliders' ranges, typed values, and policies of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import text
from simulator.policy.edit import Draft, differences, excess_at
from simulator.policy.faults import PolicyError
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.load import load_policy, policy_files, set_field
from simulator.policy.lookup import field_value
from simulator.policy.own import PolicyNameError, hidden_policies, own_file, own_policies, save_own
from simulator.policy.ranges import allowed_range, range_of, value_at
from simulator.policy.schema import SECTIONS
from simulator.policy.spoken import excess_text
from simulator.policy.titles import leaf_title, section_title
from simulator.policy.written import WrittenError, read_value, unit_text, value_text

STANDARD = load_policy("standard")
LEAVES = policy_leaves()
NUMBERS = [path for path, kind in LEAVES.items() if kind.low is not None and not kind.item]
paths = st.sampled_from(sorted(LEAVES))


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Any]:
    """A field and a value that its own bounds allow; other fields may forbid it."""
    path = draw(paths)
    kind = LEAVES[path]
    if kind.item:
        return path, draw(st.sampled_from(([], [{"day": "06-18", "before": 3, "after": 1}])))
    if kind.low is None or kind.high is None:
        return path, value_at(
            kind, draw(st.integers(0, 1 if kind.unit == "switch" else len(kind.choices) - 1))
        )
    return path, draw(st.integers(kind.low, kind.high))


@given(st.lists(st.tuples(edits(), st.booleans()), max_size=12))
def test_undo_goes_back_to_today_and_redo_to_the_end(asked: list[tuple[tuple[str, Any], bool]]) -> None:
    draft = Draft(STANDARD)
    for (path, value), moving in asked:
        try:
            draft.set(path, value, moving)
        except PolicyError:
            continue
        assert draft.value(path) == value
    last = draft.policy
    while draft.undo():
        pass
    assert draft.policy is STANDARD and draft.changes == []
    while draft.redo():
        pass
    assert draft.policy is last and not draft.can_redo


@given(edits(), edits())
def test_differences_rebuild_one_policy_from_another(first: tuple[str, Any], second: tuple[str, Any]) -> None:
    draft = Draft(STANDARD)
    for path, value in (first, second):
        try:
            draft.set(path, value)
        except PolicyError:
            return
    rebuilt = STANDARD
    for change in differences(STANDARD, draft.policy):
        assert change.before == field_value(STANDARD, change.path) != change.after
        rebuilt = set_field(rebuilt, change.path, change.after)
    assert rebuilt.flat() == draft.policy.flat()
    assert differences(draft.policy, draft.policy) == []


def test_the_steps_of_a_slider_are_taken_back_as_one_and_a_typed_value_by_itself() -> None:
    draft = Draft(STANDARD)
    for score in (545, 540, 535):
        draft.set("grade_cutoffs.E", score, moving=True)
    draft.set("grade_cutoffs.E", 500)
    draft.set("minimum_ppm", 110_000, moving=True)
    seen = []
    while draft.undo():
        seen.append((draft.value("grade_cutoffs.E"), draft.value("minimum_ppm")))
    assert seen == [(500, 100_000), (535, 100_000), (550, 100_000)]


def test_a_new_change_forgets_what_was_taken_back() -> None:
    draft = Draft(STANDARD)
    draft.set("min_orders", 3)
    draft.undo()
    draft.set("min_orders", 4)
    assert not draft.redo() and draft.value("min_orders") == 4


def test_one_field_or_all_go_back_to_today() -> None:
    draft = Draft(STANDARD)
    draft.set("min_orders", 3)
    draft.set("age_min", 20)
    assert draft.reset("min_orders") and [each.path for each in draft.changes] == ["age_min"]
    assert draft.reset() and draft.changes == []
    assert not draft.reset()
    draft.undo()
    assert [each.path for each in draft.changes] == ["age_min"]


def test_a_clash_is_refused_with_its_sentence_and_changes_nothing() -> None:
    draft = Draft(STANDARD)
    for path, value, told in (
        ("grade_cutoffs.E", 600, "Lowest score, E (600) may not be above Lowest score, D (590)."),
        ("max_limit_fen", 10_000, "Lowest limit (500.00 yuan) may not be above Highest limit (100.00 yuan)."),
        ("close_dpd", 31, "Days late: suspended (31 days) has to be below Days late: closed (31 days)."),
    ):
        with pytest.raises(PolicyError) as caught:
            draft.set(path, value)
        assert caught.value.faults == [told]
    assert draft.policy is STANDARD and not draft.can_undo


def test_what_breaks_the_cap_is_known_at_once_by_its_field() -> None:
    draft = Draft(STANDARD)
    assert draft.excesses == []
    draft.set("late_fee_ppm", 700)
    draft.set("fee_rate_ppm.12.E", 13_000)
    found = draft.excesses
    assert [each.place for each in found] == [("late_fee_ppm",), ("fee_rate_ppm", "12")]
    assert excess_at(found, "late_fee_ppm") is found[0]
    assert excess_at(found, "fee_rate_ppm.12.E") is found[1]
    assert excess_at(found, "rate_cap_ppm") is found[0]
    for untouched in ("fee_rate_ppm.12.A", "fee_rate_ppm.6.E", "revolving_fee_ppm", "minimum_ppm"):
        assert excess_at(found, untouched) is None


def test_what_is_charged_above_the_cap_is_said_in_the_units_of_the_screen() -> None:
    draft = Draft(STANDARD)
    draft.set("revolving_fee_ppm", 90_000)
    draft.set("fee_rate_ppm.12.E", 13_000)
    assert [excess_text(each) for each in draft.excesses] == [
        "Carrying fee: 9 % a day is 3285 % a year, above the legal cap of 24 %; 0.0657 % a day is charged.",
        "Plan fee, 12 terms: 1.3 % a term is 27.647 % a year in grade E, above the legal cap of 24 %; no such plan is offered there.",
    ]


@given(st.sampled_from(NUMBERS), st.data())
def test_a_range_holds_today_and_trial_within_bounds_and_steps_reach_today(
    path: str, data: st.DataObject
) -> None:
    kind = LEAVES[path]
    today = field_value(STANDARD, path)
    trial = data.draw(st.integers(kind.low, kind.high))
    found = range_of(kind, today, trial)
    assert kind.low is not None and kind.high is not None
    assert kind.low <= found.low <= min(today, trial) and max(today, trial) <= found.high <= kind.high
    assert found.step > 0 and found.leap >= found.step
    assert today % found.step == 0
    assert found.high - found.low >= 9 * found.step


@given(st.sampled_from(NUMBERS), st.integers(-30, 30))
def test_a_slider_never_makes_a_policy_that_is_refused(path: str, steps: int) -> None:
    kind = LEAVES[path]
    today = field_value(STANDARD, path)
    found, allowed = range_of(kind, today, today), allowed_range(STANDARD, path, kind)
    moved = found.moved(today, steps, allowed)
    assert set_field(STANDARD, path, moved)
    assert (moved - today) * steps >= 0
    if steps and found.low <= today + steps * found.step <= found.high and allowed == (kind.low, kind.high):
        assert moved == today + steps * found.step


@pytest.mark.parametrize("path", NUMBERS)
def test_one_further_than_other_fields_allow_is_refused(path: str) -> None:
    low, high = allowed_range(STANDARD, path, LEAVES[path])
    for value in (low - 1, high + 1):
        with pytest.raises(PolicyError):
            set_field(STANDARD, path, value)


@given(edits(), st.sampled_from(text.LANGUAGES))
def test_what_is_shown_can_be_typed(edit: tuple[str, Any], language: str) -> None:
    path, value = edit
    kind = LEAVES[path]
    text.use(language)
    try:
        assert read_value(kind, value_text(kind, value)) == value
    finally:
        text.use(text.ENGLISH)


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("minimum_ppm", "12.5", 125_000),
        ("minimum_ppm", " 12.5 % ", 125_000),
        ("minimum_ppm", "125_000 ppm", 125_000),
        ("late_fee_ppm", "0.0651", 651),
        ("min_limit_fen", "1,200", 120_000),
        ("age_min", "20", 20),
        ("early_settlement", "none", "none"),
        ("reminders", "OFF", False),
        ("season", "", []),
        ("max_limit_fen", "１５００", 150_000),
        ("minimum_ppm", "１２．５％", 125_000),
    ],
)
def test_a_value_is_read_in_its_unit(path: str, typed: str, value: Any) -> None:
    assert read_value(LEAVES[path], typed) == value


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("minimum_ppm", "101", "101 % is not allowed here; allowed is 0 % to 100 %."),
        ("minimum_ppm", "0.00001", "0.00001 has more than four decimals."),
        ("minimum_ppm", "ten", "ten is no number; write one like 2.5."),
        ("age_min", "20 %", "20 % is no number; write one like 30."),
        ("age_min", "20.5", "20.5 is not whole; write 20."),
        ("age_min", "", '"" is no number; write one like 30.'),
        ("min_limit_fen", "-5", "-5 is not allowed here; allowed is 0.00 to 1,000,000.00 yuan."),
        ("age_min", "－1", "-1 is not allowed here; allowed is 0 to 120."),
        ("increase_grade", "F", "F is none of these: A, B, C, D, E."),
        ("season", "18 June", "18 June is no festival; write day, days before and after, like 06-18 25 4."),
    ],
)
def test_what_cannot_be_read_is_a_sentence(path: str, typed: str, told: str) -> None:
    with pytest.raises(WrittenError) as caught:
        read_value(LEAVES[path], typed)
    assert str(caught.value) == told


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_value_and_section_has_a_title_and_every_number_a_unit(language: str) -> None:
    text.use(language)
    titles = [leaf_title(path) for path in LEAVES]
    assert all(titles) and len(set(titles)) == len(titles)
    assert all(section_title(section) for section in SECTIONS)
    assert all(unit_text(LEAVES[path]) for path in NUMBERS)
    assert {path.partition(".")[0] for path in LEAVES} == set(policy_fields())


def test_a_policy_of_ones_own_is_kept_found_and_replaced() -> None:
    trial = set_field(STANDARD, "grade_cutoffs.E", 530)
    path = save_own(trial, "mine 五三零")
    assert path == policy_files()["mine 五三零"]
    kept = load_policy("mine 五三零")
    assert (kept.flat(), kept.title.en) == (trial.flat(), "mine 五三零")
    save_own(STANDARD, "mine 五三零")
    assert load_policy("mine 五三零").flat() == STANDARD.flat()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_policies_of_ones_own_are_told_apart_and_one_that_no_name_leads_to_is_known() -> None:
    path = save_own(STANDARD, "mine")
    path.with_name("cautious.toml").write_text(path.read_text("utf-8"), "utf-8")
    assert own_policies() == ["mine"]
    assert hidden_policies() == ["cautious"]


@pytest.mark.parametrize("name", ["", "a/b", "..", "x" * 41, "a\nb", "standard"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(PolicyNameError):
        own_file(name)
    assert not (Path(own_file("fine").parent)).exists()
