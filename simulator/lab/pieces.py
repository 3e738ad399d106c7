"""Pieces: what a policy comes to over a range of shoppers, as numbers that add up, wherever it was worked out.

A *range* is a run of neighbouring shoppers, a *strip* some policies over one range. The base policy's side
of a range is worked out once in each process. Importing this module imports Numba.
"""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.lab.figures import Sums
from simulator.lab.sample import WHOLE, Sample
from simulator.lab.setting import Setting
from simulator.lab.trial import Trial
from simulator.policy.load import checked
from simulator.policy.schema import Policy

RANGES = 20
"""A sweep's shoppers are cut into so many ranges, so that all threads have work and one that was stopped can go on."""
LEAST = 256
KEPT = 8


@dataclass(frozen=True)
class Range:
    """Shoppers from a number on."""

    first: int
    count: int


@dataclass(frozen=True)
class Piece:
    """One policy over one range: the point's number (-1 is the base), its sums, and its moments as `paired` packs them:
    of the base its own, of every other policy those of the shift from it.
    """

    point: int
    range: Range
    sums: Sums
    moments: bytes

    def numbers(self) -> dict[str, Any]:
        """The sums as plain whole numbers."""
        return dataclasses.asdict(self.sums)


def ranges_of(shoppers: int) -> list[Range]:
    """All shoppers in even ranges."""
    size = max(LEAST, -(-shoppers // RANGES))
    return [Range(first, min(size, shoppers + 1 - first)) for first in range(1, shoppers + 1, size)]


def run_strip(
    setting: Setting, own: Range, policies: Sequence[tuple[int, Policy]], cancel: Callable[[], bool] | None = None
) -> Iterator[Piece]:
    """Each policy over one range, one after the other; the base's own sums where point -1 is asked for."""
    stop = cancel or _never
    sample = _champion(setting, own)
    with _lock_of(own):
        sample.ensure(own.count, stop)
    for number, policy in policies:
        trial = Trial(sample, policy)
        trial.go_on(own.count, stop)
        champion, challenger = trial.sums()
        if number < 0:
            yield Piece(number, own, champion, trial.total.moments.tobytes())
        else:
            yield Piece(number, own, challenger, WHOLE.packed(trial.total.shift))


def values_of(policy: Policy) -> dict[str, Any]:
    """A policy as plain values that can be sent elsewhere."""
    return policy.flat() | policy.head() | {"name": policy.name}


def told_setting(setting: Setting) -> dict[str, Any]:
    """A setting as plain values that can be sent elsewhere."""
    before = [(day, values_of(policy)) for day, policy in setting.before]
    return {**vars(setting), "champion": values_of(setting.champion), "before": before}


def strip_elsewhere(
    setting: dict[str, Any], own: Range, policies: Sequence[tuple[int, dict[str, Any]]]
) -> list[tuple[int, dict[str, Any], bytes]]:
    """All pieces of a strip as plain values, for a worker that is sent plain values."""
    before = tuple((day, checked(values)) for day, values in setting["before"])
    here = Setting(**{**setting, "champion": checked(setting["champion"]), "before": before})
    told = [(number, checked(values)) for number, values in policies]
    return [(piece.point, piece.numbers(), piece.moments) for piece in run_strip(here, own, told)]


def _never() -> bool:
    return False


_samples: dict[Any, Sample] = {}
_guard = threading.Lock()


@functools.cache
def _lock_of(own: Range) -> threading.Lock:
    return threading.Lock()


def _champion(setting: Setting, own: Range) -> Sample:
    """The base policy's side of a range; the last few are kept."""
    key = setting.key, own
    with _guard:
        found = _samples.get(key)
        if found is None:
            while len(_samples) >= KEPT:
                del _samples[next(iter(_samples))]
            found = _samples[key] = Sample(setting, 1, own.first)
    return found
