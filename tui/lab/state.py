"""What the Lab remembers while one is elsewhere: the draft, the value under the cursor, the view."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.lab.answer import Timeline
from simulator.policy.edit import Draft

FIRST_PATH = "grade_cutoffs.E"


@dataclass
class LabState:
    """The state of the Lab of one world."""

    draft: Draft
    path: str = FIRST_PATH
    view: str = "short"
    fair: str = ""
    timeline: Timeline = "from_today"
    opened: set[str] = field(default_factory=set)
