"""Running the rulebook both ways: as plain Python on rows, and compiled on records of arrays."""

from __future__ import annotations

import functools
import itertools
import math
import operator
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numba
import numpy as np

from simulator.account import Account
from simulator.engine.compile import make_compilable
from simulator.engine.run import LOG
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.row import Row
from simulator.rules.ask import Ask
from simulator.rules.events import Log, empty


@functools.cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """A rule compiled as a kernel would call it."""
    make_compilable()
    kernel: Callable[..., Any] = numba.njit(nogil=True)(function)
    return kernel


class Both:
    """One shopper lived both ways; every call is made on both and compared field by field."""

    def __init__(self, account: Account, shopper: Shopper) -> None:
        """Put the rows into records; OverflowError where a field does not fit."""
        self.account, self.shopper, self.log = account, shopper, Log()
        self.records = {
            "account": _record(account),
            "shopper": _record(shopper),
            "log": np.zeros(1, LOG),
        }
        self.policies: dict[int, tuple[PolicyRecord, Any]] = {}

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a rule with rows, whole numbers and the words "account", "shopper", "log" on both sides."""
        self.log.clear()
        compiled(empty)(self.records["log"][0])
        plain = function(*(self._plain(part) for part in arguments))
        told = compiled(function)(*(self._compiled(part) for part in arguments))
        self.compare(function)
        assert told is None or _same(plain, told), (function.__name__, plain, told)
        return plain

    def set(self, field: str, value: int) -> None:
        """Let something be recorded of the account."""
        setattr(self.account, field, value)
        self.records["account"][0][field] = value

    def _plain(self, part: Any) -> Any:
        rows = {"account": self.account, "shopper": self.shopper, "log": self.log}
        if isinstance(part, Ask):
            return part.copy()
        return rows[part] if isinstance(part, str) else part

    def _compiled(self, part: Any) -> Any:
        if isinstance(part, PolicyRecord):
            return self._policy(part)[0]
        if isinstance(part, Row):
            return _record(part)[0]
        return self.records[part][0] if isinstance(part, str) else part

    def _policy(self, policy: PolicyRecord) -> Any:
        """A policy's record, made once a life: rules do not write it."""
        if id(policy) not in self.policies:
            self.policies[id(policy)] = policy, _record(policy)
        return self.policies[id(policy)][1]

    def compare(self, function: Callable[..., Any]) -> None:
        """The records and the events are the same on both sides."""
        for name, row in (("account", self.account), ("shopper", self.shopper)):
            if _packed(row) != self.records[name].tobytes():
                self._tell_difference(function, name, row)
        count = int(self.records["log"][0]["count"])
        assert count == self.log.count, function.__name__
        assert self.records["log"][0]["told"] == self.log.told, function.__name__
        assert self.records["log"][0]["rows"][:count].tolist() == self.log.rows[:count], function.__name__

    def _tell_difference(self, function: Callable[..., Any], name: str, row: Row) -> None:
        other = dict(type(row).load(self.records[name][0]).leaves())
        wrong = {field: (value, other[field]) for field, value in row.leaves() if other[field] != value}
        raise AssertionError(f"{function.__name__}: {wrong}")


@functools.cache
def _format(kind: type[Row]) -> str:
    """How `struct` packs a row of this class: its fields one after the other, as the dtype does."""
    return "<" + _letters(kind, ())


def _letters(kind: Any, shape: tuple[int, ...]) -> str:
    if isinstance(kind, str):
        one = {"i1": "b", "i2": "h", "i4": "i", "i8": "q"}[kind]
    else:
        one = "".join(_letters(part, each) for _name, part, each in kind.layout)
    return one * math.prod(shape)


@functools.cache
def _fields(kind: type[Row]) -> list[tuple[Callable[[Any], Any], bool, int]]:
    """How a row of this class is read, part by part: plain values that stand together at once; whether a part holds
    nested rows, and how deep its list is.
    """
    found: list[tuple[Callable[[Any], Any], bool, int]] = []
    for is_plain, group in itertools.groupby(kind.layout, lambda field: isinstance(field[1], str) and not field[2]):
        fields = list(group)
        if is_plain:
            names = [name for name, _part, _shape in fields]
            found.append((operator.attrgetter(*names), False, 1 if len(names) > 1 else 0))
        else:
            found += [(operator.attrgetter(name), not isinstance(part, str), len(shape)) for name, part, shape in fields]
    return found


def _flat(row: Row, into: list[int]) -> None:
    for read, is_nested, depth in _fields(type(row)):
        values = read(row)
        if depth == 0:
            values = [values]
        for _level in range(depth - 1):
            values = itertools.chain.from_iterable(values)
        if is_nested:
            for part in values:
                _flat(part, into)
        else:
            into.extend(values)


def _packed(row: Row) -> bytes:
    """The row's bytes in an array; struct.error where a field does not fit."""
    flat: list[int] = []
    _flat(row, flat)
    return struct.pack(_format(type(row)), *flat)


def _record(row: Row) -> Any:
    array = np.zeros(1, type(row).dtype())
    row.store(array[0])
    return array


def _same(plain: Any, told: Any) -> bool:
    if isinstance(plain, tuple):
        return all(_same(left, right) for left, right in zip(plain, told, strict=True))
    return int(plain) == int(told)


def calls(functions: Sequence[Callable[..., Any]], registered: dict[str, Callable[..., Any]]) -> set[str]:
    """The names of the rules that these functions reach."""
    names = {id(function): name for name, function in registered.items()}
    reached: set[str] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        name = names.get(id(function))
        if name is None or name in reached:
            continue
        reached.add(name)
        for word in function.__code__.co_names:
            other = function.__globals__.get(word)
            if callable(other) and id(other) in names:
                waiting.append(other)
    return reached
