"""Run: a population in arrays, moved through time by kernels in a pool of threads.

A *chunk* is a run of neighbouring shoppers that one thread lives; its books are its own and are added
up in the order of chunks, so that the outcome does not depend on threads or chunks. A *step* is a run
of days under one policy, at most a calendar month where news are kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine import kernels
from simulator.engine import measures as m
from simulator.engine.tally import (
    FIRST_DAY,
    FIRST_MONTH,
    KEEPS_NEWS,
    KEEPS_ROWS,
    NEWS_COUNT,
    ROW_WIDTH,
    ROWS_COUNT,
    SETTINGS,
    Book,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.population.months import Month, Town, months_between
from simulator.population.shopper import Shopper
from simulator.population.traits import Traits
from simulator.row import Row
from simulator.rules.ask import Ask
from simulator.rules.events import CAPACITY, WIDTH

Whole = NDArray[np.int64]
ALONE = 20_000
"""Under so many shoppers one thread is fastest."""
NEWS_ROWS = 16_384
EVENT_ROWS = 65_536
LOG = np.dtype([("count", "i8"), ("rows", "i8", (CAPACITY, WIDTH))])
AGES = 48
"""Months for which a vintage is followed."""


class Cancelled(Exception):
    """A run was stopped on request; what was lived until then stands."""


class TooLarge(Exception):
    """A run would need more memory than there is; the message gives both figures in plain words."""


def as_records(row: Row) -> Any:
    """One row as an array of one record."""
    array = np.zeros(1, type(row).dtype())
    row.store(array[0])
    return array


@dataclass
class Measures:
    """The books of a run added up: whole numbers, shapes as in `tally.Book`."""

    first_day: int
    daily: Whole
    stocks: Whole
    grades: Whole
    roll: Whole
    vintages: Whole
    causes: Whole
    use: Whole
    limits: Whole

    @classmethod
    def empty(cls, first_day: int, days: int, months: int, opened: int) -> Measures:
        """Books of so many days and months with nothing in them; vintages of `opened` months."""
        def zeros(*shape: int) -> Whole:
            return np.zeros(shape, np.int64)

        return cls(
            first_day, zeros(days, len(m.FLOWS)), zeros(months, len(m.STOCKS)),
            zeros(months, m.GRADE_ROWS, len(m.BY_GRADE)), zeros(months, 8, m.ROLL_TO), zeros(opened, AGES, 2),
            zeros(len(m.CAUSES), 2), zeros(months, m.USE_BINS), zeros(months, m.LIMIT_BINS),
        )  # fmt: skip

    def arrays(self) -> tuple[Whole, ...]:
        """All arrays, in one order."""
        return (
            self.daily, self.stocks, self.grades, self.roll, self.vintages, self.causes, self.use, self.limits,
        )  # fmt: skip

    def add(self, other: Measures) -> None:
        """Add the books of other shoppers over the same days."""
        for mine, theirs in zip(self.arrays(), other.arrays(), strict=True):
            mine += theirs


class Population:
    """Shoppers 1 to `count` of a seed, and the calendar they live by."""

    def __init__(self, town: Town, count: int, calendar: Calendar, last_day: int, first_number: int = 1) -> None:
        """Make the shoppers. `last_day` is how far the calendar reaches; `extend` goes further."""
        self.town, self.count, self.calendar, self.first_number = town, count, calendar, first_number
        self.accounts = np.zeros(count, Account.dtype())
        self.shoppers = np.zeros(count, Shopper.dtype())
        self.accounts[:] = as_records(Account())[0]
        self.shoppers[:] = as_records(Shopper())[0]
        self.first_day = -town.warm_up_days
        self.months: Any = None
        self.extend(last_day)
        self._town = as_records(town)
        kernels.born(self.accounts, self.shoppers, as_records(Traits()), self._town, first_number)

    def extend(self, last_day: int) -> None:
        """Let the calendar reach a later day."""
        rows = months_between(self.calendar, self.first_day, last_day)
        self.months = np.zeros(len(rows), Month.dtype())
        for place, row in enumerate(rows):
            row.store(self.months[place])

    def place_of(self, day: int) -> int:
        """The place of a day's month in the calendar."""
        return int(np.searchsorted(self.months["first_day"], day, side="right")) - 1

    def copy(self) -> Population:
        """An independent copy of the shoppers, on the same calendar."""
        other = object.__new__(Population)
        other.__dict__.update(self.__dict__)
        other.accounts, other.shoppers = self.accounts.copy(), self.shoppers.copy()
        return other

    def set_town(self, town: Town) -> None:
        """Let an intervention hold from now on."""
        self.town, self._town = town, as_records(town)

    def change_policy(self, old: Any, day: int) -> None:
        """Let everybody meet a new policy on the morning of `day`; `old` is the record until then."""
        kernels.changed(self.accounts, self.shoppers, old, day)

    def live(
        self,
        policy: Any,
        first_day: int,
        last_day: int,
        *,
        threads: int | None = None,
        chunk: int = 4_096,
        on_news: Callable[[Whole], None] | None = None,
        on_rows: Callable[[Whole], None] | None = None,
        persons: Whole | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Measures:
        """Live from one day to another, both included, under one policy record; the books of it.

        `on_news` is given the news of the step by shopper, then day; `on_rows` every event likewise, its
        columns as `rules.events` says and the shopper's number last: no more than a month at a time.
        `persons` (count, FLOWS) is added
        to. Raises Cancelled between chunks: the shoppers are then of no further use.
        """
        place = self.place_of(first_day)
        months = self.place_of(last_day) - place + 1
        total = Measures.empty(first_day, last_day - first_day + 1, months, len(self.months))
        chunks = [(start, min(self.count, start + chunk)) for start in range(0, self.count, chunk)]
        workers = threads or os.cpu_count() or 1
        if self.count < ALONE:
            workers = 1

        def work(bounds: tuple[int, int]) -> tuple[Measures, list[Whole], list[Whole]]:
            if cancel is not None and cancel():
                raise Cancelled
            keeps = on_news is not None, on_rows is not None
            return self._live_chunk(policy, bounds, place, first_day, last_day, keeps, persons)

        for done, (books, news, events) in enumerate(_in_order(work, chunks, workers), 1):
            total.add(books)
            for rows in news:
                if on_news is not None and len(rows):
                    on_news(rows)
            for rows in events:
                if on_rows is not None and len(rows):
                    on_rows(rows)
            if progress is not None:
                progress(done, len(chunks))
        return total

    def _live_chunk(
        self, policy: Any, bounds: tuple[int, int], place: int, first_day: int, last_day: int,
        keeps: tuple[bool, bool], persons: Whole | None,
    ) -> tuple[Measures, list[Whole], list[Whole]]:  # fmt: skip
        start, stop = bounds
        months = self.place_of(last_day) - place + 1
        books = Measures.empty(first_day, last_day - first_day + 1, months, len(self.months))
        book = _book(books, place, NEWS_ROWS * keeps[0], EVENT_ROWS * keeps[1])
        own = persons[start:stop] if persons is not None else np.zeros((0, len(m.FLOWS)), np.int64)
        ask, log = np.zeros(1, Ask.dtype()), np.zeros(1, LOG)
        told: list[Whole] = []
        lived: list[Whole] = []
        at = 0
        while at < stop - start:
            at = kernels.lived(
                self.accounts[start:stop], self.shoppers[start:stop], policy, self._town, self.months, at,
                last_day, ask, log, book, own,
            )  # fmt: skip
            if keeps[0]:
                told.append(book.news[: book.settings[NEWS_COUNT]].copy())
                book.settings[NEWS_COUNT] = 0
            if keeps[1]:
                lived.append(book.rows[: book.settings[ROWS_COUNT]].copy())
                book.settings[ROWS_COUNT] = 0
        return books, told, lived

    def world_hash(self) -> str:
        """Hash over all named fields of all shoppers, in name order, as little-endian 64-bit integers."""
        hashed = hashlib.sha256()
        for array in (self.accounts, self.shoppers):
            for name, values in leaves(array):
                hashed.update(name.encode())
                hashed.update(np.ascontiguousarray(values, "<i8").tobytes())
        return hashed.hexdigest()

    @property
    def bytes_a_shopper(self) -> int:
        """Memory of one shopper's records."""
        return int(self.accounts.itemsize + self.shoppers.itemsize)


def leaves(array: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The plain columns of a structured array with their dotted names, in name order."""
    for name in sorted(array.dtype.names):
        column = array[name]
        if column.dtype.names:
            yield from leaves(column, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", column


def _book(books: Measures, place: int, news: int, events: int) -> Book:
    settings = np.zeros(SETTINGS, np.int64)
    settings[FIRST_DAY], settings[FIRST_MONTH], settings[KEEPS_NEWS] = books.first_day, place, int(news > 0)
    settings[KEEPS_ROWS] = int(events > 0)
    return Book(
        settings, books.daily, np.zeros(len(m.FLOWS), np.int64), books.stocks, books.grades, books.roll,
        books.vintages, books.causes, books.use, books.limits, np.zeros((news, m.NEWS_WIDTH), np.int64),
        np.zeros((events, ROW_WIDTH), np.int64),
    )  # fmt: skip


def _in_order(work: Callable[[Any], Any], parts: list[Any], workers: int) -> Iterator[Any]:
    """What the work on each part gives, in the order of the parts."""
    if workers == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="engine") as pool:
        futures = [pool.submit(work, part) for part in parts]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def policy_record(record: PolicyRecord) -> Any:
    """A policy as kernels read it."""
    return as_records(record)
