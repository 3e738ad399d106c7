"""Openings: lines that may have been opened in a trial, with the age at which each was first over 90 days late."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.engine.personal import COLUMN, NO_AGE
from simulator.lab.period import Period

MONTHS_A_YEAR = 12
NEVER_OVER = 1_000
"""An age that no line reaches."""
_COLUMNS = [COLUMN["opened_month"], COLUMN["over_90_age"]]


def first_month(period: Period) -> int:
    """The month in which a period begins, counted as lines count the month of their opening."""
    begins = period.calendar.date_of(period.first)
    return begins.year * MONTHS_A_YEAR + begins.month


def openings_of(own: Any, places: Any, after: Any, since: int) -> tuple[Any, Any]:
    """Month of opening and age when first over 90 days late, under both policies, of those in a block who may
    have opened a line from a month on: all rows, the places of those touched, and their rows under the challenger.
    """
    seen = np.union1d(np.flatnonzero(own[:, _COLUMNS[0]] >= since), places)
    first = own[seen][:, _COLUMNS]
    second = first.copy()
    second[np.searchsorted(seen, places)] = after[:, _COLUMNS]
    for side in (first, second):
        side[:, 1] = np.where(side[:, 1] == NO_AGE, NEVER_OVER, side[:, 1])
    return first, second
