"""Filters: functions from the columns of a snapshot to one flag a shopper.

Arrays arrive as arguments and only their own operators are used, so that nothing is imported here.
Amounts are fen, shares ppm, days count from day 0.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator import codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]
    Flags = NDArray[np.bool_]
else:
    Columns = Flags = Any


@dataclass(frozen=True)
class Today:
    """The day that a filter is about."""

    day: int
    date: datetime.date

    def day_of(self, date: datetime.date) -> int:
        """The day of a date."""
        return self.day + (date - self.date).days


Filter = Callable[[Columns, Today], Flags]
Days = Callable[[Today], tuple[int, int]]
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
FIELD_COLUMNS = {
    "limit": "limit_fen", "temporary": "temporary_fen", "owed": "exposure_fen", "used": "utilisation_ppm", "dpd": "dpd",
    "bucket": "bucket", "score": "score", "grade": "grade", "streak": "streak", "age": "age", "tier": "city_tier",
    "income": "income_fen", "opened": "opened_day", "changed": "changed_day", "festival": "festival_day", "closed": "closed_day", "status": "status", "job": "job",
}  # fmt: skip
_OF_BEING_LATE = ("dpd", "bucket")
"""Fields that stand still once the debt was written off: such shoppers are late no more, and match no comparison of them."""
_NEEDS_A_LINE = ("score", "grade", "used")
"""Fields that mean nothing without a line: such shoppers match no comparison of them."""


def everyone(columns: Columns, today: Today) -> Flags:
    """All of them."""
    flags: Flags = columns["status"] == columns["status"]
    return flags


def written_off(columns: Columns) -> Flags:
    """Whose debt was written off, those included who have paid it since: their lines are closed, and nothing is owed."""
    closed_since = (columns["status"] == codes.CLOSED) & (columns["exposure_fen"] == 0) & (columns["dpd"] > 0)
    flags: Flags = (columns["status"] == codes.CHARGED_OFF) | closed_since
    return flags


def days_late(columns: Columns) -> NDArray[Any]:
    """How many days late; none whose debt was written off."""
    days: NDArray[Any] = columns["dpd"] * ~written_off(columns)
    return days


def compared(field: str, comparison: str, value: int) -> Filter:
    """A field against a value. Grades: "better" is the larger, so `>= C` is C or better."""

    def holds(columns: Columns, today: Today) -> Flags:
        if field == "number":
            import numpy as np

            return np.asarray(COMPARISONS[comparison](np.arange(1, len(columns["status"]) + 1), value))
        column = columns[FIELD_COLUMNS[field]]
        flags: Flags = (
            COMPARISONS[comparison](-column, -value)
            if field == "grade"
            else COMPARISONS[comparison](column, value)
        )
        if field in _OF_BEING_LATE:
            flags = flags & ~written_off(columns)
        if field in _NEEDS_A_LINE:
            flags = flags & ((column >= 0) if field == "grade" else (columns["opened_day"] != codes.NEVER))
        return flags

    return holds


def within(field: str, days: Days) -> Filter:
    """A day field within days, both ends included."""

    def holds(columns: Columns, today: Today) -> Flags:
        first, last = days(today)
        column = columns[FIELD_COLUMNS[field]]
        flags: Flags = (column >= first) & (column <= last)
        return flags

    return holds


def dated(field: str, comparison: str, date: datetime.date) -> Filter:
    """A day field against a date; a day that has not come matches nothing."""

    def holds(columns: Columns, today: Today) -> Flags:
        column = columns[FIELD_COLUMNS[field]]
        flags: Flags = COMPARISONS[comparison](column, today.day_of(date)) & (column != codes.NEVER)
        return flags

    return holds


def both(left: Filter, right: Filter) -> Filter:
    """Where both hold."""
    return lambda columns, today: left(columns, today) & right(columns, today)


def either(left: Filter, right: Filter) -> Filter:
    """Where one of them holds."""
    return lambda columns, today: left(columns, today) | right(columns, today)


def neither(inner: Filter) -> Filter:
    """Where it does not hold."""
    return lambda columns, today: ~inner(columns, today)


def changed(direction: str, what: str = "changed") -> Filter:
    """Whose last change of the limit was a cut, or a raise; `what`: of the limit itself, or of a `festival`'s extra."""

    def holds(columns: Columns, today: Today) -> Flags:
        before, after = columns[f"{what}_from_fen"], columns[f"{what}_to_fen"]
        flags: Flags = after < before if direction == "cut" else after > before
        return flags

    return holds


def changed_by(comparison: str, fen: int, what: str = "changed") -> Filter:
    """Whose last change of the limit was that large, either way."""

    def holds(columns: Columns, today: Today) -> Flags:
        flags: Flags = COMPARISONS[comparison](
            abs(columns[f"{what}_to_fen"] - columns[f"{what}_from_fen"]), fen
        )
        return flags

    return holds


def coded(column: str, code: int) -> Filter:
    """Where a column has this code."""

    def holds(columns: Columns, today: Today) -> Flags:
        flags: Flags = columns[column] == code
        return flags

    return holds


def has_bit(column: str, place: int) -> Filter:
    """Where a column of bits has this one."""

    def holds(columns: Columns, today: Today) -> Flags:
        flags: Flags = (columns[column] >> place) & 1 == 1
        return flags

    return holds


def over_limit(columns: Columns) -> Flags:
    """Whose line owes more than it may today, what a festival adds included; a line that has ended has no limit."""
    limit = columns["limit_fen"]
    flags: Flags = (limit > 0) & (columns["exposure_fen"] > limit + columns["temporary_fen"])
    return flags


def flagged(flag: str) -> Filter:
    """A property by its name."""
    return _FLAGS[flag]


_FLAGS: dict[str, Filter] = {
    "owner": lambda columns, today: columns["owner"] != 0,
    "student": lambda columns, today: columns["student"] != 0,
    "locked": lambda columns, today: columns["locked"] != 0,
    "hardship": lambda columns, today: columns["hardship"] != 0,
    "late": lambda columns, today: days_late(columns) > 0,
    "line": lambda columns, today: columns["limit_fen"] > 0,
    "unused": lambda columns, today: (columns["limit_fen"] > 0) & (columns["exposure_fen"] == 0),
    "over": lambda columns, today: over_limit(columns),
    "festival": lambda columns, today: columns["temporary_fen"] > 0,
    "any": everyone,
}


def period(name: str) -> Days:
    """First and last day of a named period, weeks from Monday."""

    def days(today: Today) -> tuple[int, int]:
        date, day = today.date, today.day
        monday, first = day - date.weekday(), day - date.day + 1
        new_year = today.day_of(datetime.date(date.year, 1, 1))
        before = (date.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
        return {
            "today": (day, day),
            "yesterday": (day - 1, day - 1),
            "week": (monday, day),
            "last_week": (monday - 7, monday - 1),
            "month": (first, day),
            "last_month": (today.day_of(before), first - 1),
            "year": (new_year, day),
            "last_year": (today.day_of(datetime.date(date.year - 1, 1, 1)), new_year - 1),
        }[name]

    return days


def last_days(count: int) -> Days:
    """Today and the days before it, that many together."""
    return lambda today: (today.day - count + 1, today.day)
