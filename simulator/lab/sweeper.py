"""Sweeper: who works sweeps out for the screens, on whatever thread asks; nothing heavy before it is asked.

Whatever cannot be done is a SweepError with plain sentences; where `cancel` says so, None comes back and what
was done by then is in the sweep's file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from simulator.compiled import LAB, is_compiled
from simulator.lab.grid import SweepError
from simulator.lab.recipe import Asked
from simulator.lab.shelf import read_shelved
from simulator.lab.swept import Sweep
from simulator.text import _

Cancel = Callable[[], bool]


@dataclass(frozen=True)
class Pace:
    """Seconds that all threads together need for a range under the base, and for one under another policy."""

    base: float
    policy: float

    def seconds(self, pieces: int, ranges: int) -> float:
        """How long so many pieces over so many ranges take."""
        return ranges * self.base + pieces * self.policy


class Size(NamedTuple):
    """How many pieces a sweep has, how many of them a file keeps, and over how many ranges of shoppers they are."""

    done: int
    of: int
    ranges: int


class Sweeper(Protocol):
    """Who can work sweeps out."""

    def get_ready(self, compiling: Callable[[], object], cancel: Cancel) -> bool:
        """Load what is needed, `compiling` once on a machine; False where it was cancelled."""

    def size(self, asked: Asked, out: Path) -> Size:
        """How much a sweep is, and how much of it is kept."""

    def pace(self, asked: Asked, cancel: Cancel) -> Pace | None:
        """How long pieces of a sweep take here."""

    def sweep(
        self, asked: Asked, out: Path, progress: Callable[[int, int], None], seen: Callable[[Sweep], None], cancel: Cancel
    ) -> Sweep | None:
        """Work a sweep out, or go on with it; `out` keeps it."""


class MarketSweeper:
    """Works sweeps out with the engine, in this process."""

    def get_ready(self, compiling: Callable[[], object], cancel: Cancel) -> bool:
        """Load what is needed, `compiling` once on a machine; False where it was cancelled."""
        from simulator.lab.ready import make_ready, make_ready_apart

        if not is_compiled(LAB):
            compiling()
            make_ready_apart(cancel)
        if not cancel():
            make_ready()
        return not cancel()

    def size(self, asked: Asked, out: Path) -> Size:
        """How much a sweep is, and how much of it is kept."""
        from simulator.lab.grid import points_of
        from simulator.lab.pieces import ranges_of
        from simulator.lab.sweep import pieces_of

        try:
            done = read_shelved(out).done if out.is_file() else 0
        except SweepError:
            done = 0
        points = points_of(asked.varied, asked.axes)
        return Size(done, pieces_of(points, asked.shoppers), len(ranges_of(asked.shoppers)))

    def pace(self, asked: Asked, cancel: Cancel) -> Pace | None:
        """How long pieces of a sweep take here."""
        from simulator.engine.run import Cancelled
        from simulator.lab.pace import pace_of

        try:
            return pace_of(asked, cancel)
        except Cancelled:
            return None

    def sweep(
        self, asked: Asked, out: Path, progress: Callable[[int, int], None], seen: Callable[[Sweep], None], cancel: Cancel
    ) -> Sweep | None:
        """Work a sweep out, or go on with it; `out` keeps it."""
        from simulator.engine.run import Cancelled
        from simulator.lab.sweep import sweep

        with _in_sentences(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            try:
                return sweep(
                    asked.setting, asked.axes, trial=asked.trial, shoppers=asked.shoppers, out=out, progress=progress, seen=seen,
                    cancel=cancel,
                )  # fmt: skip
            except Cancelled:
                return None


@contextmanager
def _in_sentences(out: Path) -> Iterator[None]:
    """What a disk or a memory refuses is said in plain words."""
    from simulator.engine.run import TooLarge

    try:
        yield
    except (TooLarge, MemoryError) as error:
        raise SweepError([str(error) or _("There is not enough memory for so many shoppers; take fewer.")]) from error
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SweepError([_("{file} cannot be written: {error}.").format(file=out, error=reason)]) from error
