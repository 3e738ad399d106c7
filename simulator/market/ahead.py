"""Ahead: how far a life's market was let live ahead of it, and the other policies that it was given meanwhile.

A save keeps the recipe alone: the market is made again from the seed, its people and the policies, and lives to
the same day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.ledger.save import Save
from simulator.past import policy_of, policy_values
from simulator.policy.schema import Policy

SETTING = "market"


@dataclass(frozen=True)
class Ahead:
    """The last day that the market lived, and its own policies with the day from which each holds."""

    day: int
    policies: Mapping[int, Policy] = field(default_factory=dict)


def keep_ahead(save: Save, ahead: Ahead) -> None:
    """Keep it in the save of the life that the market stands beside; nothing where that is read-only."""
    policies = [[day, policy_values(policy)] for day, policy in sorted(ahead.policies.items())]
    save.set_setting(SETTING, {"day": ahead.day, "policies": policies})


def ahead_of(save: Save) -> Ahead | None:
    """What a save keeps of its market; None where that is nothing. Raises PolicyError where a policy is none any more."""
    kept = save.get_setting(SETTING)
    if not kept:
        return None
    return Ahead(int(kept["day"]), {int(day): policy_of(values) for day, values in kept["policies"]})
