"""The calendar of a world: days counted from its start, and their dates."""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass

START = datetime.date(2025, 1, 1)
"""Day 0 where nobody asks for another."""
WARM_UP_DAYS = 720
"""Days that a market has lived before day 0 where nobody asks for another number. ARCHITECTURE, World and save."""
DAYS_A_YEAR = 365
"""By which a yearly rate is shared out to days, whatever the year. RULES §4."""
_MONTHS = 12
_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Day 0 is `start`; days before it are negative."""

    start: datetime.date

    def date_of(self, day: int) -> datetime.date:
        """The date of a day."""
        return self.start + day * _A_DAY

    def day_of(self, date: datetime.date) -> int:
        """The day of a date."""
        return (date - self.start).days


def days_in_month(date: datetime.date) -> int:
    """Days in the month of a date."""
    return monthrange(date.year, date.month)[1]


def add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day of a later (or, below 0, earlier) month; its last day where the month is shorter."""
    year, month = divmod(date.year * _MONTHS + date.month - 1 + months, _MONTHS)
    first = datetime.date(year, month + 1, 1)
    return first.replace(day=min(date.day, days_in_month(first)))


def next_month_day(date: datetime.date, day_of_month: int) -> datetime.date:
    """The first date not before `date` that has this day of the month, 1..28."""
    this_month = date.replace(day=day_of_month)
    return this_month if this_month >= date else add_months(this_month, 1)


def next_statement_day(calendar: Calendar, day: int, statement_day: int) -> int:
    """The first day not before `day` on which a statement is made; statement days are 1..28."""
    return calendar.day_of(next_month_day(calendar.date_of(day), statement_day))
