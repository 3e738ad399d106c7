"""What the Lab remembers while one is elsewhere: the draft, the value under the cursor, the view, the sweep."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.lab.answer import Timeline
from simulator.policy.edit import Draft
from simulator.policy.schema import Policy
from tui.lab.sweep_desk import SweepDesk
from tui.lab.sweep_picture import Looks
from tui.lab.sweep_plan import SweepPlan

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
    saved: tuple[str, Policy] | None = None
    """The name that a trial was saved under, and what it was."""
    plan: SweepPlan | None = None
    looks: Looks = field(default_factory=Looks)
    desk: SweepDesk | None = None

    def end(self) -> None:
        """Nobody works for this world any more; what was done is kept."""
        if self.desk is not None:
            self.desk.end()
