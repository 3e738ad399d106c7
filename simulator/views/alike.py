"""Alike: somebody like a shopper who did well, to hold two lives against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator import codes
from simulator.market.protocol import Snapshot
from simulator.rules.arithmetic import MILLION, share

NEAR_YEARS, NEAR_PPM = 5, 200_000
"""How far apart in age and in income two people may be who are like each other."""
LEAST_BILLS = 6
"""So many bills paid on time in a row are no luck."""


@dataclass(frozen=True)
class Alike:
    """Who is like a shopper and has a line that goes well, the nearest in income first; and by what they were chosen."""

    city_tier: int
    ages: tuple[int, int]
    incomes_fen: tuple[int, int]
    numbers: list[int]  # of shoppers, from 1


def alike(snapshot: Snapshot, shopper: int) -> Alike:
    """Of the same city tier, near in age and income, with an open line, nothing late and enough bills on time."""
    columns, row = snapshot.columns, shopper - 1
    tier, age, income_fen = (int(columns[name][row]) for name in ("city_tier", "age", "income_fen"))
    ages = age - NEAR_YEARS, age + NEAR_YEARS
    incomes_fen = share(income_fen, MILLION - NEAR_PPM), share(income_fen, MILLION + NEAR_PPM)
    fits = columns["arrived"] & (columns["status"] == codes.ACTIVE) & (columns["dpd"] == 0)
    fits = fits & (columns["city_tier"] == tier) & (columns["streak"] >= LEAST_BILLS)
    for name, (low, high) in (("age", ages), ("income_fen", incomes_fen)):
        fits = fits & (columns[name] >= low) & (columns[name] <= high)
    fits[row] = False
    rows = [int(each) for each in fits.nonzero()[0]]
    rows.sort(key=lambda each: (abs(int(columns["income_fen"][each]) - income_fen), abs(int(columns["age"][each]) - age), each))
    return Alike(tier, ages, incomes_fen, [each + 1 for each in rows])


def never_late(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether in a whole life no bill was missed."""
    return all(event["event"] != "payment_missed" for event in events)
