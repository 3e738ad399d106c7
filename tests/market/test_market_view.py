"""What the market's screen shows is what the snapshot holds: groups are whole, sums add up, rows are in order."""

from __future__ import annotations

import datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import codes
from simulator.engine.measures import CAUSES, NEWS_KINDS
from simulator.market.order import ordered
from simulator.market.query import Today, parse
from simulator.population.names import name_of
from simulator.rules.reasons import APPLICATION, TOPICS
from simulator.views.alike import LEAST_BILLS, alike
from simulator.views.market import (
    arrears_over_time,
    buckets,
    decisions,
    headline,
    limit_groups,
    over_limit_count,
    result_rows,
    use_groups,
)
from tests.market.snapshots import DAY, columns, made

SNAPSHOT = made()


def test_the_headline_tells_stocks_with_their_last_month_and_todays_flows() -> None:
    seen = headline(SNAPSHOT)
    assert seen.before_date == SNAPSHOT.date - datetime.timedelta(days=30)
    assert seen.active.now == SNAPSHOT.stocks["active"]
    assert seen.active.change == seen.active.now - SNAPSHOT.earlier["active"]
    assert (seen.up, seen.down) == (SNAPSHOT.today["limit_increases"], SNAPSHOT.today["limit_decreases"])


def test_what_a_festival_moved_is_told_apart_from_the_rest() -> None:
    news, days = SNAPSHOT.news, 30
    seen = headline(SNAPSHOT, days)
    recent = [row for row in news if row["day"] > SNAPSHOT.day - days and CAUSES[row["cause"]] in ("season", "expiry")]
    moved = [sum(NEWS_KINDS[row["kind"]] == kind for row in recent) for kind in ("limit_up", "limit_down")]
    assert all(moved) and [seen.festival_up, seen.festival_down] == moved


def test_where_the_news_do_not_go_back_so_far_nothing_is_claimed_of_festivals() -> None:
    last = SNAPSHOT.news[SNAPSHOT.news["day"] == SNAPSHOT.day]
    short = type(SNAPSHOT)(**{**SNAPSHOT.__dict__, "news": last})
    assert (headline(short, 30).festival_up, headline(short, 30).festival_down) == (None, None)


def test_before_the_first_months_end_there_is_nothing_to_compare() -> None:
    young = type(SNAPSHOT)(**{**SNAPSHOT.__dict__, "monthly": [], "totals": {}, "earlier": {}})
    seen = headline(young)
    assert seen.before_date is None and seen.active.change is None
    assert all(row[1:] == (0, 0) for row in result_rows(young))


def test_buckets_hold_all_that_is_owed() -> None:
    found = buckets(SNAPSHOT)
    assert sum(bucket.fen for bucket in found) == SNAPSHOT.stocks["exposure_fen"]
    assert abs(sum(bucket.share_ppm for bucket in found) - 1_000_000) <= 7


def test_arrears_over_time_leave_out_what_is_not_late() -> None:
    months = arrears_over_time(SNAPSHOT)
    assert len(months) == 12 and all(len(month) == 6 for month in months)
    assert all(0 < sum(month) < 1_000_000 for month in months)


def test_groups_hold_every_line_once() -> None:
    lines = int((SNAPSHOT.columns["limit_fen"] > 0).sum())
    for groups in (limit_groups(SNAPSHOT), use_groups(SNAPSHOT)):
        assert sum(group.count for group in groups) == lines
    for group in limit_groups(SNAPSHOT):
        limits = SNAPSHOT.columns["limit_fen"]
        inside = (limits > (group.above or 0)) & (limits <= (group.up_to or 10**12))
        assert group.count == int(inside.sum())


def test_reasons_of_declines_are_counted_by_their_bits() -> None:
    seen = decisions(SNAPSHOT)
    recent = SNAPSHOT.news[SNAPSHOT.news["day"] > DAY - 30]
    declined = recent[recent["kind"] == 3]
    assert seen.declined == len(declined) and seen.days == 30
    assert sum(count for _reason, count in seen.reasons) == len(declined)
    assert [count for _reason, count in seen.reasons] == sorted(
        (count for _r, count in seen.reasons), reverse=True
    )
    assert len(TOPICS[APPLICATION]) > 3


PEOPLE = columns(500)


@pytest.mark.parametrize("key", ["number", "name", "limit_fen", "score", "change", "status", "changed_day"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_rows_are_put_in_order(key: str, descending: bool, language: str) -> None:
    rows = np.flatnonzero(PEOPLE["age"] > 25)
    order = ordered(PEOPLE, rows, key, descending, language)
    assert sorted(order.tolist()) == rows.tolist()
    values = [_value(row, key) for row in order.tolist()]
    assert all(_in_order(one, other, descending) for one, other in pairwise(values))


def _in_order(one: int | str, other: int | str, descending: bool) -> bool:
    first, second = (other, one) if descending else (one, other)
    return str(first) <= str(second) if isinstance(first, str) else int(first) <= int(second)


def _value(row: int, key: str) -> int | str:
    if key == "number":
        return row
    if key == "change":
        return int(PEOPLE["changed_to_fen"][row] - PEOPLE["changed_from_fen"][row])
    if key == "name":
        surname, given = int(PEOPLE["surname"][row]), int(PEOPLE["given"][row])
        return name_of(surname, given, "en").split()[0]
    return int(PEOPLE[key][row])


def test_over_the_limit_means_one_thing_on_the_page_of_use_and_in_the_explorer() -> None:
    found = parse("over limit").rows(SNAPSHOT.columns, Today(SNAPSHOT.day, SNAPSHOT.date))
    assert 0 < over_limit_count(SNAPSHOT) == len(found) < use_groups(SNAPSHOT)[-1].count


@given(st.sampled_from(["age", "score", "city_tier"]), st.booleans())
def test_sorting_keeps_the_order_within_equals(key: str, descending: bool) -> None:
    order = ordered(PEOPLE, np.arange(500), key, descending)
    pairs = [(int(PEOPLE[key][row]), row) for row in order.tolist()]
    for (value, row), (following, after) in pairwise(pairs):
        assert value != following or row < after


def test_who_is_like_a_shopper_is_near_in_all_that_is_said_and_never_the_shopper() -> None:
    seen = made(5_000)
    for shopper in (1, 2, 3, 4_000):
        found = alike(seen, shopper)
        income_fen = int(seen.columns["income_fen"][shopper - 1])
        assert found.incomes_fen == (income_fen * 8 // 10, income_fen * 12 // 10)
        apart = []
        for number in found.numbers:
            here = {name: int(column[number - 1]) for name, column in seen.columns.items()}
            assert number != shopper and here["city_tier"] == found.city_tier and here["streak"] >= LEAST_BILLS
            assert found.ages[0] <= here["age"] <= found.ages[1] and here["status"] == codes.ACTIVE and here["dpd"] == 0
            apart.append(abs(here["income_fen"] - income_fen))
        assert apart == sorted(apart) and apart and apart[-1] <= income_fen * 2 // 10
