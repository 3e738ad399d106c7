"""Annualised rates: per period, on equal months, and by exact dates (RULES §4; FACTS §1.2).

Rates here are for showing and for the legal cap; no float ever holds money. Flows are in the
lender's view: what is lent below 0, what comes back above 0, in any one unit.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from simulator.calendar import DAYS_A_YEAR

MONTHS = 12
MILLION = 1_000_000

_FIRST_STEP = 0.001
_GROWTH = 1.03
_FARTHEST = 700.0  # e^700 is the end of what a float holds


class NoRate(ValueError):
    """The flows have no rate: nothing is lent, or nothing comes back."""


def monthly_irr(flows: Sequence[float]) -> float:
    """The rate per period at which the flows are worth 0; of several the one nearest 0. Raises NoRate."""
    return _root(range(len(flows)), flows)


def xirr(flows: Sequence[tuple[datetime.date, float]]) -> float:
    """The effective yearly rate by exact dates, actual/365 from the first flow given. Raises NoRate."""
    years = [(date - flows[0][0]).days / DAYS_A_YEAR for date, _flow in flows]
    return _root(years, [flow for _date, flow in flows])


def simple_rate(month: float) -> float:
    """The simple yearly rate of an IRR of equal months: × 12."""
    return month * MONTHS


def effective_rate(month: float) -> float:
    """The effective one: (1 + IRR)^12 - 1."""
    return float((1 + month) ** MONTHS - 1)


def simple_rate_ppm(terms: int, fee_rate_ppm: int) -> int:
    """The simple yearly rate of a plan without fen rounding, in ppm, rounded up. RULES §4.

    It is the smallest whole ppm at which the terms are worth no more than what was lent, found in whole numbers
    alone, so that no machine's arithmetic can move a plan over the cap; and as the cap is a whole number too, the
    one is above the other exactly where the true rate is.
    """
    if fee_rate_ppm == 0:
        return 0
    low, high = 0, 100 * MILLION
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _worth_more(terms, fee_rate_ppm, middle) else (low, middle)
    return high


def _worth_more(terms: int, fee_rate_ppm: int, simple_ppm: int) -> bool:
    """Whether n payments of 1/n + fee, discounted at a simple yearly rate above 0, are worth more than 1.

    With g = 1 / (1 + rate / 12) = whole / grown, g + g² + … + gⁿ = whole × (1 - gⁿ) / simple_ppm.
    """
    whole = MONTHS * MILLION
    whole_power: int = whole**terms
    grown_power: int = (whole + simple_ppm) ** terms
    payment_over, payment_under = MILLION + terms * fee_rate_ppm, terms * MILLION
    return payment_over * whole * (grown_power - whole_power) > payment_under * simple_ppm * grown_power


def rounded(rate: float, decimals: int) -> Decimal:
    """A rate as a percentage, rounded half up."""
    return (Decimal(rate) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _root(times: Sequence[float], amounts: Sequence[float]) -> float:
    """The rate nearest 0 at which the flows are worth 0: steps outwards on both sides, then halving.

    Steps are taken in the logarithm of 1 + rate, which reaches every rate above -100 %.
    """
    flows = sorted((time, amount) for time, amount in zip(times, amounts, strict=True) if amount)
    if not flows or not min(amounts) < 0 < max(amounts):
        raise NoRate("what is lent and what comes back must both be there")
    at_zero = _worth(flows, 0.0)
    if at_zero == 0:
        return 0.0
    near, step = 0.0, _FIRST_STEP
    while near < _FARTHEST:
        far = near + step
        found = [
            math.expm1(_halved(flows, side * near, side * far))
            for side in (1, -1)
            if _worth(flows, side * far) * at_zero <= 0
        ]
        if found:
            return min(found, key=abs)
        near, step = far, step * _GROWTH
    raise NoRate("no rate makes these flows worth 0")


def _worth(flows: Sequence[tuple[float, float]], log_rate: float) -> float:
    """What the flows are worth, on the day on which no factor is above 1; its sign alone counts."""
    day = flows[0][0] if log_rate >= 0 else flows[-1][0]
    return math.fsum(amount * math.exp(-log_rate * (time - day)) for time, amount in flows)


def _halved(flows: Sequence[tuple[float, float]], near: float, far: float) -> float:
    """The place between two where the worth changes its sign."""
    above = _worth(flows, near) > 0
    while True:
        middle = (near + far) / 2
        if middle in (near, far):
            return middle
        if (_worth(flows, middle) > 0) == above:
            near = middle
        else:
            far = middle
