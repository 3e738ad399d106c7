"""Refunds, returns and early settlement, worked out by hand (RULES §8, §9).

Statements on days 31, 59, 90; due on days 40, 68, 99. Plans of 8,000 ppm a term where nothing else
is said: 12 terms of 1,299.00 are 108.25 and a fee of 10.39 each.
"""

from __future__ import annotations

import pytest

from simulator.rules.balances import billed_plan_fen, carried_fen, exposure_fen, minimum_fen
from simulator.rules.instalments import convert_bill, plan_of, settle_plan, settlement_of
from simulator.rules.refunds import open_return, refund
from simulator.rules.steps import return_refusals
from tests.rules.build import Line, ask_on, flat_fee, policy
from tests.rules.test_bills_by_hand import QUIET


def give_back(line: Line, order: int, amount_fen: int) -> list[int]:
    """Refund today; what it took off the debt, what comes as cash, and the fees cut."""
    refund(line.account, line.policy, line.day, order, amount_fen, line.log)
    line.note()
    return line.told("refunded")[-1][2:5]


def planned_line(day: int) -> Line:
    """The plan of 1,299.00, bought on day 5."""
    line = Line(policy(**QUIET, **flat_fee(8_000)))
    line.until(5)
    line.buy(129_900, terms=12)
    line.until(day)
    return line


def test_a_refund_reduces_the_newest_purchases_first() -> None:
    """600.00 billed, 400.00 and 250.00 unbilled. 600.00 back: the 250.00, 350.00 of the 400.00."""
    line = Line(policy(**QUIET))
    line.until(5)
    line.buy(60_000)
    for day, amount_fen in ((35, 40_000), (36, 25_000)):
        line.until(day)
        line.buy(amount_fen)
    assert give_back(line, 1, 60_000) == [60_000, 0, 0]
    assert {order.order: order.unbilled_fen for order in line.account.orders[:3]} == {1: 0, 2: 5_000, 3: 0}
    assert (carried_fen(line.account), minimum_fen(line.account)) == (60_000, 6_000)


def test_a_refund_is_no_payment_but_a_minimum_is_never_more_than_what_is_left() -> None:
    """330.00 is all due. 300.00 back: 30.00 is left and asked for. The 30.00 again, from elsewhere: met."""
    line = Line(policy(**QUIET))
    line.until(5)
    line.buy(33_000)
    line.until(35)
    give_back(line, 1, 30_000)
    assert (minimum_fen(line.account), line.account.statements[0].met) == (3_000, 0)
    give_back(line, 1, 3_000)
    assert (minimum_fen(line.account), line.account.statements[0].met) == (0, 1)


def test_what_is_not_owed_any_more_comes_as_cash_a_week_later() -> None:
    """600.00 paid on day 35, given back on day 37: cash on day 44."""
    line = Line(policy(**QUIET))
    line.until(5)
    line.buy(60_000)
    line.until(35)
    line.pay(60_000)
    line.until(37)
    assert give_back(line, 1, 60_000) == [0, 60_000, 0]
    line.until(44)
    assert (line.days_of("refund_arrived"), line.told("refund_arrived")) == ([44], [[1, 60_000]])


def test_half_of_a_plan_is_refunded_and_what_is_left_levelled_anew() -> None:
    """After one term U = 1,190.75. Half of A back: U = round(595.375) = 595.38, terms of ⌊54.125⌋ = 54.12, the
    last 595.38 − 10 × 54.12 = 54.18, fees of round(5.195) = 5.20: 11 × (10.39 − 5.20) = 57.09 less. U fell by
    595.37; the other 54.13 of 649.50 comes off the billed 108.25. The billed fee stays.
    """
    line = planned_line(33)
    assert give_back(line, 1, 64_950) == [64_950, 0, 5_709]
    plan = line.account.plans[0]
    assert (plan.unbilled_fen, plan.term_principal_fen, plan.last_principal_fen) == (59_538, 5_412, 5_418)
    assert (plan.term_fee_fen, plan.billed_unpaid_fen) == (520, 5_412)
    statement = line.account.statements[0]
    assert (statement.plan_principal_fen, statement.plan_fee_fen) == (5_412, 1_039)


def test_the_other_half_ends_the_plan() -> None:
    """A = R = 649.50: U of 595.38 goes with 11 × 5.20 of fees, 54.12 comes off what is billed. 10.39 stays."""
    line = planned_line(33)
    give_back(line, 1, 64_950)
    assert give_back(line, 1, 64_950) == [64_950, 0, 5_720]
    assert plan_of(line.account, 1) == -1
    assert (exposure_fen(line.account), line.account.statements[0].plan_fee_fen) == (0, 1_039)


