"""Drafts: a trial policy in the making beside today's, with undo, redo and what differs.

A draft is always a valid policy. A change that breaks bounds or clashes with another field is refused
with a sentence; one that breaks a legal cap is made and said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from simulator.policy.caps import Excess, over_cap
from simulator.policy.faults import PolicyError
from simulator.policy.fields import Kind, policy_fields, policy_leaves
from simulator.policy.load import set_field, set_fields
from simulator.policy.scaling import Scaled, leaves_of, scaled
from simulator.policy.schema import Policy
from simulator.policy.spoken import clash_texts, put
from simulator.text import sentences

MOST_UNDO = 500


class Change(NamedTuple):
    """One value that differs between two policies."""

    path: str
    before: Any
    after: Any

    @property
    def kind(self) -> Kind:
        """Unit and bounds of the value."""
        return policy_leaves()[self.path]


def differences(before: Policy, after: Policy) -> list[Change]:
    """Every value that differs between two policies, in the order of the docs."""
    return _differences(before.flat(), after.flat())


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return [
        Change(path, old, new)
        for name, field in policy_fields().items()
        if before[name] != after[name]
        for path, _kind in field.kind.leaves(name)
        for old, new in ((_at(before, path), _at(after, path)),)
        if old != new
    ]


def _at(values: dict[str, Any], path: str) -> Any:
    """A single value among flat ones; a list counts as one."""
    value: Any = values
    for part in path.split("."):
        value = value[part]
    return value


def excess_at(excesses: Iterable[Excess], path: str) -> Excess | None:
    """What is above the cap because of one value; the cap itself is at fault for all of it."""
    name, *rest = path.split(".")
    for excess in excesses:
        plan = len(excess.place) > 1
        hit = (
            list(excess.place) == [name, *rest[:1]] and rest[-1] in excess.grades
            if plan
            else excess.place == (name,)
        )
        if hit or path == "rate_cap_ppm":
            return excess
    return None


class _Facts(NamedTuple):
    """What follows from today's policy and the trial."""

    today: Policy
    policy: Policy
    todays: dict[str, Any]
    values: dict[str, Any]
    changes: list[Change]
    excesses: list[Excess]


class Draft:
    """A trial policy that is being changed."""

    def __init__(self, today: Policy) -> None:
        """Begin with today's policy."""
        self.today = today
        self.policy = today
        self._past: list[Policy] = []
        self._future: list[Policy] = []
        self._moving: str | None = None
        self._known: _Facts | None = None

    def value(self, path: str) -> Any:
        """The trial value of a field."""
        return _at(self._facts.values, path)

    def todays(self, path: str) -> Any:
        """Today's value of a field."""
        return _at(self._facts.todays, path)

    def set(self, path: str, value: Any, moving: bool = False) -> bool:
        """Change one value; whether it differs now. Raises PolicyError.

        While a slider is `moving` along one field, all its steps are taken back as one.
        """
        if value == self.value(path):
            return False
        changed = self._with(path, value)
        if not (moving and self._moving == path):
            self._remember()
        self._future.clear()
        self.policy = changed
        self._moving = path if moving else None
        return True

    def _with(self, path: str, value: Any) -> Policy:
        """The trial with another value. Raises PolicyError, in the words of the screen."""
        try:
            return set_field(self.policy, path, value)
        except PolicyError as error:
            raise PolicyError(clash_texts(put(self.policy.flat(), path, value)) or error.faults) from None

    def scale(self, table: str, factor_ppm: int) -> Scaled:
        """Every value of a table or a row by the same factor, as one change; what became of them. Values that have to
        stand in order within a table keep it, so that none of them clash.
        """
        found = scaled({path: self.value(path) for path in leaves_of(table)}, table, factor_ppm)
        self.take(set_fields(self.policy, found.values))
        return found

    def fault(self, path: str, value: Any) -> str:
        """Why a value cannot be beside the others of the trial; "" where it can."""
        try:
            self._with(path, value)
        except PolicyError as error:
            return sentences(*error.faults)
        return ""

    def take(self, policy: Policy) -> bool:
        """Go on from another policy; whether it differs."""
        if policy.flat() == self.policy.flat():
            return False
        self._remember()
        self._future.clear()
        self.policy, self._moving = policy, None
        return True

    def without(self, paths: Iterable[str]) -> Policy:
        """The trial with today's values of some fields; as it stands where those do not go with its other changes."""
        try:
            return set_fields(self.policy, {path: self.todays(path) for path in paths})
        except PolicyError:
            return self.policy

    def reset(self, path: str | None = None) -> bool:
        """Back to today's policy, or to today's value of one field; whether anything changed. Raises PolicyError."""
        if path is None:
            return self.take(self.today)
        return self.set(path, self.todays(path))

    def rebase(self, today: Policy) -> None:
        """Go on beside another policy of today with the same changes, as far as they fit it."""
        if today.flat() == self.today.flat():
            self.policy = today if self.policy is self.today else self.policy
            self.today = today
            return
        changes = {change.path: change.after for change in self.changes}
        try:
            self.policy = set_fields(today, changes)
        except PolicyError:
            self.policy = today
        self.today = today
        self._past, self._future, self._moving = [], [], None

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        if not self._past:
            return False
        self._future.append(self.policy)
        self.policy, self._moving = self._past.pop(), None
        return True

    def redo(self) -> bool:
        """Make the change that was taken back last; False where there is none."""
        if not self._future:
            return False
        self._past.append(self.policy)
        self.policy, self._moving = self._future.pop(), None
        return True

    def _remember(self) -> None:
        self._past = [*self._past[1 - MOST_UNDO :], self.policy]

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self._future)

    @property
    def changes(self) -> list[Change]:
        """What differs from today's policy."""
        return self._facts.changes

    @property
    def excesses(self) -> list[Excess]:
        """What in the trial is above its legal cap."""
        return self._facts.excesses

    @property
    def _facts(self) -> _Facts:
        """What is asked for at every key; worked out once for each pair of policies."""
        if (
            self._known is None
            or self._known.today is not self.today
            or self._known.policy is not self.policy
        ):
            todays, values = self.today.flat(), self.policy.flat()
            changes, excesses = _differences(todays, values), over_cap(self.policy)
            self._known = _Facts(self.today, self.policy, todays, values, changes, excesses)
        return self._known
