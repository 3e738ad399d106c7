"""Synthetic lives: the same plain as compiled, and the same however they are cut up."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from simulator.codes import ACTIVE, APPLIED, CLOSURE_REVIEW, DECLINED, SOFT_BLOCKED, SUSPENDED
from simulator.engine import measures as m
from simulator.engine import run
from simulator.policy.record import PolicyRecord
from simulator.population.months import Town
from simulator.rules.events import OFFER_LAPSED
from tests.engine.people import CALENDAR, FIRST, LAST, Alone, any_policy, born, in_words, town
from tests.rules.build import policy

pytestmark = pytest.mark.slow

STANDARD = policy()
LONG_LIVES, SHORT_LIVES = 20, 180


def lived_plain(number: int, shared: Town, record: PolicyRecord, last_day: int) -> tuple[Alone, list[str]]:
    """One shopper lived alone by the plain rules, and every event."""
    alone = born(number, shared)
    rows: list[str] = []
    while alone.shopper.wake_day <= last_day:
        rows += in_words(alone.live(alone.shopper.wake_day, record))
    return alone, rows


def same_records(people: run.Population, alone: Alone) -> None:
    """The shopper is the same in a population as alone."""
    account, shopper = (dict(record.leaves()) for record in people.records_of(alone.shopper.number))
    assert {name: value for name, value in alone.account.leaves() if account[name] != value} == {}
    assert {name: value for name, value in alone.shopper.leaves() if shopper[name] != value} == {}


@pytest.mark.parametrize(
    ("count", "shared", "last_day"),
    [
        (LONG_LIVES, town(7), LAST),
        (SHORT_LIVES, Town(seed=8, warm_up_days=200, arrivals_ppm=1_000_000, arm_day=FIRST), 60),
    ],
)
def test_every_event_and_field_is_the_same_plain_as_compiled(count: int, shared: Town, last_day: int) -> None:
    people = run.Population(shared, count, CALENDAR, last_day)
    compiled: list[Any] = []
    people.live(
        run.as_records(STANDARD), -shared.warm_up_days, last_day, chunk=1, on_rows=lambda rows: compiled.append(rows[:, :-1].tolist())
    )  # fmt: skip
    assert len(compiled) == count
    for number, rows in enumerate(compiled, 1):
        alone, plain = lived_plain(number, shared, STANDARD, last_day)
        assert in_words(rows) == plain
        same_records(people, alone)
        assert alone.account.faults == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_change_of_policy_is_met_on_its_morning_by_everybody(seed: int) -> None:
    """Lived day by day alone, under one policy until the day before and the other from that morning on."""
    dice = random.Random(seed)
    old, new = any_policy(dice), any_policy(dice)
    day = dice.randint(-200, 200)
    people = run.Population(town(seed), 12, CALENDAR, LAST)
    people.live(run.as_records(old), FIRST, day - 1)
    people.change_policy(run.as_records(old), day)
    rows: list[Any] = []
    people.live(run.as_records(new), day, LAST, chunk=1, on_rows=lambda more: rows.append(more[:, :-1].tolist()))
    for number in range(1, 13):
        alone = born(number, town(seed))
        plain: list[str] = []
        for today in range(alone.shopper.arrival_day, LAST + 1):
            alone.shopper.lender_day = alone.shopper.morning_day = today
            lines = alone.live(today, new if today >= day else old)
            plain += in_words(lines) if today >= day else []
        assert in_words(rows[number - 1]) == plain
        for clock in ("lender_day", "morning_day"):
            setattr(alone.shopper, clock, int(people.shoppers[number - 1][clock]))
        same_records(people, alone)


def test_a_change_of_policy_is_the_same_for_a_thousand_by_events_as_day_by_day() -> None:
    dice = random.Random(77)
    records = [run.as_records(any_policy(dice)) for _ in range(4)]
    days = [FIRST, -333, -20, 91, LAST + 1]
    by_events, by_days = (run.Population(town(3), 1_000, CALENDAR, LAST) for _ in range(2))
    for place, record in enumerate(records):
        if place:
            by_events.change_policy(records[place - 1], days[place])
        books = by_events.live(record, days[place], days[place + 1] - 1)
        for day in range(days[place], days[place + 1]):
            here = by_days.shoppers["arrival_day"] <= day
            for clock in ("wake_day", "lender_day", "morning_day"):
                by_days.shoppers[clock][here] = day
            assert np.array_equal(by_days.live(record, day, day).daily[0], books.daily[day - days[place]]), day


@pytest.mark.parametrize("day", [100, 91])
def test_the_end_of_the_product_ends_every_line_on_its_morning(day: int) -> None:
    """Also on the second of a month, when everybody was awake the day before."""
    people = run.Population(town(2), 400, CALENDAR, LAST)
    standard, ended = run.as_records(STANDARD), run.as_records(policy(product_open=False))
    people.live(standard, FIRST, day - 1)
    running = (ACTIVE, SOFT_BLOCKED, SUSPENDED, CLOSURE_REVIEW)
    assert np.isin(people.accounts["status"], running).sum() > 50
    people.change_policy(standard, day)
    people.live(ended, day, day)
    assert not np.isin(people.accounts["status"], running).any()
    books = people.live(ended, day + 1, LAST)
    assert books.daily[:, m.OPENED].sum() == 0
    assert books.daily[:, m.LINE_GMV].sum() == 0
    assert not people.accounts["faults"].any()


def test_the_end_of_the_product_ends_every_offer_on_its_morning() -> None:
    """Nobody's score suffices, so that all are offered the least line; some have not taken it on day 100."""
    everybody = {f"grade_cutoffs__{grade}": 1000 for grade in "ABCDE"} | {"counter_cutoff": 0, "offer_days": 60}
    people = run.Population(town(2), 1_000, CALENDAR, LAST)
    offering = run.as_records(policy(**everybody))
    people.live(offering, FIRST, 99)
    waiting = people.accounts["status"] == APPLIED
    assert waiting.sum() > 5
    people.change_policy(offering, 100)
    ended = run.as_records(policy(**everybody, product_open=False))
    rows: list[Any] = []
    people.live(ended, 100, 100, chunk=1, on_rows=lambda more: rows.append(more))
    assert (people.accounts["status"][waiting] == DECLINED).all()
    told = np.concatenate(rows)
    lapsed = told[told[:, 0] == OFFER_LAPSED]
    assert lapsed[:, -1].tolist() == (np.flatnonzero(waiting) + 1).tolist()
    assert not people.accounts["faults"].any()


