"""The shopper record: what the lender does not see. Rules never read it.

Behaviour and the money of daily life read and write it; cash reaches the rules as an argument.
"""

from __future__ import annotations

from typing import Annotated

from simulator.codes import NEVER
from simulator.row import I1, I2, I4, I8, Row

FUND_SLOTS = 8


class FundMove(Row):
    """Money on its way out of the fund; free when the amount is 0."""

    amount_fen: I8
    arrives_day: I4


class Shopper(Row):
    """One shopper's own side. Amounts are fen, shares ppm."""

    income_fen: I4
    pay_day: I1
    expenses_fen: I4
    cash_fen: I8
    fund_fen: I8
    fund_micro: I8
    fund_out: Annotated[list[FundMove], FundMove, FUND_SLOTS]
    job_back_day: I4  # out of work until this day
    discipline_ppm: I4
    attention_ppm: I4
    instalment_taste_ppm: I4
    price_sense_ppm: I4
    intent: I1  # 0 honest
    surname: I2
    given: I2

    def __init__(self, **values: object) -> None:
        """A shopper in work."""
        super().__init__(**values)
        if "job_back_day" not in values:
            self.job_back_day = NEVER
