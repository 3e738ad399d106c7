"""`quote`: schedule, fees, rates, dates, and what a policy would not allow."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.codes import TERMS
from simulator.quote import quote, standard_days
from tests.cli.conftest import Run

VECTOR = ("quote", "1299.00", "--terms", "12", "--fee-rate-ppm", "8000", "--date", "2025-03-20")


def test_the_vector_of_rules_4_comes_out_whole(run: Run) -> None:
    told = run(*VECTOR, "--json").json

    assert told["amount_fen"] == 129_900
    assert (told["terms"], told["fee_rate_ppm"], told["warnings"]) == (12, 8_000, [])
    assert all(
        (each["principal_fen"], each["fee_fen"], each["total_fen"]) == (10_825, 1_039, 11_864)
        for each in told["payments"]
    )
    assert (told["total_fee_fen"], told["total_fen"]) == (12_468, 142_368)
    assert (told["simple_rate_percent"], told["effective_rate_percent"]) == (17.27, 18.70)
    assert told["irr_month_percent"] == 1.4390
    assert list(told) == [
        "amount_fen", "terms", "fee_rate_ppm", "payments", "total_fee_fen", "total_fen", "irr_month_percent",
        "simple_rate_percent", "effective_rate_percent", "xirr_percent", "warnings",
    ]  # fmt: skip


def test_the_last_term_takes_the_remainder(run: Run) -> None:
    """FACTS §1.2: 1,000 over 3 terms at 0.5 % is 338.33 a month."""
    told = run("quote", "1000", "--terms", "3", "--fee-rate-ppm", "5000", "--json").json

    assert [each["total_fen"] for each in told["payments"]] == [33_833, 33_833, 33_834]


@pytest.mark.parametrize(
    ("bought", "options", "first_due"),
    [
        ("2025-03-01", (), "2025-03-10"),
        ("2025-03-02", (), "2025-04-10"),
        ("2025-12-31", (), "2026-01-10"),
        ("2025-03-15", ("--statement-day", "15"), "2025-03-24"),
        ("2025-02-27", ("--statement-day", "28"), "2025-03-09"),
    ],
)
def test_the_first_term_falls_due_after_the_next_statement(
    run: Run, bought: str, options: tuple[str, ...], first_due: str
) -> None:
    told = run(
        "quote", "600", "--terms", "3", "--fee-rate-ppm", "0", "--date", bought, *options, "--json"
    ).json

    assert told["payments"][0]["due_date"] == first_due


def test_a_quote_without_a_date_is_for_today(run: Run) -> None:
    today = datetime.date.today().isoformat()
    plain = run("quote", "600", "--terms", "3", "--fee-rate-ppm", "5000", "--json").json

    assert (
        plain == run("quote", "600", "--terms", "3", "--fee-rate-ppm", "5000", "--date", today, "--json").json
    )


def test_fees_of_0_fen_are_a_rate_of_0(run: Run) -> None:
    told = run("quote", "0.40", "--terms", "24", "--fee-rate-ppm", "8000", "--json").json

    assert told["total_fee_fen"] == 0
    assert {told[name] for name in told if name.endswith("_percent")} == {0.0}


def test_the_defaults_of_dates_are_those_of_the_standard_policy(run: Run) -> None:
    shown = run("policy", "show", "standard", "--json").json

    assert standard_days() == (shown["default_statement_day"], shown["due_offset_days"])


def test_without_a_rate_it_is_grade_c_of_the_standard_policy(run: Run) -> None:
    bare = run("quote", "1299", "--terms", "12", "--json").json

    assert bare["fee_rate_ppm"] == 7_500
    assert (
        bare == run("quote", "1299", "--terms", "12", "--policy", "standard", "--grade", "C", "--json").json
    )
    assert run("quote", "1299", "--terms", "12", "--grade", "A", "--json").json["fee_rate_ppm"] == 5_000


def test_what_a_policy_would_not_allow_is_a_warning(run: Run) -> None:
    small = run("quote", "99.99", "--terms", "3", "--policy", "standard", "--json")

    assert (small.status, small.json["warnings"]) == (0, ["under_min_plan"])
    assert run("quote", "100", "--terms", "3", "--json").json["warnings"] == []


def test_a_plan_above_the_cap_of_its_policy_is_a_warning(run: Run, tmp_path: Path) -> None:
    policy = tmp_path / "dear.toml"
    policy.write_text('from = "standard"\nfee_rate_ppm.12.C = 11_240\n', encoding="utf-8")
    dear = ("--terms", "12", "--policy", str(policy))

    assert run("quote", "50", *dear, "--json").json["warnings"] == ["under_min_plan", "over_rate_cap"]
    assert "above the legal cap" in run("quote", "500", *dear).out


def test_exact_dates_above_the_cap_are_explained(run: Run) -> None:
    told = run("quote", "3000", "--terms", "12", "--grade", "E", "--date", "2025-01-31").out

    assert "above the cap of 24 %: the first payment comes after 10 days" in told
    assert "above the cap" not in run("quote", "3000", "--terms", "12", "--grade", "A").out


def test_people_get_a_table_whose_columns_hold(run: Run) -> None:
    lines = run(*VECTOR).out.splitlines()

    assert lines[0] == "1,299.00 bought on 20 Mar 2025, 12 terms, 0.8 % of the price a month"
    assert lines[3] == "     1  10 Apr 2025     108.25   10.39    118.64"
    assert lines[16] == "        in all        1,299.00  124.68  1,423.68"
    assert len({len(line) for line in lines[2:15]}) == 1
    assert "17.27 %" in lines[18]
    assert "18.70 %" in lines[19]


@given(
    st.integers(1, 100_000_000),
    st.sampled_from(TERMS),
    st.integers(0, 1_000_000),
    st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)),
    st.integers(1, 28),
    st.integers(1, 27),
)
def test_any_quote_adds_up_and_has_every_rate(
    amount_fen: int, terms: int, fee_rate_ppm: int, date: datetime.date, statement_day: int, offset: int
) -> None:
    made = quote(amount_fen, terms, fee_rate_ppm, date, statement_day, offset)
    due = [payment.due_date for payment in made.payments]

    assert sum(payment.principal_fen for payment in made.payments) == amount_fen
    assert made.total_fen == amount_fen + made.total_fee_fen
    assert len(set(due)) == terms == len(made.payments)
    assert due == sorted(due)
    assert offset <= (due[0] - date).days <= 30 + offset
    assert all(percent >= 0 for percent in made.rates)
    assert made.total_fee_fen > 0 or not any(made.rates)
