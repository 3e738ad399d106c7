"""Metrics: what a run of the market comes to, under the names of INTERFACE (RULES §13).

A *flow* is summed over the period, a *stock* is the last value, a *ratio* is worked out anew from both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulator.calendar import Calendar, add_months
from simulator.codes import GRADES
from simulator.engine import measures as m
from simulator.engine.run import Measures
from simulator.market.books import MonthBooks
from simulator.rules.arithmetic import ratio_ppm

Metrics = dict[str, Any]
NO_GRADE = "none"
BUCKETS = ("M0", "M1", "M2", "M3", "M4", "M5", "M6")
ROLLED_TO = (*BUCKETS, "charged_off", "gone")

_BY_SYSTEM = (m.CLOSED_OVERDUE_COUNT, m.CLOSED_FRAUD_COUNT, m.CLOSED_BREACH_COUNT, m.CLOSED_ENDED)

_FLOWS: dict[str, Callable[[MonthBooks], int]] = {
    "applications": lambda month: month.flows[m.APPLICATIONS],
    "approved": lambda month: month.flows[m.APPROVED],
    "purchases": lambda month: month.flows[m.PURCHASES] + month.flows[m.CASH_PURCHASES],
    "gmv_fen": lambda month: month.gmv_fen,
    "charged_off_fen": lambda month: month.flows[m.CHARGED_OFF_FEN],
    "recovered_fen": lambda month: month.flows[m.RECOVERED],
    "fee_income_fen": lambda month: month.fee_income_fen,
    "merchant_income_fen": lambda month: month.flows[m.MERCHANT_INCOME],
    "late_income_fen": lambda month: month.flows[m.LATE_INCOME],
    "funding_cost_fen": lambda month: month.funding_fen,
    "operating_cost_fen": lambda month: month.operating_fen,
    "collection_cost_fen": lambda month: month.collection_fen,
    "acquisition_cost_fen": lambda month: month.flows[m.ACQUISITION_COST],
    "profit_fen": lambda month: month.profit_fen,
    "store_margin_fen": lambda month: month.store_margin_fen,
    "limit_increases": lambda month: month.flows[m.LIMIT_INCREASES],
    "limit_decreases": lambda month: month.flows[m.LIMIT_DECREASES],
    "suspended_overdue": lambda month: month.flows[m.SUSPENDED_OVERDUE] + month.flows[m.SUSPENDED_PLAN],
    "suspended_fraud": lambda month: month.flows[m.SUSPENDED_FRAUD],
    "closed_by_shopper": lambda month: month.flows[m.CLOSED_SHOPPER],
    "closed_by_system": lambda month: sum(month.flows[each] for each in _BY_SYSTEM),
    "reopened": lambda month: month.flows[m.REOPENED],
    "leavers": lambda month: month.stocks[m.LEAVERS] if month.span.ended else 0,
    "complaints": lambda month: month.flows[m.COMPLAINTS_COUNT],
}


def _in_bucket(bucket: int) -> Callable[[MonthBooks], int]:
    """Exposure of the accounts in a bucket."""
    return lambda month: month.stocks[m.M0 + bucket]


_STOCKS: dict[str, Callable[[MonthBooks], int]] = {
    "active": lambda month: month.stocks[m.ACTIVE_COUNT],
    "exposure_fen": lambda month: month.stocks[m.EXPOSURE],
    "utilisation_ppm": lambda month: ratio_ppm(month.stocks[m.EXPOSURE], month.stocks[m.LIMIT_TOTAL]),
    **{f"m{bucket}_fen": _in_bucket(bucket) for bucket in range(1, 7)},
    "dpd30_plus_ppm": lambda month: ratio_ppm(month.stocks[m.DPD30], month.stocks[m.EXPOSURE]),
    "dpd90_plus_ppm": lambda month: ratio_ppm(month.stocks[m.DPD90], month.stocks[m.EXPOSURE]),
    "provision_fen": lambda month: month.after.provision_fen,
    "limit_total_fen": lambda month: month.stocks[m.LIMIT_TOTAL],
    "over_indebted": lambda month: month.stocks[m.OVER_INDEBTED],
}

_RATIOS: dict[str, tuple[int, int]] = {
    "approval_ppm": (m.APPROVED, m.DECIDED),
    "instalment_share_ppm": (m.PLANNED, m.LINE_GMV),
}
"""Ratios of flows."""

METRICS = (
    "applications", "approved", "approval_ppm", "active", "purchases", "gmv_fen", "instalment_share_ppm", "exposure_fen",
    "utilisation_ppm", "m1_fen", "m2_fen", "m3_fen", "m4_fen", "m5_fen", "m6_fen", "dpd30_plus_ppm", "dpd90_plus_ppm",
    "charged_off_fen", "recovered_fen", "provision_fen", "fee_income_fen", "merchant_income_fen", "late_income_fen",
    "funding_cost_fen", "operating_cost_fen", "collection_cost_fen", "acquisition_cost_fen", "profit_fen",
    "store_margin_fen", "limit_increases", "limit_decreases", "limit_total_fen", "suspended_overdue", "suspended_fraud",
    "closed_by_shopper", "closed_by_system", "reopened", "leavers", "complaints", "over_indebted",
)  # fmt: skip
"""Every metric, in INTERFACE's order."""


