"""The inbox: every decision and notice of the lender, with what explains it and what came before it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from simulator.explain.season import season_text
from simulator.explain.waits import days_text, without_old_wait
from simulator.messages import ROUTINE, Lesson, Notice, lesson_for, notice, sentence
from simulator.text import sentences
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
            told = replace(told, what=sentences(told.what, season_text(world, event)))
            if day := days_text(world, event):
                told = replace(told, remedy=[*without_old_wait(world, event, told.remedy), day])
            found.append(Message(event["seq"], event["day"], date, told, lesson_for(event)))
    return found


def came_before(world: World, seq: int, most: int) -> list[tuple[datetime.date, str]]:
    """The last things that happened before a message and are not routine, the newest first, each in a sentence."""
    found: list[tuple[datetime.date, str]] = []
    for event in reversed(world.events):
        if len(found) >= most:
            break
        if event["seq"] < seq and event["event"] not in ROUTINE:
            found.append((datetime.date.fromisoformat(event["date"]), sentence(event)))
    return found
