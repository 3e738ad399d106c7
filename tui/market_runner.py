"""The runner: owns a market and the one thread that lives its days; screens only read its snapshot.

Whatever is asked (speed, a step, a jump, a policy) is noted under a lock and done between two advances, so
that no key ever waits for the engine. A snapshot is immutable and swapped by reference.
"""

from __future__ import annotations

import datetime
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Any, Protocol

from simulator.calendar import add_months
from simulator.market.protocol import Snapshot
from simulator.policy.schema import Policy

PAUSED, A_DAY, A_MONTH, MAX = 0, 1, 30, -1
SPEEDS = (PAUSED, A_DAY, A_MONTH, MAX)
"""Days a second; MAX is as fast as the machine goes, a month at a time."""
PREPARING, WARMING, READY, FAILED, STOPPED = "preparing", "warming", "ready", "failed", "stopped"
LIVES_KEPT = 64
SHOPPERS = 20_000
MOST_DAYS = 31


class Life(Protocol):
    """A shopper's whole life as it was recomputed; a `World` is one."""

    events: list[dict[str, Any]]

    def summary(self) -> dict[str, Any]:
        """How it stands."""
        ...


class Engine(Protocol):
    """What the runner needs of `simulator.market.Market`."""

    @property
    def day(self) -> int:
        """The last day lived."""
        ...

    @property
    def snapshot(self) -> Snapshot:
        """How the market stands."""
        ...

    def warm_up(self, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """Live the days before day 0."""
        ...

    def advance(self, days: int, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """Live some days."""
        ...

    def change_policy(self, policy: Policy) -> None:
        """Another policy from the next day on."""
        ...

    def life(self, shopper: int) -> Life:
        """A shopper's whole life."""
        ...


class MarketRunner:
    """A market that runs beside the screens."""

    def __init__(self, make: Callable[[], Engine], speed: int = PAUSED) -> None:
        """`make` makes the market on the engine's thread: it may compile first."""
        self._make = make
        self._market: Engine | None = None
        self._changed = Condition()
        self._thread: Thread | None = None
        self._policies: deque[Policy] = deque()
        self._steps = 0
        self._cancelled = False
        self._closing = False
        self._lives: OrderedDict[tuple[int, int], Life] = OrderedDict()
        self.speed = speed
        self.target: int | None = None
        self.state = PREPARING
        self.progress = (0, 0)
        self.fault: Exception | None = None
        self.policy_days: list[int] = []
        self.followed: set[int] = set()

    # What screens read

    @property
    def snapshot(self) -> Snapshot | None:
        """How the market stands; None until it is warm."""
        return self._market.snapshot if self._market is not None and self.state == READY else None

    @property
    def busy(self) -> bool:
        """Whether days are being lived or will be without another word."""
        return self.state in (PREPARING, WARMING) or self.speed != PAUSED or self.target is not None

    def life(self, shopper: int) -> Life:
        """A shopper's whole life up to today; kept, so that asking again costs nothing. For worker threads."""
        assert self._market is not None
        key = (shopper, self._market.snapshot.day)
        with self._changed:
            if key in self._lives:
                self._lives.move_to_end(key)
                return self._lives[key]
        found = self._market.life(shopper)
        with self._changed:
            self._lives[key] = found
            while len(self._lives) > LIVES_KEPT:
                self._lives.popitem(last=False)
        return found

    # What screens ask

    def start(self) -> None:
        """Begin, or begin again after a stop."""
        if self._thread is None or not self._thread.is_alive():
            self.state, self._cancelled, self._closing = PREPARING, False, False
            self._thread = Thread(target=self._run, name="market", daemon=True)
            self._thread.start()

    def set_speed(self, speed: int) -> None:
        """Days a second from now on; a jump ends."""
        self._ask(speed=speed, target=None)

    def step(self, days: int = 1) -> None:
        """Live some days and stay paused."""
        with self._changed:
            self._steps += days
            self.speed, self.target = PAUSED, None
            self._changed.notify_all()

    def jump(self, day: int) -> None:
        """Live as fast as may be up to a day, then pause."""
        self._ask(speed=PAUSED, target=day)

    def change_policy(self, policy: Policy) -> None:
        """Another policy from the next day on."""
        with self._changed:
            self._policies.append(policy)
            self._changed.notify_all()

    def cancel(self) -> None:
        """Stop what is going on after the day that is being lived."""
        with self._changed:
            self._cancelled, self._steps = True, 0
            self.speed, self.target = PAUSED, None
            self._changed.notify_all()

    def close(self) -> None:
        """End the thread; it is waited for, so that nothing runs on."""
        with self._changed:
            self._cancelled = self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _ask(self, speed: int, target: int | None) -> None:
        with self._changed:
            self.speed, self.target, self._steps = speed, target, 0
            self._changed.notify_all()

    # The engine's thread

    def _run(self) -> None:
        try:
            if self._market is None:
                self._market = self._make()
            self.state = WARMING
            self._market.warm_up(self._tell, self._asked_to_stop)
            self.state = READY
            self._live(self._market)
        except Exception as error:
            if self._asked_to_stop():
                self.state = STOPPED
            else:
                self.fault, self.state = error, FAILED

    def _live(self, market: Engine) -> None:
        due = 0.0
        while (days := self._next_days(market, due)) is not None:
            for policy in self._taken_policies():
                market.change_policy(policy)
                self.policy_days.append(market.day + 1)
            due = max(time.monotonic(), due) + (1 / self.speed if self.speed > 0 else 0.0)
            try:
                market.advance(days, self._tell, self._asked_to_stop)
            except Exception:
                if not self._asked_to_stop():
                    raise
            finally:
                self.progress = (0, 0)

    def _next_days(self, market: Engine, due: float) -> int | None:
        """Wait until days are to be lived; how many, or None at the end."""
        with self._changed:
            while not self._closing:
                self._cancelled = False
                if self._steps:
                    days = min(self._steps, MOST_DAYS)
                    self._steps -= days
                    return days
                if self.target is not None:
                    if market.day < self.target:
                        return min(self.target - market.day, MOST_DAYS)
                    self.target = None
                elif self.speed == MAX:
                    return days_to_month_end(market.snapshot.date)
                elif self.speed != PAUSED and time.monotonic() >= due:
                    return 1
                self._changed.wait(max(0.0, due - time.monotonic()) if self.speed > 0 else None)
            return None

    def _taken_policies(self) -> list[Policy]:
        with self._changed:
            taken = list(self._policies)
            self._policies.clear()
            return taken

    def _tell(self, done: int, total: int) -> None:
        self.progress = (done, total)

    def _asked_to_stop(self) -> bool:
        return self._cancelled


def days_to_month_end(date: datetime.date) -> int:
    """Days from a date to the next last day of a month after it."""
    tomorrow = date + datetime.timedelta(days=1)
    end = add_months(tomorrow.replace(day=1), 1) - datetime.timedelta(days=1)
    return (end - date).days


def new_market(policy: str, seed: int, start: datetime.date, shoppers: int = SHOPPERS) -> Engine:
    """A market under a policy by name; it loads what is heavy, so it is called on the engine's thread."""
    from importlib import import_module

    from simulator.policy.load import load_policy

    made: Engine = import_module("simulator.market").Market(
        load_policy(policy), seed=seed, shoppers=shoppers, start=start
    )
    return made
