"""Thought: how far a shopper reckons with a bill before it is due."""

from __future__ import annotations

from simulator.population.shopper import Shopper
from simulator.random import MILLION
from simulator.registry import rule

THOUGHT_OF_PPM = 100_000
"""What even the least disciplined set aside of a bill to come; ours to calibrate by `day1_late`."""


@rule
def thought_ppm(shopper: Shopper) -> int:
    """The share of a bill for which cash is set aside: all of it from a middling discipline on."""
    return min(MILLION, THOUGHT_OF_PPM + shopper.discipline_ppm * 3 // 2)
