"""A market lived on demand: the same as a run in one go, with a snapshot that adds up."""

from __future__ import annotations

import functools
import threading

import numpy as np
import pytest

from simulator.calendar import days_in_month
from simulator.codes import NEVER, SOFT_BLOCKED, SUSPENSION_CAUSES
from simulator.engine import measures as m
from simulator.engine.run import ALONE, as_records
from simulator.engine.stocktake import take_stock_of
from simulator.explain.market import RESULT, finished_months, last_result_of
from simulator.market import Market
from simulator.policy.load import load_policy, set_field
from simulator.population.names import name_of
from simulator.views.market import COSTS
from simulator.views.news import item_at, news_event, news_reason
from tests.market.runs import DAYS, SEED, SHOPPERS, START, WARM_UP_DAYS, loose_policy, small_market

pytestmark = pytest.mark.slow


def begun() -> Market:
    """The small market of the runs, warmed up."""
    market = Market(loose_policy(), seed=SEED, shoppers=SHOPPERS, start=START, warm_up_days=WARM_UP_DAYS)
    market.warm_up()
    return market


@functools.cache
def lived() -> Market:
    """The same after as many days as the run, in steps of all lengths. Not to be lived on."""
    market = begun()
    for days in (1, 1, 40, 5, 100, DAYS - 147):
        market.advance(days)
    return market


def test_steps_of_any_length_come_to_the_run_in_one_go() -> None:
    snapshot, run = lived().snapshot, small_market()
    assert snapshot.day == DAYS - 1
    assert list(snapshot.monthly) == run.monthly()
    assert snapshot.totals == run.totals()
    assert np.array_equal(snapshot.bucket_fen[-len(run.months) :, 1], [month.stocks[m.M1] for month in run.months])


def test_the_months_before_day_0_are_there_at_once() -> None:
    before, after = begun().snapshot, lived().snapshot
    assert not before.monthly
    assert [month["month"] for month in before.warm_up_months] == [f"2024-{month:02}" for month in range(2, 13)]
    assert after.warm_up_months == before.warm_up_months
    for snapshot in (before, after):
        months = finished_months(snapshot)
        parts = {name: last_result_of(snapshot, name) * (-1 if name in COSTS else 1) for name in RESULT}
        assert parts.pop("profit_fen") == months[-1]["profit_fen"] == sum(parts.values())


def test_the_columns_are_those_of_the_accounts() -> None:
    columns = lived().snapshot.columns
    for place in (0, 7, 150, SHOPPERS - 1):
        told = lived().lone(place + 1)
        assert columns["limit_fen"][place] == told.account.limit_fen
        assert columns["score"][place] == told.account.score
        assert columns["dpd"][place] == told.account.dpd
        assert columns["status"][place] == told.account.status
        assert columns["income_fen"][place] == told.account.income_fen
    assert columns["exposure_fen"].sum() == lived().snapshot.stocks["exposure_fen"]


def test_the_names_are_those_of_the_people() -> None:
    columns = lived().snapshot.columns
    number = int(np.flatnonzero(columns["arrived"])[5]) + 1
    surname, given = int(columns["surname"][number - 1]), int(columns["given"][number - 1])
    assert lived().life(number).events[0]["name"] == name_of(surname, given, "en")


def test_news_tell_each_limit_change_of_the_days_in_their_order() -> None:
    snapshot = lived().snapshot
    assert snapshot.news_total == len(snapshot.news)
    assert (np.diff(snapshot.news["day"]) >= 0).all()
    for kind, flow in ((m.NEWS_UP, "limit_increases"), (m.NEWS_DOWN, "limit_decreases")):
        assert (snapshot.news["kind"] == kind).sum() == snapshot.daily[flow].sum()
    line = snapshot.news[snapshot.news["kind"] == m.NEWS_DOWN][-1]
    told = [
        event for event in lived().lone(int(line["shopper"])).events
        if event["event"] == "limit_changed" and event["day"] == line["day"]
    ]  # fmt: skip
    assert (int(line["from_fen"]), int(line["to_fen"])) in {(event["from_fen"], event["to_fen"]) for event in told}


def test_a_line_that_comes_back_from_suspension_is_news_and_its_life_says_why() -> None:
    snapshot = lived().snapshot
    back = np.flatnonzero(snapshot.news["kind"] == m.NEWS_REINSTATED)
    assert 0 < len(back) <= snapshot.daily["reinstated"].sum()
    for place in back:
        item = item_at(snapshot, int(place))
        assert item is not None
        events = lived().lone(item.shopper).events
        event = news_event(events, item)
        assert event is not None and event["event"] == "reinstated" and event["cause"] == SUSPENSION_CAUSES[item.cause]
        assert news_reason(events, item)
        assert any(each["event"] == "suspended" for each in events[: event["seq"]]), "a block alone is no suspension"


def standard_market(**fields: int) -> Market:
    """A year of three thousand under the standard policy with other values, from an empty store on."""
    policy = load_policy("standard")
    for name, value in fields.items():
        policy = set_field(policy, name, value)
    market = Market(policy, seed=SEED, shoppers=3_000, start=START, warm_up_days=0)
    market.advance(365)
    return market


