"""Populations made by hand: columns of a snapshot with values that a test knows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator import codes
from simulator.population.jobs import JOB_NAMES
from simulator.population.names import given_names, surnames

DAY, DATE = 200, datetime.date(2025, 7, 20)
Array = NDArray[Any]


def columns(count: int, seed: int = 1) -> dict[str, Array]:
    """Columns of a mixed population; the same for a seed."""
    dice = np.random.default_rng(seed)

    def drawn(low: int, high: int, kind: type = np.int32) -> Array:
        return dice.integers(low, high, count).astype(kind)

    limit = drawn(0, 200) * 10_000
    limit[drawn(0, 4) == 0] = 0
    owed = (limit * drawn(0, 110).astype(np.int64) // 100).astype(np.int64)
    bucket = np.where(limit > 0, np.maximum(0, drawn(-20, 7)), 0).astype(np.int8)
    opened = np.where(limit > 0, drawn(-700, DAY), codes.NEVER)
    changed = np.where((limit > 0) & (drawn(0, 3) > 0), drawn(-300, DAY + 1), codes.NEVER)
    before = np.where(changed > codes.NEVER, drawn(1, 200) * 10_000, 0)
    status = np.where(limit > 0, codes.ACTIVE, drawn(0, 3)).astype(np.int8)
    status[bucket == 1] = codes.SOFT_BLOCKED
    status[bucket > 1] = codes.SUSPENDED
    status[(limit == 0) & (drawn(0, 5) == 0)] = codes.CLOSED
    closed = status == codes.CLOSED
    return {
        "status": status,
        "causes": np.where(status == codes.SUSPENDED, drawn(1, 8), 0).astype(np.int8),
        "closure_cause": np.where(closed, drawn(1, 7), 0).astype(np.int8),
        "locked": (drawn(0, 40) == 0).astype(np.int8),
        "hardship": (drawn(0, 50) == 0).astype(np.int8),
        "limit_fen": limit.astype(np.int64),
        "temporary_fen": np.where(drawn(0, 9) == 0, 50_000, 0).astype(np.int64),
        "exposure_fen": owed,
        "utilisation_ppm": np.where(limit > 0, owed * 1_000_000 // np.maximum(limit, 1), 0),
        "dpd": np.where(bucket > 0, bucket * 30 - drawn(0, 29), 0).astype(np.int32),
        "bucket": bucket,
        "score": drawn(300, 900),
        "grade": np.where(limit > 0, drawn(0, 5), codes.NO_GRADE).astype(np.int8),
        "streak": drawn(0, 20),
        "age": drawn(18, 70),
        "city_tier": drawn(1, 6, np.int8),
        "job": drawn(0, len(JOB_NAMES), np.int8),
        "owner": (drawn(0, 10) == 0).astype(np.int8),
        "student": (drawn(0, 12) == 0).astype(np.int8),
        "income_fen": drawn(200, 3_000).astype(np.int64) * 1_000,
        "surname": drawn(0, len(surnames()), np.int16),
        "given": drawn(0, len(given_names()), np.int16),
        "opened_day": opened,
        "closed_day": np.where(closed, drawn(-300, DAY + 1), codes.NEVER),
        "changed_day": changed,
        "changed_from_fen": before.astype(np.int64),
        "changed_to_fen": np.where(changed > codes.NEVER, limit, 0).astype(np.int64),
        "changed_cause": np.where(changed > codes.NEVER, drawn(0, 11), -1).astype(np.int8),
    }


@dataclass(frozen=True)
class Made:
    """A snapshot made by hand."""

    day: int
    date: datetime.date
    shoppers: int
    columns: dict[str, Array]
    monthly: list[dict[str, int]] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    today: dict[str, int] = field(default_factory=dict)
    daily: dict[str, Array] = field(default_factory=dict)
    bucket_fen: Array = field(default_factory=lambda: np.zeros((0, 7), dtype=np.int64))
    news: Array = field(default_factory=lambda: np.zeros(0))
