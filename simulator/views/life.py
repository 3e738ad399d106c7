"""A life as its page shows it: how money and limit went, the parts of its score over time, two lives side by side."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.lab.mine import fees_paid_fen
from simulator.ledger.marks import marks_of
from simulator.messages import characteristic_name
from simulator.rules.balances import owed_fen
from simulator.world import World

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Course:
    """Cash, owed and limit in fen, a value a step of equal length, oldest first."""

    first: datetime.date
    last: datetime.date
    cash_fen: list[int]
    owed_fen: list[int]
    limit_fen: list[int]

    def place_of(self, date: datetime.date) -> int:
        """The step in which a date lies."""
        days = max(1, (self.last - self.first).days)
        return (date - self.first).days * (len(self.cash_fen) - 1) // days


def course(world: World, steps: int) -> Course | None:
    """How a life went, in so many steps; None on its first day."""
    marks = marks_of(world.events, world.life.record, world.day)
    if len(marks) < 2 or steps < 2:
        return None
    days = [mark.day for mark in marks]
    first, last = days[0], days[-1]
    shown = [
        marks[bisect.bisect_right(days, first + step * (last - first) // (steps - 1)) - 1]
        for step in range(steps)
    ]
    return Course(
        world.calendar.date_of(first), world.calendar.date_of(last), [mark.cash_fen for mark in shown],
        [mark.owed_fen for mark in shown], [mark.limit_fen for mark in shown],
    )  # fmt: skip


@dataclass(frozen=True)
class ScorePart:
    """A characteristic's points from one scoring to the next, oldest first, and the most that it can give."""

    title: str
    best: int
    points: list[int]


@dataclass(frozen=True)
class ScoreCourse:
    """The scorings by the scorecard that is used last."""

    first: datetime.date
    last: datetime.date
    parts: list[ScorePart]


def score_course(events: Iterable[Event]) -> ScoreCourse | None:
    """How the parts of the score went; None before the second scoring by one scorecard."""
    scored = [event for event in events if event["event"] == "score_changed" and event["parts"]]
    if not scored:
        return None
    names = _names(scored[-1])
    alike = [event for event in scored if _names(event) == names]
    if len(alike) < 2:
        return None
    parts = [
        ScorePart(
            characteristic_name(name), int(alike[-1]["parts"][place].get("best", 0)),
            [int(event["parts"][place]["points"]) for event in alike],
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    dates = [datetime.date.fromisoformat(event["date"]) for event in (alike[0], alike[-1])]
    return ScoreCourse(dates[0], dates[1], parts)


def _names(event: Event) -> list[str]:
    return [part["characteristic"] for part in event["parts"]]


@dataclass(frozen=True)
class Standing:
    """How a life stands, for holding it against another."""

    status: str
    limit_fen: int
    owed_fen: int
    score: int
    cash_fen: int
    dpd: int
    fees_paid_fen: int
    bills: int
    missed: int
    raised: int
    cut: int


def standing_of(world: World) -> Standing:
    """How a life stands today and what came before it."""
    told = world.summary()
    permanent = [
        event
        for event in world.events
        if event["event"] == "limit_changed" and event["kind"] == "permanent" and event["by"] != "closure"
    ]
    return Standing(
        told["status"], told["limit_fen"], owed_fen(world.account), told["score"], told["cash_fen"], told["dpd"],
        fees_paid_fen(world.events), _count(world.events, "statement_made"), _count(world.events, "payment_missed"),
        sum(event["to_fen"] > event["from_fen"] for event in permanent),
        sum(event["to_fen"] < event["from_fen"] for event in permanent),
    )  # fmt: skip


def _count(events: Sequence[Event], name: str) -> int:
    return sum(event["event"] == name for event in events)