def test_suspensions_under_a_hardship_plan_are_counted_apart() -> None:
    market = standard_market()
    seen = market.snapshot
    agreed = {int(number) for number in seen.news["shopper"][seen.news["kind"] == m.NEWS_HARDSHIP]}
    told = [each for number in agreed for each in market.lone(number).events if each["event"] == "suspended"]
    of_plans = sum(bool(each.get("plan")) for each in told)
    assert 0 < of_plans == seen.daily["suspended_plan"].sum()
    assert seen.totals["suspended_overdue"] == of_plans + seen.daily["suspended_overdue"].sum()


def test_where_suspension_comes_late_nobody_who_paid_stays_blocked() -> None:
    """From 31 days late on a block does not end by itself: it is asked for."""
    market = standard_market(suspend_dpd=60)
    accounts = market.people.accounts
    blocked = accounts["status"] == SOFT_BLOCKED
    assert blocked.any(), "some are late today"
    asked_or_late = (accounts["dpd"] > 0) | (accounts["reinstatement_day"] != NEVER) | (accounts["episode_worst_dpd"] <= 30)
    assert asked_or_late[blocked].all()


def test_the_last_move_of_a_limit_and_of_a_festivals_extra_are_those_of_the_lives() -> None:
    """A festival's extra that comes and goes is no change of the limit itself."""
    columns, seen = lived().snapshot.columns, set()
    for number in range(1, SHOPPERS + 1, 3):
        for what, kind in (("changed", "permanent"), ("festival", "temporary")):
            told = [
                event for event in lived().lone(number).events
                if event["event"] == "limit_changed" and event["kind"] == kind and event["by"] != "closure"
            ]  # fmt: skip
            last = (told[-1]["day"], told[-1]["from_fen"], told[-1]["to_fen"]) if told else (NEVER, 0, 0)
            assert tuple(int(columns[f"{what}_{name}"][number - 1]) for name in ("day", "from_fen", "to_fen")) == last
            seen |= {what} if told else set()
    assert seen == {"changed", "festival"}


def test_a_snapshot_does_not_change_once_it_was_handed_out() -> None:
    market = begun()
    before = market.snapshot
    kept = {name: column.copy() for name, column in before.columns.items()}
    market.advance(30)
    assert market.snapshot is not before
    assert all(np.array_equal(column, kept[name]) for name, column in before.columns.items())


def test_another_policy_holds_from_the_next_day_for_the_market_and_for_each_life() -> None:
    market = begun()
    market.advance(20)
    market.change_policy(load_policy("cautious"))
    market.advance(60)
    assert [day for day, _record in market.timeline] == [-WARM_UP_DAYS, 20]
    for number in range(1, 60):
        assert market.people.accounts["limit_fen"][number - 1] == market.lone(number).account.limit_fen


def test_an_advance_that_is_stopped_stands_at_the_end_of_a_step() -> None:
    market = begun()
    market.advance(200, cancel=lambda: True)
    assert market.day == 30
    assert market.snapshot.day == 30


def test_who_draws_may_go_first_on_every_thread_that_lives_the_market() -> None:
    threads: set[str] = set()
    shoppers = ALONE + 1
    market = Market(
        loose_policy(), seed=SEED, shoppers=shoppers, start=START, warm_up_days=31, threads=2,
        give_way=lambda: threads.add(threading.current_thread().name),
    )  # fmt: skip
    market.warm_up()
    threads.clear()
    market.advance(1)
    assert threading.current_thread().name in threads
    assert any(name.startswith("engine") for name in threads)


def test_what_is_held_and_owed_at_a_months_end_is_what_counting_anew_comes_to() -> None:
    market = begun()
    for _month in range(2):
        market.advance(days_in_month(market.calendar.date_of(market.day + 1)))
        counted = take_stock_of(market.people, as_records(market.record), market.day)
        assert list(market.snapshot.stocks.values()) == counted.stocks[0].tolist()


def test_steps_in_the_midst_of_months_come_to_the_same_as_whole_months_over_years() -> None:
    def few() -> Market:
        market = Market(loose_policy(), seed=SEED, shoppers=60, start=START, warm_up_days=31)
        market.warm_up()
        return market

    in_the_midst, by_months = few(), few()
    first_reach = by_months.people_reach()
    while in_the_midst.day <= first_reach:
        in_the_midst.advance(25)
    by_months.advance(in_the_midst.day - by_months.day)
    left, right = in_the_midst.snapshot, by_months.snapshot
    assert left.day == right.day > first_reach, "the calendar of the people was made longer on the way"
    assert left.totals == right.totals and list(left.monthly) == list(right.monthly)
    assert left.earlier_day == right.earlier_day and dict(left.earlier) == dict(right.earlier) != {}


def test_a_market_without_days_before_the_first_begins_empty() -> None:
    market = Market(loose_policy(), seed=SEED, shoppers=60, start=START, warm_up_days=0)
    assert set(market.snapshot.stocks.values()) == {0} and market.snapshot.day == -1
    market.warm_up()
    market.advance(40)
    assert market.snapshot.day == 39 and market.snapshot.columns["arrived"].any()
    assert not market.snapshot.earlier, "no month's end is about a month ago yet"
    market.advance(19)
    assert market.snapshot.earlier_day == 30 and market.snapshot.earlier
