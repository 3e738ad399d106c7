"""The rate functions: vectors of the rules, tables of the facts, odd flows."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.codes import TERMS
from simulator.rates import NoRate, effective_rate, monthly_irr, rounded, simple_rate, simple_rate_ppm, xirr


def plan(terms: int, fee_rate_ppm: int) -> list[float]:
    """A plan of 1 without rounding."""
    return [-1.0] + [1 / terms + fee_rate_ppm / 1e6] * terms


def test_the_vector_of_rules_4() -> None:
    flows = [-129_900] + [10_825 + 1_039] * 12

    assert str(rounded(simple_rate(monthly_irr(flows)), 2)) == "17.27"
    assert str(rounded(effective_rate(monthly_irr(flows)), 2)) == "18.70"
    assert str(rounded(monthly_irr(flows), 4)) == "1.4390"


@pytest.mark.parametrize(
    ("fee_rate_ppm", "percents"),
    [
        (5_000, ("8.98", "10.21", "10.90", "11.13")),
        (6_000, ("10.77", "12.24", "13.03", "13.27")),
        (7_500, ("13.45", "15.27", "16.22", "16.43")),
        (9_000, ("16.13", "18.28", "19.37", "19.53")),
    ],
)
def test_simple_rates_of_grades_a_to_d_are_those_of_rules_14(
    fee_rate_ppm: int, percents: tuple[str, ...]
) -> None:
    assert tuple(str(rounded(simple_rate(monthly_irr(plan(terms, fee_rate_ppm))), 2)) for terms in TERMS) == percents


def test_simple_rates_of_grade_e_stay_below_21_6_percent() -> None:
    assert all(simple_rate_ppm(terms, 10_000) < 216_000 for terms in TERMS)


@pytest.mark.parametrize(
    ("fee_rate_ppm", "percents"),
    [
        (5_000, ("9.0", "10.2", "10.9", "11.1")),
        (8_000, ("14.3", "16.3", "17.3", "17.5")),
        (10_000, ("17.9", "20.3", "21.5", "21.6")),
        (12_000, ("21.5", "24.3", "25.6", "25.6")),
    ],
)
def test_the_true_cost_of_a_flat_fee_is_that_of_facts_1_2(
    fee_rate_ppm: int, percents: tuple[str, ...]
) -> None:
    assert tuple(str(rounded(simple_rate(monthly_irr(plan(terms, fee_rate_ppm))), 1)) for terms in TERMS) == percents


@pytest.mark.parametrize(
    ("cap_ppm", "highest_fees_ppm"),
    [
        (240_000, (13_420, 11_860, 11_230, 11_200)),
        (200_000, (11_170, 9_860, 9_300, 9_230)),
        (120_000, (6_690, 5_880, 5_520, 5_410)),
    ],
)
def test_the_highest_fee_within_a_cap_is_that_of_facts_1_2(
    cap_ppm: int, highest_fees_ppm: tuple[int, ...]
) -> None:
    """FACTS prints them in thousandths of a percent, 10 ppm."""
    for terms, fee_ppm in zip(TERMS, highest_fees_ppm, strict=True):
        assert simple_rate_ppm(terms, fee_ppm - 5) <= cap_ppm < simple_rate_ppm(terms, fee_ppm + 6)


def test_a_cap_of_12_percent_allows_5000_ppm_for_every_plan() -> None:
    assert all(simple_rate_ppm(terms, 5_000) <= 120_000 for terms in TERMS)


def test_exact_dates_cost_less_or_more_with_the_first_gap() -> None:
    """FACTS §1.2: 3 terms at 0.8 % cost 13.5 % bought on 2 April, 23.8 % on 30 April, first due 10 May."""
    due = [datetime.date(2025, month, 10) for month in (5, 6, 7)]
    payments = [(date, 1 / 3 + 0.008) for date in due]

    assert str(rounded(xirr([(datetime.date(2025, 4, 2), -1.0), *payments]), 1)) == "13.5"
    assert str(rounded(xirr([(datetime.date(2025, 4, 30), -1.0), *payments]), 1)) == "23.8"


@given(st.sampled_from(TERMS), st.integers(0, 1_000_000))
def test_the_rate_in_ppm_is_the_smallest_at_which_the_terms_are_worth_no_more_than_what_was_lent(
    terms: int, fee_rate_ppm: int
) -> None:
    def worth(ppm: int) -> Fraction:
        payment = Fraction(1, terms) + Fraction(fee_rate_ppm, 1_000_000)
        growth = 1 + Fraction(ppm, 12_000_000)
        return sum((payment / growth**term for term in range(1, terms + 1)), Fraction(0))

    found = simple_rate_ppm(terms, fee_rate_ppm)

    assert worth(found) <= 1
    assert found == 0 or worth(found - 1) > 1


@given(st.sampled_from(TERMS), st.integers(0, 999_999))
def test_a_dearer_fee_never_has_a_lower_rate(terms: int, fee_rate_ppm: int) -> None:
    assert simple_rate_ppm(terms, fee_rate_ppm) <= simple_rate_ppm(terms, fee_rate_ppm + 1)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=480), st.integers(1, 10**5))
def test_at_its_rate_a_loan_is_worth_what_was_lent(payments: list[int], lent: int) -> None:
    rate = monthly_irr([-lent, *payments])
    growth = 1 / (1 + Fraction(rate))

    def worth(factor: Fraction) -> Fraction:
        return sum((payment * factor**place for place, payment in enumerate(payments, 1)), Fraction(-lent))

    nudge = Fraction(1, 10**9)
    assert worth(growth * (1 - nudge)) <= 0 <= worth(growth * (1 + nudge))


def test_of_several_rates_the_one_nearest_0_is_given() -> None:
    assert monthly_irr([-1.6, 10.0, -10.0]) == pytest.approx(0.25)
    assert monthly_irr([-1.0, 2.2, -1.2]) == pytest.approx(0.0, abs=1e-12)


def test_a_loss_has_a_rate_below_0() -> None:
    assert monthly_irr([-100.0, 60.0]) == pytest.approx(-0.4)
    assert monthly_irr([-1000.0] + [1.0] * 600) < 0


def test_a_first_payment_after_days_can_have_any_rate() -> None:
    bought = datetime.date(2025, 1, 31)

    assert xirr([(bought, -1.0), (bought + datetime.timedelta(days=9), 4.0)]) == pytest.approx(
        4 ** (365 / 9) - 1
    )


def test_dates_may_come_in_any_order() -> None:
    flows = [
        (datetime.date(2025, 1, 1), -100.0),
        (datetime.date(2026, 1, 1), 60.0),
        (datetime.date(2025, 7, 1), 50.0),
    ]

    assert xirr(flows) == xirr([flows[0], flows[2], flows[1]])


@pytest.mark.parametrize("flows", [[], [0.0], [100.0, 50.0], [-100.0, -50.0], [-1.0, 3.0, -3.0]])
def test_flows_without_a_rate_say_so(flows: list[float]) -> None:
    with pytest.raises(NoRate):
        monthly_irr(flows)


@pytest.mark.parametrize(
    ("rate", "decimals", "shown"),
    [
        (0.12345, 2, "12.35"),
        (0.125, 0, "13"),
        (0.0, 2, "0.00"),
        (0.0143904, 4, "1.4390"),
        (-0.005, 2, "-0.50"),
    ],
)
def test_a_rate_is_rounded_half_up(rate: float, decimals: int, shown: str) -> None:
    assert str(rounded(rate, decimals)) == shown
