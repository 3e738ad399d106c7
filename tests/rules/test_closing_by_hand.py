"""Closing, reopening and the end of the product, worked out by hand (RULES §11)."""

from __future__ import annotations

import pytest

from simulator.account import BUREAU_MONTHS, Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    CLOSED,
    CLOSED_BY_SHOPPER,
    CLOSED_PRODUCT_ENDED,
    CLOSURE_REVIEW,
    DECLINED,
    RUN_OFF,
)  # fmt: skip
from simulator.rules.applications import apply_for_line
from simulator.rules.closure import end_product, request_closure, withdraw_closure
from simulator.rules.instalments import settle_plan
from simulator.rules.refunds import end_return, open_return
from simulator.rules.repayment import acceptable_fen
from simulator.rules.reporting import report_elsewhere, reported_dpd, turn_bureau_month
from simulator.rules.scoring import worst_elsewhere
from simulator.rules.steps import offer_refusals
from simulator.rules.suspension import verify_identity
from tests.rules.build import Line, ask_on, policy
from tests.rules.test_bills_by_hand import QUIET, billed_line


@pytest.mark.parametrize("months", [1, 12, 24])
def test_a_credit_report_shows_whole_months_and_what_was_told_in_this_one(months: int) -> None:
    """45 days were reported as January ended. Looked at in the 12 months that follow, and no longer in the next
    February: its 12 whole months begin with February.
    """
    account = Account(clean_elsewhere=BUREAU_MONTHS)
    report_elsewhere(account, 45)
    seen = [worst_elsewhere(account, months)]
    for _month in range(30):
        turn_bureau_month(account)
        seen.append(worst_elsewhere(account, months))
    assert seen == [45] * (1 + months) + [0] * (30 - months)


def test_of_no_months_of_a_credit_report_nothing_is_looked_at() -> None:
    account = Account(clean_elsewhere=BUREAU_MONTHS)
    report_elsewhere(account, 45)
    assert worst_elsewhere(account, 0) == 0


def busy_line() -> Line:
    """Day 28: 900.00 on three terms of 300.00 + 6.75. Day 29: 500.00. The minimum of 50.00 + 306.75 paid on day
    40, 450.00 carried. Day 45: 200.00, returned. Closing asked for on day 46.
    """
    line = Line(policy(**QUIET))
    line.until(28)
    line.buy(90_000, terms=3)
    line.until(29)
    line.buy(50_000)
    line.until(40)
    line.pay(35_675)
    line.until(45)
    line.buy(20_000)
    open_return(line.account, 45, 3, line.log)
    line.until(46)
    line.do(request_closure)
    return line


def test_what_stands_in_the_way_of_closing_is_all_told() -> None:
    """Six days of 22.5 fen are charged first: 1.35. Billed, fees, unbilled, plan and return: bits 0, 1, 2, 3, 6."""
    line = busy_line()
    assert line.told("revolving_fee_charged") == [[135, 2]]
    assert line.reasons("closure_blocked") == [1 | 2 | 4 | 8 | 64]
    assert line.account.status == ACTIVE


def closing_line() -> Line:
    """All blockers settled on day 46: 450.00 + 1.35 + 200.00; the plan: 12 days of 900.00 and 6 of 600.00 at 650
    ppm are 9.36, less 6.75 billed: 2.61, and 600.00.
    """
    line = busy_line()
    end_return(line.account, 46, 3, line.log)
    line.pay(65_135, prepay=True)
    settle_plan(line.account, line.policy, 46, 0, line.log)
    line.note()
    assert line.told("plan_repaid_early") == [[1, 2, 60_000, 261, 60_261, 1_350 - 261]]
    line.do(request_closure)
    assert line.account.status == CLOSURE_REVIEW
    return line


def test_a_request_to_close_is_taken_back_made_again_and_done_after_two_days() -> None:
    """No purchase meanwhile: bit 3."""
    line = closing_line()
    line.buy(1_000)
    assert line.reasons("purchase_declined") == [1 << 3]
    line.until(47)
    line.do(withdraw_closure)
    assert line.account.status == ACTIVE
    line.do(request_closure)
    line.until(49)
    assert line.told("closed") == [[CLOSED_BY_SHOPPER, 0]]
    assert line.days_of("closed") == [49]
    assert line.account.limit_fen == 0


def test_reopening_waits_90_days_and_asks_for_fresh_identity() -> None:
    """Closed on day 48. Day 137 is the 89th day, identity 137 days old: bits 1 and 5. On day 138 with identity
    shown, the old history is looked at as in an application.
    """
    line = closing_line()
    line.until(137)
    line.do(apply_for_line)
    assert line.reasons("reopening_decided") == [1 << 1 | 1 << 5]
    line.until(138)
    line.do(verify_identity)
    line.do(apply_for_line)
    assert line.days_of("reopening_requested") == [137, 138]
    assert line.account.status != CLOSED


def test_after_arrears_reopening_waits_180_days_since_the_debt_was_paid() -> None:
    """Closed on day 131, paid on day 140: bit 2 up to day 319."""
    line = billed_line(day=140)
    line.pay(acceptable_fen(line.account, True), prepay=True)
    assert line.account.debt_paid_day == 140
    for day in (319, 320):
        line.until(day)
        line.do(verify_identity)
        line.do(apply_for_line)
    assert line.reasons("reopening_decided")[0] == 1 << 2
    assert line.days_of("reopening_decided") == [319, 320]


def test_when_the_product_ends_a_debt_runs_off_and_the_line_closes_with_its_last_fen() -> None:
    """Bit 4 against any purchase."""
    line = billed_line(day=40)
    line.do(end_product)
    assert line.account.status == RUN_OFF
    line.buy(1_000)
    assert line.reasons("purchase_declined") == [1 << 4]
    line.pay(100_000)
    assert (line.account.status, line.account.closure_cause) == (CLOSED, CLOSED_PRODUCT_ENDED)


def test_an_offer_that_waits_when_the_product_ends_lapses_at_once() -> None:
    """Made on day 1, good up to day 8; the product ends on day 2. Bit 9: it takes no applications."""
    line = Line(policy())
    line.account = Account(status=APPLIED, offer_day=1, offer_fen=50_000, statement_day=1)
    line.until(2)
    line.do(end_product)
    assert (line.days_of("offer_lapsed"), line.reasons("offer_lapsed")) == ([2], [1 << 9])
    assert (line.account.status, line.account.offer_fen, line.account.declined_day) == (DECLINED, 0, 2)
    assert offer_refusals(line.account, line.policy, ask_on(2)) == 1 << 17
    line.until(20)
    assert line.days_of("offer_lapsed") == [2]


def test_three_days_of_grace_before_the_bureau_hears_of_it() -> None:
    """At the end of February, day 58, the missed bill of day 40 is 18 days past due."""
    assert [reported_dpd(policy(), dpd) for dpd in (0, 3, 4, 31)] == [0, 0, 4, 31]
    line = billed_line(day=60)
    assert line.told("bureau_reported") == [[0], [18]]


def test_closing_finds_at_its_end_what_has_come_up_since() -> None:
    """A refund is under way when the review ends on day 48: the line is active again."""
    line = closing_line()
    line.account.refunds[0].order, line.account.refunds[0].amount_fen = 7, 500
    line.account.refunds[0].arrives_day = 60
    line.until(50)
    assert line.days_of("closure_blocked") == [46, 48]
    assert line.account.status == ACTIVE
