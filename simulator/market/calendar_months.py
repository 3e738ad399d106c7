"""Calendar months of a run: which days of the run lie in each, and whether its end was reached."""

from __future__ import annotations

from typing import NamedTuple

from simulator.calendar import Calendar, days_in_month


class Span(NamedTuple):
    """The days of one calendar month that a run lived; days count from the run's first."""

    label: str  # YYYY-MM
    first: int
    stop: int
    ended: bool  # the month's last day was lived: what is posted by the month is posted


def spans(calendar: Calendar, first_day: int, days: int) -> list[Span]:
    """The calendar months of so many days from a day on."""
    found: list[Span] = []
    place = 0
    while place < days:
        date = calendar.date_of(first_day + place)
        left = days_in_month(date) - date.day + 1
        stop = min(days, place + left)
        found.append(Span(f"{date:%Y-%m}", place, stop, stop - place == left))
        place = stop
    return found
