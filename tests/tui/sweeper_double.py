"""A sweeper that answers by arithmetic and can be held up, for tests of the screen alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from simulator.lab.answer import Measured
from simulator.lab.grid import SweepError, points_of
from simulator.lab.recipe import Asked
from simulator.lab.sweeper import Cancel, Pace, Size
from simulator.lab.swept import Outcome, Sweep
from tests.tui.market_double import metrics

RANGES = 4


def swept(asked: Asked, shoppers: int) -> Sweep:
    """The grid over so many people."""
    champion = asked.setting.champion
    outcomes = []
    for point in points_of(asked.varied, asked.axes):
        if point.policy is not None:
            found = metrics(champion, point.policy, shoppers)
            size = point.number + 1
            found["over_indebted"] = Measured(40, 40 + size % 7, 2.0)
            found["return_ppm"] = Measured(50_000, 50_000 + 10 * size, 4.0)
            outcomes.append(Outcome(point, found))
    return Sweep(asked.setting, asked.axes, shoppers, tuple(outcomes), asked.trial)


class SweeperDouble:
    """Works in four steps, each over more people."""

    def __init__(self) -> None:
        """Nothing is kept."""
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.began_at: list[int] = []
        self.kept: dict[Path, int] = {}
        self.refusal = ""

    def get_ready(self, compiling: Callable[[], object], cancel: Cancel) -> bool:
        """At once."""
        return True

    def size(self, asked: Asked, out: Path) -> Size:
        """A piece a policy and range, none for the base."""
        policies = len(swept(asked, 1).outcomes)
        return Size(self.kept.get(out, 0) * policies, RANGES * policies, RANGES)

    def pace(self, asked: Asked, cancel: Cancel) -> Pace | None:
        """Half a second a piece."""
        return Pace(1.0, 0.5)

    def sweep(
        self, asked: Asked, out: Path, progress: Callable[[int, int], None], seen: Callable[[Sweep], None], cancel: Cancel
    ) -> Sweep | None:
        """Range after range from what is kept on."""
        if self.refusal:
            raise SweepError([self.refusal])
        of = self.size(asked, out).of
        self.began_at.append(self.kept.get(out, 0))
        progress(of * self.kept.get(out, 0) // RANGES, of)
        for done in range(self.kept.get(out, 0) + 1, RANGES + 1):
            if cancel():
                return None
            self.kept[out] = done
            progress(of * done // RANGES, of)
            seen(swept(asked, asked.shoppers * done // RANGES))
            assert self.may_go_on.wait(timeout=20)
        return None if cancel() else swept(asked, asked.shoppers)
