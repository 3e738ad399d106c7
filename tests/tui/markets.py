"""A market of known snapshots behind the runner, for tests of the screens: it lives days as fast as asked; and apps beside it."""

from __future__ import annotations

import functools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from queue import Queue
from threading import Event

from simulator.past import CannotTakeOver, Past
from simulator.policy.schema import Policy
from simulator.world import World
from tests.market.snapshots import Made, made
from tests.tui.lives import life
from tests.tui.on_screen import SMALL, TIMEOUT, Player, at_screen
from tui.market_runner import PAUSED, MarketRunner
from tui.screens.market import MarketScreen
from tui.widgets.table import Table

MIDDLE = (140, 45)


@functools.cache
def known_life() -> World:
    """The life of everybody in a market made by hand; nobody changes it."""
    return life("suspended")


def until_shown(runner: MarketRunner, day: int) -> None:
    """Wait for the runner's own thread to show a day."""
    end = time.monotonic() + TIMEOUT
    while runner.snapshot is None or runner.snapshot.day != day:
        assert time.monotonic() < end, f"day {day} is not shown"
        time.sleep(0)


class HandMarket:
    """Lives days by making the next snapshot; `hold` keeps a long advance from ending until told."""

    def __init__(self, count: int = 500, day: int = 200, hold: bool = False) -> None:
        """A market on a day."""
        self.count = count
        self.snapshot: Made = made(count, day=day)
        self.advanced: Queue[int] = Queue()
        self.policies: list[Policy] = []
        self.warm = Event()
        self.going = Event()
        self.hold = hold
        self.opened: list[int] = []

    @property
    def day(self) -> int:
        """The last day lived."""
        return self.snapshot.day

    def warm_up(self, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """Tell some progress."""
        progress(1, 2)
        self.warm.set()

    def advance(self, days: int, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """The snapshot of a later day; while held, until it is cancelled."""
        progress(0, days)
        while self.hold:
            self.going.set()
            if cancel():
                return
        self.snapshot = made(self.count, day=self.day + days)
        self.advanced.put(days)

    def change_policy(self, policy: Policy) -> None:
        """Note it."""
        self.policies.append(policy)

    def life(self, shopper: int) -> World:
        """A known life, whoever is asked for."""
        self.opened.append(shopper)
        return known_life()

    def past(self, shopper: int, name: str) -> Past:
        """Nobody made by hand has a past that could be lived anew."""
        raise CannotTakeOver("This shopper cannot be played; choose another one.")


@asynccontextmanager
async def at_market(
    market: HandMarket, size: tuple[int, int] = SMALL, lang: str = "en", world: World | None = None
) -> AsyncIterator[Player]:
    """An app beside which this market is warm and paused."""
    async with at_screen(world, size, {"lang": lang}) as player:
        runner = player.app.beside.runner = MarketRunner(lambda *_told: market)
        runner.start()
        assert market.warm.wait(TIMEOUT)
        runner.set_speed(PAUSED)
        await player.until(lambda: runner.snapshot is not None)
        try:
            yield player
        finally:
            runner.close()


def market_of(player: Player) -> MarketScreen:
    """The market's screen."""
    assert isinstance(player.app.screen, MarketScreen)
    return player.app.screen


def news_of(player: Player) -> Table:
    """The table of news."""
    return player.app.screen.query_one("#news", Table)
