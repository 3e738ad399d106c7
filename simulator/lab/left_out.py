"""Left out: which policies of a grid cannot be, for their values do not go together or are not allowed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from simulator.lab.grid import Axis, combinations
from simulator.lab.swept import Sweep
from simulator.policy.faults import PolicyError
from simulator.policy.fields import policy_leaves
from simulator.policy.load import set_fields
from simulator.policy.schema import Policy
from simulator.policy.spoken import clash_texts, put
from simulator.policy.titles import leaf_title
from simulator.policy.written import value_text
from simulator.text import _, sentences

TOLD = 2
"""So many are told with their reasons."""
Values = tuple[int, ...]


class LeftOut(NamedTuple):
    """The values of one policy, and what is wrong with them: in the words of a file, and in those of the screens."""

    values: Values
    faults: list[str]
    told: list[str]


def left_out(found: Sweep) -> Iterator[LeftOut]:
    """Those that a sweep has no figures of, in the order of the grid."""
    there = {each.point.values for each in found.outcomes}
    policy = found.trial or found.setting.champion
    return _refused(policy, found.axes, (values for values in combinations(found.axes) if values not in there))


def left_out_count(found: Sweep) -> int:
    """How many they are."""
    return sum(1 for _each in combinations(found.axes)) - len(found.outcomes)


def _refused(policy: Policy, axes: Sequence[Axis], every: Iterator[Values]) -> Iterator[LeftOut]:
    for values in every:
        changes = {axis.path: value for axis, value in zip(axes, values, strict=True)}
        try:
            set_fields(policy, changes)
        except PolicyError as error:
            flat: dict[str, Any] = policy.flat()
            for path, value in changes.items():
                put(flat, path, value)
            yield LeftOut(values, error.faults, clash_texts(flat) or error.faults)


def left_out_text(found: Sweep) -> str:
    """What is left out of a sweep and why, in the words of the screens; nothing where all of it is there."""
    count = left_out_count(found)
    told = [
        _("{values} is left out: {reason}").format(values=_values(found.axes, each.values), reason=sentences(*each.told))
        for each in islice(left_out(found), TOLD)
    ]
    if count > len(told):
        told.append(_("Left out in all: {count}.").format(count=f"{count:,}"))
    return sentences(*told) if count else ""


def written_left_out(found: Sweep) -> list[str]:
    """The same line by line, by the names and numbers of a file."""
    count, told = left_out_count(found), []
    for each in islice(left_out(found), TOLD):
        values = ", ".join(f"{axis.path}={value}" for axis, value in zip(found.axes, each.values, strict=True))
        told.append(_("{values} is left out: {reason}").format(values=values, reason=sentences(*each.faults)))
    return [*told, _("Left out in all: {count}.").format(count=f"{count:,}")] if count > len(told) else told


def _values(axes: Sequence[Axis], values: Values) -> str:
    leaves = policy_leaves()
    told = (f"{leaf_title(axis.path)} {value_text(leaves[axis.path], value)}" for axis, value in zip(axes, values, strict=True))
    return _("; ").join(told)

