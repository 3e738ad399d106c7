"""Books: the lender's monthly accounts of a whole market, from the tallies of a run (RULES §12).

A *month* here is a calendar month of the run. Funding, provision, operating and collection cost are
posted at a month's end for the whole book; a month that has not ended has none of them yet. All
amounts are whole fen; what a division leaves is carried into the next month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from simulator.calendar import DAYS_A_YEAR, Calendar
from simulator.engine import measures as m
from simulator.engine.run import Measures
from simulator.market.calendar_months import Span, spans
from simulator.policy.record import PolicyRecord
from simulator.rules.arithmetic import MILLION, share

GRADES = m.GRADE_ROWS


@dataclass(frozen=True)
class Carried:
    """What one month's books hand on to the next."""

    exposure_fen: int = 0
    provision_fen: int = 0
    funding_rest: int = 0  # of MILLION * DAYS_A_YEAR parts of a fen
    grade_provisions: tuple[int, ...] = (0,) * GRADES


@dataclass(frozen=True)
class MonthBooks:
    """One month: its flows and stocks by number, and what is posted at its end."""

    span: Span
    flows: tuple[int, ...]  # by measures.FLOWS
    stocks: tuple[int, ...]  # by measures.STOCKS
    grades: tuple[tuple[int, ...], ...]  # by grade row, then measures.BY_GRADE
    policy: PolicyRecord = field(repr=False)
    before: Carried
    after: Carried
    funding_fen: int
    operating_fen: int
    collection_fen: int

    @property
    def fee_income_fen(self) -> int:
        """Plan, revolving and settlement fees. RULES §13."""
        return self.flows[m.PLAN_FEE] + self.flows[m.REVOLVING_FEE] + self.flows[m.SETTLEMENT_FEE]

    @property
    def provision_change_fen(self) -> int:
        """By how much the provision grew."""
        return self.after.provision_fen - self.before.provision_fen

    @property
    def profit_fen(self) -> int:
        """RULES §12: income - funding - change in provision - charge-offs + recoveries - costs."""
        income = self.fee_income_fen + self.flows[m.LATE_INCOME] + self.flows[m.MERCHANT_INCOME]
        lost = self.flows[m.CHARGED_OFF_FEN] - self.flows[m.RECOVERED] + self.provision_change_fen
        costs = self.operating_fen + self.collection_fen + self.flows[m.ACQUISITION_COST]
        return income - self.funding_fen - lost - costs

    @property
    def gmv_fen(self) -> int:
        """All purchases, line and cash, less refunds. RULES §13."""
        return self.flows[m.LINE_GMV] + self.flows[m.CASH_GMV] - self.flows[m.REFUNDED_FEN]

    @property
    def store_margin_fen(self) -> int:
        """The store's margin on those purchases, beside the lender's profit. RULES §12."""
        return share(self.gmv_fen, self.policy.store_margin_ppm)

    def grade_profits(self) -> list[int]:
        """The month's profit by grade row; funding by month-end exposure. They add up to the whole."""
        funding = split(self.funding_fen, [row[m.GRADE_EXPOSURE] for row in self.grades])
        profits = []
        for place, row in enumerate(self.grades):
            provision = self.after.grade_provisions[place] - self.before.grade_provisions[place]
            lost = row[m.GRADE_CHARGED_OFF] - row[m.GRADE_RECOVERED] + provision
            costs = funding[place]
            if self.span.ended:
                costs += row[m.GRADE_ACTIVE] * self.policy.operating_fen
                costs += row[m.GRADE_LATE] * self.policy.collection_fen
            profits.append(row[m.GRADE_INCOME] - lost - costs)
        return profits


def month_books(
    measures: Measures, calendar: Calendar, policies: Sequence[PolicyRecord], opening: Carried
) -> list[MonthBooks]:
    """The books of every month of a run, in order.

    `policies` has the record in force at each month's end; `opening` is what the days before handed on.
    Raises ValueError where the daily changes of exposure do not lead to the exposure of a month's end.
    """
    found: list[MonthBooks] = []
    carried = opening
    for place, span in enumerate(spans(calendar, measures.first_day, len(measures.daily))):
        month = _month(measures, place, span, policies[place], carried)
        found.append(month)
        carried = month.after
    return found


def _month(measures: Measures, place: int, span: Span, policy: PolicyRecord, before: Carried) -> MonthBooks:
    daily = measures.daily[span.first : span.stop]
    flows, stocks = _whole(daily.sum(axis=0)), _whole(measures.stocks[place])
    grades = tuple(_whole(row) for row in measures.grades[place])
    path = list(accumulate(_whole(daily[:, m.EXPOSURE_CHANGE]), initial=before.exposure_fen))
    exposure_days = sum(path[1:])
    funding = operating = collection = 0
    rest = before.funding_rest
    provision, by_grade = before.provision_fen, before.grade_provisions
    if span.ended:
        if path[-1] != stocks[m.EXPOSURE]:
            raise ValueError(f"{span.label}: exposure by day {path[-1]}, at month-end {stocks[m.EXPOSURE]}")
        funding, rest = divmod(rest + exposure_days * policy.funding_rate_ppm, MILLION * DAYS_A_YEAR)
        operating = stocks[m.ACTIVE_COUNT] * policy.operating_fen
        collection = stocks[m.LATE_ACCOUNTS] * policy.collection_fen
        provision, by_grade = _provisions(grades)
    else:
        rest += exposure_days * policy.funding_rate_ppm
    after = Carried(path[-1], provision, rest, by_grade)
    return MonthBooks(
        span, flows, stocks, grades, policy, before, after, funding, operating, collection
    )


def _provisions(grades: Sequence[Sequence[int]]) -> tuple[int, tuple[int, ...]]:
    """The whole provision and each grade's part of it, in fen."""
    reached = [each // MILLION for each in accumulate((row[m.GRADE_PROVISION] for row in grades), initial=0)]
    parts = tuple(after - before for before, after in pairwise(reached))
    return reached[-1], parts


def split(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """An amount in parts by weight that add up to it; all in the last where nothing weighs."""
    total = sum(weights)
    if total == 0:
        return [0] * (len(weights) - 1) + [amount_fen]
    reached = [amount_fen * each // total for each in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(reached)]


def _whole(values: Any) -> tuple[int, ...]:
    """An array's values as whole numbers without bound."""
    return tuple(int(value) for value in np.asarray(values))
