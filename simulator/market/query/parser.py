"""Parser: a filter's text becomes a function, or a sentence that says which piece does not fit.

Bindings, loosest first: or, and (also by standing side by side), not.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator import codes
from simulator.market.query import words as w
from simulator.market.query.faults import QueryError
from simulator.market.query.figures import TOKENS_OF_UNIT, date_of, value_of
from simulator.market.query.filters import (
    Columns,
    Days,
    Filter,
    Flags,
    Today,
    both,
    changed,
    changed_by,
    coded,
    compared,
    dated,
    either,
    everyone,
    flagged,
    has_bit,
    last_days,
    neither,
    period,
    within,
)
from simulator.market.query.names import is_name, named
from simulator.market.query.reader import Reader
from simulator.market.query.tokens import BUCKET, DATE, FIGURE, TEXT
from simulator.text import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEEPEST = 40
"""Brackets and nots within each other."""


@dataclass(frozen=True)
class Query:
    """A filter that can be asked."""

    text: str
    holds: Filter

    def flags(self, columns: Columns, today: Today) -> Flags:
        """For every shopper whether the filter holds."""
        return self.holds(columns, today)

    def rows(self, columns: Columns, today: Today) -> NDArray[Any]:
        """The rows of the shoppers who are there and for whom it holds, in their order."""
        import numpy as np

        return np.flatnonzero(self.holds(columns, today) & columns["arrived"])


def parse(text: str) -> Query:
    """Read a filter; an empty one holds for everybody. Raises QueryError."""
    if not text.strip():
        return Query("", everyone)
    return Query(text.strip(), Parser(text).whole())


class Parser(Reader):
    """Reads conditions and what joins them."""

    depth = 0

    def whole(self) -> Filter:
        """The filter of the whole text."""
        found = self._any_of()
        if self.place < len(self.pieces):
            raise self.misfit()
        return found

    # Joining

    def _any_of(self) -> Filter:
        found = self._all_of()
        while self.word(w.OR):
            found = either(found, self._all_of())
        return found

    def _all_of(self) -> Filter:
        found = self._one()
        while self.word(w.AND) or self._goes_on():
            found = both(found, self._one())
        return found

    def _goes_on(self) -> bool:
        """Whether another condition stands here without an "and"."""
        here = self.here
        if here is None:
            return False
        starts = (w.FLAG, w.CHANGE, w.FIELD, w.STATUS, w.JOB, w.NAME, w.OF_STATUS, w.OF_JOB, w.NOT, w.OPEN,
                  w.PERIOD, w.LAST)  # fmt: skip
        begins = here.kind == BUCKET or (here.kind == TEXT and is_name(here.text))
        return begins or any(word.kind in starts for word in here.words)

    def _one(self) -> Filter:
        """One condition, perhaps negated or in brackets."""
        self.depth += 1
        if self.depth > DEEPEST:
            here = self.here
            raise QueryError(_("The filter is nested too deeply."), here.start if here else 0, len(self.text))
        try:
            if self.word(w.NOT):
                return neither(self._one())
            if self.word(w.OPEN):
                found = self._any_of()
                if not self.word(w.CLOSE):
                    raise self.misfit()
                return found
            return self._condition()
        finally:
            self.depth -= 1

    # Conditions

    def _condition(self) -> Filter:
        if flag := self.word(w.FLAG):
            return self._field("dpd") if flag.value == "late" and self._measured() else flagged(str(flag.value))
        if change := self.word(w.CHANGE):
            return self._change(str(change.value))
        if days := self._days():
            return self._happened(days)
        if field := self.word(w.FIELD):
            return self._field(str(field.value))
        if self.word(w.OF_STATUS):
            self._equals()
            return self._status() or self._fail()
        if self.word(w.OF_JOB):
            self._equals()
            return self._job() or self._fail()
        if self.word(w.NAME):
            return self._name()
        if found := self._status() or self._job() or self._bucket():
            return found
        here = self.here
        if here is not None and here.kind == TEXT and is_name(here.text):
            return self._name()
        if number := self.piece(FIGURE, "number"):
            return compared("number", "=", value_of(number, "number", "count"))
        return self._fail()

    def _measured(self) -> bool:
        """Whether it is said by how much: "late over 30" is about days late."""
        here = self.here
        return here is not None and (here.kind == FIGURE or any(word.kind == w.COMPARE for word in here.words))

    def _equals(self) -> None:
        """An "is" or "=" that may be left out."""
        here = self.here
        if here is not None and any(word.kind == w.COMPARE and word.value == "=" for word in here.words):
            self.taken()

    def _status(self) -> Filter | None:
        status = self.word(w.STATUS)
        if status is None:
            return None
        found = coded("status", int(status.value))
        if status.value == codes.CLOSED:
            found = self._caused(found, w.CLOSED_BY, "closure_cause")
            if days := self._days():
                found = both(found, within("closed", days))
        elif status.value == codes.SUSPENDED:
            found = self._caused(found, w.SUSPENDED_BY, "causes")
        return found

    def _caused(self, found: Filter, kind: str, column: str) -> Filter:
        if not self.word(w.BY):
            return found
        cause = self.word(kind)
        if cause is None:
            raise self.misfit()
        number = int(cause.value)
        return both(found, has_bit(column, number) if kind == w.SUSPENDED_BY else coded(column, number))

    def _job(self) -> Filter | None:
        job = self.word(w.JOB)
        return None if job is None else coded("job", int(job.value))

    def _bucket(self) -> Filter | None:
        """A bucket without its field: "M2", "in M2", "M2 or more"."""
        here, after = self.here, self.pieces[self.place + 1 : self.place + 2]
        if here is not None and here.text.lower() == "in" and after and after[0].kind == BUCKET:
            self.taken()
        bucket = self.piece(BUCKET, "bucket")
        return None if bucket is None else self._range("bucket", "bucket", value_of(bucket, "bucket", "bucket"))

    def _name(self) -> Filter:
        first = self.piece(TEXT)
        if first is None:
            raise self.misfit()
        name = first.text
        while (
            (here := self.here) is not None and here.kind == TEXT and here.text.isascii() and name.isascii()
        ):
            name += " " + here.text
            self.taken()
        return named(name)

    def _happened(self, days: Days) -> Filter:
        """What happened within days that were named first: 本月降额."""
        if change := self.word(w.CHANGE):
            return self._change(str(change.value), days)
        here = self.here
        if here is not None and any(
            word.kind == w.STATUS and word.value == codes.CLOSED for word in here.words
        ):
            return both(self._status() or self._fail(), within("closed", days))
        raise self.misfit()

    def _change(self, direction: str, when: Days | None = None) -> Filter:
        """What may follow a change of the limit, in any order: when, why, how much. It is one of the limit itself,
        unless a festival is named as its cause: what that adds for a while is no limit, and its end is no cut.
        """
        what, spans, causes, sizes = "changed", [when] if when else [], [], []
        while True:
            if days := self._days():
                spans.append(days)
            elif self.word(w.BY):
                cause = self.word(w.CAUSE)
                if cause is None:
                    raise self.misfit()
                causes.append(int(cause.value))
                what = "festival" if cause.value in w.OF_FESTIVAL else what
            elif comparison := self.word(w.COMPARE):
                sizes.append((str(comparison.value), self._value("limit", "fen")))
            else:
                break
        wanted = [within(what, days) for days in spans] + [coded(f"{what}_cause", code) for code in causes]
        wanted += [changed_by(comparison, fen, what) for comparison, fen in sizes]
        return functools.reduce(both, wanted, changed(direction, what))

    def _days(self) -> Days | None:
        """A period, if one stands here."""
        if named_period := self.word(w.PERIOD):
            return period(str(named_period.value))
        if not self.word(w.LAST):
            return None
        count = self.piece(FIGURE, "count")
        if count is None:
            raise self.misfit()
        self.word(w.DAYS)
        return last_days(value_of(count, "days", "count"))

    def _fail(self) -> Filter:
        raise self.misfit()

    def _field(self, field: str) -> Filter:
        unit = w.UNITS[field]
        if unit == "day":
            return self._day_field(field)
        if self.word(w.BETWEEN):
            return self._range(field, unit, self._value(field, unit), needed=True)
        if comparison := self.word(w.COMPARE):
            first = self._value(field, unit)
            ranged = comparison.value == "=" and unit != "grade"
            return (
                self._range(field, unit, first) if ranged else compared(field, str(comparison.value), first)
            )
        return self._range(field, unit, self._value(field, unit))

    def _range(self, field: str, unit: str, first: int, needed: bool = False) -> Filter:
        """A value alone, with "or more", or up to another one."""
        if (needed or not self._joins()) and self.word(w.TO):
            low, high = sorted((first, self._value(field, unit)))
            if unit == "grade":
                low, high = high, low
            return both(compared(field, ">=", low), compared(field, "<=", high))
        if needed:
            raise self.misfit()
        if self.word(w.LEAST):
            return compared(field, ">=", first)
        if self.word(w.MOST):
            return compared(field, "<=", first)
        return compared(field, "=", first)

    def _joins(self) -> bool:
        """Whether an "and" stands here: after a value alone it joins, after "between" it leads to the other end."""
        here = self.here
        return here is not None and any(word.kind == w.AND for word in here.words)

    def _value(self, field: str, unit: str) -> int:
        for kind in TOKENS_OF_UNIT[unit]:
            if piece := self.piece(kind, unit):
                return value_of(piece, field, unit)
        raise self.misfit()

    def _day_field(self, field: str) -> Filter:
        if days := self._days():
            return within(field, days)
        comparison = self.word(w.COMPARE)
        date = self.piece(DATE, "day")
        if date is None:
            raise self.misfit()
        return dated(field, str(comparison.value) if comparison else "=", date_of(date))
