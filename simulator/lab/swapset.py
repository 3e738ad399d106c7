"""Swap set: whom the two policies treat differently, some of them by name. Importing this module imports Numba."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from simulator.lab.answer import Swap, SwapShopper
from simulator.lab.trial import SEEN_COLUMNS, Touched, Trial

NAMED = 5
"""So many of each kind are named."""
HAS_LINE, LIMIT, WORST, SCORE, BOUGHT, APPROVED_SCORE = range(len(SEEN_COLUMNS))
Kind = Literal["only_champion", "only_challenger", "limit", "life"]


def swap_of(trial: Trial) -> Swap:
    """Approved by one policy only, limits moved most, lives that went apart most."""
    numbers, first, second = _touched(trial.done)
    had, has = first[:, HAS_LINE] > 0, second[:, HAS_LINE] > 0
    moved = np.where(had & has, np.abs(second[:, LIMIT] - first[:, LIMIT]), 0)
    apart = np.where(had & has, np.abs(second[:, WORST] - first[:, WORST]), 0)
    bought = np.abs(second[:, BOUGHT] - first[:, BOUGHT])
    orders: tuple[tuple[Kind, Any, Any], ...] = (
        ("only_challenger", has & ~had, (second[:, LIMIT],)),
        ("only_champion", had & ~has, (first[:, LIMIT],)),
        ("limit", moved > 0, (moved,)),
        ("life", (apart > 0) | ((bought > 0) & had & has), (apart, bought)),
    )
    people: list[SwapShopper] = []
    for kind, among, by in orders:
        for place in _most(among, by):
            people.append(_person(trial, kind, int(numbers[place]), first[place], second[place]))
    return Swap(int((had & ~has).sum()), int((has & ~had).sum()), tuple(people))


def _touched(done: list[Touched]) -> tuple[Any, Any, Any]:
    """Numbers of those touched, and what is looked at of both lives."""
    numbers = np.concatenate([each.places + each.block.first_number for each in done])
    first = np.concatenate([each.seen[0] for each in done])
    second = np.concatenate([each.seen[1] for each in done])
    return numbers, first, second


def _most(among: Any, by: tuple[Any, ...]) -> Any:
    """Places of those with the most of the first measure, then of the next; of equals the lowest number."""
    places = np.flatnonzero(among)
    keys = [-each[places] for each in reversed(by)]
    return places[np.lexsort(keys)][:NAMED]


def _person(trial: Trial, kind: Kind, number: int, first: Any, second: Any) -> SwapShopper:
    from simulator.population.names import name_places

    scores = {"only_champion": first[APPROVED_SCORE], "only_challenger": second[APPROVED_SCORE]}
    account = trial.sample.crowd.born(number, 1).accounts[0]
    surname, given = name_places(trial.sample.setting.seed, number)
    return SwapShopper(
        number, kind, int(surname), int(given), int(account["job"]), int(account["age"]), int(scores.get(kind, first[SCORE])),
        int(first[LIMIT]), int(second[LIMIT]), int(first[WORST]), int(second[WORST]),
    )  # fmt: skip
