"""Paired: how sure a difference between two policies is, from the same shoppers under both.

A *quantity* is a number a shopper, a *metric* the sum of one quantity or one such sum over another. With a
and b the quantities above and below, d their shifts from champion to challenger, a ratio's difference is
taken as linear in each shopper's part (the delta method). Only sums of products are kept, so that blocks of
shoppers add up; who is the same under both adds exactly nothing. Importing this module imports Numba.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np

from simulator.engine import kernels
from simulator.lab.figures import Metric, Weighing

assert kernels.CACHE
A, B, AA, AB, BB = range(5)
"""Moments of a policy: sums and sums of products."""
DA, DB, DADA, DADB, DBDB, ADA, ADB, BDA, BDB = range(9)
"""Moments of the shift between two."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def weighed(own: Any, opening: Any, columns: Any, quantities: Any, weights: Any, out: Any) -> None:
    """Quantities of each shopper; `opening` are two more columns."""
    width = own.shape[1]
    for i in range(len(own)):
        for q in range(out.shape[1]):
            out[i, q] = 0.0
        for j in range(len(columns)):
            column = columns[j]
            value = float(own[i, column]) if column < width else opening[i, column - width]
            out[i, quantities[j]] += weights[j] * value


@numba.njit(nogil=True, cache=True, error_model="numpy")
def moments(values: Any, codes: Any, above: Any, below: Any, out: Any) -> None:
    """Add shoppers to the moments of their groups: out (groups, metrics, 5); a code under 0 is no group."""
    for i in range(len(values)):
        for k in range(codes.shape[1]):
            group = codes[i, k]
            if group < 0:
                continue
            for metric in range(len(above)):
                a = values[i, above[metric]]
                b = values[i, below[metric]] if below[metric] >= 0 else 0.0
                sums = out[group, metric]
                sums[0] += a
                sums[1] += b
                sums[2] += a * a
                sums[3] += a * b
                sums[4] += b * b


@numba.njit(nogil=True, cache=True, error_model="numpy")
def shifts(first: Any, second: Any, codes: Any, above: Any, below: Any, out: Any) -> None:
    """Add shoppers to the moments of the shift in their groups: out (groups, metrics, 9)."""
    for i in range(len(first)):
        for k in range(codes.shape[1]):
            group = codes[i, k]
            if group < 0:
                continue
            for metric in range(len(above)):
                a = first[i, above[metric]]
                da = second[i, above[metric]] - a
                b, db = 0.0, 0.0
                if below[metric] >= 0:
                    b = first[i, below[metric]]
                    db = second[i, below[metric]] - b
                if da == 0.0 and db == 0.0:
                    continue
                sums = out[group, metric]
                sums[0] += da
                sums[1] += db
                sums[2] += da * da
                sums[3] += da * db
                sums[4] += db * db
                sums[5] += a * da
                sums[6] += a * db
                sums[7] += b * da
                sums[8] += b * db


@dataclass(frozen=True)
class Ledger:
    """Metrics and groups for which moments are kept."""

    metrics: tuple[Metric, ...]
    groups: int

    def places(self) -> tuple[Any, Any]:
        """Quantities above and below."""
        return np.array([each.above for each in self.metrics]), np.array([each.below for each in self.metrics])

    def moments_of(self, values: Any, codes: Any) -> Any:
        """Moments of some shoppers."""
        out = np.zeros((self.groups, len(self.metrics), 5))
        moments(values, codes, *self.places(), out)
        return out

    def shifts_of(self, first: Any, second: Any, codes: Any) -> Any:
        """Moments of the shift of some shoppers."""
        out = np.zeros((self.groups, len(self.metrics), 9))
        shifts(first, second, codes, *self.places(), out)
        return out

    def packed(self, shift: Any) -> bytes:
        """Moments of a shift without those that are nothing: a plain sum has no quantity below."""
        return bytes(shift[:, self._moving].tobytes())

    def unpacked(self, packed: bytes) -> Any:
        """The moments of a shift that were packed."""
        out = np.zeros((self.groups, len(self.metrics), 9))
        out[:, self._moving] = np.frombuffer(packed).reshape(self.groups, -1)
        return out

    @property
    def _moving(self) -> Any:
        """Which moments of a shift are not nothing."""
        return self.is_ratio[:, None] | np.isin(np.arange(9), (DA, DADA, ADA))

    @property
    def scales(self) -> Any:
        """What a ratio is in parts of; 1 for sums."""
        return np.array([float(each.scale) for each in self.metrics])

    @property
    def is_ratio(self) -> Any:
        """Which metrics are ratios."""
        return np.array([each.below >= 0 for each in self.metrics])


