"""The rate functions against worked examples that others have published."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from simulator.files import fixture
from simulator.rates import NoRate, effective_rate, monthly_irr, rounded, simple_rate, simple_rate_ppm, xirr

CASES: list[dict[str, Any]] = json.loads(fixture("published_rates.json").read_text(encoding="utf-8"))

NOT_SHOWN = ("actual/365.25", "Appendix J")
"""Conventions that the program never shows: a year of 365.25 days, and unit periods other than months."""


def flows_by_place(case: dict[str, Any], key: str) -> list[float]:
    """Flows on equal periods, empty ones in between."""
    last = max(flow[key] for flow in case["flows"])
    amounts = [0.0] * (last + 1)
    for flow in case["flows"]:
        amounts[flow[key]] += flow["amount"]
    return amounts


def dated(case: dict[str, Any]) -> list[tuple[datetime.date, float]]:
    """Flows with their dates."""
    return [(datetime.date.fromisoformat(flow["date"]), flow["amount"]) for flow in case["flows"]]


SHOWN = [case for case in CASES if not case["convention"].startswith(NOT_SHOWN)]


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: str(case["name"]))
def test_a_published_example_comes_out(case: dict[str, Any]) -> None:
    tolerance = case["tolerance"]
    if "expected_irr" in case:
        assert monthly_irr(flows_by_place(case, "period")) == pytest.approx(case["expected_irr"], abs=tolerance)
    elif "expected_xirr" in case:
        assert xirr(dated(case)) == pytest.approx(case["expected_xirr"], abs=tolerance)
    elif "expected_effective" in case:
        assert effective_rate(flows_by_place(case, "month")) == pytest.approx(
            case["expected_effective"], abs=tolerance
        )
    else:
        key = next(key for key in ("period", "month", "date") if key in case["flows"][0])
        amounts = [flow["amount"] for flow in case["flows"]] if key == "date" else flows_by_place(case, key)
        assert simple_rate(amounts) == pytest.approx(case["expected_apr"], abs=tolerance)


def test_what_is_left_out_is_only_what_the_program_never_shows() -> None:
    assert len(SHOWN) >= 25
    assert all(case["convention"].startswith(NOT_SHOWN) for case in CASES if case not in SHOWN)


@pytest.mark.parametrize(
    ("fee_ppm", "percents"),
    [
        (5_000, ("8.98", "10.21", "10.90", "11.13")),
        (6_000, ("10.77", "12.24", "13.03", "13.27")),
        (7_500, ("13.45", "15.27", "16.22", "16.43")),
        (9_000, ("16.13", "18.28", "19.37", "19.53")),
    ],
)
def test_simple_rates_of_rules_14(fee_ppm: int, percents: tuple[str, ...]) -> None:
    """RULES §14, last lines, and SCREENS, Checkout. The rate in ppm is rounded down, the screen half up."""
    for terms, percent in zip((3, 6, 12, 24), percents, strict=True):
        flows = [-1.0] + [1 / terms + fee_ppm / 1e6] * terms
        assert str(rounded(simple_rate(flows), 2)) == percent
        assert simple_rate_ppm(terms, fee_ppm) == int(simple_rate(flows) * 1e6)


def test_the_highest_fees_within_24_percent_are_those_of_facts() -> None:
    """FACTS §1.2: 1.342 / 1.186 / 1.123 / 1.120 % a month for 3/6/12/24 terms."""
    for terms, fee_ppm in ((3, 13_420), (6, 11_860), (12, 11_230), (24, 11_200)):
        assert simple_rate_ppm(terms, fee_ppm - 10) <= 240_000 < simple_rate_ppm(terms, fee_ppm + 10)


def test_flows_without_a_rate_say_so() -> None:
    with pytest.raises(NoRate):
        monthly_irr([100.0, 50.0])
