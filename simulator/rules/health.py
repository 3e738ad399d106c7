"""Financial health, 0..100: four quarters of a shopper's month (RULES §13)."""

from __future__ import annotations

from typing import NamedTuple

from simulator.account import TIMELY_STATEMENTS, Account
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION, ratio_ppm, round_half_up
from simulator.rules.hardship import debt_service_fen

QUARTER = 25


class Health(NamedTuple):
    """The four quarters, each 0..25 points in ppm of the whole quarter."""

    surplus_ppm: int
    buffer_ppm: int
    debt_ppm: int
    timely_ppm: int


@rule
def within_one(part: int, whole: int) -> int:
    """part / whole in ppm, kept within 0..1; 0 where the whole is 0."""
    return max(0, min(MILLION, ratio_ppm(part, whole)))


@rule
def timely_ppm(account: Account) -> int:
    """Share of the last twelve statements that were met in time."""
    met = 0
    made = 0
    for i in range(TIMELY_STATEMENTS):
        if account.timely[i] != 0:
            made += 1
        if account.timely[i] > 0:
            met += 1
    return ratio_ppm(met, made)


@rule
def health_parts(account: Account, income_fen: int, expenses_fen: int, liquid_fen: int) -> Health:
    """Surplus over 10 % of income, liquid money over three months' expenses, what debt service leaves
    of half the income, statements met in time. RULES §13.
    """
    service = debt_service_fen(account)
    surplus = within_one((income_fen - expenses_fen - service) * 10, income_fen)
    buffer = within_one(liquid_fen, 3 * expenses_fen)
    debt = 0
    if income_fen > 0:
        debt = MILLION - within_one(2 * service, income_fen)
    return Health(surplus, buffer, debt, timely_ppm(account))


@rule
def health_of(account: Account, income_fen: int, expenses_fen: int, liquid_fen: int) -> int:
    """Financial health, 0..100, rounded half up."""
    parts = health_parts(account, income_fen, expenses_fen, liquid_fen)
    total = parts.surplus_ppm + parts.buffer_ppm + parts.debt_ppm + parts.timely_ppm
    return round_half_up(total * QUARTER, MILLION)