def test_terms_that_were_paid_come_back_as_cash() -> None:
    """Term 1 paid on day 40. All of 1,299.00 back: 1,190.75 off the debt, 108.25 cash, 11 × 10.39 of fees cut."""
    line = planned_line(40)
    line.pay(10_825 + 1_039)
    assert give_back(line, 1, 129_900) == [119_075, 10_825, 11_429]


def test_no_refund_cuts_a_bill_instalment() -> None:
    """600.00 put on six terms, 200.00 bought since. 600.00 back: the 200.00, and 400.00 as cash."""
    line = Line(policy(**QUIET))
    line.until(5)
    line.buy(60_000)
    line.until(33)
    convert_bill(line.account, line.policy, line.day, 6, line.log)
    line.until(34)
    line.buy(20_000)
    assert give_back(line, 1, 60_000) == [20_000, 40_000, 0]
    assert line.account.plans[0].unbilled_fen == 60_000


def test_after_charge_off_a_refund_is_cash() -> None:
    """Due on day 40, charged off on day 220."""
    line = Line(policy(**QUIET))
    line.until(5)
    line.buy(60_000)
    line.until(220)
    assert line.days_of("charged_off") == [220]
    assert give_back(line, 1, 60_000) == [0, 60_000, 0]


def test_an_open_return_puts_terms_off_until_it_ends_of_itself() -> None:
    """300.00 on three terms of 100.00, returned on day 30: nothing on day 31. It ends on day 58, 28 days
    later; two terms on day 59, the third on day 90.
    """
    line = Line(policy(**QUIET, **flat_fee(7_500)))
    line.until(28)
    line.buy(30_000, terms=3)
    line.until(30)
    open_return(line.account, line.day, 1, line.log)
    line.until(91)
    assert line.days_of("return_ended") == [58]
    assert line.days_of("statement_made") == [59, 90]
    assert [figures[7:9] for figures in line.told("statement_made")] == [[20_000, 450], [10_000, 225]]


def test_an_open_return_keeps_a_plain_purchase_off_the_statement() -> None:
    """500.00 of 700.00 is being returned."""
    line = Line(policy(**QUIET))
    line.until(28)
    line.buy(50_000)
    line.buy(20_000)
    open_return(line.account, line.day, 1, line.log)
    line.until(32)
    assert (carried_fen(line.account), exposure_fen(line.account)) == (20_000, 70_000)


@pytest.mark.parametrize(
    ("mode", "day", "fee"),
    [("none", 15, 0), ("all_remaining", 15, 11_520), ("reprice_daily", 15, 780), ("all_remaining", 5, 0)],
)
def test_settling_before_a_term_is_billed(mode: str, day: int, fee: int) -> None:
    """1,200.00 on twelve terms of 9.60: nothing, all twelve fees, or 10 days × 1,200.00 × 650 ppm = 7.80.
    Free on the day of purchase.
    """
    line = Line(policy(early_settlement=mode, **QUIET, **flat_fee(8_000)))
    line.until(5)
    line.buy(120_000, terms=12)
    line.until(day)
    assert settlement_of(line.account.plans[0], day) == (120_000, fee, 11_520 - fee)


def test_settling_never_costs_more_than_the_fees_it_replaces() -> None:
    """At 100 ppm a term the fees are 12 × 0.12 = 1.44; ten days by the day would be 7.80."""
    line = Line(policy(**QUIET, **flat_fee(100)))
    line.until(5)
    line.buy(120_000, terms=12)
    line.until(15)
    assert settlement_of(line.account.plans[0], 15) == (120_000, 144, 0)


def test_a_billed_term_stays_on_its_statement_when_the_rest_is_settled() -> None:
    """Day 33, eleven terms of 108.25 are settled; 108.25 and 10.39 stay due."""
    line = planned_line(33)
    settle_plan(line.account, line.policy, 33, 0, line.log)
    assert (exposure_fen(line.account), billed_plan_fen(line.account)) == (10_825, 10_825)
    assert minimum_fen(line.account) == 11_864


def test_a_refund_of_one_plan_leaves_what_is_billed_of_another() -> None:
    """Two plans of 1,500.00 in three, no fee: 500.00 of each on days 31 and 59. One given back in full: 500.00 come
    off each statement, and of the oldest 500.00 are left to pay.
    """
    line = Line(policy(**QUIET, **flat_fee(0)))
    line.until(5)
    line.buy(150_000, terms=3)
    line.buy(150_000, terms=3)
    line.until(60)
    assert [each.plan_principal_fen for each in line.account.statements[:2]] == [100_000, 100_000]
    assert give_back(line, 1, 150_000) == [150_000, 0, 0]
    assert [each.plan_principal_fen for each in line.account.statements[:2]] == [50_000, 50_000]
    assert billed_plan_fen(line.account) == 100_000


FREE = policy(late_fee_ppm=0, revolving_fee_ppm=0, **QUIET, **flat_fee(0))
"""No fee of any kind: what is paid is principal."""


