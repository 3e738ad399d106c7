"""Every story run once: its events, summary and failures, and the moves of status on the way."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from simulator.account import Account
from simulator.engine.decode import Event
from simulator.rules import transitions
from simulator.story import run_story, story_names, story_path


@dataclass(frozen=True)
class Run:
    """What came of one story."""

    name: str
    events: list[Event]
    summary: Event
    failures: list[str]
    moves: set[tuple[int, int]]
    faults: int

    def of(self, *names: str) -> list[Event]:
        """The events of these names, in order."""
        return [event for event in self.events if event["event"] in names]


def steps_of(name: str) -> list[dict[str, Any]]:
    """A story's steps as they are written."""
    steps: list[dict[str, Any]] = tomllib.loads(story_path(name).read_text(encoding="utf-8"))["step"]
    return steps


@cache
def run(name: str) -> Run:
    """One story, run once for all tests."""
    events: list[Event] = []
    moves: set[tuple[int, int]] = set()

    def watched(account: Account, to: int) -> None:
        moves.add((account.status, to))
        transitions.move(account, to)

    with pytest.MonkeyPatch.context() as patch:
        for module in [module for path, module in sys.modules.items() if path.startswith("simulator.rules.")]:
            if module is not transitions and hasattr(module, "move"):
                patch.setattr(module, "move", watched)
        result = run_story(name, on_event=events.append)
    return Run(name, events[:-1], events[-1], result.failures, moves, result.world.account.faults)


def runs() -> list[Run]:
    """Every story that comes with the program."""
    return [run(name) for name in story_names()]
