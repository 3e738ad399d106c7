"""Drive: a synthetic life from one day on which something happens to the next.

One function runs a life, compiled for the market and plain for one shopper alone. A *wake* is a day
on which the shopper's or the lender's side does something; between wakes only fees and the fund run.
"""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import ACTIVE, APPLIED, CLOSURE_REVIEW, SOFT_BLOCKED, SUSPENDED
from simulator.engine.day import evening, morning, quiet_morning
from simulator.engine.interventions import raise_limit
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.act import act
from simulator.population.behaviour.asking import STIRRING, react
from simulator.population.behaviour.household import usual_cash_fen
from simulator.population.behaviour.plans import arrival_of, begin_month, next_own_day
from simulator.population.money_days import next_arrival_day, pass_money_days
from simulator.population.months import Month, Town
from simulator.population.names import name_places
from simulator.population.shopper import Shopper
from simulator.population.traits import (
    Traits,
    draw_habits,
    draw_traits,
    new_job_loss_ppm,
    settle_in,
    settled_job_loss_ppm,
)  # fmt: skip
from simulator.random import MILLION, between, chance, dated, leaf, root
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.closure import end_product
from simulator.rules.events import (
    CASH_PURCHASE,
    EXPENSES_PAID,
    FUND_MOVED,
    LIFE_EVENT,
    PLAN_CREATED,
    PURCHASE_AUTHORISED,
    PURCHASE_DECLINED,
)  # fmt: skip
from simulator.rules.seasons import season_month
from simulator.rules.wake import next_evening_day, next_morning_day

FIRST_ASK_DAYS = 25
ENDED_WITH_PRODUCT = (APPLIED, ACTIVE, SOFT_BLOCKED, SUSPENDED, CLOSURE_REVIEW)
"""Offers and lines that the end of the product ends: after the morning of its day, as in the player's life."""
OWN_AFFAIRS = (
    1 << CASH_PURCHASE | 1 << PURCHASE_AUTHORISED | 1 << PURCHASE_DECLINED | 1 << PLAN_CREATED
    | 1 << EXPENSES_PAID | 1 << FUND_MOVED | 1 << LIFE_EVENT
)  # fmt: skip
"""Set of the events after which the lender has nothing to do sooner: what was bought is seen on the next statement."""
MONTHS_A_YEAR = 12
LONGER_IN_JOB_PERCENT = 45
SHORTER_PERCENT = 100 - LONGER_IN_JOB_PERCENT
"""A year on, so much of the chance to lose a job is as it was, the rest as for those long settled. Ours to
calibrate by `score_odds`: new lines are the riskiest.
"""
CHANGES_JOB_PPM = 150_000
"""The chance a year to begin another job, where one is new again. Ours: what keeps a book of old customers at risk."""


@rule
def be_born(account: Account, shopper: Shopper, traits: Traits, town: Town, number: int) -> None:
    """Write shopper `number` of a seed into the two records, as before arriving at the store. What was saved beyond the
    usual cash and the fund lies where no bill is paid from.
    """
    draw_traits(traits, town.seed, number)
    draw_habits(shopper, traits, town.seed, number)
    shopper.own_word = root(town.seed, number)
    word = dated(shopper.own_word, 0)
    shopper.arrival_day = arrival_of(town, shopper, word)
    settle_in(account, shopper, traits, shopper.arrival_day)
    shopper.cash_fen = min(shopper.cash_fen, usual_cash_fen(shopper))
    shopper.wake_day = shopper.arrival_day
    shopper.lived_day = shopper.arrival_day - 1
    shopper.lender_day = shopper.arrival_day
    shopper.morning_day = shopper.arrival_day
    shopper.ask_on_day = shopper.arrival_day + between(leaf(word, purposes.ASKING, 0), 0, FIRST_ASK_DAYS)


def born_alone(town: Town, number: int) -> tuple[Account, Shopper]:
    """The two records of one shopper of a seed, as before arriving at the store."""
    account, shopper = Account(), Shopper()
    be_born(account, shopper, Traits(), town, number)
    shopper.surname, shopper.given = name_places(town.seed, number)
    return account, shopper


@rule
def rouse(shopper: Shopper, day: int) -> bool:
    """Let a shopper who is here be awake on a day when nothing else happens; whether that was needed."""
    if shopper.arrival_day > day or shopper.lived_day >= day:
        return False
    shopper.wake_day = day
    return True


@rule
def await_change(shopper: Shopper, day: int) -> None:
    """Let a shopper who is here meet another policy on the morning of a day. RULES §15."""
    if shopper.arrival_day < day:
        shopper.wake_day = day
        shopper.lender_day = day
        shopper.morning_day = day


@rule
def live_day(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, log: Any
) -> None:
    """Live the day that `ask` tells of: what was slept through, morning, own actions, evening."""
    slept = ask.day - shopper.lived_day - 1
    first = ask.dom == 1 or ask.day == shopper.arrival_day
    if first:
        shopper.month_word = dated(shopper.own_word, month.year * MONTHS_A_YEAR + month.month)
        turn_month(account, shopper, month, shopper.month_word)
        begin_month(account, shopper, town, month, shopper.month_word)
    word = shopper.month_word
    settled = pass_money_days(shopper, ask, log, slept)
    # Days past due count up on days slept through; where there are any, today's are counted before
    # anybody acts on them.
    lender = ask.day >= shopper.morning_day or account.dpd > 0 or (first and season_month(policy, ask))
    if lender:
        morning(account, shopper, policy, ask, log, slept, settled)
        if not policy.product_open and account.status in ENDED_WITH_PRODUCT:
            end_product(account, policy, ask, log)
    else:
        quiet_morning(account, shopper, policy, ask, log, slept, settled)
    raise_limit(account, shopper, town, ask)
    told_before = log.told
    log.told = 0
    act(account, shopper, policy, town, month, ask, word, log, lender, told_before)
    told_by_act = log.told
    log.told |= told_before
    concerned = lender or ask.day >= shopper.lender_day or told_by_act & ~OWN_AFFAIRS != 0
    if concerned:
        if log.told & STIRRING != 0:
            react(account, shopper, month, ask, word, log)
        if ask.dom == account.statement_day:
            evening(account, policy, ask, log)
        shopper.morning_day = next_morning_day(account, policy, ask)
        shopper.lender_day = min(shopper.morning_day, next_evening_day(account, ask))
    shopper.lived_day = ask.day
    shopper.wake_day = next_arrival_day(shopper, min(next_own_day(shopper, month, ask), shopper.lender_day))


@rule
def turn_month(account: Account, shopper: Shopper, month: Month, word: int) -> None:
    """Pay varies from month to month. Once a year, in a month of one's own, pay and expenses grow, and one is more
    settled in the job, or new in another.
    """
    drawn = between(leaf(word, purposes.PAY, 0), -shopper.income_spread_ppm, shopper.income_spread_ppm)
    shopper.pay_ppm = drawn
    if month.month == 1 + shopper.own_word % MONTHS_A_YEAR:
        shopper.income_fen += shopper.income_fen * shopper.income_trend_ppm // MILLION
        shopper.expenses_fen += shopper.expenses_fen * shopper.income_trend_ppm // MILLION
        settled = settled_job_loss_ppm(account, shopper) * SHORTER_PERCENT
        shopper.job_loss_ppm = (shopper.job_loss_ppm * LONGER_IN_JOB_PERCENT + settled) // 100
        if chance(leaf(word, purposes.NEW_JOB, 0), CHANGES_JOB_PPM):
            shopper.job_loss_ppm = max(shopper.job_loss_ppm, new_job_loss_ppm(account, shopper))
