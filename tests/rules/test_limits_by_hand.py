"""Limits, worked out by hand (RULES §10).

Statement days, made or not, are days 0, 31, 59, 90, 120, 151, 181 of 2025; a review falls on the
morning after.
"""

from __future__ import annotations

import pytest

from simulator.rules.ask import Ask
from simulator.rules.balances import exposure_fen, minimum_fen
from simulator.rules.limits import (
    debts_too_heavy,
    increased_limit,
    raise_bound_fen,
    raise_refusals,
    request_limit,
)
from simulator.rules.seasons import days_to_season
from tests.rules.build import Line, flat_fee, policy
from tests.rules.test_bills_by_hand import QUIET

LATE, SCORE_FELL, HIGH_USE, DORMANT = 1, 2, 4, 8
ASKED_TOO_RECENTLY, DEBTS_TOO_HEAVY = 1 << 9, 1 << 10
BY_LENDER, BY_REQUEST, BY_SEASON, BY_EXPIRY = 0, 1, 2, 3


def changes(line: Line) -> list[tuple[int, list[int], int]]:
    """Every change of a limit: day, [kind, from, to, by], reasons."""
    return list(
        zip(
            line.days_of("limit_changed"),
            line.told("limit_changed"),
            line.reasons("limit_changed"),
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("limit_fen", "bound_fen", "raised_fen"),
    [(360_000, 5_000_000, 430_000), (40_000, 5_000_000, 50_000), (450_000, 500_000, 500_000)],
)
def test_a_raise_is_down_to_a_hundred_yuan_at_least_that_much_and_within_its_bound(
    limit_fen: int, bound_fen: int, raised_fen: int
) -> None:
    """20 % on 3,600 is 4,320, down to 4,300; on 400 it is 80, so 100; on 4,500 it is 5,400, bounded by 5,000."""
    assert increased_limit(limit_fen, 200_000, bound_fen) == raised_fen


def test_no_raise_passes_debt_service_or_twice_the_income() -> None:
    """10,000 a month: twice is 20,000. 40 % less 3,500 elsewhere leaves 500, a tenth of 5,000."""
    line = Line(policy())
    assert raise_bound_fen(line.account, line.policy) == 2_000_000
    line.account.instalments_elsewhere_fen = 350_000
    assert raise_bound_fen(line.account, line.policy) == 500_000


def deserving_line(day: int) -> Line:
    """A line of 4,000.00 half used, six statements met in a row, grade C."""
    line = Line(policy(**QUIET), limit_fen=400_000)
    line.until(day)
    line.buy(200_000)
    line.account.streak = 6
    return line


def test_a_request_is_granted_at_once_and_again_after_thirty_days() -> None:
    """4,000 × 1.2 = 4,800 on day 1; 4,800 × 1.2 = 5,760, down to 5,700, on day 31."""
    line = deserving_line(1)
    line.do(request_limit)
    line.until(31)
    line.do(request_limit)
    assert changes(line) == [
        (1, [0, 400_000, 480_000, BY_REQUEST], 15),
        (31, [0, 480_000, 570_000, BY_REQUEST], 15),
    ]


def test_a_request_after_29_days_is_too_early() -> None:
    """All else would be well."""
    line = deserving_line(1)
    line.do(request_limit)
    line.until(30)
    line.do(request_limit)
    assert line.reasons("limit_request_declined") == [ASKED_TOO_RECENTLY]
    assert line.account.limit_fen == 480_000


def test_the_review_comes_on_the_morning_after_the_sixth_statement_day() -> None:
    """The sixth, day 0 counted, is day 151; the festival limit of day 143 came before."""
    line = deserving_line(150)
    line.until(170)
    assert changes(line)[1:] == [(152, [0, 400_000, 480_000, BY_LENDER], 15)]


def test_being_late_cuts_by_half_once_an_episode() -> None:
    """Due on day 40, over 10 days past due on day 51: 5,000 → 2,500, and no more in that episode. Paid on day
    55; a second episode from day 69 on: 2,500 → 1,250, down to 1,200, on day 79.
    """
    line = Line(policy(**QUIET), limit_fen=500_000)
    line.until(5)
    line.buy(100_000)
    line.until(55)
    assert changes(line) == [(51, [0, 500_000, 250_000, BY_LENDER], LATE)]
    line.pay(100_000)
    line.until(57)
    line.buy(100_000)
    line.until(90)
    assert changes(line)[1:] == [(79, [0, 250_000, 120_000, BY_LENDER], LATE)]


def test_of_two_causes_the_largest_cut_counts_and_both_are_told_then_three_months_pass() -> None:
    """The score fell by 70 (25 %) and thirteen months went unused (30 %): 5,000 → 3,500 on day 1. Unused still:
    3,500 → 2,450, down to 2,400, three statement days later, on day 91.
    """
    line = Line(policy(**QUIET), limit_fen=500_000)
    line.account.score_at_change, line.account.dormant_months = line.account.score + 70, 12
    line.until(100)
    assert changes(line) == [
        (1, [0, 500_000, 350_000, BY_LENDER], SCORE_FELL | DORMANT),
        (91, [0, 350_000, 240_000, BY_LENDER], DORMANT),
    ]


def test_a_score_60_lower_is_no_cause() -> None:
    """More than 60 is."""
    line = Line(policy(), limit_fen=500_000)
    line.account.score_at_change = line.account.score + 60
    line.until(10)
    assert not changes(line)


def test_a_fall_is_counted_between_two_scores_of_one_scorecard() -> None:
    """900 by the application's. The first conduct score, on day 91 after two bills paid and a third made, is lower by
    more than 60: no cause. The third is missed: on day 121 the second is lower than the first by more than 60, and
    5,000 become 3,750, down to 3,700.
    """
    line = Line(policy(decrease_dpd=180, **QUIET), limit_fen=500_000)
    line.account.score = line.account.score_at_change = 900
    for buy_day, due_day in ((5, 40), (35, 68), (65, 91)):
        line.until(buy_day)
        line.buy(50_000)
        line.until(due_day)
        if due_day < 91:
            line.pay(50_000)
    assert line.days_of("score_changed") == [91] and not changes(line)
    line.until(122)
    (first, _grade), (second, _worse) = line.told("score_changed")
    assert first < 900 - 60 and second < first - 60
    assert changes(line) == [(121, [0, 500_000, 370_000, BY_LENDER], SCORE_FELL)]


def test_four_months_near_the_limit_on_minimums_alone_cut_a_fifth() -> None:
    """950 of 1,000 owed on days 59, 90, 120 and 151, each minimum paid: 800 from day 152 on."""
    line = Line(policy(decrease_score_drop=1000, **QUIET), limit_fen=100_000)
    line.until(5)
    line.buy(95_000)
    for due_day in (40, 68, 99, 129):
        line.until(due_day)
        line.pay(minimum_fen(line.account))
        line.buy(95_000 - exposure_fen(line.account))
    line.until(153)
    assert changes(line) == [(152, [0, 100_000, 80_000, BY_LENDER], HIGH_USE)]


def test_a_cut_that_changes_nothing_is_no_event() -> None:
    """500.00 is the least line."""
    line = Line(policy(), limit_fen=50_000)
    line.account.dormant_months = 20
    line.until(40)
    assert not changes(line)


def test_a_festival_limit_goes_and_what_it_carried_joins_the_next_minimum() -> None:
    """30 % of 4,500 is 1,350, down to 1,300, from 24 May (day 143) to 22 June; gone on day 173. 5,200 bought on
    day 150, 520 paid when due on day 160: 4,680 carried, 180 above the limit. On day 181: a tenth of 4,680, the
    180, and 21 days at 2.34 = 49.14: 697.14.
    """
    line = Line(policy(**QUIET), limit_fen=450_000)
    line.until(150)
    line.buy(520_000)
    line.until(160)
    line.pay(52_000)
    line.until(182)
    assert changes(line) == [
        (143, [1, 0, 130_000, BY_SEASON], 1),
        (173, [1, 130_000, 0, BY_EXPIRY], 2),
    ]
    assert line.told("statement_made")[-1][:2] == [472_914, 69_714]


@pytest.mark.parametrize(
    ("festival", "before", "first_day", "last_day"), [("01-01", 25, 340, 369), ("01-01", 1, 364, 369), ("03-05", 430, 363, 797)]
)
def test_a_season_may_begin_in_a_year_before_its_festivals(
    festival: str, before: int, first_day: int, last_day: int
) -> None:
    """1 January 2026 is day 365, 5 March 2027 day 793 (365 + 365 + 63): less the days before, and four after it."""
    record = policy(season=[{"day": festival, "before": before, "after": 4}], **QUIET)
    line = Line(record, limit_fen=450_000)
    line.until(first_day + 1)
    assert changes(line) == [(first_day, [1, 0, 130_000, BY_SEASON], 1)]
    assert line.account.temporary_until_day == last_day


def test_a_season_counts_a_leap_day_between_its_first_day_and_its_festival() -> None:
    """From 5 February to 5 March there are 28 days in 2025, 29 in 2024."""
    season = policy(season=[{"day": "03-05", "before": 28, "after": 0}]).season[0]
    assert days_to_season(season, Ask(year=2025, month=2, dom=5)) == 0
    assert days_to_season(season, Ask(year=2024, month=2, dom=5)) == 1
    assert days_to_season(season, Ask(year=2023, month=2, dom=6)) == 365
    assert days_to_season(season, Ask(year=2024, month=12, dom=31)) == 36


def test_there_is_no_festival_limit_below_grade_c() -> None:
    """Grade D."""
    line = Line(policy(), limit_fen=450_000)
    line.account.grade = 3
    line.until(150)
    assert not changes(line)


def test_debts_that_take_too_much_of_the_income_are_in_the_way_of_a_raise() -> None:
    """Of 10,000 a month 4,000.00 elsewhere are the 40 % that are allowed. A plan of 1,200.00 in twelve asks 100.00."""
    line = deserving_line(1)
    line.account.instalments_elsewhere_fen = 400_000
    assert not raise_refusals(line.account, line.policy, Ask(day=line.day)) & DEBTS_TOO_HEAVY
    line.policy = policy(**QUIET, **flat_fee(0))
    line.buy(120_000, terms=12)
    assert raise_refusals(line.account, line.policy, Ask(day=line.day)) & DEBTS_TOO_HEAVY
    assert debts_too_heavy(line.account, line.policy, Ask(day=line.day)) == (True, 410_000, 400_000)
