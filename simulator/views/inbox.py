"""The inbox: every decision and notice of the lender, with what explains it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.messages import Lesson, Notice, lesson_for, notice
from simulator.world import World


@dataclass(frozen=True)
class Message:
    """One message: its event, day, and the notice itself."""

    seq: int
    day: int
    date: datetime.date
    notice: Notice
    lesson: Lesson | None


def inbox(world: World) -> list[Message]:
    """All messages, oldest first."""
    found = []
    for event in world.events:
        told = notice(event)
        if told is not None:
            date = datetime.date.fromisoformat(event["date"])
            found.append(Message(event["seq"], event["day"], date, told, lesson_for(event)))
    return found
