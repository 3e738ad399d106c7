"""The runner: owns a market and the one thread that lives its days; screens only read its snapshot.

Whatever is asked (speed, a step, a jump, a policy) is noted under a lock and done between two advances, so
that no key ever waits for the engine. A snapshot is immutable and swapped by reference. Where the market
stands beside a life, a day is kept in its save before it is shown.
"""

from __future__ import annotations

import datetime
import gc
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING

from simulator.calendar import add_months
from simulator.market.protocol import Snapshot
from simulator.policy.schema import Policy
from tui.behind import stand_back

if TYPE_CHECKING:
    from simulator.past import Past
    from simulator.world import World
    from tui.market_making import Engine, Stop, Tell

PAUSED, A_DAY, A_MONTH, MAX = 0, 1, 30, -1
SPEEDS = (PAUSED, A_DAY, A_MONTH, MAX)
"""Days a second; MAX is as fast as the machine goes, a month at a time."""
PREPARING, MAKING, WARMING, READY, FAILED, STOPPED = "preparing", "making", "warming", "ready", "failed", "stopped"
LIVES_KEPT = 64
MOST_DAYS = 31
CLOSING_SECONDS = 2.0
"""So long a leave waits for the step that is being lived; compiling is not waited for."""
Planned = Sequence[tuple[int, Policy]]
"""Policies with the day from which each holds, earliest first."""
Keep = Callable[[int, Mapping[int, Policy]], None]
"""Keeps the day that was reached and the market's own policies; on disk when it returns."""


class Interrupted(Exception):
    """The market was to stop before it was warm."""