def totals(months: Sequence[MonthBooks]) -> Metrics:
    """The metrics of a period."""
    values: Metrics = {name: sum(of(month) for month in months) for name, of in _FLOWS.items()}
    values |= {name: of(months[-1]) for name, of in _STOCKS.items()}
    for name, (part, whole) in _RATIOS.items():
        values[name] = ratio_ppm(
            sum(month.flows[part] for month in months), sum(month.flows[whole] for month in months)
        )
    return {name: values[name] for name in METRICS}


def monthly(months: Sequence[MonthBooks]) -> list[Metrics]:
    """The metrics of each month."""
    return [{"month": month.span.label, **totals([month])} for month in months]


def limit_changes(measures: Measures) -> dict[str, int]:
    """How many limit changes each cause brought."""
    return {cause: int(count) for cause, count in zip(m.CAUSES, measures.causes[:, 0], strict=True)}


def roll_rates(measures: Measures, months: Sequence[MonthBooks]) -> list[Metrics]:
    """Share of a bucket's exposure that is in another a month later, by the later month."""
    rows: list[Metrics] = []
    for place, month in enumerate(months):
        if not month.span.ended:
            continue
        for bucket, name in enumerate(BUCKETS):
            moved = [int(value) for value in measures.roll[place, bucket]]
            rows += [
                {"month": month.span.label, "from": name, "to": to, "roll_ppm": ratio_ppm(part, sum(moved))}
                for to, part in zip(ROLLED_TO, moved, strict=True)
                if part
            ]
    return rows


def vintages(vintage_counts: Any, calendar: Calendar, first_day: int) -> list[Metrics]:
    """Lines by the month of their opening and their age in months: the share ever over 90 days late.

    `vintage_counts` are those of the warm-up and of the measured days together, months from that of
    `first_day` on.
    """
    first = calendar.date_of(first_day).replace(day=1)
    rows: list[Metrics] = []
    for opened, ages in enumerate(vintage_counts):
        label = f"{add_months(first, opened):%Y-%m}"
        for age, (accounts, over) in enumerate(ages.tolist()):
            if accounts:
                rows.append(
                    {
                        "month": label,
                        "age": age,
                        "accounts": accounts,
                        "ever_90_ppm": ratio_ppm(over, accounts),
                    }
                )
    return rows


def by_grade(months: Sequence[MonthBooks]) -> list[Metrics]:
    """Open accounts and exposure as they last stood, charge-offs and profit of the period, by grade.

    What has no grade stands under "none". Profit adds up to that of the whole book.
    """
    profits = [sum(each) for each in zip(*(month.grade_profits() for month in months), strict=True)]
    rows: list[Metrics] = []
    for place, name in enumerate((*GRADES, NO_GRADE)):
        last = months[-1].grades[place]
        rows.append(
            {
                "grade": name,
                "accounts": last[m.GRADE_ACCOUNTS],
                "exposure_fen": last[m.GRADE_EXPOSURE],
                "dpd30_plus_ppm": ratio_ppm(last[m.GRADE_DPD30], last[m.GRADE_EXPOSURE]),
                "charged_off_fen": sum(month.grades[place][m.GRADE_CHARGED_OFF] for month in months),
                "profit_fen": profits[place],
            }
        )
    return [row for row in rows if row["grade"] != NO_GRADE or any(v for k, v in row.items() if k != "grade")]
