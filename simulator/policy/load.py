"""Loading: from a policy's name or file to the validated policy, or to every fault at once.

A name means a policy that comes with Whiteslip, or one in the user's own folder; what looks like a
path is a path. `from` names the policy that a file differs from, and so on along the chain.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator import files
from simulator.policy.faults import (
    Fault,
    FaultAt,
    PolicyError,
    by_line,
    model_faults,
    plain_fault,
    shown,
    unknown,
)
from simulator.policy.fields import Kind, Place, policy_fields, policy_kind
from simulator.policy.layout import Layout, laid_flat, merged
from simulator.policy.schema import HEAD, Policy
from simulator.policy.together import clashes
from simulator.policy.tomlfile import read_toml
from simulator.policy.warned import warned
from simulator.text import _


def load_policy(name_or_path: str | Path, strict: bool = False) -> Policy:
    """The policy of a name or file; PolicyError with every fault.

    What is warned of, such as a rate above a legal cap, is in the policy's `warnings`, and a fault where `strict`.
    """
    policy, layout = _load(_find(str(name_or_path), Path()), ())
    if strict and (found := warned(policy)):
        raise PolicyError(by_line(layout.fault_at(each.place, each.sentence) for each in found))
    return policy


def policy_files() -> dict[str, Path]:
    """Every policy that has a name, with its file; one that comes with Whiteslip goes first."""
    return {
        path.stem: path
        for folder in (files.data_folder() / "policies", files.fixture("policies"))
        for path in files.files_in(folder, "toml")
    }


def _find(name: str, beside: Path) -> tuple[Path, str]:
    """The file of a name or path, and how to call it; paths count from the folder `beside`."""
    known = policy_files()
    if name in known:
        return known[name], known[name].name
    path = beside / name
    if path.suffix == ".toml" or Path(name).name != name or os.path.isfile(path):
        return path, str(path)
    near = get_close_matches(name, known, n=3)
    text = _("There is no policy {name}; did you mean {names}?") if near else _("There is no policy {name}; allowed: {names}.")
    raise PolicyError([text.format(name=shown(name), names=", ".join(near or sorted(known)))])


def _load(found: tuple[Path, str], chain: tuple[Path, ...]) -> tuple[Policy, Layout]:
    """One file over its base. `chain` are the files that came before it."""
    path, shown = found
    layout = laid_flat(read_toml(path, shown))
    base = Policy()
    if layout.base:
        try:
            base = _base(layout.base, path, chain)
        except _NoBase as error:
            layout.fault(("from",), str(error))
        except PolicyError as error:
            layout.faults += [Fault(0, sentence) for sentence in error.faults]
    head = {name: layout.values.pop(name) for name in HEAD if name in layout.values}
    values = merged(base.flat(), layout.values) | {"title": path.stem} | head | {"name": path.stem}
    return checked(values, layout.fault_at, layout.values, layout.faults), layout


class _NoBase(Exception):
    """Why there is no policy that `from` names."""


def _base(name: str, path: Path, chain: tuple[Path, ...]) -> Policy:
    """The policy that a file differs from."""
    try:
        found = _find(name, path.parent)
    except PolicyError as error:
        raise _NoBase(error.faults[0]) from None
    walked = (*chain, path.resolve())
    if found[0].resolve() in walked:
        names = " -> ".join(each.stem for each in (*walked, found[0]))
        raise _NoBase(_("from goes round in a circle: {names}.").format(names=names))
    return _load(found, walked)[0]


def checked(
    values: dict[str, Any],
    fault_at: FaultAt = plain_fault,
    given: Collection[str] = (),
    faults: Iterable[Fault] = (),
) -> Policy:
    """The policy of flat values; PolicyError with the faults so far and every new one.

    A clash between fields is said of the first that is in `given`.
    """
    wrong: dict[Place, Fault] = {}
    policy = None
    try:
        policy = Policy.model_validate(values)
    except ValidationError as error:
        wrong = model_faults(error, policy_kind(), fault_at)
    names_at_fault = {place[0] for place in wrong}
    every = [*faults, *wrong.values()]
    for clash in clashes({name: value for name, value in values.items() if name not in names_at_fault}):
        first = next((name for name in clash.fields if name in given), clash.fields[0])
        every.append(fault_at((first,), clash.sentence))
    if every or policy is None:
        raise PolicyError(by_line(every))
    return policy


def set_field(policy: Policy, path: str, value: Any) -> Policy:
    """A copy of a policy with one value changed, named as in `fee_rate_ppm.12.C`."""
    return set_fields(policy, {path: value})


def set_fields(policy: Policy, changes: Mapping[str, Any]) -> Policy:
    """A copy of a policy with values changed, by their paths; checked together once all are in place."""
    values = policy.flat() | policy.head() | {"name": policy.name}
    for path, value in changes.items():
        place = _place(path)
        if fault := _nowhere(place, value):
            raise PolicyError([fault])
        try:
            _put(values, place, value)
        except IndexError:
            text = _("{field} is not there; the list has {count}, counted from 0.")
            raise PolicyError([text.format(field=path, count=len(values[str(place[0])]))]) from None
    return checked(values)


def _place(path: str) -> Place:
    """The parts of a dotted path; an item of a list is named by its number, from 0."""
    name, *rest = path.split(".")
    kind = policy_kind().at((name,))
    of_list = kind is not None and kind.item is not None
    return (name, *(int(part) if of_list and part.isdecimal() else part for part in rest))


def _nowhere(place: Place, value: Any) -> str | None:
    """What is wrong with a place that no policy has."""
    fields = Kind(keys={name: each.kind for name, each in policy_fields().items()})
    for depth in range(1, len(place) + 1):
        if fields.at(place[:depth]) is None:
            return unknown(place[:depth], value, fields)
    return None


def _put(values: Any, place: Place, value: Any) -> None:
    """Put a value at a place inside nested tables and lists."""
    for part in place[:-1]:
        values = values[part]
    values[place[-1]] = value
