"""The waterfall: from the champion's profit to the challenger's, one step for each part of profit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simulator.lab.answer import Measured

PROFIT_PARTS: dict[str, int] = {
    "fee_income_fen": 1,
    "late_income_fen": 1,
    "merchant_income_fen": 1,
    "funding_cost_fen": -1,
    "provision_added_fen": -1,
    "charged_off_fen": -1,
    "recovered_fen": 1,
    "operating_cost_fen": -1,
    "collection_cost_fen": -1,
    "acquisition_cost_fen": -1,
}
"""What profit is made of, and whether it adds or takes away (RULES §12)."""


class Fall(NamedTuple):
    """One step: what a measure's difference does to profit, in fen, and where profit stands after it."""

    metric: str
    effect_fen: int
    after_fen: int


def waterfall(metrics: Mapping[str, Measured]) -> list[Fall]:
    """The steps in the order of the books; the last stands at the challenger's profit."""
    stands = metrics["profit_fen"].champion
    falls = []
    for metric, sign in PROFIT_PARTS.items():
        effect = sign * metrics[metric].difference
        stands += effect
        falls.append(Fall(metric, effect, stands))
    return falls
