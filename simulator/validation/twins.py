"""Twins: the same people lived with and without an intervention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.codes import ACTIVE
from simulator.engine import measures as m
from simulator.engine.run import Population
from simulator.population.arms import A_HALF, EVERYBODY, in_arm
from simulator.population.shopper import Shopper
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.validation.bills import LATE_DAYS
from simulator.validation.parts import PERCENT, Part, percent
from simulator.validation.watch import Watched, Whole, key, standard, town_of, warmed

RAISE_PPM = 300_000
QUARTER, YEAR, THREE_YEARS = 3, 12, 36
A_CYCLE = 30


@dataclass
class Twins:
    """What differs between worlds of one seed."""

    raised_fen: int  # sum of the random increases
    more_debt_fen: dict[int, int]  # by months after the increase
    spent_fen: tuple[int, int]  # by holders of a line in a year: as it is, had there been no line
    late_fees_fen: tuple[int, int]  # in a year: with reminders, without
    cured: tuple[int, int, int]  # over 30 days late: cured with reminders, without, of how many


def twins_of(seed: int, shoppers: int, people: Population, seen: Watched) -> Twins:
    """Live the other worlds of a seed. `people` stand before day 0; `seen` is the plain world of 36 months."""
    raised, more = _random_raise(seed, people, seen)
    without = Watched(people.copy(), standard(reminders=0), YEAR, events=True)
    return Twins(
        raised, more, _spending(seed, shoppers, people, seen),
        (seen.flow(m.LATE_INCOME, 0, YEAR - 1), without.flow(m.LATE_INCOME, 0, YEAR - 1)),
        _cures(seen, without),
    )  # fmt: skip


def _random_raise(seed: int, people: Population, seen: Watched) -> tuple[int, dict[int, int]]:
    other = people.copy()
    town = town_of(seed, arm=A_HALF, raise_ppm=RAISE_PPM, arm_day=0)
    arm = _arm(town, people)
    raised = int((people.accounts["limit_fen"][arm].astype(np.int64) * RAISE_PPM // 1_000_000).sum())
    other.set_town(town)
    twin = Watched(other, standard(), THREE_YEARS, events=False)
    more = twin.ends["exposure_fen"] - seen.ends["exposure_fen"]
    return raised, {after: int(more[after - 1][arm].sum()) for after in (QUARTER, YEAR, THREE_YEARS)}


def _arm(town: Any, people: Population) -> NDArray[np.bool_]:
    chosen = [in_arm(town, Shopper(number=people.first_number + place)) for place in range(people.count)]
    found: NDArray[np.bool_] = np.array(chosen) & (people.accounts["status"] == ACTIVE)
    return found


def _spending(seed: int, shoppers: int, people: Population, seen: Watched) -> tuple[int, int]:
    """A year's spending of those who hold a line on day 0, with it and in a world that has none."""
    holders = people.accounts["status"] == ACTIVE
    never = warmed(town_of(seed, arm=EVERYBODY, no_line=1), shoppers, standard(), 400)
    end = seen.first_day(YEAR)
    bought = np.concatenate([seen.rows[kind][:, [0, 1, c.ORDER_FEN]] for kind in (e.PURCHASE_AUTHORISED, e.CASH_PURCHASE)])
    spent = int(bought[(bought[:, 1] < end) & holders[bought[:, 0]], 2].sum())
    return spent, _spent(never, holders, end - 1)


def _spent(people: Population, some: NDArray[np.bool_], last_day: int) -> int:
    persons: Whole = np.zeros((people.count, len(m.FLOWS)), np.int64)
    people.live(standard(), 0, last_day, persons=persons)
    return int(persons[some][:, [m.LINE_GMV, m.CASH_GMV]].sum())


def _cures(seen: Watched, other: Watched) -> tuple[int, int, int]:
    """Of those who came to be over 30 days late on the same day of the first year in both worlds: all cleared
    within 30 days in the one, in the other; how many.
    """
    both = np.intersect1d(_thirty_late(seen), _thirty_late(other))
    return _cleared(seen, both), _cleared(other, both), len(both)


def _thirty_late(seen: Watched) -> Whole:
    moved = seen.rows[e.BUCKET_CHANGED]
    late = moved[(moved[:, c.BUCKET_FROM] == 1) & (moved[:, c.BUCKET_TO] == 2) & (moved[:, 1] < seen.first_day(YEAR) - LATE_DAYS)]
    return key(late[:, 0], late[:, 1])


def _cleared(seen: Watched, late: Whole) -> int:
    moved = seen.rows[e.BUCKET_CHANGED]
    cures = moved[moved[:, c.BUCKET_TO] == 0]
    cured = np.sort(key(cures[:, 0], cures[:, 1]))
    within = np.searchsorted(cured, late + A_CYCLE, "right") > np.searchsorted(cured, late, "left")
    return int(within.sum())


def mpc_cli(twins: Twins) -> list[Part]:
    """Debt a year later per yuan of a random increase."""
    return [Part(twins.more_debt_fen[YEAR], twins.raised_fen)]


def mpc_path(twins: Twins) -> list[Part]:
    """What of the effect after 36 months is there after three."""
    return [Part(twins.more_debt_fen[QUARTER], twins.more_debt_fen[THREE_YEARS])]


def spend_lift(twins: Twins) -> list[Part]:
    """How much more holders of a line spend than the same people in a world without lines."""
    with_line, without = twins.spent_fen
    return [Part(with_line - without, without, PERCENT)]


def reminder(twins: Twins) -> list[Part]:
    """By how much reminders lower late fees (%), and raise the cure of those over 30 days late (points)."""
    fees, fees_without = twins.late_fees_fen
    cured, cured_without, late = twins.cured
    return [Part(fees_without - fees, fees_without, PERCENT), percent(cured - cured_without, late)]


