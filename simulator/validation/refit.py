"""Refit: what the points of the application scorecard would be on simulated lives.

`python -m simulator.validation.refit [SEEDS]` lives the standard population, takes lines opened in the first
year, and fits the log-odds of being good on the bins that a form and a bureau give (a ridge holds thin bins at
the card's points). 40 points double the odds, so a coefficient of ln 2 is 40 points. It prints what the card's score
stands for among these people, and its points beside the fitted ones, made monotone where the card is; nothing is
written.
"""

from __future__ import annotations

import math
import sys

import numpy as np
from numpy.typing import NDArray

from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.policy.record import Characteristic
from simulator.rules.scoring import APPLICATION_CHARACTERISTICS, bin_of
from simulator.validation.measured import DAYS, MONTHS, SHOPPERS
from simulator.validation.scores import opened_cohort
from simulator.validation.watch import Watched, standard, town_of, warmed

Floats = NDArray[np.float64]
POINTS_A_DOUBLING, BASE_SCORE, BASE_ODDS = 40, 600, 20
RIDGE = 8.0
ROUNDS = 30
STEADY = (
    "income_fen", "fund_fen", "enquiries", "loans_elsewhere", "bureau_months", "job_months", "address_months", "age",
    "profile_items", "trusted_contacts",
)  # fmt: skip
"""Characteristics that the account still holds as the application saw them."""


def characteristics() -> dict[str, Characteristic]:
    """The steady characteristics of the standard card."""
    card = to_record(load_policy("standard")).application
    return {
        name: card.characteristics[place]
        for place, name in enumerate(APPLICATION_CHARACTERISTICS)
        if name in STEADY
    }


def cohort(seed: int) -> tuple[Floats, Floats, Floats]:
    """Indicators of bins, the log-odds that the score stands for, and good (1) or bad (0), of a seed's lines."""
    policy = standard()
    seen = Watched(warmed(town_of(seed), SHOPPERS, policy, DAYS), policy, MONTHS, events=True)
    score, bad, who = opened_cohort(seen)
    columns = []
    for name, each in characteristics().items():
        bins = np.array([bin_of(each, int(value)) for value in seen.people.accounts[name][who]])
        columns += [(bins == place).astype(float) for place in range(each.bins)]
    doublings = (score - BASE_SCORE) / POINTS_A_DOUBLING
    return np.column_stack(columns), math.log(BASE_ODDS) + doublings * math.log(2), (~bad).astype(float)


def fitted(bins: Floats, offset: Floats, good: Floats, ridge: float = RIDGE) -> tuple[float, Floats]:
    """What to add to the log-odds in all, and for each column: Newton's steps with a ridge on the columns."""
    design = np.column_stack([np.ones(len(good)), bins])
    held = np.diag([0.0, *[ridge] * bins.shape[1]])
    weights = np.zeros(design.shape[1])
    for _round in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(offset + design @ weights)))
        slope = design.T @ (good - chance) - held @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + held
        weights = weights + np.linalg.solve(curve, slope)
    return float(weights[0]), weights[1:]


def meaning(offset: Floats, good: Floats) -> tuple[float, float]:
    """Good to one bad at 600, and the points that double the odds, as lines turned out."""
    base = math.log(BASE_ODDS)
    level, slope = fitted((offset - base)[:, None], np.full(len(good), base), good, ridge=0.0)
    return BASE_ODDS * math.exp(level), POINTS_A_DOUBLING / float(slope[0])


def monotone(points: list[float], like: list[int]) -> list[int]:
    """Fitted points forced to rise or fall wherever the card's do."""
    found = list(points)
    for place in range(1, len(found)):
        if like[place] >= like[place - 1]:
            found[place] = max(found[place], found[place - 1])
        else:
            found[place] = min(found[place], found[place - 1])
    return [max(0, round(value)) for value in found]


def main(seeds: int) -> None:
    """Print card and fit, characteristic by characteristic."""
    parts = [cohort(seed) for seed in range(1, seeds + 1)]
    bins, offset, good = (np.concatenate(each) for each in zip(*parts, strict=True))
    odds, doubling = meaning(offset, good)
    print(f"{len(good):,} lines, {int((good == 0).sum())} bad; 600 is {odds:.0f} to 1, {doubling:.0f} points double the odds")
    scale = POINTS_A_DOUBLING / math.log(2)
    _level, weights = fitted(bins, offset, good)
    at = 0
    for name, each in characteristics().items():
        card = [int(each.points[place]) for place in range(each.bins)]
        moved = [card[place] + float(weights[at + place]) * scale for place in range(each.bins)]
        at += each.bins
        print(f"{name:20} card {card}  fit {monotone(moved, card)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
