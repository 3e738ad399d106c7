"""The inbox: every decision and notice of the lender, with what explains it and what came before it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from simulator.explain.advice import what_changes
from simulator.explain.season import season_text
from simulator.messages import Lesson, Notice, first_lessons, is_routine, notice, sentence, taught
from simulator.text import sentences
from simulator.world import World


@dataclass(frozen=True)
class Message:
    """One message: its event, day, the notice itself, and what would change what it tells."""

    seq: int
    day: int
    date: datetime.date
    notice: Notice
    remedy: list[str]
    lesson: Lesson | None


def inbox(world: World) -> list[Message]:
    """All messages, oldest first, and with the lessons those that are only told for one."""
    lessons = first_lessons(world.events)
    found = []
    for event in world.events:
        lesson = lessons.get(event["seq"])
        told = notice(event) or (taught(event) if lesson is not None else None)
        if told is not None:
            date = datetime.date.fromisoformat(event["date"])
            told = replace(told, what=sentences(told.what, season_text(world, event)))
            found.append(Message(event["seq"], event["day"], date, told, what_changes(world, event), lesson))
    return found


def came_before(world: World, seq: int, most: int) -> list[tuple[datetime.date, str]]:
    """The last things that happened before a message and are not routine, the newest first, each in a sentence."""
    found: list[tuple[datetime.date, str]] = []
    for event in reversed(world.events):
        if len(found) >= most:
            break
        if event["seq"] < seq and not is_routine(event):
            found.append((datetime.date.fromisoformat(event["date"]), sentence(event)))
    return found
