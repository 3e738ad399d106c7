"""Holds, suspension and reinstatement, worked out by hand (RULES §7, §11).

Statements on days 31, 59, 90; due on days 40, 68, 99. A missed purchase of day 5 is 1 day past due
on day 41, 31 on day 71, 91 on day 131, 180 on day 220.
"""

from __future__ import annotations

import pytest

from simulator.codes import (
    ACTIVE,
    AUTOPAY_FULL,
    BY_BREACH,
    BY_OVERDUE,
    CLOSED_BREACH,
    CLOSED_FRAUD,
    CLOSED_FRAUD_NOT_ANSWERED,
    SOFT_BLOCKED,
    SUSPENDED,
    UNREACHABLE,
)  # fmt: skip
from simulator.rules.balances import available_fen, billed_fen, exposure_fen, frozen_fen
from simulator.rules.closure import request_closure
from simulator.rules.purchases import buy
from simulator.rules.suspension import (
    appeal,
    find_breach,
    follow_reinstatement,
    request_reinstatement,
    verify_identity,
)
from tests.rules.build import Line, policy
from tests.rules.test_bills_by_hand import billed_line

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


def test_time_with_the_store_grows_by_a_month_from_the_first_order_on() -> None:
    """An order on day 5; months turn on days 31 and 59. Somebody without any order stays where they are."""
    line, idle = Line(policy(), limit_fen=1_000_000), Line(policy())
    before = line.account.store_months
    idle.account.record_orders = 0
    line.until(5)
    line.do(buy, amount_fen=10_000, terms=1)
    line.until(60)
    idle.until(60)
    assert line.account.store_months == before + 2
    assert idle.account.store_months == before


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


def test_a_held_purchase_and_a_refund_on_its_way_stand_in_the_way_of_closing() -> None:
    """Bits 4 and 5. A refund of a cash order does not."""
    line = held_line()
    line.account.refunds[0].order, line.account.refunds[0].amount_fen = 7, 500
    line.account.refunds[0].arrives_day = 15
    line.do(request_closure)
    line.account.refunds[0].of_cash_order = 1
    line.do(request_closure)
    assert line.reasons("closure_blocked") == [1 << 4 | 1 << 5, 1 << 4]


def test_what_autopay_cures_in_the_morning_is_lifted_the_next_day() -> None:
    """Missed on day 40; autopay in full from day 50 on pays on the next due day, 68."""
    line = billed_line(day=50)
    line.account.autopay = AUTOPAY_FULL
    line.until(68)
    assert (line.account.dpd, line.account.status, line.days_of("reinstated")) == (0, SOFT_BLOCKED, [])
    line.tomorrow()
    assert (line.account.status, line.days_of("reinstated")) == (ACTIVE, [69])
