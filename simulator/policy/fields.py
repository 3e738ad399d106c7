"""Every field of the policy as a catalogue: kind of value, section, default, meaning, source.

A *kind* says what a value may be; a *leaf* is one editable value inside a field, named by a
dotted path such as `fee_rate_ppm.12.C`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.policy.schema import HEAD, SECTION_OF, SECTIONS, Policy
from simulator.policy.values import Meaning, Unit

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Kind:
    """What a value may be: a number within bounds, a switch, a choice, a text, a table or a list."""

    unit: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    keys: dict[str, Kind] = field(default_factory=dict)
    item: Kind | None = None

    def at(self, place: Place) -> Kind | None:
        """The kind at a place inside this one; None where nothing may stand."""
        if not place:
            return self
        first, rest = place[0], place[1:]
        inner = self.item if isinstance(first, int) else self.keys.get(first)
        return inner.at(rest) if inner else None

    def leaves(self, path: str) -> Iterator[tuple[str, Kind]]:
        """Each single value under a path; a list counts as one."""
        if not self.keys:
            yield path, self
        for key, kind in self.keys.items():
            yield from kind.leaves(f"{path}.{key}")


@dataclass(frozen=True)
class PolicyField:
    """One field of RULES §14."""

    name: str
    section: str
    kind: Kind
    default: Any
    meaning: Meaning


def kind_of_model(model: type[BaseModel]) -> Kind:
    """The kind of a table, its keys as they are written in a file."""
    return Kind(keys={info.alias or name: _kind(info) for name, info in model.model_fields.items()})


def _kind(info: FieldInfo) -> Kind:
    """The kind that a declaration allows."""
    declared, marks = _unwrapped(info)
    if isinstance(declared, type) and issubclass(declared, BaseModel):
        return kind_of_model(declared)
    told: dict[str, Any] = {}
    for mark in marks:
        match mark:
            case Unit(name=name):
                told["unit"] = name
            case Ge(ge=low) | MinLen(min_length=low):
                told["low"] = low
            case Le(le=high) | MaxLen(max_length=high):
                told["high"] = high
    if get_origin(declared) is Literal:
        told["choices"] = get_args(declared)
    if get_origin(declared) is list:
        told["item"] = kind_of_model(get_args(declared)[0])
    return Kind(**told)


def _unwrapped(info: FieldInfo) -> tuple[Any, list[Any]]:
    """The declared type and its marks, also of a value that may be absent."""
    declared, marks = info.annotation, list(info.metadata)
    if type(None) in get_args(declared):
        declared = next(part for part in get_args(declared) if part is not type(None))
    if get_origin(declared) is Annotated:
        declared, *inner = get_args(declared)
        marks += FieldInfo.from_annotation(Annotated[declared, *inner]).metadata
    return declared, marks


@cache
def policy_fields() -> dict[str, PolicyField]:
    """Every field by its flat name, in the order of files and docs."""
    defaults = Policy().flat()
    return {
        name: PolicyField(name, section, _kind(info), defaults[name], _meaning(info))
        for name, section in SECTION_OF.items()
        for info in (SECTIONS[section].model_fields[name],)
    }


def _meaning(info: FieldInfo) -> Meaning:
    return next(mark for mark in info.metadata if isinstance(mark, Meaning))


@cache
def policy_kind() -> Kind:
    """The kind of a whole policy under flat names."""
    head = {name: _kind(Policy.model_fields[name]) for name in HEAD}
    return Kind(keys=head | {name: policy_field.kind for name, policy_field in policy_fields().items()})


@cache
def policy_leaves() -> dict[str, Kind]:
    """Every single value by its dotted path."""
    return {
        path: kind
        for name, policy_field in policy_fields().items()
        for path, kind in policy_field.kind.leaves(name)
    }
