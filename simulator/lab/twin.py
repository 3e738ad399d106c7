"""Twin lives: one shopper's events under two policies, laid side by side from the day they part."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

Event = Mapping[str, Any]

_NUMBERS = ("seq",)
"""What two equal events may differ in: their numbers."""


class TwinDay(NamedTuple):
    """What one day brought under each policy, and whether that differs."""

    day: int
    date: datetime.date
    champion: list[Event]
    challenger: list[Event]

    @property
    def differs(self) -> bool:
        """Whether the policies brought different things on this day."""
        return [_bare(event) for event in self.champion] != [_bare(event) for event in self.challenger]


@dataclass(frozen=True)
class TwinLives:
    """The events of one life under the champion and under the challenger, in order."""

    champion: Sequence[Event]
    challenger: Sequence[Event]

    def days(self) -> list[TwinDay]:
        """Every day on which anything happened under either policy."""
        dates: dict[int, datetime.date] = {}
        sides: tuple[dict[int, list[Event]], dict[int, list[Event]]] = ({}, {})
        for side, events in zip(sides, (self.champion, self.challenger), strict=True):
            for event in events:
                dates.setdefault(event["day"], datetime.date.fromisoformat(event["date"]))
                side.setdefault(event["day"], []).append(event)
        return [
            TwinDay(day, dates[day], sides[0].get(day, []), sides[1].get(day, [])) for day in sorted(dates)
        ]

    def parting(self) -> tuple[Event | None, Event | None] | None:
        """The first two events that are not the same; None for one where a life has no more, or for both."""
        for first, second in zip_longest(self.champion, self.challenger):
            if first is None or second is None or _bare(first) != _bare(second):
                return first, second
        return None


def _bare(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in _NUMBERS}
