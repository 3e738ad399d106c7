"""Time by events is time day by day: what is slept through holds nothing that anybody would miss."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulator.account import Account
from simulator.codes import APPLIED, NEVER
from simulator.engine import drive, run
from simulator.engine.stocktake import AVAILABLE, DPD, EXPOSURE, standing
from simulator.policy.record import PolicyRecord
from simulator.population.months import Month, Town
from simulator.population.shopper import Shopper
from simulator.rules import applications, refunds, repayment, steps, suspension
from simulator.rules.ask import Ask
from tests.engine import lives
from tests.engine.people import CALENDAR, CLOCK, FIRST, LAST, Alone, any_policy, born, in_words, town
from tests.rules.build import policy

pytestmark = pytest.mark.slow

WITHIN_A_MONTH = 340


def side_by_side(by_events: Alone, by_days: Alone, record: PolicyRecord, last_day: int) -> set[str]:
    """Live both, one day on every day; returns the names of what happened.

    On a day slept through nothing may be written but pay and expenses, which are told on waking; on no waking
    day may any field differ.
    """
    happened: set[str] = set()
    slept: list[str] = []
    for day in range(by_days.shopper.arrival_day, last_day + 1):
        by_days.shopper.lender_day = by_days.shopper.morning_day = day
        every = in_words(by_days.live(day, record))
        happened |= {line.split()[1] for line in every}
        if by_events.shopper.wake_day > day:
            assert {line.split()[1] for line in every} <= {"income_received", "expenses_paid"}, "slept through"
            slept += every
            continue
        assert in_words(by_events.live(day, record)) == slept + every
        slept = []
        events, days = by_events.state(), by_days.state()
        assert {name: value for name, value in events.items() if days[name] != value} == {}, day
    return happened


@pytest.mark.parametrize("seed", range(10))
def test_a_life_by_events_is_the_life_day_by_day(seed: int) -> None:
    record = any_policy(random.Random(seed)) if seed else policy()
    shared = town(seed)
    side_by_side(born(seed + 1, shared), born(seed + 1, shared), record, LAST)


class ByHand:
    """A day's log goes on while somebody acts by the rules."""

    def __init__(self, account: Account, shopper: Shopper, log: Any) -> None:
        """Take over the records of the day."""
        self.account, self.shopper, self.log = account, shopper, log

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a rule."""
        records = {"account": self.account, "shopper": self.shopper, "log": self.log}
        return function(*(records[part] if isinstance(part, str) else part for part in arguments))

    def set(self, field: str, value: int) -> None:
        """Let something be recorded of the account."""
        setattr(self.account, field, value)


def act_by_dice(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, word: int, log: Any,
    lender: bool, told: int,
) -> None:  # fmt: skip
    """In place of behaviour: whatever the player's steps allow, on the shopper's buying days."""
    if not shopper.buy_days >> ask.dom - 1 & 1:
        return
    dice = random.Random(f"{town.seed} {ask.day}")
    both = ByHand(account, shopper, log)
    wish = lives.wish(dice, ask.day)
    wish.order = account.last_order
    if account.status == APPLIED:
        if dice.random() < 0.3:
            both.call(applications.accept_offer, "account", policy, wish, "log")
    elif account.opened_day == NEVER:
        both.call(applications.apply_for_line, "account", policy, wish, "log")
    if dice.random() < 0.05:
        both.call(repayment.set_autopay, "account", dice.choice([0, 1, 2]), ask.day, "log")
    if dice.random() < 0.3 and not steps.appeal_refusals(account, policy, wish):
        both.call(suspension.appeal, "account", policy, wish, "log")
    if dice.random() < 0.1 and not steps.return_refusals(account, policy, wish):
        both.call(refunds.open_return, "account", ask.day, wish.order, "log")
    for _ in range(dice.randint(0, 2)):
        lives.act(both, policy, dice, ask.day)


@pytest.mark.parametrize("seed", range(22))
def test_a_players_life_by_events_is_the_life_day_by_day(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a player might do, the next day on which the lender does anything is known after it."""
    monkeypatch.setattr(drive, "act", act_by_dice)
    record = any_policy(random.Random(seed))

    def player() -> Alone:
        account, shopper = lives.newcomer(seed)
        shopper.orders_ppm, shopper.arrival_day, shopper.wake_day, shopper.lived_day = 6_000_000, 0, 0, -1
        return Alone(account, shopper, town(seed))

    side_by_side(player(), player(), record, LAST)


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_lives_by_events_are_those_day_by_day(seed: int) -> None:
    """Compiled: the same books of every day, the same figures within a month, the same records at its end."""
    policy = run.as_records(any_policy(random.Random(100 + seed)))
    by_events, by_days = (run.Population(town(seed), 1_000, CALENDAR, LAST) for _ in range(2))
    for first, last in ((FIRST, WITHIN_A_MONTH), (WITHIN_A_MONTH + 1, LAST)):
        books = by_events.live(policy, first, last)
        for day in range(first, last + 1):
            here = by_days.shoppers["arrival_day"] <= day
            for clock in ("wake_day", "lender_day", "morning_day"):
                by_days.shoppers[clock][here] = day
            assert np.array_equal(by_days.live(policy, day, day).daily[0], books.daily[day - first]), day
        for column in (EXPOSURE, AVAILABLE, DPD):
            assert np.array_equal(standing(by_events, last)[:, column], standing(by_days, last)[:, column])
    assert differing(by_events, by_days) == {}


def differing(left: run.Population, right: run.Population) -> dict[str, list[int]]:
    """Fields in which shoppers differ, the clock's left out, and the first few of them by place."""
    found = {}
    for mine, theirs in zip(left.whole(), right.whole(), strict=True):
        others = dict(run.leaves(theirs))
        for name, column in run.leaves(mine):
            unlike = np.flatnonzero((column != others[name]).reshape(len(column), -1).any(axis=1))
            if name not in CLOCK and len(unlike):
                found[name] = unlike[:5].tolist()
    return found
