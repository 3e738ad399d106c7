"""Charge-off, recovery and hardship, worked out by hand (RULES §7, §11).

Statements on days 31, 59, 90; due on days 40, 68, 99. A missed purchase of day 5 is 1 day past due
on day 41, 91 on day 131, 180 on day 220.
"""

from __future__ import annotations

from simulator.codes import (
    ACTIVE,
    BY_OVERDUE,
    CHARGED_OFF,
    CLOSED,
    CLOSED_OVERDUE,
    SUSPENDED,
)  # fmt: skip
from simulator.rules.balances import available_fen, exposure_fen, minimum_fen
from simulator.rules.hardship import request_hardship
from simulator.rules.repayment import acceptable_fen
from simulator.rules.suspension import request_reinstatement
from tests.rules.build import Line
from tests.rules.test_bills_by_hand import billed_line


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
