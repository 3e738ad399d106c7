"""Groups: parts of the shoppers that are fixed before the trial, so that both policies meet the same ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.codes import GRADES
from simulator.lab.answer import GroupBy

AGES = ((18, 24), (25, 34), (35, 44), (45, 54), (55, 65))
KINDS: dict[GroupBy, tuple[str, ...]] = {
    "age": tuple(f"{low}-{high}" for low, high in AGES),
    "city_tier": ("1", "2", "3", "4", "5"),
    "income_fifth": ("1", "2", "3", "4", "5"),
    "owner": ("yes", "no"),
    "grade": GRADES,
}
COUNT = sum(len(keys) for keys in KINDS.values())
FIRST = {by: sum(len(KINDS[other]) for other in list(KINDS)[:place]) for place, by in enumerate(KINDS)}
METRICS = (
    "approval_ppm", "average_limit_fen", "service_over_40_ppm", "fee_burden_ppm", "given_up_fen", "leaver_ppm", "complaint_ppm",
    "loss_ppm", "charged_off_fen", "dpd30_plus_ppm",
)  # fmt: skip
"""Metrics of each group."""
REFERENCE = 4_096
"""The fifths of income are those of so many shoppers of the seed, whatever the sample."""


def fifths_of(crowd: Any) -> Any:
    """The incomes at which the second to the fifth fifth begin."""
    ordered = np.sort(crowd.born(1, REFERENCE).shoppers["income_fen"])
    return ordered[[REFERENCE * part // 5 for part in (1, 2, 3, 4)]]


def codes_of(accounts: Any, income: Any, fifths: Any) -> Any:
    """The group of each shopper of each kind (shoppers, kinds), -1 for none: those outside, and no grade."""
    starts = np.array([low for low, _high in AGES])
    age = np.searchsorted(starts, accounts["age"], side="right") - 1
    tier = accounts["city_tier"].astype(np.int64) - 1
    columns = {
        "age": np.where(accounts["age"] > AGES[-1][1], -1, age),
        "city_tier": np.where((tier >= 0) & (tier < len(KINDS["city_tier"])), tier, -1),
        "income_fifth": np.searchsorted(fifths, income, side="right"),
        "owner": np.where(accounts["owner"] != 0, 0, 1),
        "grade": accounts["grade"].astype(np.int64),
    }
    codes = [np.where(columns[by] >= 0, columns[by] + FIRST[by], -1) for by in KINDS]
    return np.stack(codes, axis=1).astype(np.int64)
