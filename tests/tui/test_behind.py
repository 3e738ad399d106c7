"""The machine is the screen's while a key waits: work behind it stops for a moment, garbage is looked for later."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

import pytest

from tests.tui.markets import HandMarket, at_market
from tui import behind
from tui.behind import ANSWER_SECONDS, LONGEST_SECONDS, RightOfWay
from tui.market_runner import MAX, PAUSED


class Clock:
    """Time that only passes while somebody sleeps; what happens meanwhile may be said."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """At ten o'clock."""
        self.now, self.meanwhile = 10.0, meanwhile

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.now += seconds
        self.meanwhile()


class Claims(RightOfWay):
    """Notes what was claimed."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.of_work: list[bool] = []

    def claim(self, of_work: bool) -> None:
        """Note it, and nothing else."""
        self.of_work.append(of_work)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(behind, "time", clock)
    return clock


async def test_work_waits_until_the_answer_is_drawn_and_then_no_more(clock: Clock) -> None:
    way = RightOfWay()
    way.claim(of_work=True)
    way.give_way()
    assert clock.now == pytest.approx(10 + ANSWER_SECONDS)
    way.give_way()
    assert clock.now == pytest.approx(10 + ANSWER_SECONDS)
    way.release()


async def test_however_fast_keys_come_work_goes_on(clock: Clock) -> None:
    way = RightOfWay()
    clock.meanwhile = lambda: way.claim(of_work=True)
    way.claim(of_work=True)
    way.give_way()
    assert clock.now == pytest.approx(10 + LONGEST_SECONDS)
    way.release()


async def test_who_asked_for_work_does_not_wait_for_it(clock: Clock) -> None:
    way = RightOfWay()
    way.claim(of_work=False)
    way.give_way()
    assert clock.now == 10
    way.release()


async def test_garbage_is_looked_for_after_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    later: list[Callable[[], object]] = []
    monkeypatch.setattr(asyncio.get_running_loop(), "call_later", lambda _seconds, call: later.append(call))
    way = RightOfWay()
    try:
        way.claim(of_work=False)
        way.claim(of_work=False)
        assert not gc.isenabled() and len(later) == 1
        later[0]()
        assert gc.isenabled()
    finally:
        way.release()


async def test_a_key_stops_a_market_that_runs_by_itself_and_none_that_was_told_to_live_a_day() -> None:
    async with at_market(HandMarket()) as player:
        claims = player.app.right_of_way = Claims()
        await player.press("k")
        assert claims.of_work == [False]
        player.app.beside.open().set_speed(MAX)
        await player.press("k")
        player.app.beside.open().set_speed(PAUSED)
        assert claims.of_work == [False, True]
