"""The runner lives days as it is asked and never makes the asker wait."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Mapping
from queue import Queue

import pytest

from simulator.policy.load import load_policy
from simulator.policy.schema import Policy
from tests.tui.markets import HandMarket, until_shown
from tests.tui.on_screen import TIMEOUT
from tui.market_runner import (
    A_DAY,
    FAILED,
    MAX,
    PAUSED,
    PREPARING,
    READY,
    STOPPED,
    MarketRunner,
    days_to_month_end,
)


def running(market: HandMarket, speed: int = PAUSED) -> MarketRunner:
    """A runner whose market is warm."""
    runner = MarketRunner(lambda *_told: market, speed)
    runner.start()
    assert market.warm.wait(TIMEOUT)
    return runner


def test_a_step_lives_so_many_days_and_stays_paused() -> None:
    market = HandMarket()
    runner = running(market)
    runner.step(3)
    assert market.advanced.get(timeout=TIMEOUT) == 3
    runner.close()
    assert market.day == 203 and market.advanced.empty()
    assert runner.speed == PAUSED


def test_a_day_a_second_lives_a_day_at_once() -> None:
    market = HandMarket()
    runner = running(market, A_DAY)
    assert market.advanced.get(timeout=TIMEOUT) == 1
    runner.close()


def test_at_full_speed_it_goes_from_months_end_to_months_end() -> None:
    market = HandMarket()  # on 20 July
    runner = running(market, MAX)
    assert [market.advanced.get(timeout=TIMEOUT) for _month in range(3)] == [11, 31, 30]
    runner.set_speed(PAUSED)
    runner.close()


def test_a_jump_ends_on_its_day() -> None:
    market = HandMarket()
    runner = running(market)
    runner.jump(245)
    assert [market.advanced.get(timeout=TIMEOUT) for _part in range(2)] == [31, 14]
    runner.close()
    assert market.day == 245


def test_a_long_advance_can_be_cancelled_and_leaves_the_day_as_it_was() -> None:
    market = HandMarket(hold=True)
    runner = running(market)
    runner.jump(900)
    assert market.going.wait(TIMEOUT)
    runner.cancel()
    runner.close()
    assert market.day == 200 and runner.state == READY and runner.fault is None


def test_a_policy_holds_from_the_next_day_and_is_marked() -> None:
    market = HandMarket()
    runner = running(market)
    runner.change_policy(load_policy("standard"))
    runner.step()
    market.advanced.get(timeout=TIMEOUT)
    runner.close()
    assert len(market.policies) == 1 and runner.policy_days == [201]


def test_a_policy_of_its_own_is_known_from_when_it_is_chosen_and_the_last_of_a_day_holds() -> None:
    market = HandMarket()
    runner = running(market)
    runner.change_policy(load_policy("standard"))
    runner.change_policy(load_policy("cautious"))
    assert {day: policy.name for day, policy in runner.chosen.items()} == {201: "cautious"}
    runner.step()
    market.advanced.get(timeout=TIMEOUT)
    runner.close()
    assert {day: policy.name for day, policy in runner.chosen.items()} == {201: "cautious"}
    assert [policy.name for policy in market.policies] == ["cautious"]


class LivedAnew:
    """Makes a market from its first day as often as one is asked for."""

    def __init__(self) -> None:
        """None yet."""
        self.made: Queue[HandMarket] = Queue()

    def __call__(self, *_told: object) -> HandMarket:
        """One more."""
        market = HandMarket(day=-1)
        self.made.put(market)
        return market

    def reaches(self, day: int) -> HandMarket:
        """The next market that is made, once it stands on a day."""
        market = self.made.get(timeout=TIMEOUT)
        lived = -1
        while lived < day:
            lived += market.advanced.get(timeout=TIMEOUT)
        assert lived == day
        return market


CAUTIOUS, GENEROUS = load_policy("cautious"), load_policy("generous")


def test_beside_a_life_it_goes_where_it_stood_under_its_own_policies() -> None:
    make = LivedAnew()
    runner = MarketRunner(make)
    runner.stand_beside(3, [(2, GENEROUS)], {5: CAUTIOUS}, ahead=9)
    runner.start()
    market = make.reaches(9)
    assert runner.policy_days == [2, 5] and runner.policy_name == "cautious"
    assert market.policies == [GENEROUS, CAUTIOUS]
    runner.close()


@pytest.mark.parametrize(
    ("planned", "chosen", "same"),
    [
        ({2: GENEROUS}, {5: CAUTIOUS}, True),
        ({2: GENEROUS, 5: CAUTIOUS}, {}, True),
        ({2: GENEROUS}, {5: CAUTIOUS, 40: GENEROUS}, True),
        ({}, {5: CAUTIOUS}, False),
        ({2: GENEROUS}, {}, False),
    ],
    ids=["alike", "now of the life itself", "one is to come", "another life's", "none of its own"],
)
def test_what_was_lived_otherwise_is_lived_anew(
    planned: dict[int, Policy], chosen: dict[int, Policy], same: bool
) -> None:
    make = LivedAnew()
    runner = MarketRunner(make)
    runner.stand_beside(3, [(2, GENEROUS)], {5: CAUTIOUS}, ahead=9)
    runner.start()
    market = make.reaches(9)
    runner.stand_beside(9, list(planned.items()), chosen, ahead=9)
    if same:
        runner.step()
        assert market.advanced.get(timeout=TIMEOUT) == 1 and make.made.empty()
    else:
        assert make.reaches(9).policies == [*planned.values(), *chosen.values()]
    runner.close()


def test_back_to_a_day_the_market_has_no_policy_of_its_own() -> None:
    make = LivedAnew()
    runner = MarketRunner(make)
    runner.stand_beside(3, [], {5: CAUTIOUS}, ahead=9)
    runner.start()
    make.reaches(9)
    runner.return_to(7)
    assert make.reaches(7).policies == [] and runner.chosen == {}
    runner.close()


def test_rules_are_compiled_apart_before_a_market_is_made() -> None:
    market, done = HandMarket(), list[str]()

    def make(*_told: object) -> HandMarket:
        done.append("made")
        return market

    runner = MarketRunner(make, compiled=lambda: "compiled" in done, compile_apart=lambda _stop: done.append("compiled"))
    runner.start()
    assert market.warm.wait(TIMEOUT)
    runner.close()
    assert done == ["compiled", "made"] and runner.compiles


def test_closing_ends_what_is_compiled_apart() -> None:
    began, ended = threading.Event(), threading.Event()

    def compile_apart(stop: Callable[[], bool]) -> None:
        began.set()
        while not stop():
            time.sleep(0)
        ended.set()

    runner = MarketRunner(LivedAnew(), compiled=lambda: False, compile_apart=compile_apart)
    runner.start()
    assert began.wait(TIMEOUT) and runner.state == PREPARING
    runner.close()
    assert ended.is_set() and runner.state == STOPPED


class Kept:
    """What was kept, and what was shown when it was; while `full`, nothing can be."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.days: Queue[tuple[int, dict[int, str]]] = Queue()
        self.shown: list[int] = []
        self.told: Queue[Exception] = Queue()
        self.full = False
        self.runner: MarketRunner | None = None

    def beside(self, runner: MarketRunner) -> MarketRunner:
        """The runner, whose days are kept here from now on."""
        self.runner = runner
        runner.keeps_by(self.keep, self.told.put)
        return runner

    def keep(self, day: int, policies: Mapping[int, Policy]) -> None:
        """Keep a day with the names of the policies."""
        if self.full:
            raise OSError(28, "No space left on device")
        seen = self.runner.snapshot if self.runner is not None else None
        self.shown += [seen.day] if seen is not None else []
        self.days.put((day, {since: policy.name for since, policy in policies.items()}))

    def next_days(self, count: int) -> list[int]:
        """The next days that are kept."""
        return [self.days.get(timeout=TIMEOUT)[0] for _day in range(count)]


