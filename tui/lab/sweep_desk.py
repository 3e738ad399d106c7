"""Desk: where a sweep is worked out behind the screens; it goes on while one is elsewhere.

One worker thread measures how long a sweep will take, runs it, and stops. What it comes to is on disk as it
comes, so that the same plan goes on after a stop, a kill, or at the command.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from textual.message import Message

from simulator.lab.grid import SweepError
from simulator.lab.recipe import Asked
from simulator.lab.shelf import place_of
from simulator.lab.sweeper import Pace, Sweeper
from simulator.lab.swept import Sweep
from simulator.text import sentences
from tui.lab_runner import Cancel, Job, LabRunner, Tell

Stage = Literal["", "loading", "compiling", "running", "stopped", "done", "failed"]
UNDER_WAY = ("loading", "compiling", "running")
TRUSTED_PART = 20
"""Once a twentieth is done its own speed tells how long the rest takes; before, the measured pieces do."""


@dataclass(frozen=True)
class Work:
    """How a sweep stands."""

    stage: Stage = ""
    asked: Asked | None = None
    path: Path | None = None
    done: int = 0
    of: int = 0
    seconds_left: float | None = None
    found: Sweep | None = None
    fault: str = ""

    @property
    def under_way(self) -> bool:
        """Whether it is being worked at."""
        return self.stage in UNDER_WAY

    @property
    def percent(self) -> int:
        """How much is done."""
        return 100 * self.done // self.of if self.of else 0


@dataclass(frozen=True)
class Guess:
    """How long a plan will take, of which so many pieces are kept already."""

    asked: Asked
    seconds: float
    done: int
    of: int


class Changed(Message):
    """The desk knows something new."""

    def can_replace(self, message: Message) -> bool:
        """One look shows everything."""
        return isinstance(message, Changed)


class SweepDesk:
    """The sweep of one world."""

    def __init__(self, sweeper: Sweeper) -> None:
        """Nothing is worked at."""
        self.sweeper = sweeper
        self.work = Work()
        self.guess: Guess | None = None
        self.measuring = False
        self.listener: Callable[[Message], object] | None = None
        self._paces: dict[str, Pace] = {}
        self.runner = LabRunner(self._heard)

    def _heard(self, message: Message) -> None:
        """From the worker's thread, while nothing can be asked: keep what it found, and let whoever looks know."""
        if isinstance(message, LabRunner.Failed):
            told = sentences(*message.error.faults) if isinstance(message.error, SweepError) else ""
            self.measuring = False
            self.work = replace(self.work, stage="failed", fault=told)
            if not told:
                self._tell(message)
        elif isinstance(message, LabRunner.Told) and isinstance(message.answer, Work):
            self.work = message.answer
        elif isinstance(message, LabRunner.Told):
            self.guess, self.measuring = message.answer, False
        self._tell(Changed())

    def _tell(self, message: Message) -> None:
        if self.listener is not None:
            self.listener(message)

    def measure(self, asked: Asked) -> None:
        """Find out how long a sweep will take, unless one is under way."""
        if self.work.under_way or (self.guess is not None and self.guess.asked == asked):
            return

        def begin() -> None:
            self.guess, self.measuring = None, True

        self.runner.ask([self._measuring(asked)], begin)

    def _measuring(self, asked: Asked) -> Job:
        def job(tell: Tell, cancel: Cancel) -> None:
            if not self.sweeper.get_ready(lambda: None, cancel):
                return
            pace = self.sweeper.pace(asked, cancel)
            if pace is not None:
                self._paces[_mark(asked)] = pace
                done, of, ranges = self.sweeper.size(asked, place_of(asked))
                tell(Guess(asked, pace.seconds(of - done, -(-ranges * (of - done) // of)), done, of))

        return job

    def run(self, asked: Asked, path: Path | None = None) -> None:
        """Begin a sweep, or go on with it."""
        kept = self.work.found if self.work.asked == asked else None
        begun = Work("loading", asked, path or place_of(asked), found=kept)

        def begin() -> None:
            self.work, self.measuring = begun, False

        self.runner.ask([self._running(begun)], begin)

    def _running(self, begun: Work) -> Job:
        assert begun.asked is not None and begun.path is not None
        asked, path = begun.asked, begun.path

        def job(tell: Tell, cancel: Cancel) -> None:
            now = begun

            def take(**news: Any) -> None:
                nonlocal now
                now = replace(now, **news)
                tell(now)

            if not self.sweeper.get_ready(lambda: take(stage="compiling"), cancel):
                return
            clock = _Clock(self._paces.get(_mark(asked)), self.sweeper.size(asked, path).ranges)
            found = self.sweeper.sweep(
                asked, path,
                lambda done, of: take(stage="running", done=done, of=of, seconds_left=clock.left(done, of)),
                lambda found: take(found=found), cancel,
            )  # fmt: skip
            if found is not None:
                take(stage="done", found=found, seconds_left=None)

        return job

    def stop(self) -> None:
        """Stop; what was done is kept."""

        def stopped() -> None:
            if self.work.under_way:
                self.work = replace(self.work, stage="stopped", seconds_left=None)

        if self.work.under_way:
            self.runner.ask([], stopped)

    def end(self) -> None:
        """End the thread; what was done is kept."""
        self.listener = None
        self.runner.stop()


class _Clock:
    """How long the rest takes."""

    def __init__(self, pace: Pace | None, ranges: int) -> None:
        self._pace, self._ranges = pace, ranges
        self._began = time.monotonic()
        self._first: int | None = None

    def left(self, done: int, of: int) -> float | None:
        """Seconds that are left once so many pieces are done; None where nothing is known."""
        if self._first is None:
            self._first = done
        fresh = done - self._first
        if fresh * TRUSTED_PART >= of:
            return (time.monotonic() - self._began) * (of - done) / fresh
        if self._pace is None:
            return None
        return self._pace.seconds(of - done, self._ranges * (of - done) // max(1, of))


def _mark(asked: Asked) -> str:
    return place_of(asked).stem
