"""Holds, suspension, hardship, charge-off, closing and reopening, worked out by hand (RULES §7, §11).

Statements on days 31, 59, 90; due on days 40, 68, 99. A missed purchase of day 5 is 1 day past due
on day 41, 31 on day 71, 91 on day 131, 180 on day 220.
"""

from __future__ import annotations

import pytest

from simulator.codes import (
    ACTIVE,
    BY_BREACH,
    BY_OVERDUE,
    CHARGED_OFF,
    CLOSED,
    CLOSED_BREACH,
    CLOSED_BY_SHOPPER,
    CLOSED_FRAUD,
    CLOSED_FRAUD_NOT_ANSWERED,
    CLOSED_OVERDUE,
    CLOSED_PRODUCT_ENDED,
    CLOSURE_REVIEW,
    RUN_OFF,
    SOFT_BLOCKED,
    SUSPENDED,
    UNREACHABLE,
)  # fmt: skip
from simulator.rules.applications import apply_for_line
from simulator.rules.balances import available_fen, billed_fen, exposure_fen, frozen_fen, minimum_fen
from simulator.rules.closure import end_product, request_closure, withdraw_closure
from simulator.rules.hardship import request_hardship
from simulator.rules.instalments import settle_plan
from simulator.rules.purchases import buy
from simulator.rules.refunds import end_return, open_return
from simulator.rules.repayment import acceptable_fen
from simulator.rules.reporting import reported_dpd
from simulator.rules.suspension import (
    appeal,
    find_breach,
    follow_reinstatement,
    request_reinstatement,
    verify_identity,
)
from tests.rules.build import Line, policy
from tests.rules.test_bills_by_hand import QUIET, billed_line

AT_NIGHT_UNKNOWN = {"hour": 2, "known_device": 0, "terms": 1}
"""16 points for the night, 26 for the device."""


def held_line() -> Line:
    """A first order of 4,000, 2.7 times the habit of 3 × 500: 22 points, 64 in all; held on day 10."""
    line = Line(policy(), limit_fen=1_000_000)
    line.until(10)
    line.do(buy, amount_fen=400_000, **AT_NIGHT_UNKNOWN)
    return line


def test_a_held_purchase_freezes_its_amount_and_is_bought_on_the_day_it_is_verified() -> None:
    """64 is from 60 on and under 90."""
    line = held_line()
    assert line.told("monitor_alerted") == [[64]]
    assert (frozen_fen(line.account), available_fen(line.account), exposure_fen(line.account)) == (
        400_000,
        600_000,
        0,
    )
    line.until(12)
    line.do(verify_identity)
    assert line.days_of("purchase_authorised") == [12]
    assert (frozen_fen(line.account), available_fen(line.account)) == (0, 600_000)


def test_a_held_purchase_is_declined_on_the_day_after_three_days() -> None:
    """Held on day 10, verification possible up to day 13."""
    line = held_line()
    line.until(20)
    assert (line.days_of("purchase_declined"), line.reasons("purchase_declined")) == ([14], [1 << 15])
    assert available_fen(line.account) == 1_000_000


def suspected_line() -> Line:
    """On day 1, 6,500 of a line of 7,000 (24), 4.3 times the habit (25), goods to sell on (12): 103 with the 42."""
    line = Line(policy(), limit_fen=700_000)
    line.until(1)
    line.do(buy, amount_fen=650_000, resale=1, **AT_NIGHT_UNKNOWN)
    assert line.told("monitor_alerted") == [[103]]
    assert (line.account.status, line.account.last_order, exposure_fen(line.account)) == (SUSPENDED, 1, 0)
    return line


def test_an_appeal_with_fresh_identity_is_decided_after_two_days_and_lifts_the_suspension() -> None:
    """Night, device and amount of the day (16 + 26 + 25) drop out: 36 is under 60."""
    line = suspected_line()
    line.until(3)
    line.do(appeal)
    line.until(5)
    assert (line.days_of("appeal_decided"), line.days_of("reinstated")) == ([5], [5])
    assert line.account.status == ACTIVE


