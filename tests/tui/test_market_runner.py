"""The runner lives days as it is asked and never makes the asker wait."""

from __future__ import annotations

import datetime
import threading
from queue import Queue

import pytest

from simulator.policy.load import load_policy
from simulator.policy.schema import Policy
from tests.tui.markets import TIMEOUT, HandMarket
from tui.market_runner import A_DAY, FAILED, MAX, PAUSED, READY, MarketRunner, days_to_month_end


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
