"""Outcomes: every metric of each policy of a grid, and how sure its difference from the base is.

The errors are those that a comparison of the two policies has, from the same moments, paired by shopper (`paired`).
Importing this module imports Numba.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from simulator.lab.answer import Measured
from simulator.lab.figures import ALL_METRICS, ROLLS, totals
from simulator.lab.grid import Point
from simulator.lab.paired import errors
from simulator.lab.pieces import Piece
from simulator.lab.sample import WHOLE
from simulator.lab.setting import Setting
from simulator.lab.swept import Outcome
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy

BASE = -1
METRICS = tuple((at, name) for at, name in enumerate(ALL_METRICS) if name not in ROLLS)
"""The metrics of an outcome, each with its place among all."""


def whole_ranges(points: Sequence[Point], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of those ranges that every policy has met, by point and range."""
    policies = 1 + sum(point.policy is not None for point in points)
    met = Counter(piece.range.first for piece in pieces)
    found = [piece for piece in pieces if met[piece.range.first] == policies]
    return sorted(found, key=lambda piece: (piece.point, piece.range.first))


def outcomes_of(setting: Setting, points: Sequence[Point], pieces: Sequence[Piece]) -> tuple[Outcome, ...]:
    """Every policy's metrics and their errors, from the pieces by point and range."""
    by_point: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_point.setdefault(piece.point, []).append(piece)
    own = sum(np.frombuffer(piece.moments).reshape(WHOLE.groups, -1, 5) for piece in by_point[BASE])
    base, people = _totals(setting, setting.champion, by_point[BASE]), [sum(piece.range.count for piece in by_point[BASE])]
    found = []
    for point in points:
        if point.policy is not None:
            parts = by_point[point.number]
            other = _totals(setting, point.policy, parts)
            paired = errors(WHOLE, people, own, sum(WHOLE.unpacked(piece.moments) for piece in parts)).paired[0]
            found.append(Outcome(point, {name: Measured(base[name], other[name], float(paired[at])) for at, name in METRICS}))
    return tuple(found)


def _totals(setting: Setting, policy: Policy, parts: Sequence[Piece]) -> dict[str, int]:
    """A policy's metrics over all ranges."""
    whole = parts[0].sums
    for part in parts[1:]:
        whole = whole.plus(part.sums)
    return totals(whole, to_record(policy), setting.trial)