def quantities(own: Any, opening: Any, weighing: Weighing, count: int) -> Any:
    """Quantities (shoppers, count) of own rows."""
    out = np.empty((len(own), count))
    weighed(own, opening, *weighing, out)
    return out


@dataclass(frozen=True)
class Errors:
    """Standard errors by group and metric, in the metric's own unit: of the paired difference, of each alone."""

    paired: Any
    champion: Any
    challenger: Any

    @property
    def alone(self) -> Any:
        """What the difference's would be, had each policy met people and luck of its own."""
        return np.hypot(self.champion, self.challenger)


def errors(ledger: Ledger, people: Any, own: Any, shift: Any) -> Errors:
    """Errors from the champion's moments and the shift's; `people` in each group."""
    then = _moments_after(own, shift)
    c1, k1 = _slopes(ledger, own)
    c2, k2 = _slopes(ledger, then)
    dc, dk = c2 - c1, k2 - k1
    d = np.moveaxis(shift, -1, 0)
    square = (
        _square(own, dc, dk)
        + c2 * c2 * d[DADA] + 2 * c2 * k2 * d[DADB] + k2 * k2 * d[DBDB]
        + 2 * (dc * c2 * d[ADA] + dc * k2 * d[ADB] + dk * c2 * d[BDA] + dk * k2 * d[BDB])
    )  # fmt: skip
    mean = dc * own[..., A] + dk * own[..., B] + c2 * d[DA] + k2 * d[DB]
    count = np.asarray(people, np.float64)[:, None]
    return Errors(
        _error(count, square, mean),
        _error(count, _square(own, c1, k1), c1 * own[..., A] + k1 * own[..., B]),
        _error(count, _square(then, c2, k2), c2 * then[..., A] + k2 * then[..., B]),
    )


def _moments_after(own: Any, shift: Any) -> Any:
    """Moments of the challenger."""
    then = own.copy()
    then[..., A] += shift[..., DA]
    then[..., B] += shift[..., DB]
    then[..., AA] += 2 * shift[..., ADA] + shift[..., DADA]
    then[..., AB] += shift[..., ADB] + shift[..., BDA] + shift[..., DADB]
    then[..., BB] += 2 * shift[..., BDB] + shift[..., DBDB]
    return then


def _slopes(ledger: Ledger, own: Any) -> tuple[Any, Any]:
    """By how much a metric moves with one shopper's quantity above and below; 0 where there is nothing below."""
    below = own[..., B]
    safe = np.where(below > 0, below, 1.0)
    held = below > 0
    c = np.where(ledger.is_ratio, np.where(held, ledger.scales / safe, 0.0), 1.0)
    k = np.where(ledger.is_ratio & held, -ledger.scales * own[..., A] / safe**2, 0.0)
    return c, k


def _square(own: Any, c: Any, k: Any) -> Any:
    return c * c * own[..., AA] + 2 * c * k * own[..., AB] + k * k * own[..., BB]


def _error(count: Any, square: Any, mean: Any) -> Any:
    """Standard error of a sum over so many shoppers, from the sum of squares and the sum."""
    spread = np.maximum(square - mean * mean / np.maximum(count, 1.0), 0.0)
    return np.sqrt(spread * count / np.maximum(count - 1.0, 1.0))
