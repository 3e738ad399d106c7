"""Ranges: how far a slider of a policy field goes, and in which steps.

A range is narrower than the bounds of RULES §14 and lies around today's value; typing reaches the rest.
What fields allow each other is asked of the checks themselves, so that a slider stops before a clash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.policy.fields import Kind
from simulator.policy.schema import Policy
from simulator.policy.together import clashes
from simulator.policy.written import choices_of

USUAL_STEPS = {
    "points": 5,
    "fen": 10_000,
    "ppm": 10_000,
    "ppm a day": 10,
    "ppm a term": 100,
    "ppm a year": 5_000,
}
"""The step of each unit; of what is counted in whole things it is 1."""
SCORE_REACH, SCORE_ROUND = 150, 50
SHORT, LEAST_STEPS, LONG_LEAPS = 60, 20, 20


@dataclass(frozen=True)
class Range:
    """Where a slider begins and ends, its step and its larger step, in the unit of the value."""

    low: int
    high: int
    step: int
    leap: int

    def moved(self, value: int, steps: int, allowed: tuple[int, int]) -> int:
        """The value some steps on, at whole steps, within the range and what is allowed."""
        if not steps:
            return value
        whole = value // self.step if steps > 0 else -(-value // self.step)
        low, high = max(self.low, allowed[0]), min(self.high, allowed[1])
        return max(low, min(high, (whole + steps) * self.step))


def range_of(kind: Kind, today: int, trial: int) -> Range:
    """The range of a number or of the places of a choice; it takes in today's value and the trial's."""
    if choices := choices_of(kind):
        return Range(0, len(choices) - 1, 1, 1)
    step = step_of(kind.unit, today)
    low, high = _around(kind, today, step)
    low, high = min(low, trial - trial % step), max(high, trial + -trial % step)
    low, high = max(low, kind.low or 0), min(high, kind.high or high)
    leap = max(10, (high - low) // step // LONG_LEAPS) * step
    return Range(low, high, step, leap)


def step_of(unit: str, today: int) -> int:
    """A step that is sensible for the unit and small beside today's value, of which it is a part."""
    usual = USUAL_STEPS.get(unit, 1)
    if not today or usual * 5 <= today:
        return usual
    return next((step for step in _round_steps(today // 5) if today % step == 0), 1)


def _round_steps(most: int) -> list[int]:
    """1, 2, 5, 10, 20 ... up to a bound, the largest first."""
    tens = [10**power for power in range(9)]
    return sorted((part * ten for ten in tens for part in (1, 2, 5) if part * ten <= most), reverse=True)


def _around(kind: Kind, today: int, step: int) -> tuple[int, int]:
    """Scores reach as far down as up; what has few values is shown whole; the rest begins at 0."""
    low, high = kind.low or 0, kind.high or 0
    if kind.unit == "points":
        return (
            (today - SCORE_REACH) // SCORE_ROUND * SCORE_ROUND,
            -(-(today + SCORE_REACH) // SCORE_ROUND) * SCORE_ROUND,
        )
    if high - low <= SHORT:
        return low, high
    reach = max(today * 5 // 2, LEAST_STEPS * step if step > 1 else 10)
    return 0, -(-reach // (10 * step)) * 10 * step if step > 1 else reach


def allowed_range(policy: Policy, path: str, kind: Kind) -> tuple[int, int]:
    """The least and the most that a number may be beside the other fields of a policy."""
    if kind.low is None or kind.high is None or kind.item:
        return 0, max(0, len(choices_of(kind)) - 1)
    values = policy.flat()
    name, *rest = path.split(".")
    here = values
    for part in [name, *rest][:-1]:
        here = here[part]
    last = [name, *rest][-1]
    now = here[last]

    def fits(value: int) -> bool:
        here[last] = value
        return not clashes(values)

    return _edge(fits, now, kind.low), _edge(fits, now, kind.high)


def _edge(fits: Callable[[int], bool], inside: int, outside: int) -> int:
    """The value nearest to `outside` that fits, where all between it and `inside` do."""
    if fits(outside):
        return outside
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        if fits(middle):
            inside = middle
        else:
            outside = middle
    return inside


def position_of(kind: Kind, value: Any) -> int:
    """A value as a slider holds it: a number itself, a choice its place."""
    choices = choices_of(kind)
    return choices.index(value) if choices else int(value)


def value_at(kind: Kind, position: int) -> Any:
    """The inverse of `position_of`."""
    choices = choices_of(kind)
    return choices[position] if choices else position
