"""Stocktake: accounts as they stand on any day, read by the same compiled rules as at a month's end.

Importing this module imports Numba. Nothing here moves a shopper on.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from simulator.engine.compile import make_compilable
from simulator.engine.run import Measures, Population, Whole, as_pages, as_records, copied
from simulator.engine.tally import Books, MonthBook, Notes, take_stock
from simulator.rules.arrears import dpd_after
from simulator.rules.balances import available_fen, exposure_fen
from simulator.rules.health import health_of

CHUNK = 4_096
make_compilable()
EXPOSURE, AVAILABLE, HEALTH, DPD = range(4)
"""Columns of `standing`."""


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _take_stocks(accounts: Any, shoppers: Any, policy: Any, ask: Any, notes: Any, ends: Any) -> None:
    books = Books(notes[0].own, ends[0], notes[0])
    for i in range(len(accounts)):
        if shoppers[i].arrival_day <= ask[0].day:
            take_stock(books, accounts[i], shoppers[i], policy[0], ask[0])


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
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
    ask = people.ask_of(day)
    ask.month_length = ask.dom
    taken = Measures.empty(day, 1, 1, 1)
    notes = np.zeros(1, Notes.dtype())
    for start in range(0, people.count, CHUNK):
        accounts = people.accounts[start : start + CHUNK]
        shoppers = copied(people.shoppers[start : start + CHUNK])
        _take_stocks(accounts, shoppers, policy, as_records(ask), notes, as_pages(taken.monthly, MonthBook))
    return taken


def standing(people: Population, day: int) -> Whole:
    """Of every shopper as of the last day lived: owed, available, financial health, days past due."""
    found = np.zeros((people.count, 4), np.int64)
    _figure(people.accounts, people.shoppers, day, found)
    return found

