"""Sweeps: a grid of policies, worked out in pieces here or on a cluster, and what each comes to.

The *band* of a metric is its 95 % interval against the base policy, from what leaving out one range of shoppers
after another does to the difference (the jackknife). Importing this module imports Numba.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.lab.answer import Measured
from simulator.lab.figures import ALL_METRICS, RATIOS, ROLLS, Sums, totals
from simulator.lab.grid import Axis, Point, points_of
from simulator.lab.keeping import Kept
from simulator.lab.pieces import Piece, Range, ranges_of, run_strip
from simulator.lab.ready import make_ready
from simulator.lab.room import check_room
from simulator.lab.sample import Setting
from simulator.policy.export import to_toml
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.version import rulebook_version

BASE = -1
STRIP = 16
"""Policies that go to a worker together."""
METRICS = tuple(name for name in ALL_METRICS if name not in ROLLS)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What one policy of the grid comes to, beside the base policy."""

    point: Point
    metrics: Mapping[str, Measured]


@dataclass(frozen=True)
class Sweep:
    """A grid that was worked out."""

    setting: Setting
    axes: tuple[Axis, ...]
    shoppers: int
    outcomes: tuple[Outcome, ...]
    seconds: float = field(compare=False, default=0.0)

    def rows(self) -> list[dict[str, Any]]:
        """One row a policy and metric."""
        return [
            {
                "point": each.point.number,
                **{axis.path: value for axis, value in zip(self.axes, each.point.values, strict=True)},
                "metric": name, "base": measured.champion, "value": measured.challenger,
                "difference": measured.difference, "standard_error": measured.standard_error,
            }
            for each in self.outcomes
            for name, measured in each.metrics.items()
        ]  # fmt: skip

    def frontier(self, better: str = "profit_fen", worse: str = "over_indebted") -> list[int]:
        """Numbers of the policies that no other one beats in both: more of the first, less of the second."""
        ranked = sorted(
            self.outcomes, key=lambda each: (-each.metrics[better].challenger, each.metrics[worse].challenger, each.point.number)
        )
        found, least = [], math.inf
        for each in ranked:
            if each.metrics[worse].challenger < least:
                least = each.metrics[worse].challenger
                found.append(each.point.number)
        return found

    def to_pandas(self) -> Any:
        """The rows as a pandas table. Raises ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(self.rows())


def recipe_of(setting: Setting, axes: Sequence[Axis], shoppers: int) -> dict[str, Any]:
    """All that decides what a sweep comes to."""
    return {
        "policy": to_toml(setting.champion), "name": setting.champion.name,
        "fields": {axis.path: list(axis.values) for axis in axes}, "shoppers": shoppers, "days": setting.days,
        "seed": setting.seed, "start": setting.start.isoformat(), "warm_up_days": setting.warm_up_days,
        "timeline": setting.timeline, "rulebook": rulebook_version(),
    }  # fmt: skip


def sweep(
    setting: Setting,
    axes: Sequence[Axis],
    *,
    shoppers: int = 20_000,
    out: Path | None = None,
    threads: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Sweep:
    """Work out a grid, in this process or on the Dask cluster at `scheduler`; `out` keeps results as they come.

    Raises SweepError, TooLarge, and Cancelled where `cancel` said so: what was done by then is in `out`.
    """
    points = points_of(setting.champion, axes)
    check_room(min(shoppers, shoppers * 8 // 20 + 1))
    kept = Kept(out, recipe_of(setting, axes, shoppers))
    began = time.perf_counter()
    try:
        make_ready()
        wanted = _missing(setting.champion, points, ranges_of(shoppers), kept)
        count = sum(len(policies) for _own, policies in wanted)
        told = _Told(progress, _all_pieces(points, shoppers) - count, _all_pieces(points, shoppers))
        if scheduler is None:
            _run_here(setting, wanted, kept, threads or os.cpu_count() or 1, told, cancel or _never)
        else:
            from simulator.lab.cluster import run_there

            run_there(scheduler, setting, _cut(wanted), kept, told, cancel or _never)
        outcomes = outcomes_of(setting, points, kept.pieces())
        found = Sweep(setting, tuple(axes), shoppers, outcomes, time.perf_counter() - began)
        kept.write("points", found.rows())
        return found
    finally:
        kept.close()


def _never() -> bool:
    return False


Wanted = list[tuple[Range, list[tuple[int, Policy]]]]


def _all_pieces(points: Sequence[Point], shoppers: int) -> int:
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
    """Counts pieces and tells how far the sweep is."""

    def __init__(self, progress: Progress | None, done: int, of: int) -> None:
        self._progress, self._done, self._of = progress, done, of

    def __call__(self, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(self._done, self._of)


def _run_here(
    setting: Setting, wanted: Wanted, kept: Kept, threads: int, told: Callable[[int], None], cancel: Callable[[], bool]
) -> None:
    """A range to each thread; every piece is kept as it comes."""
    stopped = threading.Event()
    ready: list[Piece] = []
    guard = threading.Lock()

    def work(part: tuple[Range, list[tuple[int, Policy]]]) -> None:
        for piece in run_strip(setting, *part, lambda: stopped.is_set() or cancel()):
            with guard:
                ready.append(piece)

    with ThreadPoolExecutor(threads, thread_name_prefix="sweep") as pool:
        waiting: set[Future[None]] = {pool.submit(work, part) for part in wanted}
        try:
            while waiting:
                done, waiting = wait(waiting, 0.2, FIRST_COMPLETED)
                with guard:
                    pieces, ready[:] = list(ready), []
                if pieces:
                    kept.add(pieces)
                    told(len(pieces))
                for each in done:
                    each.result()
            if ready:
                kept.add(ready)
                told(len(ready))
        except BaseException:
            stopped.set()
            for each in waiting:
                each.cancel()
            raise


def outcomes_of(setting: Setting, points: Sequence[Point], pieces: Sequence[Piece]) -> tuple[Outcome, ...]:
    """Every policy's metrics and their bands, from the pieces by point and range."""
    by_point: dict[int, list[Sums]] = {}
    for piece in pieces:
        by_point.setdefault(piece.point, []).append(piece.sums)
    base = _Totals(setting, setting.champion, by_point[BASE])
    return tuple(
        Outcome(point, _measured(base, _Totals(setting, point.policy, by_point[point.number])))
        for point in points
        if point.policy is not None
    )


class _Totals:
    """A policy's metrics over all ranges, and over all but each one."""

    def __init__(self, setting: Setting, policy: Policy, parts: Sequence[Sums]) -> None:
        record, period = to_record(policy), setting.trial
        whole = parts[0]
        for part in parts[1:]:
            whole = whole.plus(part)
        self.whole = totals(whole, record, period)
        self.without = [totals(whole.plus(part, -1), record, period) for part in parts] if len(parts) > 1 else []


def _measured(base: _Totals, other: _Totals) -> dict[str, Measured]:
    return {name: Measured(base.whole[name], other.whole[name], _jackknife(name, base, other)) for name in METRICS}


def _jackknife(name: str, base: _Totals, other: _Totals) -> float:
    """The standard error of a difference; a sum over fewer people is scaled up to all of them."""
    count = len(base.without)
    if count < 2:
        return 0.0
    scale = 1.0 if name in RATIOS else count / (count - 1)
    values = [
        scale * (then[name] - now[name]) for now, then in zip(base.without, other.without, strict=True)
    ]
    mean = sum(values) / count
    return math.sqrt((count - 1) / count * sum((value - mean) ** 2 for value in values))
