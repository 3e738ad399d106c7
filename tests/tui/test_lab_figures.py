"""Figures of the Lab in words: nothing is lost but what is under the last decimal, and tables keep their width."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from simulator import text
from simulator.codes import GRADES
from simulator.engine.tally import DECIDED_BITS
from simulator.lab.answer import Measured
from simulator.lab.measures import measure
from simulator.lab.shown import exact, places_of, places_of_totals, shown, shown_waterfall
from simulator.lab.waterfall import PROFIT_PARTS
from simulator.lab.words import PERCENT_PPM, PLACES, Scale, amount_text, scale_of, scales, share_text
from simulator.policy.load import load_policy, set_field
from simulator.policy.record import FUNDED_GRADE
from simulator.rules.applications import APPLICATION_CODES
from tests.tui.market_double import SIZES, answer
from tui.lab.export import as_text
from tui.lab.fairness import fair_measures, fairness_view
from tui.lab.figure import figure_named
from tui.lab.money import money_view, waterfall_lines
from tui.lab.people import BY_SCORE, people_view
from tui.lab.risk import risk_view
from tui.lab.tables import Row, table
from tui.lab.vintages import vintage_table
from tui.widgets.curves import Curve, curves

amounts = st.integers(-(10**14), 10**14)
languages = st.sampled_from(text.LANGUAGES)


@given(amounts, languages, st.integers(0, 2), st.booleans())
def test_an_amount_is_right_to_half_its_last_decimal(fen: int, language: str, place: int, sign: bool) -> None:
    text.use(language)
    scale = scales()[place]
    shown = Decimal(amount_text(fen, scale, sign).replace(",", ""))
    assert abs(shown * scale.fen - fen) * 200 <= scale.fen
    text.use(text.ENGLISH)


@given(st.integers(-1_000_000, 1_000_000), st.booleans())
def test_a_share_is_right_to_half_its_last_decimal_and_never_seems_nothing(ppm: int, sign: bool) -> None:
    shown = Decimal(share_text(ppm, sign).split()[0])
    assert abs(shown * 10_000 - ppm) <= 50
    assert (shown == 0) == (ppm == 0)
    assert share_text(ppm, sign).startswith("+") == (sign and ppm > 0)


@given(
    st.lists(
        st.tuples(st.sampled_from(("profit_fen", "approval_ppm", "leavers")), amounts, amounts),
        min_size=1,
        max_size=5,
    ),
    st.integers(69, 150),
    languages,
)
def test_a_table_is_never_wider_than_its_room(
    figures: list[tuple[str, int, int]], width: int, language: str
) -> None:
    text.use(language)
    rows = [
        Row("Over 90 days", name, Measured(_near(name, today), _near(name, trial), 1.5), "")
        for name, today, trial in figures
    ]
    lines = ["".join(cell.fitted() for cell in line) for line in table("RESULT", rows, width)]
    assert len({cell_len(line) for line in lines[-len(rows) :]}) == 1
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert all(line.startswith("Over 90 days") for line in lines[-len(rows) :])
    text.use(text.ENGLISH)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_shares_with_four_decimals_stand_at_the_point_of_those_with_two(language: str) -> None:
    text.use(language)
    rows = [
        Row("Approved", "approval_ppm", Measured(920_300, 919_200, 90.0), ""),
        Row("Over 90 days", "dpd90_plus_ppm", Measured(5_469, 5_500, 12.0), ""),
        Row("Profit", "profit_fen", Measured(27_453_311, 27_341_999, 3_000.0), ""),
        Row("Leavers", "leavers", Measured(2_865, 2_870, 1.0), ""),
    ]
    lines = ["".join(cell.fitted() for cell in line) for line in table("SHORT", rows, 92)][-len(rows) :]
    shares, profit, leavers = lines[:2], lines[2], lines[3]
    places = [[cell_len(line[: point.start()]) for point in re.finditer(r"\.", line)] for line in shares]
    assert len(places[0]) == 5 and places[0] == places[1]
    assert profit.endswith("273,419.99") and leavers.endswith("2,870")
    text.use(text.ENGLISH)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=2, max_size=9))
def test_a_maps_totals_have_two_decimals_unless_that_hides_what_differs(today: int, trials: list[int]) -> None:
    measured = [Measured(today, trial) for trial in trials]
    scale = scales()[0]
    places = places_of_totals("dpd90_plus_ppm", measured, scale)
    assert PLACES <= places <= 2 * PLACES
    told = [shown("dpd90_plus_ppm", each, scale, PLACES).challenger for each in measured]
    apart = len({each.challenger for each in measured})
    if places > PLACES:
        assert any(places_of(each, PERCENT_PPM) > PLACES for each in measured)
        assert len(set(told)) < apart or any(each.challenger and not number(total) for each, total in zip(measured, told, strict=True))


def _near(name: str, value: int) -> int:
    """A value of a size that the measure can have."""
    return value if name.endswith("_fen") else value % 1_000_001


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=40), st.integers(24, 120), st.booleans())
def test_a_curve_keeps_its_width_and_touches_top_and_bottom(
    heights: list[int], width: int, plain: bool
) -> None:
    points = list(enumerate(heights))
    lines = curves([Curve(points, "accent")], width, str, plain)
    rows = ["".join(cell.fitted() for cell in line) for line in lines]
    assert all(cell_len(row) == width for row in rows[:-1])
    assert all(row[12:].isascii() for row in rows) or not plain
    if len(set(heights)) > 1:
        assert str(max(heights)) in rows[0]


@given(amounts, amounts)
def test_the_unit_of_a_table_grows_with_its_amounts(small: int, large: int) -> None:
    small, large = sorted((abs(small), abs(large)))
    units = [scale_of([("profit_fen", Measured(fen, fen))]).fen for fen in (small, large)]
    assert units[0] <= units[1]


def number(told: str) -> Decimal:
    """A figure as it is read."""
    return Decimal(told.split()[0].replace(",", "").lstrip("<>").rstrip("%"))


measured = st.builds(
    lambda today, move, error: Measured(today, today + move, error),
    amounts, st.integers(-(10**9), 10**9) | st.integers(-(10**4), 10**4), st.floats(0, 10**9) | st.floats(0, 100),
)  # fmt: skip


@given(measured, st.sampled_from(("profit_fen", "loss_ppm", "leavers")), languages, st.integers(0, 2), st.booleans())
def test_a_readers_own_subtraction_gives_the_difference_that_is_shown(
    each: Measured, name: str, language: str, place: int, brief: bool
) -> None:
    text.use(language)
    scale = scales()[place]
    told = shown(name, each, scale, PLACES if brief else None)
    assert number(told.challenger) - number(told.champion) == number(told.difference)
    assert number(told.low) <= number(told.difference) <= number(told.high)
    size = {"profit_fen": scale.fen, "loss_ppm": PERCENT_PPM, "leavers": 1}[name]
    last = Decimal(size).scaleb(-len(told.difference.split()[0].partition(".")[2]))
    for figure, value in ((told.champion, each.champion), (told.difference, each.difference)):
        assert abs(number(figure) * size - value) * 2 <= last
    assert abs(number(told.challenger) * size - each.challenger) <= last
    if not brief:
        assert (number(told.difference) == 0) == (each.difference == 0)
        assert each.verdict not in ("up", "down") or (number(told.low) == 0) == (each.low == 0)
    told = exact(name, each)
    assert number(told.challenger) * {"profit_fen": 100, "loss_ppm": PERCENT_PPM, "leavers": 1}[name] == each.challenger


@given(measured, st.sampled_from(("profit_fen", "loss_ppm", "leavers")), languages, st.integers(0, 2), st.booleans())
def test_an_interval_never_contradicts_the_word_beside_it(
    each: Measured, name: str, language: str, place: int, brief: bool
) -> None:
    text.use(language)
    told = shown(name, each, scales()[place], PLACES if brief else None)
    if each.verdict == "up":
        assert number(told.low) > 0 or told.low.startswith(">0")
    elif each.verdict == "down":
        assert number(told.high) < 0 or told.high.startswith("<0")
    elif each.verdict == "not clear" and not brief:
        assert number(told.low) < 0 or number(told.high) > 0
    text.use(text.ENGLISH)


def test_a_clear_difference_whose_end_is_under_one_says_so() -> None:
    assert shown("complaints", Measured(100, 92, 4.0), scales()[0])[:3] == ("-8", "-16", "<0")
    assert shown("loss_ppm", Measured(100, 110, 5.0), scales()[0])[:3] == ("+0.0010 pt", ">0.0000 pt", "+0.0020 pt")
    assert shown("loss_ppm", Measured(40_000, 40_000, 0.3), scales()[0])[:3] == ("0.0000 pt", "-0.0001 pt", "+0.0001 pt")
    assert shown("loss_ppm", Measured(40_000, 40_000), scales()[0])[:3] == ("0.00 pt", "0.00 pt", "0.00 pt")


def test_what_is_rounded_apart_elsewhere_agrees() -> None:
    """0.12 more than 90.02 would be 90.14, though either total alone rounds to 90.02 and 90.13."""
    each = Measured(9_001_510, 9_013_490)
    scale = Scale(100_000, "thousand yuan")
    assert (amount_text(each.champion, scale), amount_text(each.challenger, scale)) == ("90.02", "90.13")
    told = shown("profit_fen", each, scale)
    assert (told.champion, told.difference, told.challenger) == ("90.02", "+0.12", "90.14")
    assert places_of(Measured(9_001_510, 9_001_520), scale.fen) == 4


@given(amounts, st.lists(st.integers(-(10**11), 10**11), min_size=10, max_size=10), languages)
def test_the_steps_of_a_waterfall_add_up_as_they_are_shown(profit: int, effects: list[int], language: str) -> None:
    text.use(language)
    found = {
        name: Measured(5, 5 + sign * effect) for (name, sign), effect in zip(PROFIT_PARTS.items(), effects, strict=True)
    }
    told = shown_waterfall({**found, "profit_fen": Measured(profit, profit + sum(effects))})
    assert number(told.first) + sum(number(each.text) for each in told.falls) == number(told.last)
    assert all(abs(number(each.text) * told.scale.fen - each.fall.effect_fen) * 100 < told.scale.fen for each in told.falls)
    assert all(each.ones == 0 or each.fall.effect_fen for each in told.falls)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("profit_fen", [10**8, 10**12, 10**14])
def test_no_bar_of_the_waterfall_stands_beside_nothing(language: str, profit_fen: int) -> None:
    """Parts move by a few yuan, whatever profit is: the unit follows the parts."""
    text.use(language)
    standard = load_policy("standard")
    found = answer(standard, set_field(standard, "grade_cutoffs.E", 520), 50)
    profit = found.metrics["profit_fen"]
    moved = Measured(profit_fen, profit_fen + profit.difference)
    lines = waterfall_lines(replace(found, metrics={**found.metrics, "profit_fen": moved}), 79)
    steps = ["".join(cell.fitted() for cell in line) for line in lines[2:-1]]
    assert len(steps) == len(PROFIT_PARTS) and any("#" in step for step in steps)
    assert all("#" not in step or number(step[16:]) for step in steps)
    assert all(cell_len(step) <= 79 for step in steps)


def test_a_heading_names_a_unit_only_where_all_its_figures_have_it() -> None:
    found = answer(load_policy("standard"), set_field(load_policy("standard"), "grade_cutoffs.E", 530), 50_000)
    headings = [as_text([line]) for view in (people_view, money_view) for line in view(found, 120) if line]
    told = " ".join(headings)
    assert "WEIGHT OF DEBT (amounts in " in told and "LINES (amounts in " in told
    assert "REVENUE, yuan" in told and "WEIGHT OF DEBT, " not in told


def test_where_both_policies_come_to_the_same_a_month_has_one_row() -> None:
    lines = vintage_table(answer(load_policy("standard"), load_policy("standard"), SIZES[-1]), 79)
    assert [line[1].text for line in lines[2:]] == ["both"]
    assert all(sum(cell_len(cell.fitted()) for cell in line) <= 79 for line in lines)
    assert vintage_table(replace(answer(load_policy("standard"), load_policy("standard"), SIZES[-1]), vintages=()), 79) == []


def test_a_figure_of_a_part_is_explained_by_the_part_and_not_by_everybody() -> None:
    found = answer(load_policy("standard"), set_field(load_policy("standard"), "grade_cutoffs.E", 530), 50_000)
    groups = tuple(
        replace(group, metrics=dict.fromkeys(group.metrics, Measured(place, 2 * place))) for place, group in enumerate(found.groups, 1)
    )
    rolls = tuple(replace(roll, share=Measured(place, 3 * place)) for place, roll in enumerate(found.rolls, 1))
    found = replace(found, groups=groups, rolls=rolls)
    name = fair_measures(found)[0]
    views = (risk_view(found, 120, False), people_view(found, 120), money_view(found, 120), fairness_view(found, 120, name, print))
    named = [cell.figure.removeprefix("lab:") for view in views for line in view for cell in line if cell.figure]
    assert all(figure_named(found, each) for each in named)
    of_parts = {each: figure_named(found, each) for each in named if each.startswith(("group:", "roll:"))}
    assert {each.split(":")[1] for each in of_parts} >= {"grade", "income_fifth", "age", "city_tier", "owner", "M0", "M5"}
    of_group: dict[tuple[str, str], Measured] = {(group.by, group.key): Measured(place, 2 * place) for place, group in enumerate(groups, 1)}
    for each, figure in of_parts.items():
        assert figure is not None and figure.of_whom
        kind, *parts = each.split(":")
        assert figure.measured == (of_group[parts[0], parts[1]] if kind == "group" else rolls[int(parts[0][1:])].share)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_what_the_share_of_approvals_counts_is_told_as_the_engine_counts_it(lang: str) -> None:
    """Of the reasons for a decline those stand in its base that the engine counts as decided by score; a smaller offer does too."""
    text.use(lang)
    assert {APPLICATION_CODES[place] for place in range(len(APPLICATION_CODES)) if DECIDED_BITS >> place & 1} == set(BY_SCORE.values())
    found = answer(load_policy("standard"), set_field(load_policy("standard"), "grade_cutoffs.E", 530), 50_000)
    metrics = dict(found.metrics)
    for name in ("counter_offers", *(f"declined_{code}" for code in APPLICATION_CODES)):
        metrics[name] = metrics["applications"] if "applications" in metrics else metrics["approval_ppm"]
    told = " ".join(as_text(people_view(replace(found, metrics=metrics), 300)).split())
    note = told[told.index({"en": "One application may fail", "zh": "一份申请可能有几项"}[lang]) :]
    named = {code for code in APPLICATION_CODES if measure(f"declined_{code}").title in note.split({"en": "WHY LIMITS", "zh": "额度变动"}[lang])[0]}
    assert named == set(BY_SCORE.values())
    taken = {"en": "“Smaller offers” count in “Approved by score” as approved where they were taken", "zh": "接受了算通过"}[lang]
    assert taken in told
    assert {"en": "A smaller offer counts as approved once it is taken", "zh": "给的起步额度，接受了才算通过"}[lang] in measure("approval_ppm").meaning


@pytest.mark.parametrize(("lang", "told"), [("en", "grade {grade} for its terms"), ("zh", "该期数 {grade} 级的费率")])
def test_the_why_of_merchants_fees_names_the_grade_by_whose_plan_fee_a_shop_pays(lang: str, told: str) -> None:
    """Else a plan fee of that grade alone would move them, and nobody would know why."""
    text.use(lang)
    assert told.format(grade=GRADES[FUNDED_GRADE]) in measure("merchant_income_fen").meaning
