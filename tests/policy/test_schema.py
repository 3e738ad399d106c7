"""The schema: its defaults are RULES §14, and each value keeps to its type and bounds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.policy.faults import PolicyError
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.load import load_policy, set_field
from simulator.policy.schema import SECTION_OF, SECTIONS, Policy
from simulator.text import LANGUAGES

TERMS = ("3", "6", "12", "24")
NUMBERS = {path: kind for path, kind in policy_leaves().items() if kind.low is not None and kind.item is None}
STANDARD = Policy()
EXPECTED: dict[str, Any] = {
    "default_statement_day": 1, "due_offset_days": 9, "minimum_ppm": 100_000, "small_balance_fen": 30_000,
    "revolving_fee_ppm": 500, "late_fee_ppm": 650, "late_fee_cap_ppm": 100_000, "tolerance_fen": 1_000,
    "fee_rate_ppm": {
        n: {"A": 5_000, "B": 6_000, "C": 7_500, "D": 9_000, "E": 10_000} for n in TERMS
    },
    "min_plan_fen": 10_000, "early_settlement": "reprice_daily", "settle_daily_ppm": 650, "refund_days": 7,
    "rate_cap_ppm": 240_000, "min_orders": 2, "min_spend_fen": 20_000, "record_days": 180,
    "grade_cutoffs": {"A": 720, "B": 670, "C": 630, "D": 590, "E": 550},
    "income_multiple_ppm": 600_000,
    "grade_factor_ppm": {"A": 1_500_000, "B": 1_200_000, "C": 1_000_000, "D": 700_000, "E": 400_000},
    "min_limit_fen": 50_000, "max_limit_fen": 5_000_000, "counter_offer": True, "starter_limit_fen": 50_000,
    "max_debt_service_ppm": 400_000, "review_months": 6, "request_days": 30, "increase_streak": 6,
    "increase_grade": "C", "increase_utilisation_ppm": {"low": 300_000, "high": 900_000},
    "increase_ppm": {"A": 300_000, "B": 250_000, "C": 200_000, "D": 0, "E": 0},
    "decrease_dpd": 10, "decrease_score_drop": 60, "decrease_utilisation_ppm": 900_000, "decrease_months": 4,
    "dormant_months": 12,
    "decrease_ppm": {
        "late": 500_000, "score": 250_000, "utilisation": 200_000, "dormant": 300_000, "warning": 750_000
    },
    "temporary_limit_ppm": 300_000,
    "season": [{"day": "06-18", "before": 25, "after": 4}, {"day": "11-11", "before": 25, "after": 4}],
    "hold_score": 60, "suspend_score": 90, "verify_days": 3, "appeal_days": 2, "breach_cure_days": 15,
    "soft_block_dpd": 1, "suspend_dpd": 31, "close_dpd": 91, "charge_off_dpd": 180, "reinstate_days": 3,
    "closure_review_days": 2, "reopen_days": 90, "reopen_overdue_days": 180, "reopen_clean_months": 12,
    "identity_days": 30, "bureau_grace_days": 3, "merchant_fee_ppm": 9_000, "funding_rate_ppm": 45_000,
    "provision_ppm": {
        "M0": 10_000, "M1": 100_000, "M2": 350_000, "M3": 600_000, "M4": 800_000, "M5": 900_000, "M6": 950_000
    },
    "store_margin_ppm": 30_000, "counter_cutoff": 520, "offer_days": 7, "decline_cooling_days": 30,
    "line_payment_ppm": 100_000, "max_line_income_ppm": 2_000_000, "age_min": 18, "age_max": 65,
    "bureau_dpd_max": 30, "recent_months": 12, "decrease_gap_months": 3, "warning_score": 0, "fund_days": 1,
    "fund_yield_ppm": 15_000, "return_days": 7, "return_pause_days": 28, "appeal_window_days": 30,
    "hardship_terms": 24, "hardship_dpd": 90, "hardship_service_ppm": 500_000, "reminders": True,
    "product_open": True, "operating_fen": 250, "acquisition_fen": 3_000, "collection_fen": 1_500,
}  # fmt: skip
BOUNDS = {
    "grade_cutoffs.E": (0, 1_000), "hold_score": (0, 1_000), "max_limit_fen": (0, 100_000_000),
    "rate_cap_ppm": (0, 1_000_000), "late_fee_ppm": (0, 1_000_000), "income_multiple_ppm": (0, 10_000_000),
    "grade_factor_ppm.A": (0, 10_000_000), "max_line_income_ppm": (0, 10_000_000), "refund_days": (0, 3_650),
    "review_months": (0, 120), "min_orders": (0, 120), "charge_off_dpd": (0, 180), "close_dpd": (0, 3_650),
    "default_statement_day": (1, 28), "due_offset_days": (1, 27), "fee_rate_ppm.24.A": (0, 1_000_000),
}  # fmt: skip


def test_the_defaults_are_those_of_the_rulebook() -> None:
    assert STANDARD.flat() == EXPECTED


def test_the_file_of_standard_carries_every_field_with_the_default() -> None:
    assert load_policy("standard").flat() == EXPECTED


@pytest.mark.parametrize(("path", "bounds"), BOUNDS.items())
def test_bounds_are_those_of_the_rulebook(path: str, bounds: tuple[int, int]) -> None:
    kind = policy_leaves()[path]
    assert (kind.low, kind.high) == bounds


def test_a_name_stands_in_one_section_alone() -> None:
    names = [name for model in SECTIONS.values() for name in model.model_fields]
    assert len(names) == len(set(names)) == len(SECTION_OF) == len(EXPECTED)
    assert not set(SECTIONS) & set(names)


def test_every_field_says_its_unit_and_meaning() -> None:
    for field in policy_fields().values():
        assert field.meaning.en.endswith(".") and field.meaning.zh.endswith("。"), field.name
        assert all(kind.unit or kind.item for _, kind in field.kind.leaves(field.name)), field.name


def test_a_source_is_told_in_words_that_need_no_other_paper() -> None:
    for field in policy_fields().values():
        source = field.meaning.source
        english, chinese = (source.told(tongue) for tongue in LANGUAGES)
        assert source.kind == "ours" or (source.paper and source.en), field.name
        assert bool(source.en) == bool(source.zh), field.name
        assert english.isascii() and not re.search(r"FACTS|RULES|§|\[", english + chinese), field.name
        assert not re.search("[A-Za-z]", chinese), field.name


@given(st.sampled_from(sorted(NUMBERS)), st.data())
def test_a_number_within_its_bounds_is_taken_and_one_outside_is_refused(
    path: str, data: st.DataObject
) -> None:
    kind = NUMBERS[path]
    assert kind.low is not None and kind.high is not None
    inside = data.draw(st.integers(kind.low, kind.high))
    outside = data.draw(st.one_of(st.integers(max_value=kind.low - 1), st.integers(min_value=kind.high + 1)))
    try:
        changed = set_field(STANDARD, path, inside)
    except PolicyError as error:
        assert f"{path} is {inside}" not in error.faults[0] or " and " in error.faults[0]
    else:
        assert at(changed.flat(), path) == inside
    with pytest.raises(PolicyError, match="allowed is a whole number"):
        set_field(STANDARD, path, outside)


@given(st.sampled_from(sorted(NUMBERS)), st.sampled_from([True, False, 5.0, "5", None, [5], {"a": 5}]))
def test_a_number_is_written_as_a_whole_number_and_nothing_else(path: str, wrong: Any) -> None:
    with pytest.raises(PolicyError, match="allowed is a whole number"):
        set_field(STANDARD, path, wrong)


def test_a_policy_made_in_code_is_checked_together_too() -> None:
    with pytest.raises(ValidationError):
        Policy(hold_score=91)


def test_a_policy_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        STANDARD.hold_score = 1


def at(values: Any, path: str) -> Any:
    """The value at a dotted path."""
    for part in path.split("."):
        values = values[part]
    return values
