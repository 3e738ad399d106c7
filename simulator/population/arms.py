"""Arms: who meets an intervention. An *intervention* is something done to people for measuring it.

Interventions are no policy: nobody lends that way. `Town` holds them; a twin world without them meets
the same people on the same days.
"""

from __future__ import annotations

from simulator import purposes
from simulator.population.months import Town
from simulator.population.shopper import Shopper
from simulator.random import leaf, stem
from simulator.registry import rule

NOBODY, A_HALF, EVERYBODY = 0, 1, 2


@rule
def in_arm(town: Town, shopper: Shopper) -> bool:
    """Whether a shopper meets the interventions of a run."""
    if town.arm == A_HALF:
        return leaf(stem(town.seed, shopper.number, 0), purposes.ARM, 0) & 1 == 1
    return town.arm == EVERYBODY
