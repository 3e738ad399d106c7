"""The calendar of a world: days counted from its start, and their dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Day 0 is `start`; days before it are negative."""

    start: datetime.date

    def date_of(self, day: int) -> datetime.date:
        """The date of a day."""
        return self.start + datetime.timedelta(days=day)

    def day_of(self, date: datetime.date) -> int:
        """The day of a date."""
        return (date - self.start).days


def days_in_month(date: datetime.date) -> int:
    """Days in the month of a date."""
    return (date.replace(day=28) + 4 * _A_DAY).replace(day=1).toordinal() - date.replace(day=1).toordinal()


def next_month_day(date: datetime.date, day_of_month: int) -> datetime.date:
    """The first date not before `date` that has this day of the month, 1..28."""
    this_month = date.replace(day=day_of_month)
    if this_month >= date:
        return this_month
    return (date.replace(day=28) + 4 * _A_DAY).replace(day=day_of_month)


def next_statement_day(calendar: Calendar, day: int, statement_day: int) -> int:
    """The first day not before `day` on which a statement is made."""
    return calendar.day_of(next_month_day(calendar.date_of(day), statement_day))
