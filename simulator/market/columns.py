"""Columns: what a snapshot shows of every shopper, a value each, copied out of the records."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.engine.run import GiveWay, Population
from simulator.engine.stocktake import AVAILABLE, DPD, EXPOSURE, standing
from simulator.rules.arithmetic import MILLION

OF_ACCOUNT = (
    "status", "causes", "closure_cause", "locked", "hardship", "limit_fen", "temporary_fen", "bucket", "score", "grade",
    "streak", "age", "city_tier", "job", "owner", "student", "income_fen", "opened_day", "closed_day",
)  # fmt: skip
"""Fields of the account that are shown as they are."""
OF_SHOPPER = ("surname", "given")
FIGURES = {"exposure_fen": EXPOSURE, "available_fen": AVAILABLE, "dpd": DPD}


def columns_of(
    people: Population, day: int, threads: int | None = None, give_way: GiveWay | None = None
) -> dict[str, Any]:
    """The columns as of the last day lived. Block by block, since a record that is near at hand is read at once for
    all of them. `give_way` is called before each block.
    """
    accounts, shoppers = people.accounts, people.shoppers
    columns = {name: np.empty(people.count, accounts.dtype[name]) for name in OF_ACCOUNT}
    columns |= {name: np.empty(people.count, shoppers.dtype[name]) for name in OF_SHOPPER}

    def copy(start: int, stop: int) -> None:
        for name, column in columns.items():
            source = accounts if name in OF_ACCOUNT else shoppers
            column[start:stop] = source[name][start:stop]

    for _done in people.by_blocks(copy, threads, give_way):
        pass
    figures = standing(people, day, threads, give_way)
    columns |= {name: np.ascontiguousarray(figures[:, place]) for name, place in FIGURES.items()}
    limit, owed = columns["limit_fen"].astype(np.int64), columns["exposure_fen"]
    columns["utilisation_ppm"] = np.where(limit > 0, owed * MILLION // np.maximum(limit, 1), 0)
    columns["arrived"] = shoppers["arrival_day"] <= day
    return columns
