"""Grids: the policies of a sweep, one or two values of a policy varied in even steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from simulator.faulty import Faulty
from simulator.policy.faults import PolicyError, allowed, shown
from simulator.policy.fields import policy_leaves
from simulator.policy.load import set_fields
from simulator.policy.schema import Policy
from simulator.text import _

MOST_POINTS = 10_000
MOST_FIELDS = 2
_FORM = re.compile(r"([A-Za-z_0-9.]+)=(-?[0-9][0-9_]*):(-?[0-9][0-9_]*):([0-9][0-9_]*)")


class SweepError(Faulty):
    """A sweep that cannot be run."""


@dataclass(frozen=True)
class Axis:
    """One value of the policy and what it takes, in order."""

    path: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """One policy of the grid; None where the values do not go together."""

    number: int
    values: tuple[int, ...]
    policy: Policy | None


def axis_of(text: str) -> Axis:
    """The axis that NAME=FROM:TO:STEP tells, TO included where a step reaches it. Raises SweepError."""
    found = _FORM.fullmatch(text)
    if found is None:
        told = _("{given} is no field to vary; write it like income_multiple_ppm=400000:800000:40000.")
        raise SweepError([told.format(given=text or _("empty"))])
    path, first, last, step = found[1], *(int(found[part]) for part in (2, 3, 4))
    kind = policy_leaves().get(path)
    if kind is None or kind.low is None or kind.high is None or kind.item is not None:
        raise SweepError([_("{field} is no number of a policy; `whiteslip policy show standard` shows all.").format(field=path)])
    if step == 0 or last < first:
        raise SweepError([_("{given} has no steps; FROM may not be above TO, and STEP is at least 1.").format(given=text)])
    values = range(first, last + 1, step)
    outside = next((end for end in (values[0], values[-1]) if not kind.low <= end <= kind.high), None)
    if outside is not None:
        told = _("{field} is {given}; allowed is {allowed}.")
        raise SweepError([told.format(field=path, given=shown(outside), allowed=allowed(kind))])
    if len(values) > MOST_POINTS:
        raise SweepError([_too_many(len(values))])
    return Axis(path, tuple(values))


def _too_many(count: int) -> str:
    return _("The grid has {count} policies; at most {most} can be run.").format(count=f"{count:,}", most=f"{MOST_POINTS:,}")


def axes_of(texts: Sequence[str]) -> tuple[Axis, ...]:
    """All axes of a sweep. Raises SweepError with every fault."""
    faults: list[str] = []
    axes: list[Axis] = []
    if not 1 <= len(texts) <= MOST_FIELDS:
        faults.append(_("Give one or two fields to vary, each with --field NAME=FROM:TO:STEP."))
    for text in texts:
        try:
            axes.append(axis_of(text))
        except SweepError as error:
            faults += error.faults
    if len({axis.path for axis in axes}) < len(axes):
        faults.append(_("The two fields are the same; name two."))
    count = 1
    for axis in axes:
        count *= len(axis.values)
    if count > MOST_POINTS:
        faults.append(_too_many(count))
    if faults:
        raise SweepError(faults)
    return tuple(axes)


def combinations(axes: Sequence[Axis]) -> Iterator[tuple[int, ...]]:
    """The values of every policy of a grid, the last axis fastest."""
    return product(*(axis.values for axis in axes))


def unreached(text: str) -> str:
    """That the last value of NAME=FROM:TO:STEP is not TO, for no step reaches it; else nothing."""
    found = _FORM.fullmatch(text)
    if found is None:
        return ""
    path, first, last, step = found[1], *(int(found[part]) for part in (2, 3, 4))
    if step < 1 or last < first or (last - first) % step == 0:
        return ""
    told = _("{field} is varied up to {end}; no step from {first} reaches {last}.")
    return told.format(field=path, end=last - (last - first) % step, first=first, last=last)


def points_of(policy: Policy, axes: Sequence[Axis]) -> list[Point]:
    """Every policy of the grid, the last axis fastest. Raises SweepError where none of them can be."""
    points: list[Point] = []
    faults: list[str] = []
    for number, values in enumerate(combinations(axes)):
        changes = {axis.path: value for axis, value in zip(axes, values, strict=True)}
        try:
            points.append(Point(number, values, set_fields(policy, changes)))
        except PolicyError as error:
            points.append(Point(number, values, None))
            faults = faults or error.faults
    if not any(point.policy for point in points):
        raise SweepError(faults)
    return points
