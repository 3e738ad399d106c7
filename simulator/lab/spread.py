"""Spread: the first grid that is offered for a field of the policy."""

from __future__ import annotations

from typing import NamedTuple

from simulator.policy.fields import Kind
from simulator.policy.ranges import allowed_range, range_of
from simulator.policy.schema import Policy

MOST_STEPS = 10


class Spread(NamedTuple):
    """Even values from `first` to `last`; `nudge` is the least step that is sensible for the field."""

    first: int
    last: int
    step: int
    nudge: int


def spread_of(policy: Policy, path: str, kind: Kind, today: int) -> Spread:
    """Even values around today's that the other fields allow, eleven at most: a first grid to try.

    Half as much to half as much again, scores as far as a slider goes; the whole slider where today's is 0.
    """
    usual = range_of(kind, today, today)
    low, high = allowed_range(policy, path, kind)
    low, high = max(low, usual.low), min(high, usual.high)
    if kind.unit != "points" and today >= 2:
        low, high = max(low, today // 2), min(high, today * 3 // 2)
    step = usual.step * max(1, -(-(high - low) // (MOST_STEPS * usual.step)))
    first = today - (today - low) // step * step
    return Spread(first, first + (high - first) // step * step, step, usual.step)
