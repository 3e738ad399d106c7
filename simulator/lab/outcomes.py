"""Outcomes: every metric of each policy of a grid, and how sure its difference from the base is.

The *band* of a metric is its 95 % interval against the base policy, from what leaving out one range of shoppers
after another does to the difference (the jackknife). Importing this module imports Numba.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from simulator.lab.answer import Measured
from simulator.lab.figures import ALL_METRICS, RATIOS, ROLLS, Sums, totals
from simulator.lab.grid import Point
from simulator.lab.pieces import Piece
from simulator.lab.setting import Setting
from simulator.lab.swept import Outcome
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy

BASE = -1
METRICS = tuple(name for name in ALL_METRICS if name not in ROLLS)


def whole_ranges(points: Sequence[Point], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of those ranges that every policy has met, by point and range."""
    policies = 1 + sum(point.policy is not None for point in points)
    met = Counter(piece.range.first for piece in pieces)
    found = [piece for piece in pieces if met[piece.range.first] == policies]
    return sorted(found, key=lambda piece: (piece.point, piece.range.first))


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
