"""Stocktake: accounts as they stand on any day, read by the same compiled rules as at a month's end.

Importing this module imports Numba. Nothing here moves a shopper on.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from simulator.engine.compile import make_compilable
from simulator.engine.run import Measures, Population, Whole, book_of
from simulator.engine.tally import take_stock
from simulator.rules.arrears import dpd_after
from simulator.rules.balances import available_fen, exposure_fen
from simulator.rules.health import health_of

make_compilable()  # rules that nothing else of the engine asks for

CHUNK = 4_096
EXPOSURE, AVAILABLE, HEALTH, DPD = range(4)
"""Columns of `standing`."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _take_stocks(
    accounts: Any, shoppers: Any, policy: Any, months: Any, place: int, day: int, book: Any
) -> None:
    for i in range(len(accounts)):
        if shoppers[i].arrival_day <= day:
            take_stock(book, accounts[i], shoppers[i], policy[0], months, place, 0)


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _figure(accounts: Any, shoppers: Any, day: int, found: Any) -> None:
    for i in range(len(accounts)):
        found[i, EXPOSURE] = exposure_fen(accounts[i])
        found[i, AVAILABLE] = available_fen(accounts[i])
        liquid = shoppers[i].cash_fen + shoppers[i].fund_fen
        found[i, HEALTH] = health_of(accounts[i], shoppers[i].income_fen, shoppers[i].expenses_fen, liquid)
        found[i, DPD] = dpd_after(accounts[i], max(0, day - shoppers[i].lived_day))


def take_stock_of(people: Population, policy: Any, day: int) -> Measures:
    """The stocks on a day in the middle of a month, the last day lived, as if the month ended there.

    Only `stocks`, `grades`, `use` and `limits` mean anything: what moves between month-ends needs one.
    """
    place = people.place_of(day)
    months = people.months.copy()
    months[place]["length"] = day - int(months[place]["first_day"]) + 1
    taken = Measures.empty(day, 1, 1, len(months))
    book = book_of(taken, place, 0)
    for start in range(0, people.count, CHUNK):
        accounts = people.accounts[start : start + CHUNK]
        shoppers = people.shoppers[start : start + CHUNK].copy()
        _take_stocks(accounts, shoppers, policy, months, place, day, book)
    return taken


def standing(people: Population, day: int) -> Whole:
    """Of every shopper as of the last day lived: owed, available, financial health, days past due."""
    found = np.zeros((people.count, 4), np.int64)
    _figure(people.accounts, people.shoppers, day, found)
    return found
