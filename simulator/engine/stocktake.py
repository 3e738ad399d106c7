"""Stocktake: accounts as they stand on any day, read by the same compiled rules as at a month's end.

Importing this module imports Numba. Nothing here moves a shopper on.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from simulator.engine.books import Books, MonthBook, Notes
from simulator.engine.compile import make_compilable
from simulator.engine.folding import Desk, Shelf, empty_desk, unfold
from simulator.engine.run import GiveWay, Measures, Population, Whole, as_pages, as_records
from simulator.engine.stock import take_stock
from simulator.rules.arrears import dpd_after
from simulator.rules.balances import available_fen, exposure_fen
from simulator.rules.health import health_of

make_compilable()
EXPOSURE, AVAILABLE, HEALTH, DPD = range(4)
"""Columns of `standing`."""


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _take_stocks(shelf: Shelf, desk: Desk, policy: Any, ask: Any, notes: Any, ends: Any) -> None:
    books = Books(notes[0].own, ends[0], notes[0])
    for i in range(len(shelf.places)):
        if shelf.shoppers[i].arrival_day <= ask[0].day:
            unfold(shelf, i, desk)
            take_stock(books, desk.accounts[0], desk.shoppers[0], policy[0], ask[0])


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _figure(shelf: Shelf, desk: Desk, day: int, found: Any) -> None:
    account, shopper = desk.accounts[0], desk.shoppers[0]
    for i in range(len(shelf.places)):
        unfold(shelf, i, desk)
        found[i, EXPOSURE] = exposure_fen(account)
        found[i, AVAILABLE] = available_fen(account)
        liquid = shopper.cash_fen + shopper.fund_fen
        found[i, HEALTH] = health_of(account, shopper.income_fen, shopper.expenses_fen, liquid)
        found[i, DPD] = dpd_after(account, max(0, day - shopper.lived_day))


def take_stock_of(
    people: Population, policy: Any, day: int, threads: int | None = None, give_way: GiveWay | None = None
) -> Measures:
    """The stocks on a day in the middle of a month, the last day lived, as if the month ended there.

    Only `stocks`, `grades`, `use` and `limits` mean anything: what moves between month-ends needs one.
    """
    ask = people.ask_of(day)
    ask.month_length = ask.dom

    def work(start: int, stop: int) -> Measures:
        taken, notes = Measures.empty(day, 1, 1, 1), np.zeros(1, Notes.dtype())
        shelf, pages = people.records.shelf(start, stop), as_pages(taken.monthly, MonthBook)
        _take_stocks(shelf, empty_desk(), policy, as_records(ask), notes, pages)
        return taken

    total = Measures.empty(day, 1, 1, 1)
    for taken in people.by_blocks(work, threads, give_way):
        total.add(taken)
    return total


def standing(people: Population, day: int, threads: int | None = None, give_way: GiveWay | None = None) -> Whole:
    """Of every shopper as of the last day lived: owed, available, financial health, days past due."""
    found = np.zeros((people.count, 4), np.int64)

    def work(start: int, stop: int) -> None:
        _figure(people.records.shelf(start, stop), empty_desk(), day, found[start:stop])

    for _done in people.by_blocks(work, threads, give_way):
        pass
    return found

