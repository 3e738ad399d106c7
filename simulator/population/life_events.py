"""Life events: what befalls a shopper, and what it does to money and income (PRODUCT A8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import DISASTER, ILLNESS, JOB_LOSS, LIFE_KINDS, PAY_RISE, SHOCKS
from simulator.population.money_days import FROM_WINDFALL, SHOCK
from simulator.population.shopper import Shopper
from simulator.population.traits import long_wait_percent
from simulator.random import MASK, MILLION, below, between, leaf, quantile, stem
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.events import EXPENSES_PAID, INCOME_RECEIVED, LIFE_EVENT, Log, emit

DEFAULT_MONTHS = 3
DAYS_A_MONTH = 30

CHANCES_PPM = (0, 6_000, 5_000, 500, 15_000, 4_000)
"""Chance a month of each of LIFE_KINDS; ours to calibrate."""
PLAYER = 0
SCARRED_TIMES, SCARRED_MOST_PPM = 3, 140_000
"""Who lost a job loses the next one more easily, as the newest there. Ours to calibrate by `score_auc`."""
_OUT_OF_WORK = (1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 13)
"""Months until the usual person's next job: most find one in a month, a fifth not, some not in a year. Ours to
calibrate by `charge_off_year`."""


@rule
def befall(
    account: Account, shopper: Shopper, kind: int, amount_fen: int, months: int, ask: Ask, log: Any
) -> int:
    """Let an event of life happen; returns what was paid for it.

    JOB_LOSS: no income for `months`; ILLNESS, DISASTER: a cost, paid as far as cash goes; PAY_RISE: so
    much more a month; WINDFALL: cash. The first three are recorded as shocks on which a hardship plan
    may rest.
    """
    paid = 0
    if kind < len(SHOCKS):
        account.shock = kind
        account.shock_day = ask.day
    if kind == JOB_LOSS:
        shopper.job_back_day = ask.day + months * DAYS_A_MONTH
    elif kind in (ILLNESS, DISASTER):
        paid = min(amount_fen, shopper.cash_fen)
        shopper.cash_fen -= paid
        if paid > 0:
            emit(log, EXPENSES_PAID, ask.day, paid, SHOCK)
    elif kind == PAY_RISE:
        shopper.income_fen += amount_fen
    elif amount_fen > 0:
        shopper.cash_fen += amount_fen
        emit(log, INCOME_RECEIVED, ask.day, amount_fen, FROM_WINDFALL)
    return paid


@rule
def usual_amount(shopper: Shopper, kind: int) -> int:
    """What an event turns on where nothing else is said: a month's income, a tenth of it for a rise."""
    if kind == PAY_RISE:
        return shopper.income_fen // 10
    return shopper.income_fen


def befall_by_name(
    account: Account,
    shopper: Shopper,
    name: str,
    amount_fen: int | None,
    figures: Mapping[str, int],
    ask: Ask,
    log: Log,
) -> dict[str, int]:
    """Let an event of a story happen; returns its figures as the event tells them."""
    kind = LIFE_KINDS.index(name)
    months = figures.get("months", DEFAULT_MONTHS)
    amount = usual_amount(shopper, kind) if amount_fen is None else amount_fen
    paid = befall(account, shopper, kind, amount, months, ask, log)
    return told(kind, amount, paid, months, shopper.income_fen)


def told(kind: int, amount_fen: int, paid_fen: int, months: int, income_fen: int) -> dict[str, int]:
    """The figures of an event, as far as its kind has them."""
    if kind == JOB_LOSS:
        return {"months": months}
    if kind in (ILLNESS, DISASTER):
        return {"amount_fen": amount_fen, "paid_fen": paid_fen}
    if kind == PAY_RISE:
        return {"amount_fen": amount_fen, "income_fen": income_fen}
    return {"amount_fen": amount_fen}


@rule
def kind_of_month(word: int, month_length: int, job_loss_ppm: int) -> int:
    """What befalls a shopper in a month, and on which day: kind + 8 x day of the month; 0 is nothing.

    At most one event a month; `word` is the stem of the shopper's month, `job_loss_ppm` the shopper's own
    chance to lose the job.
    """
    point = below(leaf(word, purposes.LIFE_EVENT, 0), MILLION)
    for kind in range(1, len(CHANCES_PPM)):
        point -= job_loss_ppm if kind == JOB_LOSS else CHANCES_PPM[kind]
        if point < 0:
            return kind + 8 * between(leaf(word, purposes.LIFE_DAY, 0), 1, month_length)
    return 0


@rule
def months_out_of_work(account: Account, shopper: Shopper, drawn: int) -> int:
    """Months until the next job, by a draw; a long wait is so much likelier for some."""
    percent = long_wait_percent(shopper.discipline_ppm, account.trusted_contacts, shopper.income_fen)
    return quantile(MASK - min(MASK, (MASK - drawn) * 100 // percent), _OUT_OF_WORK)


@rule
def live_through(account: Account, shopper: Shopper, kind: int, ask: Ask, word: int, log: Any) -> None:
    """Let the event of the month happen on its day; one who is out of work loses no job."""
    if kind == JOB_LOSS and ask.day < shopper.job_back_day:
        return
    amount = usual_amount(shopper, kind)
    months = months_out_of_work(account, shopper, leaf(word, purposes.LIFE_DAY, 1))
    if kind == JOB_LOSS:
        shopper.job_loss_ppm = min(SCARRED_MOST_PPM, shopper.job_loss_ppm * SCARRED_TIMES)
    paid = befall(account, shopper, kind, amount, months, ask, log)
    emit(log, LIFE_EVENT, ask.day, kind, amount, paid, months, shopper.income_fen)


def life_event_on(seed: int, shopper: Shopper, ask: Ask) -> str | None:
    """What befalls the player today, by the same streams as everybody's."""
    word = stem(seed, PLAYER, ask.year * 12 + ask.month)
    kind, dom = (drawn := kind_of_month(word, ask.month_length, CHANCES_PPM[JOB_LOSS])) % 8, drawn // 8
    if kind == 0 or dom != ask.dom or (kind == JOB_LOSS and ask.day < shopper.job_back_day):
        return None
    return LIFE_KINDS[kind]
