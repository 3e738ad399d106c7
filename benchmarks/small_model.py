"""The small model: its numbers, its arrivals and its checksum, for the versions in Python.

docs/small-model.md holds the model to the letter; benchmarks/small_model.c has numbers of its own. What is
here works alike on whole numbers and on NumPy's arrays of 64-bit integers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from simulator.random import MASK, below, mixed

MONTH = 30
DUE_DAYS = 9
REVIEW_STATEMENTS = 6
CUT_ABOVE_DPD = 10
HUNDRED_YUAN = 10_000
MAX_LIMIT = 5_000_000
CHANCE = 10_923
LEAST_BASKET = 1_000
LATE_PPM = 500
STEP = 0x61C88647


class Totals(NamedTuple):
    """What every version must agree on: the checksum, and sums over all shoppers."""

    checksum: int
    bought_fen: int
    paid_fen: int
    fees_fen: int
    late_days: int
    raises: int
    cuts: int


class Arrival(NamedTuple):
    """What a shopper brings: numbers, or arrays of them."""

    key: Any
    income: Any
    pay_day: Any
    statement_day: Any
    attention: Any
    living: Any
    limit: Any
    cash: Any


def draw(key: Any, number: Any) -> Any:
    """A shopper's draw by number: days from 0, traits below 0."""
    return mixed((key + number * STEP) & MASK)


def thought(drawn: Any) -> Any:
    """By the day's draw, what a shopper's attention must be above to think of a payment."""
    return mixed((drawn + 1) & MASK) & 0xFFFF


def arrival(seed: int, shopper: Any) -> Arrival:
    """A shopper on day 0 by number, from 0."""
    key = mixed((mixed(seed & MASK) + shopper) & MASK)
    income = 300_000 + below(draw(key, -1), 1_200_001)
    return Arrival(
        key=key,
        income=income,
        pay_day=below(draw(key, -2), MONTH),
        statement_day=below(draw(key, -3), MONTH),
        attention=39_322 + below(draw(key, -4), 26_215),
        living=income * (40 + below(draw(key, -5), 41)) // 3000,
        limit=income // 2 // HUNDRED_YUAN * HUNDRED_YUAN,
        cash=income // 2,
    )


def folded(key: Any, values: Iterable[Any]) -> Any:
    """One word out of a shopper's key and figures."""
    word = key
    for value in values:
        word = mixed(word ^ (value & MASK))
    return word
