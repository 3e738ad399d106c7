"""Figures: what own rows come to, as whole numbers for a sample and as floats for the spread between shoppers.

A *quantity* is a weighed sum of a shopper's columns; a *metric* is the sum of one quantity over the sample, or
one such sum over another. Costs that the lender's books post for everybody at once (RULES §12) are weighed
out to shoppers by what causes them, so that their parts add up to the whole but for the rounding to the fen.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from simulator.calendar import DAYS_A_YEAR
from simulator.engine import measures as m
from simulator.engine.personal import COLUMN, WIDTH
from simulator.lab.period import Period
from simulator.lab.waterfall import PROFIT_PARTS
from simulator.market.metrics import METRICS
from simulator.policy.record import PolicyRecord
from simulator.rules.applications import APPLICATION_CODES
from simulator.rules.arithmetic import MILLION, ratio_ppm, share

FUNDING_PARTS = MILLION * DAYS_A_YEAR
OPEN_PARTS, OPEN_PROVISION = WIDTH, WIDTH + 1
"""Two more columns: funding not yet posted, in parts of a fen, and provision, when the period begins."""
Weights = dict[int, float]
CUTS = ("late", "score", "utilisation", "dormant", "warning")
"""Causes for which a permanent limit is cut."""
MOVED_BY = ("review", "request", *CUTS, "season", "expiry")
"""Causes by which a limit moves while its line goes on."""


def _last(name: str) -> int:
    return COLUMN[f"last_{name}"]


_SYSTEM = ("closed_overdue", "closed_fraud", "closed_breach", "closed_product_ended")
_SUMS: dict[str, tuple[str, ...]] = {
    "purchases": ("purchases", "cash_purchases"),
    "plan_fee_income_fen": ("plan_fee_fen", "settlement_fee_fen"),
    "revolving_income_fen": ("revolving_fee_fen",),
    "fee_income_fen": ("plan_fee_fen", "revolving_fee_fen", "settlement_fee_fen"),
    "closed_by_system": _SYSTEM,
    "suspended_overdue": ("suspended_overdue", "suspended_plan"),
    "leavers": ("leaver_ends",),
    "exposure_ends": ("exposure_ends",),
    "fees_paid_fen": ("fees_paid_fen",),
    "income_ends": ("income_ends",),
    "given_up_fen": ("given_up_fen",),
    "limits_raised": ("moved_review", "moved_request"),
    "limits_cut": tuple(f"moved_{cause}" for cause in CUTS),
    **{f"limits_{cause}": (f"moved_{cause}",) for cause in MOVED_BY},
    **{f"declined_{code}": (f"refused_{code}",) for code in APPLICATION_CODES},
    **{
        name: (name,)
        for name in (
            "applications", "decided", "approved", "planned_fen", "line_gmv_fen", "charged_off_fen", "recovered_fen",
            "merchant_income_fen", "late_income_fen", "acquisition_cost_fen", "limit_increases", "limit_decreases",
            "suspended_fraud", "closed_by_shopper", "reopened", "complaints", "had_line", "ever_90",
            "complained", "declined", "counter_offers",
        )
    },
    **{
        name: (f"last_{name}",)
        for name in (
            "open", "exposure_fen", "limit_total_fen", "dpd30_plus_fen", "dpd90_plus_fen", "over_indebted", "shoppers",
            "service_over_40", *(f"m{bucket}_fen" for bucket in range(7)),
        )
    },
    "active": ("last_active",),
    **{f"rolled_{bucket}": (f"rolled_{bucket}",) for bucket in range(7)},
    **{f"stood_{bucket}": (f"stood_{bucket}",) for bucket in range(7)},
}  # fmt: skip
"""Quantities that are plain sums of columns."""

RATIOS: dict[str, tuple[str, str, int]] = {
    "approval_ppm": ("approved", "decided", MILLION),
    "instalment_share_ppm": ("planned_fen", "line_gmv_fen", MILLION),
    "utilisation_ppm": ("exposure_fen", "limit_total_fen", MILLION),
    "dpd30_plus_ppm": ("dpd30_plus_fen", "exposure_fen", MILLION),
    "dpd90_plus_ppm": ("dpd90_plus_fen", "exposure_fen", MILLION),
    "return_ppm": ("profit_fen", "average_exposure_fen", MILLION),
    "loss_ppm": ("net_loss_fen", "average_exposure_fen", MILLION),
    "ever_90_ppm": ("ever_90", "had_line", MILLION),
    "average_limit_fen": ("limit_total_fen", "open", 1),
    "service_over_40_ppm": ("service_over_40", "shoppers", MILLION),
    "fee_burden_ppm": ("fees_paid_fen", "income_ends", MILLION),
    "leaver_ppm": ("leavers", "shoppers", MILLION),
    "complaint_ppm": ("complained", "shoppers", MILLION),
    **{f"roll_{bucket}": (f"rolled_{bucket}", f"stood_{bucket}", MILLION) for bucket in range(7)},
}
"""Metrics that are one sum over another: which, and in parts of what."""

ROLLS = tuple(f"roll_{bucket}" for bucket in range(7))
MORE_METRICS = (
    "line_fen", "average_exposure_fen", "return_ppm", "plan_fee_income_fen", "revolving_income_fen", "provision_added_fen",
    "loss_ppm", "ever_90_ppm", "m0_fen", "average_limit_fen", "service_over_40", "service_over_40_ppm", "fee_burden_ppm",
    "given_up_fen", "leaver_ppm", "complaint_ppm", "limits_raised", "limits_cut", *(f"limits_{cause}" for cause in MOVED_BY),
    "declined", "counter_offers", *(f"declined_{code}" for code in APPLICATION_CODES),
)  # fmt: skip
"""What the Lab shows beyond INTERFACE's metrics."""
ALL_METRICS = (*METRICS, *MORE_METRICS, *ROLLS)


