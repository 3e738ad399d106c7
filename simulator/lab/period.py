"""Periods: the days of a trial, its calendar months, and up to which of its days the books are posted."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from simulator.calendar import Calendar
from simulator.market.calendar_months import Span, spans


@dataclass(frozen=True)
class Period:
    """Days `first` to `last`, both included."""

    calendar: Calendar
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1

    def spans(self) -> tuple[Span, ...]:
        """Its calendar months, the first and the last perhaps in part."""
        return _spans(self.calendar, self.first, self.days)

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return len(self.spans())

    @property
    def ended(self) -> int:
        """How many of them end within it."""
        return sum(span.ended for span in self.spans())

    @property
    def posted(self) -> int:
        """The last month's end in it, the day before it where there is none."""
        return max((self.first + span.stop - 1 for span in self.spans() if span.ended), default=self.first - 1)


@functools.lru_cache(maxsize=256)
def _spans(calendar: Calendar, first: int, days: int) -> tuple[Span, ...]:
    return tuple(spans(calendar, first, days)) if days > 0 else ()
