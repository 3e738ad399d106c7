"""Life events: what befalls a shopper, and what it does to money and income (PRODUCT A8)."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.account import Account
from simulator.codes import SHOCKS
from simulator.population.money_days import SHOCK, WINDFALL
from simulator.population.shopper import Shopper
from simulator.random import Purpose, between, chance, draw
from simulator.rules.ask import Ask
from simulator.rules.events import EXPENSES_PAID, INCOME_RECEIVED, Log, emit

DEFAULT_MONTHS = 3
DAYS_A_MONTH = 30


def befall(
    account: Account,
    shopper: Shopper,
    kind: str,
    amount_fen: int | None,
    figures: Mapping[str, int],
    ask: Ask,
    log: Log,
) -> dict[str, int]:
    """Let an event of life happen; returns its figures.

    job_loss: no income for `months` (3); illness, disaster: a cost, paid as far as cash goes (a month's
    income where no amount is given); pay_rise: more a month (a tenth); windfall: cash (a month's income).
    The first three are recorded as shocks on which a hardship plan may rest.
    """
    told: dict[str, int] = {}
    if kind in SHOCKS:
        account.shock = SHOCKS.index(kind)
        account.shock_day = ask.day
    if kind == "job_loss":
        months = figures.get("months", DEFAULT_MONTHS)
        shopper.job_back_day = ask.day + months * DAYS_A_MONTH
        told["months"] = months
    elif kind in ("illness", "disaster"):
        cost = shopper.income_fen if amount_fen is None else amount_fen
        paid = min(cost, shopper.cash_fen)
        shopper.cash_fen -= paid
        if paid > 0:
            emit(log, EXPENSES_PAID, ask.day, paid, SHOCK)
        told["amount_fen"] = cost
        told["paid_fen"] = paid
    elif kind == "pay_rise":
        more = shopper.income_fen // 10 if amount_fen is None else amount_fen
        shopper.income_fen += more
        told["amount_fen"] = more
        told["income_fen"] = shopper.income_fen
    else:
        gift = shopper.income_fen if amount_fen is None else amount_fen
        shopper.cash_fen += gift
        if gift > 0:
            emit(log, INCOME_RECEIVED, ask.day, gift, WINDFALL)
        told["amount_fen"] = gift
    return told


CHANCES_PPM = (
    ("job_loss", 6_000),
    ("illness", 5_000),
    ("pay_rise", 15_000),
    ("windfall", 4_000),
    ("disaster", 500),
)
"""Chance of each a month; ours to calibrate."""
PLAYER = 0


def life_event_on(seed: int, shopper: Shopper, ask: Ask) -> str | None:
    """What befalls the player today, by the streams: each kind at most once a month, on a day drawn."""
    month = ask.year * 12 + ask.month
    for ordinal, (kind, chance_ppm) in enumerate(CHANCES_PPM):
        on = between(draw(seed, PLAYER, month, Purpose.LIFE_DAY, ordinal), 1, ask.month_length)
        happens = chance(draw(seed, PLAYER, month, Purpose.LIFE_EVENT, ordinal), chance_ppm)
        if happens and ask.dom == on and not (kind == "job_loss" and ask.day < shopper.job_back_day):
            return kind
    return None