class Metric(NamedTuple):
    """A metric by the places of its quantities; `below` is -1 where it is a plain sum."""

    name: str
    above: int
    below: int
    scale: int


class Weighing(NamedTuple):
    """Quantities as (column, quantity, weight) in three arrays."""

    columns: Any
    quantities: Any
    weights: Any


def weights(record: PolicyRecord, ended: int) -> dict[str, Weights]:
    """Of each quantity its columns and their weights under one policy; `ended` months of the period end in it."""
    made: dict[str, Weights] = {name: {COLUMN[each]: 1.0 for each in of} for name, of in _SUMS.items()}
    made["gmv_fen"] = {m.LINE_GMV: 1.0, m.CASH_GMV: 1.0, m.REFUNDED_FEN: -1.0}
    made["line_fen"] = {m.LINE_GMV: 1.0, m.LINE_REFUNDED: -1.0}
    made["store_margin_fen"] = {column: each * record.store_margin_ppm / MILLION for column, each in made["gmv_fen"].items()}
    made["net_loss_fen"] = {m.CHARGED_OFF_FEN: 1.0, m.RECOVERED: -1.0}
    made["average_exposure_fen"] = {COLUMN["exposure_ends"]: 1 / ended} if ended else dict(made["exposure_fen"])
    funding = {COLUMN["posted_days"]: record.funding_rate_ppm / FUNDING_PARTS, OPEN_PARTS: 1 / FUNDING_PARTS}
    provision = {COLUMN["provision_micro"]: 1 / MILLION} if ended else {OPEN_PROVISION: 1 / MILLION}
    made["provision_fen"] = provision
    made["funding_cost_fen"] = funding if ended else {}
    made["provision_added_fen"] = plus(provision, {OPEN_PROVISION: -1 / MILLION})
    made["operating_cost_fen"] = {COLUMN["active_ends"]: float(record.operating_fen)}
    made["collection_cost_fen"] = {COLUMN["late_ends"]: float(record.collection_fen)}
    made["profit_fen"] = plus(*(scaled(made[name], sign) for name, sign in PROFIT_PARTS.items()))
    return made


def scaled(given: Weights, by: float) -> Weights:
    """Weights times a number."""
    return {column: each * by for column, each in given.items()}


def plus(*parts: Weights) -> Weights:
    """The sum of weights."""
    made: Weights = {}
    for part in parts:
        for column, each in part.items():
            made[column] = made.get(column, 0.0) + each
    return {column: each for column, each in made.items() if each}


QUANTITIES = tuple(weights(PolicyRecord(), 1))
QUANTITY = {name: place for place, name in enumerate(QUANTITIES)}


