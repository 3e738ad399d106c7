"""Compare: two policies over the same shoppers and the same luck, as one value with all figures.

Importing this module imports Numba.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engine.personal import COLUMN
from simulator.lab.answer import Answer, Measured
from simulator.lab.reading import answer_of
from simulator.lab.ready import make_ready
from simulator.lab.room import check_room
from simulator.lab.sample import Sample
from simulator.lab.setting import Setting
from simulator.lab.trial import Trial
from simulator.policy.schema import Policy
from simulator.version import rulebook_version

Progress = Callable[[int, int], None]
STEP = 4_096
"""Shoppers between two words of progress."""


@dataclass(frozen=True)
class Comparison:
    """What became of everybody under two policies. Amounts are fen, shares ppm; see `metrics[name]`."""

    setting: Setting
    challenger: Policy
    answer: Answer
    only_champion: tuple[int, ...]
    only_challenger: tuple[int, ...]
    lived_again: int
    seconds: float
    threads: int

    @property
    def champion(self) -> Policy:
        """The first policy."""
        return self.setting.champion

    @property
    def shoppers(self) -> int:
        """How many were compared."""
        return self.answer.shoppers

    @property
    def metrics(self) -> Mapping[str, Measured]:
        """Every metric: both values, their difference and its standard error."""
        return self.answer.metrics

    def arrays(self) -> dict[str, Any]:
        """The metrics as NumPy arrays of equal length: names, both values, differences and standard errors."""
        found = list(self.metrics.values())
        return {
            "metric": np.array(list(self.metrics)),
            "champion": np.array([each.champion for each in found], np.int64),
            "challenger": np.array([each.challenger for each in found], np.int64),
            "difference": np.array([each.difference for each in found], np.int64),
            "standard_error": np.array([each.standard_error for each in found]),
            "alone_error": np.array([each.alone_error for each in found]),
        }

    def to_pandas(self) -> Any:
        """The metrics as a pandas table, one row each. Raises ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(self.arrays()).set_index("metric")

    def as_dict(self) -> dict[str, Any]:
        """The object of `compare --json` (INTERFACE)."""
        setting = self.setting
        return {
            "policies": [setting.champion.name, self.challenger.name],
            "timeline": setting.timeline,
            "shoppers": self.shoppers,
            "days": setting.days,
            "seed": setting.seed,
            "start": setting.start.isoformat(),
            "warm_up_days": setting.warm_up_days,
            "rulebook": rulebook_version(),
            "metrics": {
                name: {
                    "champion": each.champion,
                    "challenger": each.challenger,
                    "difference": each.difference,
                    "standard_error": each.standard_error,
                }
                for name, each in self.metrics.items()
            },
            "swap": {
                "approved_only_by_champion": len(self.only_champion),
                "approved_only_by_challenger": len(self.only_challenger),
                "shoppers": sorted((*self.only_champion, *self.only_challenger)),
            },
            "timing": {"seconds": round(self.seconds, 3), "threads": self.threads, "lived_again": self.lived_again},
        }


def compare(
    champion: Policy,
    challenger: Policy,
    *,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    threads: int | None = None,
    shoppers: int = 100_000,
    **setting: Any,
) -> Comparison:
    """Live the same shoppers under two policies; `setting` are the values of a `Setting`.

    Raises TooLarge before anything is made, Cancelled where `cancel` said so.
    """
    check_room(shoppers)
    make_ready()
    began = time.perf_counter()
    asked = Setting(champion, **{"timeline": "as_if_always", **setting})
    sample = Sample(asked, threads)
    try:
        trial = Trial(sample, challenger)
        for size in [*range(STEP, shoppers, STEP), shoppers]:
            trial.go_on(size, cancel or _never)
            if progress is not None:
                progress(size, shoppers)
        answer = answer_of(trial, shoppers)
    finally:
        sample.close()
    first, second = _only(trial)
    lived_again = sum(len(each.places) for each in trial.done)
    return Comparison(
        asked, challenger, answer, first, second, lived_again, time.perf_counter() - began, threads or os.cpu_count() or 1
    )


def _never() -> bool:
    return False


def _only(trial: Trial) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who has a line under the champion only, and who under the challenger only."""
    found: tuple[list[int], list[int]] = ([], [])
    column = COLUMN["has_line"]
    for each in trial.done:
        had, has = each.first.rows.own[:, column], each.second.rows.own[:, column]
        numbers = each.places + each.block.first_number
        found[0].extend(numbers[had > has].tolist())
        found[1].extend(numbers[has > had].tolist())
    return tuple(found[0]), tuple(found[1])


