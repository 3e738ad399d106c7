"""Kernels: the compiled loops over shoppers, and where their machine code is kept.

Importing this module imports Numba. A kernel holds no lock of Python's, so that screens stay live. The
cache's folder is named after the sources: a rule that changed is never run from an old cache.
"""

from __future__ import annotations

from typing import Any

import numba

from simulator.compiled import code_folder
from simulator.engine.books import Books
from simulator.engine.compile import make_compilable
from simulator.engine.drive import await_change, be_born, live_day, rouse
from simulator.engine.folding import Desk, Shelf, fetch_next, fold, has_room, lay, leave, unfold
from simulator.engine.measures import AGES, FLOWS, NEWS_WIDTH
from simulator.engine.tally import keep
from simulator.population.months import month_at, tell_day
from simulator.rules.events import WIDTH, empty

CACHE = code_folder()
make_compilable()

FLOW_COUNT = len(FLOWS)
NEWS_A_SHOPPER, ROWS_A_SHOPPER = 64, 4_096
"""Lines of news and events that one shopper may add in one step: some years of it."""


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def born(shelf: Shelf, desk: Desk, blank: Desk, traits: Any, town: Any, first_number: int, first: int) -> int:
    """Make the shoppers of a shelf from index `first` on, where the shopper at index 0 is `first_number`; returns
    the index of the first for whom there is no room. `blank` are the two records of nobody.
    """
    for i in range(first, len(shelf.places)):
        if not has_room(shelf):
            return i
        lay(blank, desk)
        be_born(desk.accounts[0], desk.shoppers[0], traits[0], town[0], first_number + i)
        fold(shelf, i, desk)
    return len(shelf.places)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def lived(
    shelf: Shelf, desk: Desk, policy: Any, town: Any, months: Any, first: int, last_day: int, ask: Any, log: Any,
    notes: Any, place: Any, days: Any, ends: Any, vintages: Any, persons: Any, news: Any, rows: Any,
) -> int:  # fmt: skip
    """Live the shoppers from index `first` on up to a day; returns the index of the first not lived.

    `place`: first day, first month's place, news kept so far, events kept so far; the last two are
    counted on. `days` and `ends` are the pages of days and of months; `vintages` is flat. `persons` takes what
    each shopper adds to the flows, `news` and `rows` lines of news and all events: each has no rows where
    nobody asks. Ends early where the next shopper's might not fit, or there is no room to fold another; lines that
    do not fit all the same are counted, so that the caller sees it.
    """
    first_day, first_month = place[0], place[1]
    base = (months[0].year * 12 + months[0].month) * AGES * 2
    account, shopper = desk.accounts[0], desk.shoppers[0]
    for i in range(first, len(shelf.places)):
        if not has_room(shelf):
            return i
        if shelf.shoppers[i].wake_day > last_day:
            leave(shelf, i)
            continue
        if len(news) > 0 and place[2] + NEWS_A_SHOPPER > len(news):
            return i
        if len(rows) > 0 and place[3] + ROWS_A_SHOPPER > len(rows):
            return i
        unfold(shelf, i, desk)
        fetch_next(shelf, i)
        at = month_at(months, shopper.wake_day)
        while shopper.wake_day <= last_day:
            while shopper.wake_day >= months[at].first_day + months[at].length:
                at += 1
            tell_day(ask[0], months[at], shopper.wake_day)
            empty(log[0])
            live_day(account, shopper, policy[0], town[0], months[at], ask[0], log[0])
            page = days[ask[0].day - first_day]
            if len(persons) > 0:
                page = notes[0].own
                for cell in range(FLOW_COUNT):
                    page.flows[cell] = 0
            books = Books(page, ends[at - first_month], notes[0])
            keep(books, log[0], account, shopper, policy[0], ask[0])
            if len(persons) > 0:
                for cell in range(FLOW_COUNT):
                    persons[i, cell] += page.flows[cell]
                    days[ask[0].day - first_day].flows[cell] += page.flows[cell]
            if ask[0].dom == ask[0].month_length and notes[0].opened_month:
                cell = (notes[0].opened_month * AGES + notes[0].age) * 2 - base
                vintages[cell] += 1
                vintages[cell + 1] += notes[0].over_90
            if len(news) > 0:
                for j in range(notes[0].news_count):
                    if place[2] < len(news):
                        for column in range(NEWS_WIDTH):
                            news[place[2], column] = notes[0].news[j, column]
                    place[2] += 1
                notes[0].news_count = 0
            if len(rows) > 0:
                for j in range(log[0].count):
                    if place[3] < len(rows):
                        for column in range(WIDTH):
                            rows[place[3], column] = log[0].rows[j, column]
                        rows[place[3], WIDTH] = shopper.number
                    place[3] += 1
        fold(shelf, i, desk)
    return len(shelf.places)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def roused(shoppers: Any, day: int) -> None:
    """Let everybody be awake on a day."""
    for i in range(len(shoppers)):
        rouse(shoppers[i], day)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def changing(shoppers: Any, day: int) -> None:
    """Let everybody meet another policy on the morning of a day."""
    for i in range(len(shoppers)):
        await_change(shoppers[i], day)