def test_each_day_that_was_reached_is_kept_before_it_is_shown() -> None:
    kept = Kept()
    runner = kept.beside(running(HandMarket()))
    runner.step()
    assert kept.next_days(1) == [201]
    runner.jump(245)
    assert kept.next_days(2) == [232, 245]
    until_shown(runner, 245)
    runner.set_speed(MAX)
    assert kept.next_days(3) == [272, 303, 333]
    runner.close()
    assert kept.shown[:6] == [200, 201, 232, 245, 272, 303], "none of them was shown before"


def test_the_markets_own_policies_are_kept_with_the_day_on_which_they_came() -> None:
    kept = Kept()
    runner = kept.beside(running(HandMarket()))
    assert runner.change_policy(CAUTIOUS) == 201
    runner.keep()
    assert kept.days.get(timeout=TIMEOUT) == (200, {201: "cautious"})
    runner.step(31)
    assert kept.days.get(timeout=TIMEOUT) == (231, {201: "cautious"})
    until_shown(runner, 231)
    assert runner.change_policy(GENEROUS) == 232
    runner.step()
    assert kept.days.get(timeout=TIMEOUT) == (232, {201: "cautious", 232: "generous"})
    runner.close()


def test_the_timeline_tells_what_really_held_and_what_holds_tomorrow() -> None:
    market = HandMarket()
    runner = running(market)
    assert runner.timeline == []
    runner.change_policy(CAUTIOUS)
    assert [(day, policy.name) for day, policy in runner.timeline] == [(201, "cautious")]
    runner.step(3)
    until_shown(runner, 203)
    runner.follow(203, [(204, GENEROUS)])
    assert [(day, policy.name) for day, policy in runner.timeline] == [(201, "cautious"), (204, "generous")]
    runner.close()


