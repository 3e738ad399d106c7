"""Faults: what is wrong in a file, each as one plain sentence with file, line, field and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from simulator.policy.fields import Kind, Place
from simulator.text import _

_LONGEST_GIVEN = 60
_SHORT_LIST = 8
_GROUPED_FROM = 10_000


class PolicyError(Exception):
    """A policy or scorecard cannot be used; `faults` are sentences for people, all at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the sentences, each once."""
        self.faults = list(dict.fromkeys(faults))
        super().__init__("\n".join(self.faults))


class Fault(NamedTuple):
    """One thing that is wrong, and the line it stands on; 0 where there is no line."""

    line: int
    sentence: str


FaultAt = Callable[[Place, str], Fault]
"""Makes a fault of a place and what is wrong there."""


def plain_fault(place: Place, sentence: str) -> Fault:
    """A fault of a value that stands in no file."""
    return Fault(0, sentence)


def by_line(faults: Iterable[Fault]) -> list[str]:
    """The sentences of faults in the order of their lines."""
    return [fault.sentence for fault in sorted(faults, key=lambda fault: fault.line)]


def dotted(place: Place) -> str:
    """The name of a place, its parts joined by dots."""
    return ".".join(str(part) for part in place)


def model_faults(error: ValidationError, kind: Kind, fault_at: FaultAt) -> dict[Place, Fault]:
    """A fault for each error of a validation, by its place; checks across fields are left out."""
    found = {}
    for detail in error.errors():
        place = detail["loc"]
        if detail["type"] == "extra_forbidden":
            found[place] = fault_at(place, unknown(place, detail["input"], kind))
        elif detail["type"] == "missing":
            found[place] = fault_at(place, _missing(place, kind))
        elif detail["type"] != "together":
            found[place] = fault_at(place, not_allowed(place, detail["input"], kind))
    return found


def not_allowed(place: Place, given: Any, kind: Kind) -> str:
    """What was given and what is allowed."""
    text = _("{field} is {given}; allowed is {allowed}.")
    return text.format(field=dotted(place), given=shown(given), allowed=allowed(kind.at(place) or Kind()))


def unknown(place: Place, given: Any, kind: Kind) -> str:
    """A key that does not exist, with the nearest that do."""
    siblings = kind.at(place[:-1])
    names = list(siblings.keys) if siblings else []
    all_told = len(names) <= _SHORT_LIST
    near = names if all_told else get_close_matches(str(place[-1]), names, n=3)
    told = {"field": dotted(place), "given": shown(given), "names": ", ".join(near)}
    if near and all_told:
        text = _("There is no {field}, given as {given}; allowed: {names}.")
    elif near:
        text = _("There is no {field}, given as {given}; did you mean {names}?")
    else:
        text = _(
            "There is no {field}, given as {given}; `whiteslip policy show standard` lists what is allowed."
        )
    return text.format(**told)


def _missing(place: Place, kind: Kind) -> str:
    text = _("{field} is missing; allowed is {allowed}.")
    return text.format(field=dotted(place), allowed=allowed(kind.at(place) or Kind()))


def allowed(kind: Kind) -> str:
    """What a kind of value may be, in words."""
    if kind.item:
        text = _("a list of {low} to {high} tables with {keys}")
        return text.format(low=kind.low or 0, high=kind.high, keys=", ".join(kind.item.keys))
    if set(kind.keys) == {"en", "zh"}:
        return _("a text in quotes, or a table with en and zh")
    if kind.keys:
        return _("a table with {keys}").format(keys=", ".join(kind.keys))
    if kind.unit == "switch":
        return _("true or false, without quotes")
    if kind.choices:
        return _("one of {choices}, in quotes").format(choices=", ".join(kind.choices))
    if kind.unit == "day of the year":
        return _('a month and day in quotes, such as "06-18"')
    if kind.low is None or kind.high is None:
        return _("a text in quotes")
    text = _("a whole number from {low} to {high} ({unit})")
    return text.format(low=shown(kind.low), high=shown(kind.high), unit=_(kind.unit))


def shown(given: Any) -> str:
    """A value as it would be written in TOML, cut where it is long."""
    text = _written(given)
    return text if len(text) <= _LONGEST_GIVEN else text[: _LONGEST_GIVEN - 1] + "…"


def _written(given: Any) -> str:
    match given:
        case bool():
            return "true" if given else "false"
        case int() if abs(given) >= _GROUPED_FROM:
            return f"{given:_}"
        case str():
            return f'"{given}"'
        case dict():
            return "{" + ", ".join(f"{key} = {_written(value)}" for key, value in given.items()) + "}"
        case list():
            return "[" + ", ".join(_written(value) for value in given) + "]"
    return str(given)
