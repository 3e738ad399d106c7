"""Looking things up in a policy and its scorecards by name."""

from __future__ import annotations

from typing import Any

from simulator.policy.schema import Policy
from simulator.policy.scorecards import scorecards


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


def best_points(card: str, characteristic: str) -> int:
    """The most points that a characteristic gives."""
    return next(
        each.best_points for each in scorecards()[card].characteristics if each.name == characteristic
    )


def bin_of_value(card: str, characteristic: str, value: int) -> str:
    """The label, in the reader's language, of the bin that a value falls into."""
    for each in scorecards()[card].characteristics:
        if each.name == characteristic:
            return str(each.bins[each.bin_of(value)].label.spoken())
    return ""
