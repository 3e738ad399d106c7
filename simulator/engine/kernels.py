"""Kernels: the compiled loops over shoppers, and where their machine code is kept.

Importing this module imports Numba. A kernel holds no lock of Python's, so that screens stay live. The
cache's folder is named after the sources: a rule that changed is never run from an old cache.
"""

from __future__ import annotations

import os
from typing import Any

import numba
from numba.core import config

from simulator.engine.compile import make_compilable
from simulator.engine.drive import be_born, live_until, pass_days
from simulator.engine.tally import KEEPS_NEWS, KEEPS_ROWS, NEWS_COUNT, ROWS_COUNT
from simulator.files import cache_folder
from simulator.version import rulebook_version

CACHE = cache_folder() / "compiled" / rulebook_version()
config.CACHE_DIR = os.fspath(CACHE)
make_compilable()

ROWS_A_SHOPPER = 64
"""Lines of news that one shopper may add in one step of at most a month."""
EVENTS_A_SHOPPER = 2_048
"""Events that one shopper may live through in one step of at most a month."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def born(accounts: Any, shoppers: Any, traits: Any, town: Any, first_number: int) -> None:
    """Write the shoppers from `first_number` on into empty records."""
    for i in range(len(accounts)):
        be_born(accounts[i], shoppers[i], traits[0], town[0], first_number + i)


@numba.njit(nogil=True, cache=True, error_model="numpy")
def lived(
    accounts: Any, shoppers: Any, policy: Any, town: Any, months: Any, first: int, last_day: int, ask: Any, log: Any,
    book: Any, persons: Any,
) -> int:  # fmt: skip
    """Live the shoppers from index `first` on up to a day; returns the index of the first not lived.

    Ends early where the next shopper's news or events might not fit. `persons` takes what each adds to the flows;
    it has no rows where nobody asks.
    """
    reserve = ROWS_A_SHOPPER if book.settings[KEEPS_NEWS] else 0
    events = EVENTS_A_SHOPPER if book.settings[KEEPS_ROWS] else 0
    for i in range(first, len(accounts)):
        if book.settings[NEWS_COUNT] + reserve > len(book.news):
            return i
        if book.settings[ROWS_COUNT] + events > len(book.rows):
            return i
        if shoppers[i].wake_day > last_day:
            continue
        if len(persons) > 0:
            book.mine[:] = 0
        live_until(accounts[i], shoppers[i], policy[0], town[0], months, last_day, ask[0], log[0], book)
        if len(persons) > 0:
            persons[i, :] += book.mine
    return len(accounts)


@numba.njit(nogil=True, cache=True, error_model="numpy")
def changed(accounts: Any, shoppers: Any, policy: Any, day: int) -> None:
    """Before a change of policy on `day`: pass what was slept through by the old one, and wake everybody."""
    for i in range(len(accounts)):
        if shoppers[i].lived_day < day - 1 and shoppers[i].arrival_day < day:
            pass_days(accounts[i], shoppers[i], policy[0], day)
            shoppers[i].wake_day = day
            shoppers[i].lender_day = day
