"""Names: a surname and a given name, each an index into tables, the same person in both languages."""

from __future__ import annotations

import csv
import functools

from simulator.files import fixture


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
