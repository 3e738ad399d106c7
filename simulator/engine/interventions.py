"""Interventions on the lender's side: limits that are raised for no reason of the rulebook."""

from __future__ import annotations

from simulator.account import Account
from simulator.codes import ACTIVE
from simulator.population.arms import in_arm
from simulator.population.months import Town
from simulator.population.shopper import Shopper
from simulator.random import MILLION
from simulator.registry import rule
from simulator.rules.ask import Ask


@rule
def raise_limit(account: Account, shopper: Shopper, town: Town, ask: Ask) -> None:
    """On `arm_day`: raise the limits of active lines in the arm by `raise_ppm`.

    No event tells of it: it is nothing that the lender decides.
    """
    if town.raise_ppm and ask.day == town.arm_day and account.status == ACTIVE and in_arm(town, shopper):
        account.limit_fen += account.limit_fen * town.raise_ppm // MILLION
