"""Names: a surname and a given name, each an index into tables, the same person in both languages."""

from __future__ import annotations

import csv
import functools
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from simulator import purposes
from simulator.files import fixture
from simulator.random import below, draw


@functools.cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    with fixture("names", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def surname_weights() -> tuple[int, ...]:
    """How common each surname is."""
    return _weights()


@functools.cache
def _weights() -> tuple[int, ...]:
    return tuple(int(row["weight"]) for row in _table("surnames"))


def surnames() -> tuple[dict[str, str], ...]:
    """The surnames in both languages."""
    return _table("surnames")


def given_names() -> tuple[dict[str, str], ...]:
    """The given names in both languages."""
    return _table("given")


def name_of(surname: int, given: int, language: str) -> str:
    """A name as it is written in a language: 王东, Wang Dong."""
    first, second = _table("surnames")[surname], _table("given")[given]
    return first["zh"] + second["zh"] if language == "zh" else f"{first['en']} {second['en']}"


def name_places(seed: int, shopper: Any) -> tuple[Any, Any]:
    """Surname and given name of a shopper of a seed, as places in the tables; an array of numbers gives arrays."""
    drawn = draw(seed, shopper, 0, purposes.SURNAME, 0)
    given = below(draw(seed, shopper, 0, purposes.GIVEN_NAME, 0), len(given_names()))
    reached = tuple(accumulate(surname_weights()))
    point = below(drawn, reached[-1])
    if isinstance(point, int):
        return bisect_right(reached, point), given
    return point.__array_namespace__().searchsorted(reached, point, side="right"), given
