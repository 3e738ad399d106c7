"""Order: rows of a population sorted by a column, as a new array of row numbers.

A stable sort, so that sorting by one column and then by another keeps the first within equals. It takes
milliseconds for a million rows and lets other threads run meanwhile.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from simulator.market.query.filters import Columns, days_late
from simulator.population.names import given_names, surnames

if TYPE_CHECKING:
    from numpy.typing import NDArray

BY_NUMBER, BY_NAME, BY_CHANGE, BY_DAYS_LATE = "number", "name", "change", "dpd"


def ordered(
    columns: Columns, rows: NDArray[Any], key: str, descending: bool, language: str = "en"
) -> NDArray[Any]:
    """The rows by number, by name as the language sorts it, by the size of the last change, by days late, or by a column."""
    import numpy as np

    if key == BY_NUMBER:
        found = np.sort(rows)
        return found[::-1] if descending else found
    values = _values(columns, key, language)[rows]
    if descending:
        return rows[np.argsort(-values.astype(np.int64), kind="stable")]
    return rows[np.argsort(values, kind="stable")]


def _values(columns: Columns, key: str, language: str) -> NDArray[Any]:
    if key == BY_CHANGE:
        change: NDArray[Any] = columns["changed_to_fen"] - columns["changed_from_fen"]
        return change
    if key == BY_DAYS_LATE:
        return days_late(columns)
    if key != BY_NAME:
        return columns[key]
    first, second = _ranks(language)
    ranks: NDArray[Any] = first[columns["surname"]] * len(second) + second[columns["given"]]
    return ranks


@functools.cache
def _ranks(language: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Place of each surname and given name in its language's order; in Chinese by sound, then by writing."""
    import numpy as np

    def ranks(table: tuple[dict[str, str], ...]) -> NDArray[Any]:
        spelled = sorted({(row["en"], row["zh"]) for row in table})
        place = {name: number for number, name in enumerate(spelled)}
        return np.array([place[row["en"], row["zh"]] for row in table], dtype=np.int32)

    return ranks(surnames()), ranks(given_names())
