"""The layout of a policy file: its sections taken off, every field under its flat name.

Sections only group: a field may stand in its own section or at the top of the file, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.policy.faults import Fault, not_allowed, unknown
from simulator.policy.fields import Kind, Place, policy_fields, policy_kind
from simulator.policy.schema import HEAD, SECTION_OF, SECTIONS
from simulator.policy.tomlfile import TomlFile
from simulator.text import _


@dataclass
class Layout:
    """A policy file's values by flat name, its base, and what is wrong with where things stand."""

    file: TomlFile
    base: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    prefixes: dict[str, Place] = field(default_factory=dict)

    def fault_at(self, place: Place, sentence: str) -> Fault:
        """What is wrong at a place that starts with a flat name."""
        return self.file.fault(self.prefixes.get(str(place[0]), ()) + place, sentence)

    def fault(self, place: Place, sentence: str) -> None:
        """Note what is wrong at a place of the file."""
        self.faults.append(self.file.fault(place, sentence))


def laid_flat(file: TomlFile) -> Layout:
    """Take the sections off a policy file."""
    layout = Layout(file)
    for key, given in file.values.items():
        if key == "from":
            _take_base(layout, given)
        elif key in SECTIONS:
            _take_section(layout, key, given)
        else:
            _take(layout, (key,), given)
    return layout


def _take_base(layout: Layout, given: Any) -> None:
    if isinstance(given, str) and given:
        layout.base = given
    else:
        layout.fault(("from",), not_allowed(("from",), given, Kind(keys={"from": Kind()})))


def _take_section(layout: Layout, section: str, given: Any) -> None:
    if not isinstance(given, dict):
        layout.fault((section,), not_allowed((section,), given, Kind(keys={section: section_kind(section)})))
        return
    for name, value in given.items():
        home = SECTION_OF.get(name)
        if home and home != section:
            text = _("{field} stands in [{section}]; allowed is [{home}], or the top of the file.")
            layout.fault((section, name), text.format(field=name, section=section, home=home))
        else:
            _take(layout, (section, name), value)


def _take(layout: Layout, place: Place, value: Any) -> None:
    """One field, title or summary, at the place where it stands."""
    name = str(place[-1])
    if name not in (SECTION_OF if len(place) > 1 else {*SECTION_OF, *HEAD}):
        layout.fault(place, unknown(place, value, known_kind(place)))
    elif name in layout.values:
        layout.fault(place, _("{field} is given twice; allowed is once.").format(field=name))
    else:
        layout.values[name] = value
        layout.prefixes[name] = place[:-1]


def known_kind(place: Place) -> Kind:
    """What may stand around a place, for the names that an unknown one is nearest to."""
    every = policy_kind()
    return every if len(place) == 1 else Kind(keys={str(place[0]): every})


def section_kind(section: str) -> Kind:
    """A section as a table."""
    return Kind(keys={name: policy_fields()[name].kind for name in SECTIONS[section].model_fields})


def merged(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The base with what differs; tables are merged key by key, lists replaced whole."""
    return base | {
        name: merged(base[name], value)
        if isinstance(value, dict) and isinstance(base.get(name), dict)
        else value
        for name, value in given.items()
    }
