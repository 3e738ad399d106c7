"""Sweeps: a grid of policies, worked out in pieces here or on a cluster, kept and told as they come.

Importing this module imports Numba.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from simulator.lab.grid import Axis, Point, points_of
from simulator.lab.keeping import Kept
from simulator.lab.outcomes import BASE, outcomes_of, whole_ranges
from simulator.lab.pieces import Piece, Range, ranges_of, run_strip
from simulator.lab.ready import make_ready
from simulator.lab.recipe import Asked, recipe_of
from simulator.lab.room import check_room
from simulator.lab.setting import Setting
from simulator.lab.swept import Sweep
from simulator.policy.schema import Policy

STRIP = 16
"""Policies that go to a worker together."""
SEEN_SECONDS, SEEN_PART = 0.5, 10
"""At least so long between two looks at what is known so far, and so many times what the last look took."""
Progress = Callable[[int, int], None]
Seen = Callable[[Sweep], None]


def sweep(
    setting: Setting,
    axes: Sequence[Axis],
    *,
    trial: Policy | None = None,
    shoppers: int = 20_000,
    out: Path | None = None,
    threads: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    seen: Seen | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Sweep:
    """Work out a grid, in this process or on the Dask cluster at `scheduler`; `out` keeps results as they come.

    The grid starts from `trial`, from the champion where there is none, and is told beside the champion.
    `seen` is shown the grid over the shoppers that all policies have met so far. Raises SweepError, TooLarge, and
    Cancelled where `cancel` said so: what was done by then is in `out`.
    """
    points = points_of(trial or setting.champion, axes)
    check_room(min(shoppers, shoppers * 8 // 20 + 1))
    kept = Kept(out, recipe_of(setting, axes, shoppers, trial))
    try:
        make_ready()
        wanted = _missing(setting.champion, points, ranges_of(shoppers), kept)
        told = _Told(Asked(setting, tuple(axes), shoppers, trial), points, kept.pieces(), progress, seen)
        if scheduler is None:
            _run_here(setting, wanted, kept, threads or os.cpu_count() or 1, told, cancel or _never)
        else:
            from simulator.lab.cluster import run_there

            run_there(scheduler, setting, _cut(wanted), kept, told, cancel or _never)
        found = told.sweep(kept.pieces())
        kept.write("points", found.rows())
        return found
    finally:
        kept.close()


def _never() -> bool:
    return False


Wanted = list[tuple[Range, list[tuple[int, Policy]]]]


def pieces_of(points: Sequence[Point], shoppers: int) -> int:
    """How many pieces a sweep has: the base and each policy over each range."""
    return (1 + sum(point.policy is not None for point in points)) * len(ranges_of(shoppers))


def _missing(base: Policy, points: Sequence[Point], ranges: Sequence[Range], kept: Kept) -> Wanted:
    """The pieces that are not there yet, range by range."""
    done = kept.done()
    policies = [(BASE, base), *((point.number, point.policy) for point in points if point.policy is not None)]
    found = [(own, [each for each in policies if (each[0], own.first) not in done]) for own in ranges]
    return [(own, missing) for own, missing in found if missing]


def _cut(wanted: Wanted) -> Wanted:
    """Strips of a few policies each."""
    return [(own, policies[at : at + STRIP]) for own, policies in wanted for at in range(0, len(policies), STRIP)]


class _Told:
    """Hears of pieces, and tells how far the sweep is and what is known by then."""

    def __init__(
        self, asked: Asked, points: Sequence[Point], pieces: list[Piece], progress: Progress | None, seen: Seen | None
    ) -> None:
        self._asked, self._points = asked, points
        self._pieces, self._progress, self._seen = pieces, progress, seen
        self._began = time.perf_counter()
        self._next = 0.0
        self._whole = 0
        self()

    def __call__(self, more: Sequence[Piece] = ()) -> None:
        """These came."""
        self._pieces += more
        if self._progress is not None:
            self._progress(len(self._pieces), pieces_of(self._points, self._asked.shoppers))
        if self._seen is not None and time.perf_counter() >= self._next:
            self._look(self._seen)

    def _look(self, seen: Seen) -> None:
        """Show the grid where another range has been met by all policies."""
        whole = whole_ranges(self._points, self._pieces)
        if len(whole) > self._whole:
            self._whole = len(whole)
            began = time.perf_counter()
            seen(self.sweep(whole))
            ended = time.perf_counter()
            self._next = ended + max(SEEN_SECONDS, SEEN_PART * (ended - began))

    def sweep(self, pieces: Sequence[Piece]) -> Sweep:
        """What these pieces come to; each policy has the same ranges."""
        people = sum(piece.range.count for piece in pieces if piece.point == BASE)
        setting, axes, _all, trial = self._asked
        outcomes = outcomes_of(setting, self._points, pieces)
        return Sweep(setting, axes, people, outcomes, trial, time.perf_counter() - self._began)


def _run_here(
    setting: Setting, wanted: Wanted, kept: Kept, threads: int, told: Callable[[Sequence[Piece]], None],
    cancel: Callable[[], bool],
) -> None:  # fmt: skip
    """A range to each thread; every piece is kept as it comes, also where it comes while all ends."""
    stopped = threading.Event()
    ready: list[Piece] = []
    guard = threading.Lock()

    def work(part: tuple[Range, list[tuple[int, Policy]]]) -> None:
        for piece in run_strip(setting, *part, lambda: stopped.is_set() or cancel()):
            with guard:
                ready.append(piece)

    def keep() -> list[Piece]:
        with guard:
            pieces, ready[:] = list(ready), []
        if pieces:
            kept.add(pieces)
        return pieces

    pool = ThreadPoolExecutor(threads, thread_name_prefix="sweep")
    try:
        waiting: set[Future[None]] = {pool.submit(work, part) for part in wanted}
        while waiting:
            done, waiting = wait(waiting, 0.2, FIRST_COMPLETED)
            if pieces := keep():
                told(pieces)
            for each in done:
                each.result()
        if pieces := keep():
            told(pieces)
    finally:
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)
        keep()