def test_an_appeal_with_stale_identity_confirms_the_fraud() -> None:
    """Appealed on the last day, 31; decided on day 33, when the identity of day 0 is 33 days old: 103 stands."""
    line = suspected_line()
    line.until(31)
    line.do(appeal)
    line.until(34)
    assert line.told("closed") == [[CLOSED_FRAUD, 0]]
    assert (line.days_of("closed"), line.account.fraud_confirmed) == ([33], 1)


def test_a_suspicion_not_answered_within_30_days_closes_the_line_on_the_day_after() -> None:
    """Suspended on day 1."""
    line = suspected_line()
    line.until(40)
    assert (line.days_of("closed"), line.account.closure_cause) == ([32], CLOSED_FRAUD_NOT_ANSWERED)
    assert not line.account.fraud_confirmed


def test_each_reinstatement_lifts_its_own_cause() -> None:
    """Overdue from day 71, unreachable from day 72; identity shown on day 73 lifts the second alone. All is paid
    and a request made on day 74: active on day 77.
    """
    line = billed_line(day=72)
    line.do(find_breach, kind=UNREACHABLE)
    assert line.account.causes == BY_OVERDUE | BY_BREACH
    line.until(73)
    line.do(verify_identity)
    assert (line.account.causes, line.account.status) == (BY_OVERDUE, SUSPENDED)
    line.until(74)
    line.pay(billed_fen(line.account))
    line.do(request_reinstatement)
    line.until(80)
    assert (line.days_of("reinstated"), line.account.status) == ([73, 77], ACTIVE)


def test_a_breach_not_cured_closes_the_line() -> None:
    """Found on day 20, closed 15 days later."""
    line = Line(policy())
    line.until(20)
    line.do(find_breach, kind=UNREACHABLE)
    line.until(40)
    assert (line.days_of("closed"), line.account.closure_cause) == ([35], CLOSED_BREACH)


@pytest.mark.parametrize(("suspend_dpd", "before"), [(31, SOFT_BLOCKED), (10, SUSPENDED)])
def test_arrears_of_up_to_30_days_are_lifted_on_the_day_after_the_cure(suspend_dpd: int, before: int) -> None:
    """30 days past due on day 70, paid on that day."""
    line = billed_line(day=70, suspend_dpd=suspend_dpd)
    assert (line.account.dpd, line.account.status) == (30, before)
    line.pay(billed_fen(line.account))
    assert line.account.status == before
    line.tomorrow()
    assert (line.days_of("reinstated"), line.account.status) == ([71], ACTIVE)


def test_arrears_of_31_days_wait_for_a_request_made_after_the_cure() -> None:
    """Asked before it: refused, still past due. Paid on day 71: nothing happens by itself."""
    line = billed_line(day=71)
    line.do(request_reinstatement)
    assert line.reasons("reinstatement_declined") == [1 << 1]
    line.pay(billed_fen(line.account))
    line.until(80)
    assert line.account.status == SUSPENDED
    line.do(request_reinstatement)
    line.until(83)
    assert line.days_of("reinstated") == [83]


def test_a_soft_block_of_over_30_days_waits_for_a_request_too() -> None:
    """Suspension put off to 60 days; 35 on day 75, paid then. Asked on day 80: lifted on day 83."""
    line = billed_line(day=75, suspend_dpd=60)
    line.pay(billed_fen(line.account))
    line.until(80)
    assert (line.account.status, line.account.dpd) == (SOFT_BLOCKED, 0)
    line.do(request_reinstatement)
    line.until(84)
    assert (line.days_of("reinstated"), line.account.status) == ([83], ACTIVE)


def test_a_request_does_not_put_off_what_lifts_by_itself() -> None:
    """20 days past due on day 60, paid and asked for then: lifted on day 61, not three days later."""
    line = billed_line(day=60, suspend_dpd=10)
    line.pay(billed_fen(line.account))
    line.do(request_reinstatement)
    line.until(65)
    assert line.days_of("reinstated") == [61]


