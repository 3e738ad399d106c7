"""A quote: what a purchase on terms costs, and its annualised rates (INTERFACE, quote; RULES §4)."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from simulator.calendar import next_month_day
from simulator.files import fixture
from simulator.rates import MONTHS, NoRate, monthly_irr, rounded, xirr
from simulator.rules.arithmetic import last_principal_fen, term_fee_fen, term_principal_fen

ZERO = Decimal("0.00")


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


@dataclass(frozen=True)
class Quote:
    """A purchase on terms: payments, sums, rates in percent, warnings as codes."""

    amount_fen: int
    terms: int
    fee_rate_ppm: int
    payments: tuple[Payment, ...]
    irr_month_percent: Decimal
    simple_rate_percent: Decimal
    effective_rate_percent: Decimal
    xirr_percent: Decimal
    warnings: list[str] = field(default_factory=list)

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
            "irr_month_percent": float(self.irr_month_percent),
            "simple_rate_percent": float(self.simple_rate_percent),
            "effective_rate_percent": float(self.effective_rate_percent),
            "xirr_percent": float(self.xirr_percent),
            "warnings": self.warnings,
        }


def standard_days() -> tuple[int, int]:
    """Statement day and days to the due day of the standard policy, read without checking the rest."""
    with fixture("policies", "standard.toml").open("rb") as file:
        told = tomllib.load(file)
    values = {**told, **told.get("statements", {})}
    return int(values["default_statement_day"]), int(values["due_offset_days"])


def quote(
    amount_fen: int, terms: int, fee_rate_ppm: int, date: datetime.date, statement_day: int, due_offset_days: int
) -> Quote:
    """The plan of a purchase made on a date. Term k falls due after the k-th statement at or after it."""
    statement = next_month_day(date, statement_day)
    payments = []
    for term in range(1, terms + 1):
        last = term == terms
        principal = last_principal_fen(amount_fen, terms) if last else term_principal_fen(amount_fen, terms)
        due = statement + datetime.timedelta(days=due_offset_days)
        payments.append(Payment(term, due, principal, term_fee_fen(amount_fen, fee_rate_ppm)))
        statement = next_month_day(statement + datetime.timedelta(days=1), statement_day)
    return Quote(amount_fen, terms, fee_rate_ppm, tuple(payments), *_rates(amount_fen, date, payments))


def _rates(amount_fen: int, date: datetime.date, payments: list[Payment]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Monthly IRR, × 12, effective, by exact dates; all 0 where the fees come to 0 fen."""
    if all(payment.fee_fen == 0 for payment in payments):
        return Decimal("0.0000"), ZERO, ZERO, ZERO
    try:
        month = monthly_irr([-amount_fen, *(payment.total_fen for payment in payments)])
        exact = xirr([(date, -amount_fen), *((payment.due_date, payment.total_fen) for payment in payments)])
    except NoRate:
        return Decimal("0.0000"), ZERO, ZERO, ZERO
    return rounded(month, 4), rounded(month * MONTHS, 2), rounded((1 + month) ** MONTHS - 1, 2), rounded(exact, 2)
