"""The shopper record: what the lender does not see. Rules never read it.

Behaviour and the money of daily life read and write it; cash reaches the rules as an argument.
"""

from __future__ import annotations

from typing import Annotated

from simulator.codes import NEVER, NO_GRADE
from simulator.row import I1, I2, I4, I8, Row

FUND_SLOTS = 8
MOST_OCCASIONS = 14
"""Occasions to buy in one month."""


class FundMove(Row):
    """Money on its way out of the fund; free when the amount is 0."""

    amount_fen: I8
    arrives_day: I4


class Shopper(Row):
    """One shopper's own side. Amounts are fen, shares ppm."""

    # Money
    income_fen: I4
    pay_day: I1
    expenses_fen: I4
    cash_fen: I8
    fund_fen: I8
    fund_micro: I8
    fund_moves: I1  # slots of `fund_out` in use
    job_back_day: I4  # out of work until this day
    income_spread_ppm: I4  # how far a month's pay may lie from the usual, either way
    income_trend_ppm: I4  # growth of pay and expenses a year
    pay_ppm: I4  # this month's pay against the usual, above or below
    job_loss_ppm: I4  # chance a month to lose the job
    short: I1  # this month's expenses were not all paid

    # Character
    discipline_ppm: I4
    attention_ppm: I4
    instalment_taste_ppm: I4
    price_sense_ppm: I4
    credit_taste_ppm: I4  # likes to pay with the line where cash would do
    temper_ppm: I4  # how readily a complaint is made
    spread_ppm: I4  # how much a free limit adds to spending
    felt_fen: I4  # the limit as one has come to feel it
    buffer_ppm: I4  # cash kept at hand, of a month's expenses
    orders_ppm: I4  # occasions to buy in a month, in millionths
    basket_fen: I4
    intent: I1  # HONEST, TAKEN_OVER, CASHING_OUT or BUSTING_OUT
    intent_day: I4  # from when on a dishonest intent shows
    surname: I2
    given: I2

    # Clock of a synthetic life
    number: I4
    arrival_day: I4
    wake_day: I4  # the next day on which anything happens
    lived_day: I4  # the last day lived
    lender_day: I4  # the next day on which the lender's side does anything
    morning_day: I4  # the next day on which it does so in the morning
    own_word: I8  # what all draws of this shopper share
    month_word: I8  # and those of this month
    own_days: I4  # days of this month on which the shopper's side does something, a bit each
    buy_days: I4  # those with an occasion to buy
    unplanned_days: I4  # days of this month that are known to bring nothing that was planned, nor a life event
    occasions: I1  # how many this month
    occasion_doms: Annotated[list[int], "i1", MOST_OCCASIONS]  # their days of the month
    life_kind: I1  # what befalls the shopper this month, and on which day
    life_dom: I1

    # What the shopper means to do
    pay_on_day: I4
    verify_on_day: I4
    ask_on_day: I4  # apply, leave, or ask for the line back
    appeal_on_day: I4
    return_order: I4
    return_on_day: I4
    refund_on_day: I4
    cut_day: I4  # the last limit cut
    bought_day: I4  # the last purchase

    # As measured
    opened_month: I4
    month_bucket: I1
    month_exposure_fen: I4
    sound_grade: I1  # grade at the last month's end, or the opening, at which nothing was late

    # Slots, most of them empty most of the time; they stand last, as in the account
    fund_out: Annotated[list[FundMove], FundMove, FUND_SLOTS]

    def __init__(self, **values: object) -> None:
        """A shopper in work, with nothing in mind."""
        super().__init__(**values)
        for name in _DAYS_TO_COME:
            if name not in values:
                setattr(self, name, NEVER)
        if "sound_grade" not in values:
            self.sound_grade = NO_GRADE


_DAYS_TO_COME = (
    "job_back_day", "intent_day", "pay_on_day", "verify_on_day", "ask_on_day", "appeal_on_day", "return_on_day",
    "refund_on_day", "cut_day", "bought_day",
)  # fmt: skip

HONEST, TAKEN_OVER, CASHING_OUT, BUSTING_OUT = 0, 1, 2, 3