class MarketRunner:
    """A market that runs beside the screens."""

    def __init__(
        self,
        make: Callable[[Tell, Stop], Engine],
        speed: int = PAUSED,
        compiled: Callable[[], bool] = lambda: True,
        compile_apart: Callable[[Stop], object] = lambda _stop: None,
        unkept: Callable[[], str] = lambda: "",
    ) -> None:
        """`make` makes the market on the engine's thread, telling how many people are made. Where `compiled` says no,
        rules are compiled apart before; `make` compiles what could not be kept, and `unkept` says afterwards why.
        """
        self._make, self._compiled, self._compile_apart, self._unkept = make, compiled, compile_apart, unkept
        self._market: Engine | None = None
        self._shown: Snapshot | None = None
        self._changed = Condition()
        self._keeping = Lock()
        self._keep: Keep | None = None
        self._unkept_day: Callable[[Exception], object] = lambda _error: None
        self._lives_to = 0
        self._back_to: int | None = None
        self._thread: Thread | None = None
        self._policies: deque[Policy] = deque()
        self._planned: dict[int, Policy] = {}
        self._chosen: dict[int, Policy] = {}
        self._lived_under: dict[int, Policy] = {}
        self._held: dict[int, Policy] = {}
        self._met: set[int] = set()
        self._steps = 0
        self._again = False
        self._follow: int | None = None
        self._cancelled = False
        self._closing = False
        self._lives: OrderedDict[tuple[int, int], World] = OrderedDict()
        self.speed = speed
        self.usual_speed = speed or A_DAY
        """How fast it ran last; so it goes on after a pause."""
        self.target: int | None = None
        self.state = PREPARING
        self.compiles = self._compiles_here = False
        self.note = ""
        self.began = time.monotonic()
        self.progress = (0, 0)
        self.fault: Exception | None = None
        self.policy_days: list[int] = []
        self.policy_name = ""
        self.followed: set[int] = set()

    # What screens read

    @property
    def snapshot(self) -> Snapshot | None:
        """How the market stood when it was last kept; None until it is warm."""
        return self._shown if self.state == READY else None

    @property
    def start_date(self) -> datetime.date:
        """The date of day 0."""
        seen = self.snapshot
        if seen is None:
            raise Interrupted
        return seen.date - datetime.timedelta(days=seen.day)

    @property
    def busy(self) -> bool:
        """Whether days are being lived or will be without another word."""
        return self.state in (PREPARING, MAKING, WARMING) or self.speed != PAUSED or self.target is not None

    @property
    def catching_up(self) -> bool:
        """Whether it lives on to the player's day."""
        return self._market is not None and self._follow is not None and self._market.day < self._follow

    @property
    def going_back(self) -> bool:
        """Whether it lives on to where it stood when the life was last played."""
        return self.target is not None and self.target == self._back_to

    @property
    def chosen(self) -> dict[int, Policy]:
        """The market's own policies with the day from which each holds, also the one that was just chosen."""
        with self._changed:
            coming = {self._next_morning(): self._policies[-1]} if self._policies else {}
            return self._chosen | coming

    @property
    def timeline(self) -> list[tuple[int, Policy]]:
        """The policies after its first with the day from which each really held, earliest first, up to the day after the one shown."""
        seen = self.snapshot
        if seen is None:
            return []
        tomorrow = seen.day + 1
        with self._changed:
            held = {day: policy for day, policy in self._held.items() if day <= tomorrow}
            policies = self._planned | self._chosen
            come = [day for day in policies if day <= tomorrow and day not in self._met]
            if come:
                held[tomorrow] = policies[max(come)]
            if self._policies and self._next_morning() == tomorrow:
                held[tomorrow] = self._policies[-1]
        return sorted(held.items(), key=lambda each: each[0])

    def _next_morning(self) -> int:
        """The first day that nothing was begun of yet."""
        return max(self._market.day, self._lives_to) + 1 if self._market is not None else 0

    def life(self, shopper: int) -> World:
        """A shopper's whole life up to today; kept, so that asking again costs nothing. For worker threads.

        Raises Interrupted where the market is being made anew.
        """
        market = self._market
        if market is None:
            raise Interrupted
        key = (shopper, market.snapshot.day)
        with self._changed:
            if key in self._lives:
                self._lives.move_to_end(key)
                return self._lives[key]
        found = market.life(shopper)
        with self._changed:
            self._lives[key] = found
            while len(self._lives) > LIVES_KEPT:
                self._lives.popitem(last=False)
        return found

    def past(self, shopper: int, name: str) -> Past:
        """A shopper's life up to the day that the market stands at, as a recipe. Raises Interrupted."""
        market = self._market
        if market is None:
            raise Interrupted
        return market.past(shopper, name)

    # What screens ask

    def start(self) -> None:
        """Begin, or begin again after a stop."""
        if self._thread is None or not self._thread.is_alive():
            self.state, self._cancelled, self._closing, self.fault = PREPARING, False, False, None
            self.began = time.monotonic()
            self._thread = Thread(target=self._run, name="market", daemon=True)
            self._thread.start()

    def set_speed(self, speed: int) -> None:
        """Days a second from now on; a jump ends."""
        if speed != PAUSED:
            self.usual_speed = speed
        self._ask(speed=speed, target=None)

    def step(self, days: int = 1) -> None:
        """Live some days and stay paused."""
        with self._changed:
            self._steps += days
            self.speed, self.target, self._back_to = PAUSED, None, None
            self._changed.notify_all()

    def jump(self, day: int) -> None:
        """Live as fast as may be up to a day, then pause."""
        self._ask(speed=PAUSED, target=day)

    def follow(self, day: int, planned: Planned = ()) -> None:
        """Live on to the player's day, as soon as nothing else is asked; `planned` are the changes of the
        player's policy. Never backwards.
        """
        with self._changed:
            self._planned |= dict(planned)
            self._follow = day
            self._changed.notify_all()

    def return_to(self, day: int) -> None:
        """Stand on a day once more: the market is made anew and lives up to it under the planned policies.
        Kept at once; raises what the disk does.
        """
        with self._keeping:
            if self._keep is not None:
                self._keep(day, {})
            with self._changed:
                self._chosen = {}
                self._begin_again(day)

    def _begin_again(self, day: int) -> None:
        self._policies.clear()
        self._again, self._cancelled = True, True
        self.speed, self.target, self._back_to, self._steps, self._follow = PAUSED, None, None, 0, day
        self._changed.notify_all()

    def stand_beside(self, day: int, planned: Planned, chosen: Mapping[int, Policy], ahead: int) -> None:
        """Belong to a life on a day: under its policies and the market's own, and up to the day `ahead` where
        that is later. What was lived otherwise, or is too far, is lived anew.
        """
        with self._changed:
            self._planned, self._chosen = dict(planned), dict(chosen)
            if self._market is not None:
                lived, policies = self._next_morning() - 1, self._planned | self._chosen
                so_far = {since: policy for since, policy in policies.items() if since <= lived}
                if so_far != self._lived_under or lived > max(day, ahead):
                    self._begin_again(day)
            self._follow = day
            self.target = self._back_to = ahead if ahead > day else None
            self._changed.notify_all()

    def keeps_by(self, keep: Keep | None, unkept: Callable[[Exception], object] = lambda _error: None) -> None:
        """How days are kept from now on; `unkept` is told on the engine's thread what came in the way. None:
        nothing is kept any more when this returns.
        """
        with self._keeping:
            self._keep, self._unkept_day = keep, unkept

    def keep(self) -> None:
        """Keep now how the market stands and under what. Raises what the disk does."""
        with self._keeping:
            if self.snapshot is not None:
                self._keep_day(self.snapshot.day)

    def _keep_day(self, day: int) -> None:
        """On the way to where it stood, that day still counts; one that is left for good counts no more."""
        target, back_to = self.target, self._back_to
        if self._keep is not None and not self._again:
            self._keep(back_to if back_to is not None and back_to == target else day, self.chosen)

    def change_policy(self, policy: Policy) -> int:
        """Another policy as soon as may be; the day from which it holds."""
        with self._changed:
            self._policies.append(policy)
            self._changed.notify_all()
            return self._next_morning()

    def cancel(self) -> None:
        """Stop what is going on after the day that is being lived."""
        with self._changed:
            self._cancelled, self._steps = True, 0
            self.speed, self.target, self._back_to = PAUSED, None, None
            self._changed.notify_all()

    def leave(self) -> None:
        """End the thread without waiting for it."""
        with self._changed:
            self._cancelled = self._closing = True
            self._changed.notify_all()

    def close(self) -> None:
        """End the thread; it is waited for, so that nothing runs on, but not while it compiles itself."""
        self.leave()
        if self._thread is not None:
            self._thread.join(0.0 if self.state == PREPARING and self._compiles_here else CLOSING_SECONDS)

    def _ask(self, speed: int, target: int | None) -> None:
        with self._changed:
            self.speed, self.target, self._back_to, self._steps = speed, target, None, 0
            self._changed.notify_all()

    # The engine's thread

    def _run(self) -> None:
        stand_back()
        try:
            while not self._closing:
                self._again, self._cancelled = False, False
                market = self._made_warm()
                self._live(market)
                if not self._again:
                    return
                self._market, self._shown, self.state = None, None, PREPARING
        except Exception as error:
            self._market = self._shown = None
            if self._asked_to_stop():
                self.state = STOPPED
            else:
                self.fault, self.state = error, FAILED

    def _made_warm(self) -> Engine:
        """A market at the end of its warm-up; one that was stopped on the way is of no use."""
        self.policy_days, self.policy_name, self._met, self._lived_under, self._lives_to = [], "", set(), {}, -1
        self._held = {}
        self._lives.clear()
        self.compiles = not self._compiled()
        gc.freeze()  # the engine's objects stay; looking through them again and again would hold up keys
        if self.compiles:
            self._compile_apart(self._asked_to_stop)
            if self._asked_to_stop():
                raise Interrupted
            self._compiles_here = not self._compiled()
        market = self._make(self._tell_making, self._asked_to_stop)
        self.note = self._unkept()
        gc.freeze()
        if self._asked_to_stop():
            raise Interrupted
        self.state, self.progress = WARMING, (0, 0)
        market.warm_up(self._tell, self._asked_to_stop)
        self._market, self._shown, self.state, self.progress = market, market.snapshot, READY, (0, 0)
        return market

    def _live(self, market: Engine) -> None:
        due = 0.0
        while (days := self._next_days(market, due)) is not None:
            if not self._keep_and_show(market):
                continue  # what could not be kept comes before anything new
            days = self._meet_policies(market, days)
            due = max(time.monotonic(), due) + (1 / self.speed if self.speed > 0 else 0.0)
            try:
                market.advance(days, self._tell, self._asked_to_stop)
            finally:
                self.progress = (0, 0)
            self._keep_and_show(market)

    def _keep_and_show(self, market: Engine) -> bool:
        """Keep the day that was reached, then show it; where that cannot be, everything stops on the last one shown."""
        seen = market.snapshot
        try:
            with self._keeping:
                self._lives_to = market.day
                if seen is not self._shown:
                    self._keep_day(seen.day)
                self._shown = seen
        except Exception as error:
            with self._changed:
                self.speed, self.target, self._back_to, self._steps, self._follow = PAUSED, None, None, 0, None
            self._unkept_day(error)
            return False
        return True

    def _meet_policies(self, market: Engine, days: int) -> int:
        """Put policies in force whose day has come; how many days may be lived before the next."""
        tomorrow = market.day + 1
        with self._changed:
            if self._policies:
                self._chosen[tomorrow] = self._policies[-1]
                self._policies.clear()
                self._met.discard(tomorrow)  # the day is not lived yet, so what was put in force for it may change
            policies = self._planned | self._chosen
            come = sorted(day for day in policies if day <= tomorrow and day not in self._met)
            self._met.update(come)
            ahead = min((day for day in policies if day > tomorrow), default=tomorrow + days)
            days = min(days, ahead - tomorrow)
            self._lives_to = market.day + days
        if come:
            last = policies[come[-1]]
            market.change_policy(last)
            self.policy_name = last.name
            self.policy_days.append(tomorrow)
            with self._changed:
                self._held[tomorrow] = last
            self._lived_under |= {day: policies[day] for day in come}
        return days

    def _next_days(self, market: Engine, due: float) -> int | None:
        """Wait until days are to be lived; how many, or None at the end."""
        with self._changed:
            while not (self._closing or self._again):
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
                elif self._follow is not None and market.day < self._follow:
                    return min(self._follow - market.day, MOST_DAYS)
                self._changed.wait(max(0.0, due - time.monotonic()) if self.speed > 0 else None)
            return None

    def _tell_making(self, done: int, total: int) -> None:
        self.state, self.progress = MAKING, (done, total)

    def _tell(self, done: int, total: int) -> None:
        self.progress = (done, total)

    def _asked_to_stop(self) -> bool:
        return self._cancelled


def days_to_month_end(date: datetime.date) -> int:
    """Days from a date to the next last day of a month after it."""
    tomorrow = date + datetime.timedelta(days=1)
    end = add_months(tomorrow.replace(day=1), 1) - datetime.timedelta(days=1)
    return (end - date).days