def test_a_policy_that_is_chosen_while_days_are_lived_holds_after_them() -> None:
    market = HandMarket(hold=True)
    runner = running(market)
    runner.jump(900)
    assert market.going.wait(TIMEOUT)
    assert runner.change_policy(CAUTIOUS) == 232 and list(runner.chosen) == [232]
    runner.cancel()
    runner.close()


def test_a_day_that_cannot_be_kept_is_not_shown_until_there_is_room() -> None:
    market, kept = HandMarket(), Kept()
    runner = kept.beside(running(market))
    kept.full = True
    runner.set_speed(MAX)
    assert isinstance(kept.told.get(timeout=TIMEOUT), OSError)
    assert market.day == 211 and runner.snapshot is not None and runner.snapshot.day == 200
    assert runner.speed == PAUSED and runner.fault is None
    runner.step()
    assert isinstance(kept.told.get(timeout=TIMEOUT), OSError)
    assert market.day == 211, "nothing more is lived meanwhile"
    kept.full = False
    runner.step()
    assert kept.next_days(2) == [211, 212]
    until_shown(runner, 212)
    runner.close()


def test_on_its_way_to_where_it_stood_that_day_stays_kept_until_the_way_is_left() -> None:
    make, kept = LivedAnew(), Kept()
    runner = kept.beside(MarketRunner(make))
    runner.stand_beside(3, [], {5: CAUTIOUS}, ahead=90)
    runner.start()
    make.reaches(90)
    runner.step()
    days = kept.next_days(5)
    assert days == [90, 90, 90, 90, 91]
    runner.return_to(7)
    assert kept.days.get(timeout=TIMEOUT) == (7, {}), "it is kept at once, long before it is lived"
    make.reaches(7)
    until_shown(runner, 7)
    assert kept.next_days(1) == [7]
    runner.close()


def test_once_nobody_keeps_days_they_are_lived_all_the_same() -> None:
    market, kept = HandMarket(), Kept()
    runner = kept.beside(running(market))
    runner.keeps_by(None)
    runner.step()
    until_shown(runner, 201)
    runner.keep()
    runner.close()
    assert kept.days.empty()


def test_what_goes_wrong_is_kept_for_the_screen() -> None:
    def broken(*_told: object) -> HandMarket:
        raise ValueError("no memory")

    runner = MarketRunner(broken)
    runner.start()
    for thread in threading.enumerate():
        if thread.name == "market":
            thread.join(TIMEOUT)
    assert runner.state == FAILED and runner.snapshot is None
    assert str(runner.fault) == "no memory"


def test_a_life_is_recomputed_once_a_day() -> None:
    market = HandMarket()
    runner = running(market)
    runner.step()
    market.advanced.get(timeout=TIMEOUT)
    first = runner.life(8)
    assert runner.life(8) is first and market.opened == [8]
    runner.step()
    market.advanced.get(timeout=TIMEOUT)
    runner.life(8)
    assert market.opened == [8, 8]
    runner.close()


@pytest.mark.parametrize(
    ("date", "days"), [((2025, 7, 20), 11), ((2025, 7, 31), 31), ((2024, 1, 31), 29), ((2024, 12, 31), 31)]
)
def test_days_to_the_next_months_end(date: tuple[int, int, int], days: int) -> None:
    assert days_to_month_end(datetime.date(*date)) == days
