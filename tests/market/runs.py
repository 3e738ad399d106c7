"""A small market that loses money, lived both ways: compiled as a whole, and each life alone with its events."""

from __future__ import annotations

import datetime
import functools

from simulator.calendar import Calendar
from simulator.lone import LoneLife, lone_life
from simulator.market.simulation import Simulation, simulate
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import town_of

START = datetime.date(2025, 1, 1)
CALENDAR = Calendar(START)
SHOPPERS, DAYS, WARM_UP_DAYS, SEED = 300, 212, 330, 13


@functools.cache
def loose_policy() -> Policy:
    """Large lines for nearly everybody, and written off soon."""
    policy = load_policy("standard")
    for field, value in {
        "grade_cutoffs": {"A": 620, "B": 560, "C": 500, "D": 450, "E": 380},
        "counter_cutoff": 350,
        "income_multiple_ppm": 4_000_000,
        "max_debt_service_ppm": 1_000_000,
        "line_payment_ppm": 10_000,
        "minimum_ppm": 400_000,
        "min_orders": 0,
        "min_spend_fen": 0,
        "close_dpd": 33,
        "charge_off_dpd": 36,
    }.items():
        policy = set_field(policy, field, value)
    return policy


@functools.cache
def small_market() -> Simulation:
    """The market as the kernels live it."""
    return simulate(
        loose_policy(), shoppers=SHOPPERS, days=DAYS, seed=SEED, start=START, warm_up_days=WARM_UP_DAYS
    )


@functools.cache
def lives() -> tuple[LoneLife, ...]:
    """Every life of it, lived alone."""
    record, town = to_record(loose_policy()), town_of(SEED, WARM_UP_DAYS)
    return tuple(lone_life(record, number, CALENDAR, DAYS - 1, town) for number in range(1, SHOPPERS + 1))
