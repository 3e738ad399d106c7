"""The policies that come with Whiteslip: each is sound, lawful and says what it is."""

from __future__ import annotations

import pytest

from simulator.policy.caps import over_cap, plan_simple_rates
from simulator.policy.load import load_policy, policy_files
from simulator.text import percent_text

NAMES = ("cautious", "generous", "launch-2014", "rate-cap-12", "rate-cap-36", "standard")


def test_these_policies_come_with_whiteslip() -> None:
    assert tuple(sorted(policy_files())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_that_comes_with_whiteslip_is_within_its_legal_cap_and_says_what_it_is(name: str) -> None:
    policy = load_policy(name, strict=True)
    assert policy.warnings == []
    assert policy.name == name
    assert all((policy.title.en, policy.title.zh, policy.summary.en, policy.summary.zh))


def test_under_the_cap_of_12_percent_nothing_costs_more() -> None:
    policy = load_policy("rate-cap-12")
    assert policy.rate_cap_ppm == 120_000
    assert max(rate for row in plan_simple_rates(policy).values() for rate in row.values()) <= 120_000
    assert max(policy.late_fee_ppm, policy.revolving_fee_ppm, policy.settle_daily_ppm) * 365 <= 120_000


def test_standard_under_a_cap_of_12_percent_is_told_for_every_rate() -> None:
    strict = load_policy("standard").model_copy(update={"rate_cap_ppm": 120_000})
    assert [".".join(map(str, each.place)) for each in over_cap(strict)] == [
        "revolving_fee_ppm", "late_fee_ppm", "settle_daily_ppm",
        "fee_rate_ppm.3", "fee_rate_ppm.6", "fee_rate_ppm.12", "fee_rate_ppm.24",
    ]  # fmt: skip
    assert over_cap(strict)[3].grades == "C, D, E"


def test_generous_lends_more_and_cautious_less() -> None:
    cautious, standard, generous = (load_policy(name) for name in ("cautious", "standard", "generous"))
    for field in (
        "income_multiple_ppm",
        "max_limit_fen",
        "max_debt_service_ppm",
        "decrease_dpd",
        "hold_score",
    ):
        assert getattr(cautious, field) < getattr(standard, field) < getattr(generous, field), field
    for grade in "ABCDE":
        cutoffs = [getattr(each.grade_cutoffs, grade) for each in (cautious, standard, generous)]
        assert cutoffs == sorted(cutoffs, reverse=True) and len(set(cutoffs)) == 3


@pytest.mark.parametrize(("ppm", "text"), [(240_000, "24 %"), (237_250, "23.725 %"), (240_001, "24.0001 %")])
def test_percent_is_exact(ppm: int, text: str) -> None:
    assert percent_text(ppm) == text
