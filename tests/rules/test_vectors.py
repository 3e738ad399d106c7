"""The worked examples of RULES.md and FACTS.md, to the fen."""

from __future__ import annotations

import pytest

from simulator.rules.arithmetic import last_principal_fen, term_fee_fen, term_principal_fen
from simulator.rules.balances import accrued_fen, minimum_fen, owed_fen
from simulator.rules.instalments import plan_of, principal_days_until, settlement_of
from simulator.rules.limits import first_line_fen
from simulator.rules.repayment import pay
from tests.rules.build import Line, flat_fee, policy


def test_three_thousand_yuan_carried_takes_23_payments_and_363_62_in_fees() -> None:
    """RULES §5: bought 2 January 2025, statement day 1, each minimum paid on its due day."""
    line = Line(policy())
    line.until(1)
    line.buy(300_000)
    payments = 0
    while owed_fen(line.account) + accrued_fen(line.account) > 0:
        line.tomorrow()
        statements = line.account.statement_count
        if (
            statements
            and line.account.statements[statements - 1].due_day == line.day
            and minimum_fen(line.account)
        ):
            pay(line.account, line.policy, line.day, minimum_fen(line.account), 0, False, line.log)
            line.note()
            payments += 1
    fees = sum(figures[0] for figures in line.told("revolving_fee_charged"))
    assert (payments, fees) == (23, 36_362)
    assert not line.told("payment_missed")


def test_a_plan_of_1299_over_12_terms_at_8000_ppm() -> None:
    """RULES §4: 108.25 + 10.39 each, fee 124.68."""
    assert term_principal_fen(129_900, 12) == 10_825
    assert last_principal_fen(129_900, 12) == 10_825
    assert term_fee_fen(129_900, 8_000) == 1_039
    assert term_fee_fen(129_900, 8_000) * 12 == 12_468


def test_1000_yuan_over_3_terms_costs_338_33_a_month_at_half_a_percent() -> None:
    """FACTS §1.2 [S9]: 333.33 + 5.00; the odd fen is in the last term."""
    assert term_principal_fen(100_000, 3) + term_fee_fen(100_000, 5_000) == 33_833
    assert last_principal_fen(100_000, 3) == 33_334


def test_settling_the_1200_plan_on_day_100_costs_42_38_plus_900() -> None:
    """RULES §8: first due on day 35 and then every 30; three terms paid; 109,500 yuan-days × 650 ppm."""
    line = Line(policy(**flat_fee(8_000)))
    line.buy(120_000, terms=12)
    plan = line.account.plans[plan_of(line.account, 1)]
    for due_day in (35, 65, 95):
        plan.billed += 1
        plan.unbilled_fen -= plan.term_principal_fen
        plan.fees_billed_fen += plan.term_fee_fen
        plan.principal_days += plan.outstanding_fen * (due_day - plan.counted_day)
        plan.counted_day = due_day
        plan.outstanding_fen -= plan.term_principal_fen
        plan.last_term_fen = plan.term_principal_fen
    assert principal_days_until(plan, 100) == 109_500 * 100
    assert settlement_of(plan, 100) == (90_000, 4_238, 8_640 - 4_238)


@pytest.mark.parametrize(
    ("grade", "line_fen"), [(0, 540_000), (1, 430_000), (2, 360_000), (3, 250_000), (4, 140_000)]
)
def test_first_limits_at_6000_a_month(grade: int, line_fen: int) -> None:
    """RULES §14, last lines."""
    line = Line(policy())
    line.account.income_fen = 600_000
    assert first_line_fen(line.account, line.policy, grade) == line_fen


def test_paid_the_day_after_the_due_date_costs_one_days_fee() -> None:
    """RULES §1. ¥1,000 on one statement, due on day 40, minimum 100: late fee 650 ppm of 100.00 and
    carrying fee 500 ppm of 900.00 for one day are 6.5 fen + 45 fen.
    """
    line = Line(policy())
    line.until(5)
    line.buy(100_000)
    line.until(41)
    pay(line.account, line.policy, 41, 100_000, 0, False, line.log)
    assert line.account.late_micro == 10_000 * 650
    assert line.account.revolving_micro == 90_000 * 500
    assert line.account.dpd == 0


def test_the_longest_time_without_cost_is_40_days_and_the_shortest_9() -> None:
    """RULES §1: a purchase on a statement day is on that day's statement."""
    line = Line(policy())
    line.until(31)
    line.buy(50_000)
    line.tomorrow()
    assert line.account.statements[0].due_day - 31 == 9
    line = Line(policy())
    line.until(32)
    line.buy(50_000)
    line.until(60)
    assert line.account.statements[0].due_day - 32 == 36
