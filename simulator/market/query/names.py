"""Names: who is called so. The two small tables are searched first, then two columns of indices.

A whole surname or given name matches itself alone, so that "Li" is no "Liang"; else the beginning of a
name does. Both languages, whatever the reader's.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from simulator.market.query.filters import Columns, Filter, Flags, Today
from simulator.population.names import given_names, surnames

if TYPE_CHECKING:
    from numpy.typing import NDArray


def plain(text: str) -> str:
    """A name without spaces and capitals."""
    return "".join(text.split()).lower()


@functools.cache
def _spellings() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(English, Chinese) of each surname and each given name, plain."""
    first = [(plain(row["en"]), plain(row["zh"])) for row in surnames()]
    second = [(plain(row["en"]), plain(row["zh"])) for row in given_names()]
    return first, second


@functools.cache
def _whole_names() -> frozenset[str]:
    """Every surname, every given name, and every two of them together."""
    first, second = _spellings()
    alone = [name for pair in (*first, *second) for name in pair]
    return frozenset(
        (*alone, *(name for surname in first for given in second for name in _written(surname, given)))
    )


def is_name(text: str) -> bool:
    """Whether a text is a whole surname, given name or both together."""
    return plain(text) in _whole_names()


def pairs(text: str) -> NDArray[Any]:
    """A table of flags, surname by given name: which names a text means."""
    import numpy as np

    sought = plain(text)
    first, second = _spellings()
    alone = np.logical_or.outer([sought in pair for pair in first], [sought in pair for pair in second])
    if alone.any():
        return alone
    whole = [[sought in _written(surname, given) for given in second] for surname in first]
    if np.any(whole):
        return np.array(whole)
    return np.array(
        [
            [any(name.startswith(sought) for name in (*given, *_written(surname, given))) for given in second]
            for surname in first
        ]
    )


def _written(surname: tuple[str, str], given: tuple[str, str]) -> tuple[str, str, str]:
    """The ways a whole name is written: English in either order, Chinese."""
    return surname[0] + given[0], given[0] + surname[0], surname[1] + given[1]


def named(text: str) -> Filter:
    """Who is called so, wholly or by the beginning of the name."""

    def holds(columns: Columns, today: Today) -> Flags:
        flags: Flags = pairs(text)[columns["surname"], columns["given"]]
        return flags

    return holds