def weighing(record: PolicyRecord, ended: int) -> Weighing:
    """The weights under a policy as arrays."""
    found = [
        (column, QUANTITY[name], each) for name, of in weights(record, ended).items() for column, each in sorted(of.items())
    ]
    columns, quantities, values = zip(*found, strict=True)
    return Weighing(np.array(columns), np.array(quantities), np.array(values, np.float64))


@functools.cache
def metric_places(names: tuple[str, ...] = ALL_METRICS) -> tuple[Metric, ...]:
    """Metrics by the places of their quantities."""
    found = []
    for name in names:
        above, below, scale = RATIOS.get(name, (name, "", 1))
        found.append(Metric(name, QUANTITY[above], QUANTITY[below] if below else -1, scale))
    return tuple(found)


@dataclass
class Sums:
    """Whole numbers of a sample over a period: columns, purchases by month, and what the period began with."""

    own: list[int]
    gmv: list[int]
    people: int
    open_all: int  # funding of the days before, in FUNDING_PARTS of a fen
    open_posted: int  # the part of it up to the last month's end before
    open_provision: int  # millionths of a fen

    def plus(self, other: Sums, sign: int = 1) -> Sums:
        """The sums of both, or what is left without the other."""
        return Sums(
            added(self.own, other.own, sign), added(self.gmv, other.gmv, sign), self.people + sign * other.people,
            self.open_all + sign * other.open_all, self.open_posted + sign * other.open_posted,
            self.open_provision + sign * other.open_provision,
        )  # fmt: skip

    def of(self, name: str) -> int:
        """The sum of a column."""
        return self.own[COLUMN[name]]

    def stock(self, name: str) -> int:
        """The sum of a stock as it last stood."""
        return self.own[_last(name)]


def totals(sums: Sums, record: PolicyRecord, period: Period) -> dict[str, int]:
    """Every metric of a sample, to the fen as the market's books have it (RULES §12, §13)."""
    found = sums_and_ratios(sums, record, period)
    return {name: found[name] for name in ALL_METRICS}


def sums_and_ratios(sums: Sums, record: PolicyRecord, period: Period) -> dict[str, int]:
    """Every metric, and what ratios are made of beside."""
    found = {name: sum(sums.of(each) for each in of) for name, of in _SUMS.items()}
    ended = period.ended
    found["gmv_fen"] = sum(sums.gmv)
    found["line_fen"] = sums.of("line_gmv_fen") - sums.of("line_refunded_fen")
    found["store_margin_fen"] = sum(share(each, record.store_margin_ppm) for each in sums.gmv)
    found["net_loss_fen"] = sums.of("charged_off_fen") - sums.of("recovered_fen")
    found["average_exposure_fen"] = sums.of("exposure_ends") // ended if ended else found["exposure_fen"]
    before = sums.open_provision // MILLION
    found["provision_fen"] = sums.of("provision_micro") // MILLION if ended else before
    found["provision_added_fen"] = found["provision_fen"] - before
    found["funding_cost_fen"] = _funding_fen(sums, record) if ended else 0
    found["operating_cost_fen"] = sums.of("active_ends") * record.operating_fen
    found["collection_cost_fen"] = sums.of("late_ends") * record.collection_fen
    found["profit_fen"] = sum(sign * found[name] for name, sign in PROFIT_PARTS.items())
    for name, (above, below, scale) in RATIOS.items():
        found[name] = ratio(found[above], found[below], scale)
    return found


def ratio(above: int, below: int, scale: int) -> int:
    """One sum over another, rounded down; 0 where there is nothing to divide by."""
    if scale == MILLION:
        return ratio_ppm(above, below)
    return above * scale // below if below > 0 else 0


def _funding_fen(sums: Sums, record: PolicyRecord) -> int:
    """Funding posted in the period: what earlier months left over goes in first. RULES §12."""
    rest = sums.open_all - sums.open_posted // FUNDING_PARTS * FUNDING_PARTS
    return (rest + sums.of("posted_days") * record.funding_rate_ppm) // FUNDING_PARTS


def whole(values: Any) -> list[int]:
    """An array's values as whole numbers."""
    return [int(value) for value in values]


def added(first: Sequence[int], second: Sequence[int], sign: int = 1) -> list[int]:
    """Two lists added place by place."""
    return [one + sign * other for one, other in zip(first, second, strict=True)]
