"""The rate functions against worked examples that others have published."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from simulator import quote
from simulator.files import fixture
from simulator.rates import effective_rate, monthly_irr, simple_rate, xirr

CASES: list[dict[str, Any]] = json.loads(fixture("published_rates.json").read_text(encoding="utf-8"))

NOT_SHOWN = {
    "actual/365.25 (NOT 365)": "the United Kingdom's year of 365.25 days; ours has 365",
    "Appendix J": "the United States' odd first periods, weeks and other unit periods; ours are equal months",
}
"""Conventions that the program never shows, and why."""

PLACES = ("period", "month")


def shown(case: dict[str, Any]) -> bool:
    """Whether the program shows rates by the convention of a case."""
    return not case["convention"].startswith(tuple(NOT_SHOWN))


def by_place(case: dict[str, Any]) -> list[float]:
    """Flows on equal periods, 0 where nothing flows; monthly dates count as periods."""
    place = next((name for name in PLACES if name in case["flows"][0]), None)
    if place is None:
        return [flow["amount"] for flow in case["flows"]]
    amounts = [0.0] * (max(flow[place] for flow in case["flows"]) + 1)
    for flow in case["flows"]:
        amounts[flow[place]] += flow["amount"]
    return amounts


def dated(case: dict[str, Any]) -> list[tuple[datetime.date, float]]:
    """Flows with their dates."""
    return [(datetime.date.fromisoformat(flow["date"]), flow["amount"]) for flow in case["flows"]]


def name_of(case: dict[str, Any]) -> str:
    """The name of a case."""
    return str(case["name"])


@pytest.mark.parametrize("case", [case for case in CASES if "expected_irr" in case], ids=name_of)
def test_a_published_rate_per_period_comes_out(case: dict[str, Any]) -> None:
    assert monthly_irr(by_place(case)) == pytest.approx(case["expected_irr"], abs=case["tolerance"])


@pytest.mark.parametrize("case", [case for case in CASES if "expected_xirr" in case], ids=name_of)
def test_a_published_rate_by_exact_dates_comes_out(case: dict[str, Any]) -> None:
    assert xirr(dated(case)) == pytest.approx(case["expected_xirr"], abs=case["tolerance"])
    if "equal_months_effective" in case:
        assert effective_rate(monthly_irr(by_place(case))) == pytest.approx(case["equal_months_effective"], abs=1e-8)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "expected_effective" in case and shown(case)], ids=name_of
)
def test_a_published_effective_rate_comes_out(case: dict[str, Any]) -> None:
    assert effective_rate(monthly_irr(by_place(case))) == pytest.approx(case["expected_effective"], abs=case["tolerance"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "expected_apr" in case and shown(case)], ids=name_of
)
def test_a_published_simple_rate_comes_out(case: dict[str, Any]) -> None:
    assert simple_rate(monthly_irr(by_place(case))) == pytest.approx(case["expected_apr"], abs=case["tolerance"])


@pytest.mark.parametrize("case", [case for case in CASES if "xirr_act365" in case], ids=name_of)
def test_the_exact_rate_beside_an_appendix_j_example_comes_out(case: dict[str, Any]) -> None:
    """Its printed rate is by another convention; that by actual/365 is recorded beside it."""
    assert xirr(dated(case)) == pytest.approx(case["xirr_act365"], abs=1e-8)


def test_every_case_is_compared_but_those_whose_convention_is_never_shown() -> None:
    left_out = [case for case in CASES if not shown(case)]

    assert len(CASES) == 42
    assert len(left_out) == 12
    assert all(any(case["convention"].startswith(reason) for reason in NOT_SHOWN) for case in left_out)
    assert all("expected_apr" in case or "expected_effective" in case for case in left_out)


def test_a_quote_shows_the_rates_that_are_compared_here(monkeypatch: pytest.MonkeyPatch) -> None:
    for rate in (monthly_irr, simple_rate, effective_rate, xirr):
        assert vars(quote)[rate.__name__] is rate
    monkeypatch.setattr(quote, "simple_rate", lambda month: 0.5)
    monkeypatch.setattr(quote, "effective_rate", lambda month: 0.75)
    shown_rates = quote.quote(129_900, 12, 7_500, datetime.date(2025, 3, 20), 1, 9).rates
    assert [str(shown_rates.simple_rate_percent), str(shown_rates.effective_rate_percent)] == ["50.00", "75.00"]
