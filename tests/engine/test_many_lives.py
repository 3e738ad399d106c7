"""What holds of twenty thousand lives at their end, whatever became of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulator import codes
from simulator.account import ORDER_SLOTS, PLAN_SLOTS, STATEMENT_SLOTS
from simulator.engine import measures as m
from simulator.engine import run
from simulator.population.months import town_of
from simulator.rules import events as e
from tests.engine.people import CALENDAR, FIRST, LAST, town
from tests.rules.build import policy

pytestmark = pytest.mark.slow

COUNT = 20_000
LATE_FEE_FEN = e.column("late_fee_fen", e.STATEMENT_MADE)


@pytest.fixture(scope="module")
def lived() -> tuple[run.Population, run.Measures]:
    """The standard market at the end of its third year."""
    people = run.Population(town(11), COUNT, CALENDAR, LAST)
    return people, people.live(run.as_records(policy()), FIRST, LAST)


def used(slots: Any, count: Any) -> Any:
    """Which slots hold something."""
    return np.arange(slots.shape[1]) < count[:, None]


def exposure(accounts: Any) -> Any:
    """All principal of each account, from its slots."""
    bills = accounts["statements"]
    billed = (bills["principal_fen"].astype(np.int64) + bills["plan_principal_fen"]) * used(bills, accounts["statement_count"])
    older = accounts["older"]["principal_fen"].astype(np.int64) + accounts["older"]["plan_principal_fen"]
    orders = accounts["orders"]["unbilled_fen"].astype(np.int64) * used(accounts["orders"], accounts["order_count"])
    plans = accounts["plans"]["unbilled_fen"].astype(np.int64).sum(axis=1) + accounts["hardship_plan"]["unbilled_fen"]
    return billed.sum(axis=1) + older + orders.sum(axis=1) + accounts["unbilled_older_fen"] + plans


KINDS = ("late_fee_fen", "revolving_fee_fen", "plan_fee_fen", "plan_principal_fen", "principal_fen")


def owed_on(statements: Any) -> Any:
    """What is unpaid on each statement."""
    return sum(statements[kind].astype(np.int64) for kind in KINDS)


Lived = tuple[run.Population, run.Measures]


@pytest.fixture(scope="module")
def whole(lived: Lived) -> Any:
    """The accounts with their slots."""
    return lived[0].whole()[0]


def test_slots_that_are_passed_over_hold_nothing(whole: Any) -> None:
    """And most that hold nothing are known to."""
    accounts = whole
    settled = owed_on(accounts["statements"]) == 0
    passed = used(settled, accounts["paid_statements"])
    assert settled[passed].all()
    assert passed.sum() * 10 > (settled & used(settled, accounts["statement_count"])).sum() * 9
    orders = accounts["orders"]
    assert not orders["unbilled_fen"][used(orders, accounts["billed_orders"])].any()
    taken = accounts["plans"]["order"] != 0
    assert not taken[~used(taken, PLAN_SLOTS - accounts["free_plans"])].any()
    refunds = accounts["refunds"]["order"] != 0
    assert not refunds[used(refunds, accounts["free_refunds"])].any()
    late_elsewhere = accounts["elsewhere_dpd"]
    known = used(late_elsewhere, accounts["clean_elsewhere"])[:, ::-1]
    assert not late_elsewhere[known].any() and (late_elsewhere[~known].any() and known.mean() > 0.8)
    had_line = accounts["scored_statements"] > 0
    assert accounts["free_plans"][had_line].mean() > PLAN_SLOTS // 2


def test_sums_that_are_kept_are_those_of_the_slots(whole: Any) -> None:
    billed = owed_on(whole["statements"]) * used(whole["statements"], whole["statement_count"])
    older = owed_on(whole["older"])
    assert (whole["billed_fen"] == billed.sum(axis=1) + older).all() and whole["billed_fen"].any()
    assert (whole["exposure_fen"] == exposure(whole)).all() and whole["exposure_fen"].any()
    frozen = whole["orders"]["amount_fen"] * (whole["orders"]["state"] == codes.HELD_ORDER)
    assert (whole["frozen_fen"] == frozen.sum(axis=1)).all()


def test_no_forbidden_change_of_state_was_tried(lived: Lived) -> None:
    assert not lived[0].accounts["faults"].any()


def test_nothing_is_below_zero(lived: Lived) -> None:
    people, books = lived
    for array in people.whole():
        for name, values in run.leaves(array):
            if name.endswith(("_fen", "_micro", "_count", "_ppm")) and name not in ("pay_ppm", "income_trend_ppm"):
                assert values.min() >= 0, name
    assert np.delete(books.daily, [m.EXPOSURE_CHANGE, m.MERCHANT_INCOME], axis=1).min() >= 0
    assert books.stocks.min() >= 0


def test_exposure_is_the_sum_of_what_every_day_added(lived: Lived, whole: Any) -> None:
    people, books = lived
    held = exposure(whole)
    assert books.daily[:, m.EXPOSURE_CHANGE].sum() == held.sum() == books.stocks[-1, m.EXPOSURE]
    assert held.sum() > 0
    assert not held[people.accounts["status"] == codes.CHARGED_OFF].any()
    assert books.stocks[:, m.M0 : m.M0 + 7].sum() == books.stocks[:, m.EXPOSURE].sum()


def test_every_shopper_is_counted_once_a_month(lived: Lived) -> None:
    people, books = lived
    last = books.stocks[-1]
    assert last[m.SHOPPERS] == (people.shoppers["arrival_day"] <= LAST).sum()
    assert last[m.OPEN] + last[m.NO_LINE] + last[m.CLOSED_STOCK] + last[m.CHARGED_OFF_STOCK] == last[m.SHOPPERS]
    assert books.use[-1].sum() == books.limits[-1].sum() == last[m.OPEN]


def test_slots_are_filled_in_order(whole: Any) -> None:
    accounts = whole
    orders, bills = accounts["orders"], accounts["statements"]
    assert 0 <= accounts["order_count"].min() <= accounts["order_count"].max() <= ORDER_SLOTS
    assert 0 <= accounts["statement_count"].min() <= accounts["statement_count"].max() <= STATEMENT_SLOTS
    full = used(orders, accounts["order_count"])
    assert (orders["order"][full] > 0).all()
    assert not orders["order"][~full].any()
    assert (orders["refunded_fen"] <= orders["amount_fen"])[full].all()
    both = used(bills, accounts["statement_count"])[:, 1:]
    assert (np.diff(bills["day"], axis=1)[both] > 0).all()


def test_state_and_its_causes_agree(whole: Any) -> None:
    accounts = whole
    status, causes = accounts["status"], accounts["causes"]
    assert ((status == codes.SUSPENDED) == (causes != 0)).all()
    ended = np.isin(status, (codes.CLOSED, codes.CHARGED_OFF))
    assert not accounts["limit_fen"][ended].any()
    assert not accounts["temporary_fen"][ended].any()
    assert (accounts["closed_day"][ended] != codes.NEVER).all()
    assert (accounts["limit_fen"][status == codes.ACTIVE] > 0).all()
    assert not accounts["dpd"][status == codes.ACTIVE].any()
    assert (accounts["dpd"][status == codes.SOFT_BLOCKED] <= 30).all()
    assert ((accounts["review_day"] != codes.NEVER) == (status == codes.CLOSURE_REVIEW)).all()
    assert (accounts["hardship"] == (accounts["hardship_plan"]["order"] != 0)).all()
    assert (accounts["bucket"] == np.minimum(6, (accounts["dpd"] + 29) // 30)).all()
    assert set(np.unique(status)) >= {codes.NONE, codes.ACTIVE, codes.SUSPENDED, codes.CLOSED, codes.CHARGED_OFF}


def test_losses_are_of_the_grade_before_anything_was_late(lived: Lived) -> None:
    """Those of the last grade lose most of what they owe, not all that is lost."""
    grades = lived[1].grades[-12:].sum(axis=0)[: len(codes.GRADES)]
    lost = grades[:, m.GRADE_CHARGED_OFF]
    owed = grades[:, m.GRADE_EXPOSURE]
    assert (lost > 0).all() and (np.diff((lost / owed)[[0, 2, 4]]) > 0).all()
    assert lost[-1] < lost.sum() / 2 and (grades[:, m.GRADE_DPD30] > 0).all()


@pytest.mark.parametrize(
    "meant", ["pay_on_day", "verify_on_day", "ask_on_day", "appeal_on_day", "return_on_day", "refund_on_day"]
)  # fmt: skip
def test_what_was_meant_for_a_day_was_done_on_it(lived: Lived, meant: str) -> None:
    days = lived[0].shoppers[meant]
    assert ((days == codes.NEVER) | (days > LAST)).all()


def test_a_book_of_old_customers_goes_on_losing_some() -> None:
    """Some begin another job every year and are new there: eight years on, late money and losses are fewer, but stay."""
    years, days = 8, 365
    people = run.Population(town(11), COUNT, CALENDAR, years * days)
    record = run.as_records(policy())
    people.live(record, FIRST, (years - 2) * days - 1)
    books = people.live(record, (years - 2) * days, years * days - 1)
    owed = books.stocks[:, m.EXPOSURE].mean()
    assert 0.005 < books.stocks[:, m.DPD30].mean() / owed < 0.03
    assert 0.005 < books.daily[:, m.CHARGED_OFF_FEN].sum() / 2 / owed < 0.04


def test_little_of_what_was_written_off_comes_back() -> None:
    """Within two years 8 to 15 % of it. FACTS §10."""
    written_off, recovered = 0, 0
    for seed in (1, 2, 3):
        people = run.Population(town_of(seed, 720), COUNT, CALENDAR, 729)
        record = run.as_records(policy())
        people.live(record, -720, -1)
        seen = people.live(record, 0, 729).daily.sum(axis=0)
        written_off += seen[m.CHARGED_OFF_FEN]
        recovered += seen[m.RECOVERED]
    assert 0.08 < recovered / written_off < 0.15


def test_a_late_fee_moves_some_to_autopay() -> None:
    """And nobody else changes how bills are paid after the day on which the line was opened. FACTS §5 [S84]."""
    people = run.Population(town_of(1, 720), COUNT // 10, CALENDAR, 364)
    record = run.as_records(policy())
    people.live(record, -720, -1)
    rows: list[Any] = []
    people.live(record, 0, 364, chunk=1, on_rows=rows.append)
    told = np.concatenate(rows)
    told = told[np.isin(told[:, 0], (e.AUTOPAY_SET, e.LINE_OPENED, e.STATEMENT_MADE))]
    set_days = np.flatnonzero(told[:, 0] == e.AUTOPAY_SET)
    before = told[set_days - 1]
    billed = before[:, 0] == e.STATEMENT_MADE
    assert (before[:, -1] == told[set_days, -1]).all()
    assert (before[billed, LATE_FEE_FEN] > 0).all() and (before[billed, 1] == told[set_days, 1][billed] - 1).all()
    assert (before[~billed, 0] == e.LINE_OPENED).all() and (before[~billed, 1] == told[set_days, 1][~billed]).all()
    charged = ((told[:, 0] == e.STATEMENT_MADE) & (told[:, LATE_FEE_FEN] > 0)).sum()
    assert 0.03 < billed.sum() / charged < 0.2  # many with a fee are on autopay already, or had their debt written off


def test_people_close_their_lines_on_all_days_of_a_month() -> None:
    people = run.Population(town_of(1, 720), COUNT, CALENDAR, 364)
    record = run.as_records(policy())
    people.live(record, -720, -1)
    closed = people.live(record, 0, 364).daily[:, m.CLOSED_SHOPPER]
    assert closed.max() < closed.sum() / 50
