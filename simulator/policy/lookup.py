"""Looking things up in a policy and its scorecards by name."""

from __future__ import annotations

from typing import Any

from simulator.policy.schema import Policy
from simulator.policy.scorecards import scorecards
from simulator.text import language


def field_value(policy: Policy, path: str) -> Any:
    """A field's value by its flat name, a table's own keys after dots: `fee_rate_ppm.12.C`."""
    value: Any = policy.flat()
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def bin_label(card: str, characteristic: str, place: int) -> str:
    """The English label of a bin, as events carry it."""
    for each in scorecards()[card].characteristics:
        if each.name == characteristic:
            return each.bins[place].label.en
    return ""


def bin_label_here(card: str, characteristic: str, place: int) -> str:
    """The label of a bin in the reader's language."""
    for each in scorecards()[card].characteristics:
        if each.name == characteristic:
            label = each.bins[place].label
            return label.zh if language() == "zh" else label.en
    return ""