def test_threads_chunks_and_steps_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ALONE", 0)
    monkeypatch.setattr(run, "HASHED_AT_ONCE", 64)
    record = run.as_records(STANDARD)
    whole = run.Population(town(), 300, CALENDAR, LAST)
    books = whole.live(record, FIRST, LAST, threads=1, chunk=300)
    parts = run.Population(town(), 300, CALENDAR, LAST)
    for first, last in ((FIRST, -101), (-100, -100), (-99, 17), (18, LAST)):
        parts.live(record, first, last, threads=2, chunk=7)
    known = whole.world_hash(threads=1)
    assert known == parts.world_hash(threads=2)
    parts.shoppers["cash_fen"][-1] += 1
    assert known != parts.world_hash()
    persons = np.zeros((300, len(m.FLOWS)), np.int64)
    again = run.Population(town(), 300, CALENDAR, LAST)
    other = again.live(record, FIRST, LAST, threads=2, chunk=31, persons=persons)
    for left, right in zip(books.arrays(), other.arrays(), strict=True):
        assert np.array_equal(left, right)
    assert np.array_equal(persons.sum(axis=0), books.daily.sum(axis=0))


def test_whether_events_are_kept_changes_nothing() -> None:
    """In the middle of a month too, when days to come were noted on different days."""
    plain, told = (run.Population(town(), 300, CALENDAR, LAST) for _ in range(2))
    plain.live(run.as_records(STANDARD), FIRST, 340)
    told.live(run.as_records(STANDARD), FIRST, 340, on_rows=lambda _rows: None)
    assert plain.world_hash() == told.world_hash()


def test_news_are_the_same_in_any_chunks_and_none_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ALONE", 0)
    record = run.as_records(STANDARD)

    def told(chunk: int, threads: int, room: int) -> tuple[Any, int]:
        monkeypatch.setattr(run, "NEWS_LINES", room)
        people = run.Population(town(5), 600, CALENDAR, LAST)
        people.live(record, FIRST, -1)
        news: list[Any] = []
        for first, last in ((0, 30), (31, 58), (59, 89), (90, 119)):
            people.live(record, first, last, chunk=chunk, threads=threads, on_news=news.append)
        return np.concatenate(news), len(news)

    plenty, _ = told(600, 1, 16_384)
    assert len(plenty) > 100
    scant, calls = told(600, 1, 66)
    assert calls > 8  # the buffer was full now and then
    for other in (scant, told(7, 2, 16_384)[0], told(64, 2, 70)[0]):
        assert np.array_equal(plenty, other)
    assert 0 <= plenty[:, 0].min() <= plenty[:, 0].max() <= 119


@pytest.mark.parametrize("count", [5, 300])
def test_a_shopper_is_the_same_among_few_or_many(count: int) -> None:
    many = run.Population(town(4), 1_000, CALENDAR, 90)
    few = run.Population(town(4), count, CALENDAR, 90)
    late = run.Population(town(4), 3, CALENDAR, 90, first_number=500)
    for people in (many, few, late):
        people.live(run.as_records(STANDARD), FIRST, 90)
    for among_many, among_few in zip(many.whole(0, count), few.whole(), strict=True):
        assert among_many.tobytes() == among_few.tobytes()
    assert many.whole(499, 502)[0].tobytes() == late.whole()[0].tobytes()
