"""Twin lives: one shopper's events under two policies, laid side by side from the day they part."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Event = Mapping[str, Any]

_NUMBERS = ("seq",)
"""What two equal events may differ in: their numbers."""
ORDINARY = ("income_received", "expenses_paid", "fund_moved", "fund_yield")
"""What comes of itself under any policy."""


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
        """What first sets the lives apart, on one day: of each side the first event that the other does not have then.

        None for a side that has nothing of the kind on that day, or for both where the lives are the same. What comes
        of itself, such as rent, parts lives only where nothing else does.
        """
        apart = [(_only(day.champion, day.challenger), _only(day.challenger, day.champion)) for day in self.days() if day.differs]
        for kinds in ((), ORDINARY):
            for first, second in apart:
                left, right = _telling(first, kinds), _telling(second, kinds)
                if left is not None or right is not None:
                    return left, right
        return None


def _only(here: Sequence[Event], there: Sequence[Event]) -> list[Event]:
    """What happened here and not there."""
    others = [_bare(event) for event in there]
    found = []
    for event in here:
        if _bare(event) in others:
            others.remove(_bare(event))
        else:
            found.append(event)
    return found


def _telling(events: Sequence[Event], also: Sequence[str]) -> Event | None:
    """The first that does not come of itself, or is one of these kinds."""
    return next((event for event in events if event["event"] not in ORDINARY or event["event"] in also), None)


def _bare(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in _NUMBERS}