def paused_line(terms: int, principal_fen: int, other_terms: int, other_fen: int, until: int) -> Line:
    """Two plans without fee: of the first, returned on day 30, nothing is billed on day 31, two terms on day 59."""
    line = Line(FREE)
    line.until(28)
    line.buy(principal_fen, terms=terms)
    line.buy(other_fen, terms=other_terms)
    line.until(30)
    open_return(line.account, line.day, 1, line.log)
    line.until(until)
    return line


def unpaid(line: Line) -> list[int]:
    """What is billed and unpaid of the first two plans."""
    return [plan.billed_unpaid_fen for plan in line.account.plans[:2]]


def test_a_payment_goes_to_the_plans_that_are_on_the_statement_whatever_a_pause_put_elsewhere() -> None:
    """100.00 and 200.00 a term. The first statement has 200.00 of the second plan, the second one 200.00 of the first
    plan and 200.00 of the second. 150.00 are the second plan's alone; of 100.00 more 50.00 are too, and 50.00 the
    first plan's, which was bought first; another 200.00: 150.00 and 50.00.
    """
    line = paused_line(3, 30_000, 3, 60_000, 60)
    assert [each.plan_principal_fen for each in line.account.statements[:2]] == [20_000, 40_000]
    paid = []
    for amount_fen in (15_000, 10_000, 20_000):
        line.pay(amount_fen)
        paid.append(unpaid(line))
    assert paid == [[20_000, 25_000], [15_000, 20_000], [0, 15_000]]


def test_a_refund_takes_a_plan_off_the_statements_that_it_is_on_whatever_a_pause_put_elsewhere() -> None:
    """The same two statements. All 300.00 back: 100.00 unbilled, and 200.00 off the second statement alone."""
    line = paused_line(3, 30_000, 3, 60_000, 60)
    assert give_back(line, 1, 30_000) == [30_000, 0, 0]
    assert [each.plan_principal_fen for each in line.account.statements[:2]] == [20_000, 20_000]
    assert unpaid(line) == [0, 40_000]


def test_a_payment_goes_to_the_terms_of_its_statement_where_a_plan_has_run_out() -> None:
    """Three terms of 100.00 to day 90, six of 50.00 to day 181, nothing paid. Four statements of 150.00, 150.00, 150.00
    and 50.00: 400.00 are two of each, then 100.00 of the third statement.
    """
    line = Line(FREE)
    line.until(28)
    line.buy(30_000, terms=3)
    line.buy(30_000, terms=6)
    line.until(121)
    assert [each.plan_principal_fen for each in line.account.statements[:4]] == [15_000, 15_000, 15_000, 5_000]
    line.pay(30_000)
    assert unpaid(line) == [10_000, 10_000]
    line.pay(5_000)
    assert unpaid(line) == [5_000, 10_000]
    line.pay(10_000)
    assert unpaid(line) == [0, 5_000]


def test_a_payment_goes_to_the_terms_of_its_statement_as_a_refund_left_them() -> None:
    """Two plans of 600.00 in six, 100.00 a term; two statements of 200.00. Half of the first comes back: 200.00 of the
    400.00 unbilled, 100.00 off the second statement. Day 90 bills 50.00 and 100.00. Of 150.00 the first plan's 100.00
    on the oldest statement come first.
    """
    line = Line(FREE)
    line.until(28)
    line.buy(60_000, terms=6)
    line.buy(60_000, terms=6)
    line.until(60)
    assert give_back(line, 1, 30_000) == [30_000, 0, 0]
    line.until(91)
    assert [each.plan_principal_fen for each in line.account.statements[:3]] == [20_000, 10_000, 15_000]
    assert unpaid(line) == [15_000, 30_000]
    line.pay(15_000)
    assert unpaid(line) == [5_000, 25_000]


def test_a_plan_whose_last_billed_part_is_refunded_has_ended() -> None:
    """900.00 over 3 terms, two paid; 500.00 back on day 92, with the third on the bill: 300.00 off it, 200.00 as cash."""
    line = Line(policy(**QUIET, **flat_fee(8_000)))
    line.until(5)
    line.buy(90_000, terms=3)
    for day in (35, 65):
        line.until(day)
        line.pay(minimum_fen(line.account))
    line.until(92)
    assert give_back(line, 1, 50_000) == [30_000, 20_000, 0]
    assert plan_of(line.account, 1) == -1


def test_an_order_that_has_left_the_last_sixteen_is_too_old_to_return() -> None:
    line = Line(policy(**QUIET))
    for _order in range(17):
        line.buy(1_000)
    too_old, unknown = 1 << 6, 1 << 4
    assert return_refusals(line.account, line.policy, ask_on(line.day, order=1)) == too_old
    assert return_refusals(line.account, line.policy, ask_on(line.day, order=18)) == unknown
