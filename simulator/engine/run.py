"""Run: a population in arrays, moved through time by kernels in a pool of threads.

A *chunk* is a run of neighbouring shoppers that one thread lives; its books are its own and are added
up in the order of chunks, so that the outcome does not depend on threads or chunks. A *step* is a run
of days under one policy, at most a calendar month where news are kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine import kernels
from simulator.engine import measures as m
from simulator.engine.books import DayBook, MonthBook, Notes
from simulator.engine.folding import BLOCK, Folded, Shelf, desk_of, empty_desk, within_blocks
from simulator.engine.threads import in_order
from simulator.population.months import Month, Town, months_between, tell_day
from simulator.population.names import name_places
from simulator.population.shopper import Shopper
from simulator.population.traits import Traits
from simulator.row import Row
from simulator.rules.ask import Ask
from simulator.rules.events import CAPACITY, WIDTH

T = TypeVar("T")
Whole = NDArray[np.int64]
GiveWay = Callable[[], None]
"""Called between two pieces of work; it may wait, so that others go first."""
ALONE = 8_000
"""Under so many shoppers one thread is fastest."""
LONG_DAYS = 45
"""A step over so many days leaves nearly nobody as folded before."""
HASHED_AT_ONCE = 2_048
NEWS_LINES, EVENT_ROWS = 16_384, 65_536
NO_ROWS = 0
LOG = np.dtype([("count", "i8"), ("told", "i8"), ("quiet", "i8"), ("rows", "i8", (CAPACITY, WIDTH))])


class Cancelled(Exception):
    """A run was stopped on request; what was lived until then stands."""


class TooLarge(Exception):
    """A run would need more memory than there is; the message gives both figures in plain words."""


class TooLong(Exception):
    """A step brought one shopper more news or events than are kept of a step."""


def as_records(row: Row) -> Any:
    """One row as an array of one record."""
    array = np.zeros(1, type(row).dtype())
    row.store(array[0])
    return array


def as_pages(cells: Whole, kind: type[Row]) -> Any:
    """Rows of whole numbers as records of the same numbers."""
    return cells.view(kind.dtype())[:, 0]


@dataclass
class Measures:
    """The books of a run added up, in whole numbers. A day's row of `daily` holds FLOWS, a month's row of
    `monthly` STOCKS, grades, roll, use and limits side by side; the properties give each in its shape.
    """

    first_day: int
    daily: Whole  # (days, FLOWS)
    monthly: Whole  # (months, cells)
    vintages: Whole  # (months opened, AGES, 2): accounts, ever over 90 days
    causes: Whole  # (CAUSES, 2): count, sum of changes

    @classmethod
    def empty(cls, first_day: int, days: int, months: int, opened: int) -> Measures:
        """Books of so many days and months with nothing in them; vintages of `opened` months."""
        return cls(
            first_day,
            np.zeros((days, len(m.FLOWS)), np.int64),
            np.zeros((months, sum(m.CELLS)), np.int64),
            np.zeros((opened, m.AGES, 2), np.int64),
            np.zeros((len(m.CAUSES), 2), np.int64),
        )

    def _part(self, place: int, *shape: int) -> Whole:
        start = sum(m.CELLS[:place])
        return self.monthly[:, start : start + m.CELLS[place]].reshape(len(self.monthly), *shape)

    @property
    def stocks(self) -> Whole:
        """(months, STOCKS)."""
        return self._part(0, len(m.STOCKS))

    @property
    def grades(self) -> Whole:
        """(months, GRADE_ROWS, BY_GRADE)."""
        return self._part(1, m.GRADE_ROWS, m.GRADE_COLUMNS)

    @property
    def roll(self) -> Whole:
        """(months, 8, ROLL_TO): exposure of a bucket a month ago, by where it is now."""
        return self._part(2, 8, m.ROLL_TO)

    @property
    def use(self) -> Whole:
        """(months, USE_BINS): open lines by utilisation."""
        return self._part(3, m.USE_BINS)

    @property
    def limits(self) -> Whole:
        """(months, LIMIT_BINS): open lines by limit."""
        return self._part(4, m.LIMIT_BINS)

    def arrays(self) -> tuple[Whole, ...]:
        """All arrays, in one order."""
        return self.daily, self.monthly, self.vintages, self.causes

    def add(self, other: Measures) -> None:
        """Add the books of other shoppers over the same days."""
        for mine, theirs in zip(self.arrays(), other.arrays(), strict=True):
            mine += theirs


class Population:
    """Shoppers 1 to `count` of a seed, and the calendar they live by.

    `accounts` and `shoppers` are columns of every plain field; `whole` gives records with their slots.
    """

    def __init__(
        self, town: Town, count: int, calendar: Calendar, last_day: int, first_number: int = 1,
        progress: Callable[[int, int], None] | None = None, cancel: Callable[[], bool] | None = None,
    ) -> None:  # fmt: skip
        """Make the shoppers. `last_day` is how far the calendar reaches; `extend` goes further. `progress` is
        told shoppers made and shoppers in all. Raises Cancelled.
        """
        self.town, self.count, self.calendar, self.first_number = town, count, calendar, first_number
        self.records = Folded(count)
        self.first_day = -town.warm_up_days
        self.months: Any = None
        self.extend(last_day)
        self._town = as_records(town)
        for start, stop in within_blocks(0, count, BLOCK):
            if cancel is not None and cancel():
                raise Cancelled
            self._make(start, stop)
            if progress is not None:
                progress(stop, count)

    def _make(self, start: int, stop: int) -> None:
        """Make the shoppers of some places."""
        first = self.first_number + start
        make(self.records, start, stop, self._town, first)
        numbers = np.arange(first, first + stop - start, dtype=np.int64)
        shoppers = self.shoppers[start:stop]
        shoppers["surname"], shoppers["given"] = name_places(self.town.seed, numbers)

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
        other.records = self.records.copy()
        return other

    @property
    def accounts(self) -> Any:
        """The accounts' plain fields, by column."""
        return self.records.accounts

    @property
    def shoppers(self) -> Any:
        """The shoppers' plain fields, by column."""
        return self.records.shoppers

    def whole(self, start: int = 0, stop: int | None = None) -> tuple[Any, Any]:
        """Copies of whole records of some places: accounts and shoppers."""
        return self.records.whole(start, self.count if stop is None else stop)

    def records_of(self, number: int) -> tuple[Account, Shopper]:
        """Copies of the two records of a shopper."""
        place = number - self.first_number
        accounts, shoppers = self.whole(place, place + 1)
        return Account.load(accounts[0]), Shopper.load(shoppers[0])

    def set_town(self, town: Town) -> None:
        """Let an intervention hold from now on."""
        self.town, self._town = town, as_records(town)

    def change_policy(self, old: Any, day: int, on_rows: Callable[[Whole], None] | None = None) -> None:
        """Let everybody meet a new policy on the morning of `day`; `old` is the record until then. All days
        before have been lived, and what was slept through of them is lived by the old policy now.
        """
        self.bring_up_to(old, day - 1, on_rows)
        kernels.changing(self.shoppers, day)

    def bring_up_to(self, policy: Any, day: int, on_rows: Callable[[Whole], None] | None = None) -> None:
        """Let everybody be awake on the last day lived: what they slept through is lived, nothing else happens."""
        kernels.roused(self.shoppers, day)
        self.live(policy, day, day, chunk=1 if on_rows else BLOCK, on_rows=on_rows)

    def ask_of(self, day: int) -> Ask:
        """A day as rules are told of it."""
        ask = Ask()
        tell_day(ask, Month.load(self.months[self.place_of(day)]), day)
        return ask

    def live(
        self,
        policy: Any,
        first_day: int,
        last_day: int,
        *,
        threads: int | None = None,
        chunk: int = BLOCK,
        on_news: Callable[[Whole], None] | None = None,
        on_rows: Callable[[Whole], None] | None = None,
        persons: Whole | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancel: Callable[[], bool] | None = None,
        give_way: GiveWay | None = None,
    ) -> Measures:
        """Live from one day to another, both included, under one policy record; the books of it.

        `on_news` is given the news of the step by shopper, then day; `on_rows` every event likewise, its
        columns as `rules.events` says and the shopper's number last. With `chunk=1` a call has those of one
        shopper. `persons` (count, FLOWS) is added to. Raises Cancelled between chunks: the shoppers are then of no further use.
        `give_way` is called before each block, and may let others go first.
        """
        place = self.place_of(first_day)
        months = self.place_of(last_day) - place + 1
        total = Measures.empty(first_day, last_day - first_day + 1, months, len(self.months))
        blocks = -(-self.count // BLOCK)
        keeps = NEWS_LINES if on_news else NO_ROWS, EVENT_ROWS if on_rows else NO_ROWS

        def work(start: int, stop: int) -> list[tuple[Measures, list[Whole], list[Whole]]]:
            if cancel is not None and cancel():
                raise Cancelled
            return [
                self._live_chunk(policy, bounds, place, first_day, last_day, keeps, persons)
                for bounds in within_blocks(start, stop, chunk)
            ]

        for done, lived in enumerate(self.by_blocks(work, threads, give_way), 1):
            for books, news, rows in lived:
                total.add(books)
                _hand_over(news, on_news)
                _hand_over(rows, on_rows)
            if progress is not None:
                progress(done, blocks)
        return total

    def by_blocks(
        self, work: Callable[[int, int], T], threads: int | None = None, give_way: GiveWay | None = None
    ) -> Iterator[T]:
        """What the work on each block of places gives, in the order of the places, whichever thread does it."""

        def turn(block: tuple[int, int]) -> T:
            if give_way is not None:
                give_way()
            return work(*block)

        yield from in_order(turn, list(within_blocks(0, self.count, BLOCK)), self._workers(threads))

    def _workers(self, threads: int | None) -> int:
        return 1 if self.count < ALONE else threads or os.cpu_count() or 1

    def _live_chunk(
        self, policy: Any, bounds: tuple[int, int], place: int, first_day: int, last_day: int,
        keeps: tuple[int, int], persons: Whole | None,
    ) -> tuple[Measures, list[Whole], list[Whole]]:  # fmt: skip
        start, stop = bounds
        months = self.place_of(last_day) - place + 1
        books = Measures.empty(first_day, last_day - first_day + 1, months, len(self.months))
        news = np.zeros((keeps[0], m.NEWS_WIDTH), np.int64)
        rows = np.zeros((keeps[1], WIDTH + 1), np.int64)
        own = persons[start:stop] if persons is not None else np.zeros((NO_ROWS, len(m.FLOWS)), np.int64)
        ask, log, notes = np.zeros(1, Ask.dtype()), np.zeros(1, LOG), np.zeros(1, Notes.dtype())
        notes["listening"] = int(keeps[0] != NO_ROWS)
        log["quiet"] = int(keeps[1] == NO_ROWS)
        told: list[Whole] = []
        kept: list[Whole] = []
        desk = empty_desk()

        def lived(shelf: Shelf, first: int) -> int:
            places = np.array([first_day, place, 0, 0], np.int64)
            at: int = kernels.lived(
                shelf, desk, policy, self._town, self.months, first, last_day, ask, log, notes, places,
                as_pages(books.daily, DayBook), as_pages(books.monthly, MonthBook), books.vintages.reshape(-1),
                own, news, rows,
            )  # fmt: skip
            told.append(_taken(news, places[2]))
            kept.append(_taken(rows, places[3]))
            return at

        self.records.work(start, stop, lived, anew=last_day - first_day >= LONG_DAYS)
        books.causes += notes[0]["causes"]
        return books, told, kept

    def world_hash(
        self, progress: Callable[[int, int], None] | None = None, threads: int | None = None
    ) -> str:
        """Hash over the hashes of every HASHED_AT_ONCE shoppers, each over all named fields of theirs, in name
        order, as little-endian 64-bit integers. `progress` is told shoppers hashed and shoppers in all.
        """
        starts = list(range(0, self.count, HASHED_AT_ONCE))
        hashed = hashlib.sha256()
        for start, part in zip(starts, in_order(self._hash_from, starts, self._workers(threads)), strict=True):
            hashed.update(part)
            if progress is not None:
                progress(min(self.count, start + HASHED_AT_ONCE), self.count)
        return hashed.hexdigest()

    def _hash_from(self, start: int) -> bytes:
        """Hash of the shoppers from a place on: so few that a field is read while its record is near at hand."""
        accounts, shoppers = self.whole(start, min(self.count, start + HASHED_AT_ONCE))
        hashed = hashlib.sha256()
        for name, values in (*leaves(accounts), *leaves(shoppers)):
            hashed.update(name.encode())
            hashed.update(np.ascontiguousarray(values, "<i8").data)
        return hashed.digest()

    @property
    def bytes_a_shopper(self) -> int:
        """Memory of one shopper's records, on average."""
        return self.records.bytes // self.count


def make(records: Folded, start: int, stop: int, town: Any, first_number: int) -> None:
    """Make the shoppers of some places of one block, `first_number` and those after it, without names."""
    desk, blank, traits = empty_desk(), desk_of(as_records(Account()), as_records(Shopper())), as_records(Traits())
    records.work(
        start, stop, lambda shelf, first: kernels.born(shelf, desk, blank, traits, town, first_number, first), anew=True
    )  # fmt: skip


def leaves(array: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The plain columns of a structured array with their dotted names, in name order."""
    for name in sorted(array.dtype.names):
        column = array[name]
        if column.dtype.names:
            yield from leaves(column, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", column


def _taken(rows: Whole, count: int) -> Whole:
    """Take what a kernel has written; none may be lost, not even where a step was too long for it."""
    if count > len(rows) > 0:
        raise TooLong(f"{count} lines in one step, room for {len(rows)}")
    return rows[:count].copy()


def _hand_over(parts: list[Whole], taker: Callable[[Whole], None] | None) -> None:
    for part in parts:
        if taker is not None:
            taker(part)
