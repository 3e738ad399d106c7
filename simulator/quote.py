"""A quote: what a purchase on terms costs, and its annualised rates (INTERFACE, quote; RULES §4)."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.calendar import next_month_day
from simulator.files import fixture
from simulator.rates import effective_rate, monthly_irr, rounded, simple_rate, simple_rate_ppm, xirr
from simulator.rules.arithmetic import last_principal_fen, term_fee_fen, term_principal_fen

if TYPE_CHECKING:
    from simulator.policy.schema import Policy

UNDER_MIN_PLAN, OVER_RATE_CAP = "under_min_plan", "over_rate_cap"

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Payment:
    """One term's payment."""

    term: int
    due_date: datetime.date
    principal_fen: int
    fee_fen: int

    @property
    def total_fen(self) -> int:
        """Principal and fee."""
        return self.principal_fen + self.fee_fen


class Rates(NamedTuple):
    """Rates in percent: of a month, × 12, compounded to a year, and by exact dates."""

    irr_month_percent: Decimal
    simple_rate_percent: Decimal
    effective_rate_percent: Decimal
    xirr_percent: Decimal


@dataclass(frozen=True)
class Quote:
    """A purchase on terms: payments, sums, rates, and as codes what a policy would not allow."""

    amount_fen: int
    terms: int
    fee_rate_ppm: int
    date: datetime.date
    payments: tuple[Payment, ...]
    rates: Rates
    warnings: tuple[str, ...] = ()

    @property
    def total_fee_fen(self) -> int:
        """All fees."""
        return sum(payment.fee_fen for payment in self.payments)

    @property
    def total_fen(self) -> int:
        """All payments."""
        return sum(payment.total_fen for payment in self.payments)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of INTERFACE."""
        return {
            "amount_fen": self.amount_fen,
            "terms": self.terms,
            "fee_rate_ppm": self.fee_rate_ppm,
            "payments": [
                {
                    "term": payment.term,
                    "due_date": payment.due_date.isoformat(),
                    "principal_fen": payment.principal_fen,
                    "fee_fen": payment.fee_fen,
                    "total_fen": payment.total_fen,
                }
                for payment in self.payments
            ],
            "total_fee_fen": self.total_fee_fen,
            "total_fen": self.total_fen,
            **{name: float(percent) for name, percent in self.rates._asdict().items()},
            "warnings": list(self.warnings),
        }


@lru_cache(maxsize=1_024)
def quote(
    amount_fen: int,
    terms: int,
    fee_rate_ppm: int,
    date: datetime.date,
    statement_day: int,
    due_offset_days: int,
    warnings: tuple[str, ...] = (),
) -> Quote:
    """The plan of a purchase made on a date. Term k falls due after the k-th statement at or after it.

    Remembered, as its rates are slow to find: each drawing of a checkout asks for the same ones.
    """
    payments = []
    statement = next_month_day(date, statement_day)
    due_offset = datetime.timedelta(days=due_offset_days)
    for term in range(1, terms + 1):
        share_fen = (last_principal_fen if term == terms else term_principal_fen)(amount_fen, terms)
        fee_fen = term_fee_fen(amount_fen, fee_rate_ppm)
        payments.append(Payment(term, statement + due_offset, share_fen, fee_fen))
        statement = next_month_day(statement + _A_DAY, statement_day)
    rates = _rates(amount_fen, date, payments)
    return Quote(amount_fen, terms, fee_rate_ppm, date, tuple(payments), rates, warnings)


def quote_under(
    policy: Policy,
    amount_fen: int,
    terms: int,
    grade: str,
    date: datetime.date,
    statement_day: int | None = None,
) -> Quote:
    """A quote at the rate that a policy has for a grade, with what the policy would not allow."""
    values = policy.flat()
    fee_rate_ppm = values["fee_rate_ppm"][str(terms)][grade]
    warnings = []
    if amount_fen < values["min_plan_fen"]:
        warnings.append(UNDER_MIN_PLAN)
    if simple_rate_ppm(terms, fee_rate_ppm) > values["rate_cap_ppm"]:
        warnings.append(OVER_RATE_CAP)
    day = values["default_statement_day"] if statement_day is None else statement_day
    return quote(amount_fen, terms, fee_rate_ppm, date, day, values["due_offset_days"], tuple(warnings))


def standard_days() -> tuple[int, int]:
    """Statement day and days to the due day of the standard policy, read without checking the rest."""
    with fixture("policies", "standard.toml").open("rb") as file:
        told = tomllib.load(file)
    sections = [part for part in told.values() if isinstance(part, dict)]
    values = {name: value for part in [told, *sections] for name, value in part.items()}
    return int(values["default_statement_day"]), int(values["due_offset_days"])


def _rates(amount_fen: int, date: datetime.date, payments: list[Payment]) -> Rates:
    """The four rates; all are 0 where the fees come to 0 fen."""
    month = exact = 0.0
    if any(payment.fee_fen for payment in payments):
        month = monthly_irr([-amount_fen, *(payment.total_fen for payment in payments)])
        exact = xirr([(date, -amount_fen), *((payment.due_date, payment.total_fen) for payment in payments)])
    return Rates(rounded(month, 4), rounded(simple_rate(month), 2), rounded(effective_rate(month), 2), rounded(exact, 2))
