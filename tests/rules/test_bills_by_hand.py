"""Statements, payments and daily fees, worked out by hand (RULES §5, §6, §7, §15).

Day 0 is 1 January 2025 and the statement day is the 1st: statements on days 31, 59, 90, 120, 151;
due nine days later, on days 40, 68, 99, 129, 160.
"""

from __future__ import annotations

import pytest

from simulator.account import Account
from simulator.rules.balances import (
    accrued_fen,
    billed_fen,
    minimum_fen,
    owed_fen,
    sum_up,
    unbilled_purchases_fen,
)
from simulator.rules.purchases import purchase_refusals
from simulator.rules.repayment import acceptable_fen, pay
from tests.rules.build import Line, ask_on, flat_fee, policy

QUIET = {"suspend_score": 1000, "hold_score": 1000}
"""No purchase is held."""


def billed_line(amount_fen: int = 100_000, day: int = 40, **fields: object) -> Line:
    """One purchase on day 5, its statement made on day 31 and due on day 40."""
    line = Line(policy(**QUIET, **fields))
    line.until(5)
    line.buy(amount_fen)
    line.until(day)
    return line


def test_a_minimum_short_by_the_tolerance_counts_as_met() -> None:
    """The minimum of 1,000.00 is 100.00. Paid 90.00: 10.00 is missing, the tolerance. Met; 910.00 bears
    0.05 % on day 41: 45.5 fen. The 10.00 is still asked for.
    """
    line = billed_line()
    line.pay(9_000)
    line.until(41)
    assert (line.account.dpd, line.account.streak, minimum_fen(line.account)) == (0, 1, 1_000)
    assert (line.account.late_micro, line.account.revolving_micro) == (0, 91_000 * 500)


def test_a_minimum_short_by_a_fen_more_is_missed() -> None:
    """Paid 89.99: 10.01 is past due at 0.065 %, the other 900.00 carried at 0.05 %."""
    line = billed_line()
    line.pay(8_999)
    line.until(41)
    assert (line.account.dpd, line.account.streak) == (1, 0)
    assert (line.account.late_micro, line.account.revolving_micro) == (1_001 * 650, 90_000 * 500)
    assert line.told("payment_missed") == [[40, 1_001]]


@pytest.mark.parametrize(("amount_fen", "minimum"), [(33_000, 33_000), (33_332, 33_332), (33_333, 3_333)])
def test_where_little_would_be_left_the_minimum_is_the_whole_balance(amount_fen: int, minimum: int) -> None:
    """330.00 less a tenth leaves 297.00, under 300.00; 333.32 less 33.33 leaves 299.99; 333.33 less 33.33
    leaves 300.00, which is not under it.
    """
    assert minimum_fen(billed_line(amount_fen).account) == minimum


def test_after_a_missed_minimum_the_next_asks_for_all_that_is_carried() -> None:
    """100.00 of 1,000.00 paid a day late, on day 41. One day's fees: 100.00 × 650 ppm = 6.5 fen late,
    900.00 × 500 ppm = 45 fen; then 18 days of 45 fen. Charged on day 59: 6 and 45 + 810 = 855. With 500.00
    bought since: 50.00 + 900.00 + 8.61 = 958.61, on a balance of 1,408.61.
    """
    line = billed_line()
    line.until(41)
    line.pay(10_000)
    line.until(45)
    line.buy(50_000)
    line.until(60)
    assert line.told("late_fee_charged")[0][0] == 6
    assert line.told("revolving_fee_charged")[0][0] == 855
    assert line.told("statement_made")[1][:2] == [140_861, 95_861]
    assert line.account.late_micro % 1_000_000 == 500_000


def test_after_a_met_minimum_the_next_asks_for_its_share_of_both() -> None:
    """100.00 paid on day 40: 19 days of 45 fen = 8.55. 50.00 + 90.00 + 8.55 = 148.55."""
    line = billed_line()
    line.pay(10_000)
    line.until(45)
    line.buy(50_000)
    line.until(60)
    assert line.told("statement_made")[1][:2] == [140_855, 14_855]


def test_late_fees_of_an_episode_stop_at_a_tenth_of_what_was_late() -> None:
    """All of 1,000.00 is the minimum: 65 fen a day from day 41. 153 days are 99.45; day 194 brings the last
    0.55 of the cap of 100.00, and day 195 nothing, of either fee.
    """
    line = billed_line(minimum_ppm=1_000_000)
    line.until(193)
    assert line.account.episode_late_micro == 9_945_000_000
    line.until(194)
    assert line.account.episode_late_micro == 10_000_000_000
    line.until(196)
    assert line.account.episode_late_micro == 10_000_000_000
    assert line.account.revolving_micro == 0 and not line.told("revolving_fee_charged")


def test_days_past_due_fall_at_once_to_the_next_unmet_due_date() -> None:
    """Day 75: 35 days since day 40. The 100.00 of the first statement paid, the second's due day 68 counts: 7.
    The bucket goes from M2 to M1.
    """
    line = billed_line()
    line.until(75)
    assert (line.account.dpd, line.account.bucket) == (35, 2)
    line.pay(10_000)
    assert (line.account.dpd, line.account.bucket) == (7, 1)


