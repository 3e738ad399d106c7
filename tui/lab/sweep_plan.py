"""Plan: a sweep in the making: one or two fields with ends and steps, how many people, how many months."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from simulator.calendar import add_months
from simulator.lab.grid import MOST_FIELDS, axes_of
from simulator.lab.recipe import Asked
from simulator.lab.setting import Setting
from simulator.lab.spread import spread_of
from simulator.policy.edit import Draft, differences
from simulator.policy.fields import Kind, policy_leaves
from simulator.policy.schema import Policy

PEOPLE = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
USUAL_PEOPLE, USUAL_MONTHS, MOST_MONTHS, MOST_PEOPLE = 20_000, 12, 36, 1_000_000


def can_vary(path: str) -> bool:
    """Whether a field is a number, which alone can be varied in steps."""
    kind = policy_leaves()[path]
    return kind.low is not None and kind.high is not None and not kind.item and not kind.choices


@dataclass(frozen=True)
class AxisPlan:
    """One field and its even values; `nudge` is the least sensible step."""

    path: str
    first: int
    last: int
    step: int
    nudge: int

    @property
    def kind(self) -> Kind:
        """Unit and bounds."""
        return policy_leaves()[self.path]

    @property
    def count(self) -> int:
        """How many values."""
        return (self.last - self.first) // self.step + 1 if self.last >= self.first and self.step > 0 else 0

    @property
    def end(self) -> int:
        """The last of them, where there are any."""
        return self.last - (self.last - self.first) % self.step

    def text(self) -> str:
        """As the command takes it."""
        return f"{self.path}={self.first}:{self.last}:{self.step}"

    def moved(self, part: str, by: int) -> AxisPlan:
        """An end moved by a step, or the step by the least sensible one; ends do not pass each other."""
        low, high = self.kind.low or 0, self.kind.high or 0
        if part == "step":
            return self.with_value(part, max(self.nudge, self.step + by * self.nudge))
        if part == "first":
            return self.with_value(part, max(low, min(self.last, self.first + by * self.step)))
        return self.with_value(part, min(high, max(self.first, self.last + by * self.step)))

    def with_value(self, part: str, value: int) -> AxisPlan:
        """Another first or last value, or another step."""
        match part:
            case "first":
                return replace(self, first=value)
            case "last":
                return replace(self, last=value)
        return replace(self, step=value)


def axis_plan(policy: Policy, path: str) -> AxisPlan:
    """A first grid for a field, around its value in a policy."""
    value = Draft(policy).value(path)
    return AxisPlan(path, *spread_of(policy, path, policy_leaves()[path], int(value)))


@dataclass
class SweepPlan:
    """What is to be swept; it changes as the person chooses."""

    axes: list[AxisPlan] = field(default_factory=list)
    people: int = USUAL_PEOPLE
    months: int = USUAL_MONTHS
    from_trial: bool = True

    @property
    def count(self) -> int:
        """How many policies."""
        made = 1
        for axis in self.axes:
            made *= axis.count
        return made if self.axes else 0

    def vary(self, place: int, axis: AxisPlan | None) -> None:
        """Put a field at a place, or take the second away."""
        kept = [each for at, each in enumerate(self.axes) if at != place]
        if axis is None:
            self.axes = kept
        else:
            kept = [each for each in kept if each.path != axis.path]
            self.axes = [*kept[:place], axis, *kept[place:]][:MOST_FIELDS]

    def more_people(self, by: int) -> None:
        """The next usual number of people."""
        others = [each for each in PEOPLE if (each > self.people if by > 0 else each < self.people)]
        if others:
            self.people = others[0] if by > 0 else others[-1]

    def more_months(self, by: int) -> None:
        """A month more or less."""
        self.months = max(1, min(MOST_MONTHS, self.months + by))

    def start(self, draft: Draft, *more: str) -> Policy:
        """What is varied: the trial but for the fields that are varied, or today's policy."""
        return draft.without([*(axis.path for axis in self.axes), *more]) if self.from_trial else draft.today

    def asked(self, setting: Setting, draft: Draft) -> Asked:
        """The sweep, over the days of whole months. Raises SweepError with every fault."""
        begins = setting.calendar.date_of(setting.today)
        days = (add_months(begins, self.months) - begins).days
        start = self.start(draft)
        trial = start if differences(draft.today, start) else None
        return Asked(replace(setting, days=days), axes_of([axis.text() for axis in self.axes]), self.people, trial)

    def take(self, asked: Asked) -> None:
        """Become the plan of a sweep that is kept."""
        policy = asked.varied
        made = []
        for axis in asked.axes:
            step = axis.values[1] - axis.values[0] if len(axis.values) > 1 else 1
            nudge = min(step, axis_plan(policy, axis.path).nudge)
            made.append(AxisPlan(axis.path, axis.values[0], axis.values[-1], step, nudge))
        self.axes, self.people, self.from_trial = made, asked.shoppers, asked.trial is not None
        self.months = months_of(asked.setting.calendar.date_of(asked.setting.today), asked.setting.days)


def months_of(begins: datetime.date, days: int) -> int:
    """How many whole months some days are, rounded up."""
    months = 1
    while (add_months(begins, months) - begins).days < days:
        months += 1
    return months