def test_a_request_lapses_where_something_is_late_on_its_day() -> None:
    """Three days after it."""
    line = billed_line(day=71)
    line.account.reinstatement_day = 68
    line.do(follow_reinstatement)
    assert line.reasons("reinstatement_declined") == [1 << 1]
    assert line.account.status == SUSPENDED


def test_arrears_of_over_90_days_come_back_only_by_reopening() -> None:
    """Closing put off to 150 days; 91 on day 131."""
    line = billed_line(day=131, close_dpd=150)
    line.pay(billed_fen(line.account))
    line.do(request_reinstatement)
    assert line.reasons("reinstatement_declined") == [1 << 2]


def test_what_is_charged_off_is_all_principal_and_charged_fees_and_can_be_recovered() -> None:
    """All of 1,000.00 is due: 65 fen a day up to the cap of 100.00, all charged by day 212. Closed on day 131,
    charged off on day 220: 1,100.00. Recovered 600.00 and 500.00.
    """
    line = billed_line(day=221, minimum_ppm=1_000_000)
    assert (line.days_of("closed"), line.days_of("charged_off")) == ([131], [220])
    assert line.told("charged_off") == [[110_000, 100_000, 10_000]]
    assert (available_fen(line.account), exposure_fen(line.account)) == (0, 0)
    assert (line.account.dpd, line.account.bucket) == (180, 6)
    assert acceptable_fen(line.account, True) == 110_000
    line.pay(60_000)
    assert (line.account.status, acceptable_fen(line.account, False)) == (CHARGED_OFF, 50_000)
    line.pay(50_000)
    assert (line.account.status, line.account.closure_cause, line.account.dpd) == (CLOSED, CLOSED_OVERDUE, 0)


def hardship_line() -> Line:
    """1,000.00, due on day 40; illness recorded on day 45; seven terms asked for on day 50, 10 days past due."""
    line = billed_line(day=45)
    line.account.shock, line.account.shock_day = 2, 45
    line.until(50)
    line.do(request_hardship, terms=7)
    return line


def test_hardship_puts_all_on_terms_without_fee_and_days_past_due_stand_still() -> None:
    """⌊1,000.00 / 7⌋ = 142.85, the last 142.90; what accrued is dropped. Each term paid on its due day: paid up
    on day 252 (nine days after 1 September), lifted three days after a request.
    """
    line = hardship_line()
    assert line.told("hardship_agreed") == [[7, 100_000, 0]]
    assert (line.account.dpd, line.account.status, line.account.causes) == (10, SUSPENDED, BY_OVERDUE)
    terms = []
    while line.account.hardship:
        line.tomorrow()
        if line.account.statements[line.account.statement_count - 1].due_day == line.day and line.day > 50:
            terms.append(minimum_fen(line.account))
            assert line.account.dpd == 10
            line.pay(terms[-1])
    assert terms == [14_285] * 6 + [14_290]
    assert (line.day, line.account.dpd) == (252, 0)
    line.until(260)
    assert line.account.status == SUSPENDED
    line.do(request_reinstatement)
    line.until(263)
    assert line.account.status == ACTIVE


def test_a_missed_hardship_term_makes_all_that_is_left_due() -> None:
    """The first, due on day 68: all 1,000.00 joins it, and days past due go on from 10 to 11."""
    line = hardship_line()
    line.until(69)
    assert (line.days_of("hardship_ended"), line.account.hardship) == ([69], 0)
    assert (minimum_fen(line.account), line.account.dpd) == (100_000, 11)


def test_hardship_needs_a_ground_and_has_a_most_of_terms() -> None:
    """No shock, 100.00 of 10,000 income, 25 terms."""
    line = billed_line(day=45)
    line.do(request_hardship, terms=25)
    assert line.reasons("hardship_declined") == [1 << 3 | 1 << 4]


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


def test_three_days_of_grace_before_the_bureau_hears_of_it() -> None:
    """At the end of February, day 58, the missed bill of day 40 is 18 days past due."""
    assert [reported_dpd(policy(), dpd) for dpd in (0, 3, 4, 31)] == [0, 0, 4, 31]
    line = billed_line(day=60)
    assert line.told("bureau_reported") == [[0], [18]]