def test_buckets_change_on_the_days_that_30_days_end() -> None:
    """Due on day 40: M1 from day 41, then every 30 days, M6 from day 191, charge-off on day 220."""
    line = billed_line()
    line.until(221)
    assert line.days_of("bucket_changed") == [41, 71, 101, 131, 161, 191]
    assert line.days_of("charged_off") == [220]


def test_a_payment_goes_to_late_fees_first_and_to_the_oldest_statement() -> None:
    """Two statements of 5, 7, 11, 13, 17 and of ten times as much. 65 fen: 5 + 50 late fees, 7 and 3
    revolving fees. Another 300: 67 + 121 of fees are all, then 13 and 99 of plan principal.
    """
    account = Account(statement_count=2, status=3)
    for times, statement in ((1, account.statements[0]), (10, account.statements[1])):
        statement.late_fee_fen, statement.revolving_fee_fen = 5 * times, 7 * times
        statement.plan_fee_fen, statement.plan_principal_fen = 11 * times, 13 * times
        statement.principal_fen = 17 * times
    sum_up(account)
    line = Line(policy())
    pay(account, line.policy, 40, 65, 0, False, line.log)
    first, second = account.statements[:2]
    assert (first.late_fee_fen, second.late_fee_fen) == (0, 0)
    assert (first.revolving_fee_fen, second.revolving_fee_fen) == (0, 67)
    pay(account, line.policy, 40, 300, 0, False, line.log)
    assert (second.plan_fee_fen, first.plan_principal_fen, second.plan_principal_fen) == (0, 0, 31)
    assert (first.principal_fen, second.principal_fen) == (17, 170)


def test_a_prepayment_pays_what_is_billed_then_fees_so_far_then_the_oldest_purchase() -> None:
    """Day 44: 900.00 is billed, four days of 45 fen have accrued, 200.00 and 300.00 are unbilled. Of a
    prepayment of 1,000.00, 900.00 + 1.80 + 98.20 leave 101.80 of the older purchase.
    """
    line = billed_line()
    line.pay(10_000)
    line.until(42)
    line.buy(20_000)
    line.until(43)
    line.buy(30_000)
    line.until(44)
    assert acceptable_fen(line.account, False) == 90_000
    assert acceptable_fen(line.account, True) == 90_000 + 180 + 50_000
    line.pay(100_000, prepay=True)
    assert line.told("payment_received")[-1] == [100_000, 0, 1, 0, 180, 0, 0, 99_820]
    assert line.told("revolving_fee_charged") == [[180, 1]]
    orders = {order.order: order.unbilled_fen for order in line.account.orders if order.order}
    assert orders == {1: 0, 2: 10_180, 3: 30_000}
    assert (billed_fen(line.account), unbilled_purchases_fen(line.account)) == (0, 40_180)


def test_a_rest_under_a_fen_is_dropped_where_nothing_is_owed() -> None:
    """10.01 short for a day: 0.65065 fen of late fee and 45 of the other. Paid ahead in full on day 41: 45
    fen are charged, and the part of a fen goes.
    """
    line = billed_line()
    line.pay(8_999)
    line.until(41)
    line.pay(91_001 + 45, prepay=True)
    assert owed_fen(line.account) + accrued_fen(line.account) == 0
    assert (line.account.late_micro, line.account.revolving_micro) == (0, 0)


def test_autopay_of_the_minimum_pays_what_cash_there_is() -> None:
    """The minimum is 100.00, cash 40.00."""
    line = billed_line(day=39)
    line.account.autopay, line.shopper.cash_fen = 1, 4_000
    line.tomorrow()
    assert (line.shopper.cash_fen, minimum_fen(line.account)) == (0, 6_000)


@pytest.mark.parametrize(("rate_cap_ppm", "reasons"), [(172_708, 1 << 13), (172_709, 0)])
def test_a_plan_less_than_a_ppm_above_the_legal_cap_is_not_offered(rate_cap_ppm: int, reasons: int) -> None:
    """Twelve terms at 8,000 ppm cost 172,708.398 ppm a year: above 172,708, and within 172,709."""
    line = Line(policy(rate_cap_ppm=rate_cap_ppm, **QUIET, **flat_fee(8_000)))
    ask = ask_on(line.day, amount_fen=129_900, terms=12)
    assert purchase_refusals(line.account, line.policy, ask) == reasons


def test_a_daily_fee_above_the_legal_cap_is_charged_at_the_cap() -> None:
    """10 % a year / 365 = 273.97…, down to 273 ppm a day."""
    line = billed_line(rate_cap_ppm=100_000)
    line.pay(10_000)
    line.until(41)
    assert line.account.revolving_micro == 90_000 * 273


def test_a_dearer_fee_waits_for_the_next_statement_and_a_cheaper_one_for_the_next_day() -> None:
    """900.00 carried from day 41. Dearer (600 ppm) from day 50 on: still 500 on day 59, the statement day;
    600 on day 60. Cheaper (400 ppm) from day 62 on.
    """
    line = billed_line()
    line.pay(10_000)
    line.until(49)
    line.policy = policy(revolving_fee_ppm=600, **QUIET)
    line.until(59)
    assert line.account.revolving_micro == 90_000 * 500 * 19
    line.until(61)
    assert line.account.revolving_micro == 90_000 * 600 * 2
    line.policy = policy(revolving_fee_ppm=400, **QUIET)
    line.until(62)
    assert line.account.revolving_micro == 90_000 * (600 * 2 + 400)
