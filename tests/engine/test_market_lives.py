"""Synthetic lives: the same plain as compiled, and the same however they are cut up."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine import run
from simulator.engine.drive import be_born, live_day
from simulator.engine.tally import Tally, keep
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.population.months import Town, month_at, months_between, tell_day
from simulator.population.shopper import Shopper
from simulator.population.traits import Traits
from simulator.rules.ask import Ask
from simulator.rules.events import Log

pytestmark = pytest.mark.slow

CALENDAR = Calendar(datetime.date(2025, 1, 1))
RECORD = to_record(load_policy("standard"))
LAST = 364


def town() -> Town:
    """A seed with two years of warm-up."""
    return Town(seed=1, warm_up_days=720, arrivals_ppm=750_000, arm_day=-1_000_000)


def lived_plain(number: int) -> tuple[Account, Shopper]:
    """One shopper lived alone by the plain rules."""
    account, shopper, ask, log, tally = Account(), Shopper(), Ask(), Log(), Tally()
    be_born(account, shopper, Traits(), town(), number)
    months = months_between(CALENDAR, -720, LAST)
    while shopper.wake_day <= LAST:
        month = months[month_at(months, shopper.wake_day)]
        tell_day(ask, month, shopper.wake_day)
        log.clear()
        live_day(account, shopper, RECORD, town(), month, ask, log)
        keep(tally, log, account, shopper, RECORD, ask)
    return account, shopper


def test_lives_are_the_same_plain_as_compiled() -> None:
    people = run.Population(town(), 40, CALENDAR, LAST)
    people.live(run.policy_record(RECORD), -720, LAST)
    for number in range(1, 41):
        account, shopper = lived_plain(number)
        assert account.faults == 0
        assert Account.load(people.accounts[number - 1]) == account
        assert Shopper.load(people.shoppers[number - 1]) == shopper


def test_threads_chunks_and_steps_change_nothing() -> None:
    policy = run.policy_record(RECORD)
    whole = run.Population(town(), 300, CALENDAR, LAST)
    books = whole.live(policy, -720, LAST, threads=1, chunk=300)
    parts = run.Population(town(), 300, CALENDAR, LAST)
    parts.live(policy, -720, -101, threads=2, chunk=7)
    parts.live(policy, -100, LAST, threads=2, chunk=64)
    assert whole.world_hash() == parts.world_hash()
    again = run.Population(town(), 300, CALENDAR, LAST).live(policy, -720, LAST, threads=2, chunk=31)
    for left, right in zip(books.arrays(), again.arrays(), strict=True):
        assert np.array_equal(left, right)
