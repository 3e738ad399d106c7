"""Bounds of what may be asked for, by options and by stories alike: seeds, dates, days."""

from __future__ import annotations

import datetime
import re

LARGEST_SEED = 2**63 - 1
LAST_YEAR = 9990  # so that 24 months later there is still a date
SPARE_DAYS = 62

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def date_written(given: str) -> datetime.date:
    """A date as 2025-03-05, in no other of ISO's forms. Raises ValueError."""
    if not _DATE.fullmatch(given):
        raise ValueError(given)
    return datetime.date.fromisoformat(given)


def within_calendar(start: datetime.date, before: int, days: int) -> bool:
    """Whether all days of a run, and the calendar months around them, have dates."""
    earliest = (datetime.date.min - start).days + before + SPARE_DAYS
    latest = (start - datetime.date.max).days + days + SPARE_DAYS
    return earliest <= 0 and latest <= 0
