"""Annualised rates: per period, on equal months, and by exact dates (RULES §4; FACTS §3, PBoC 2021 No. 3).

Rates here are for showing and for the legal cap; no float ever holds money. Flows are in the
lender's view: what is lent below 0, what comes back above 0, in any one unit.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MONTHS = 12
DAYS_A_YEAR = 365
MILLION = 1_000_000
_SCAN = 400
_HALVINGS = 200


class NoRate(ValueError):
    """The flows have no rate: nothing is lent, or nothing comes back."""


def monthly_irr(flows: Sequence[float]) -> float:
    """The rate per period at which the flows are worth 0; of several the one nearest 0. Raises NoRate."""
    return _root(lambda rate: sum(flow / (1 + rate) ** place for place, flow in enumerate(flows)), flows)


def xirr(flows: Sequence[tuple[datetime.date, float]]) -> float:
    """The effective yearly rate by exact dates, actual/365 from the first flow given. Raises NoRate."""
    first = flows[0][0]
    years = [(date - first).days / DAYS_A_YEAR for date, _flow in flows]
    amounts = [flow for _date, flow in flows]
    return _root(
        lambda rate: sum(flow / (1 + rate) ** year for year, flow in zip(years, amounts, strict=True)), amounts
    )


def simple_rate(flows: Sequence[float]) -> float:
    """IRR of equal months × 12."""
    return monthly_irr(flows) * MONTHS


def effective_rate(flows: Sequence[float]) -> float:
    """(1 + IRR of equal months)^12 - 1."""
    return float((1 + monthly_irr(flows)) ** MONTHS - 1)


def simple_rate_ppm(terms: int, fee_rate_ppm: int) -> int:
    """The simple yearly rate of a plan without fen rounding, in ppm, rounded down. RULES §4.

    Exact: the largest whole ppm a year at which the terms are still worth at least what was lent.
    """
    if fee_rate_ppm == 0:
        return 0
    term = Fraction(1, terms) + Fraction(fee_rate_ppm, MILLION)
    low, high = 0, 100 * MILLION
    while high - low > 1:
        middle = (low + high) // 2
        growth = 1 / (1 + Fraction(middle, MONTHS * MILLION))
        worth = sum(term * growth**place for place in range(1, terms + 1))
        low, high = (middle, high) if worth >= 1 else (low, middle)
    return low


def rounded(rate: float, decimals: int) -> Decimal:
    """A rate as a percentage, rounded half up."""
    return (Decimal(rate) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _root(worth: Callable[[float], float], amounts: Sequence[float]) -> float:
    """The rate at which `worth` is 0, nearest to 0, by scanning outwards and halving."""
    if not (min(amounts) < 0 < max(amounts)):
        raise NoRate("what is lent and what comes back must both be there")
    here = worth(0.0)
    if here == 0:
        return 0.0
    up, down = (0.0, here), (0.0, here)
    for step in range(1, _SCAN + 1):
        above = 0.005 * step * 1.02**step
        value = worth(above)
        if value * up[1] <= 0:
            return _halved(worth, up[0], above)
        up = (above, value)
        below = -0.999 * step / _SCAN
        value = worth(below)
        if value * down[1] <= 0:
            return _halved(worth, below, down[0])
        down = (below, value)
    raise NoRate("no rate makes these flows worth 0")


def _halved(worth: Callable[[float], float], low: float, high: float) -> float:
    """The root between two rates of which one is worth more than 0 and one less."""
    at_low = worth(low)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        value = worth(middle)
        if value == 0 or high - low < 1e-16:
            return middle
        if value * at_low < 0:
            high = middle
        else:
            low, at_low = middle, value
    return (low + high) / 2
