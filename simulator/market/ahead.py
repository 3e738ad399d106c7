"""Ahead: how far a life's market was let live ahead of it, the other policies that it was given meanwhile, and whom
in it the player follows.

A save keeps the recipe alone: the market is made again from the seed, its people and the policies, and lives to
the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from simulator.ledger.save import Save
from simulator.past import policy_of, policy_values
from simulator.policy.schema import Policy

SETTING, FOLLOWED = "market", "followed"


@dataclass(frozen=True)
class Ahead:
    """The last day that the market lived, and its own policies with the day from which each holds."""

    day: int
    policies: Mapping[int, Policy] = field(default_factory=dict)


class Keeper:
    """Keeps in a life's save how far its market has come, where the life alone does not tell it."""

    def __init__(self, save: Save, kept: Ahead, life_day: Callable[[], int]) -> None:
        """`kept` is what the save tells already."""
        self.save, self.kept, self.life_day = save, kept, life_day

    def keep(self, day: int, policies: Mapping[int, Policy]) -> None:
        """On disk when this returns. One call at a time, from whatever thread. Raises what the disk does."""
        now = Ahead(day, policies)
        is_ahead = max(now.day, self.kept.day) > self.life_day()
        if now != self.kept and (is_ahead or now.policies != self.kept.policies):
            keep_ahead(self.save, now)
            self.kept = now


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


def keep_followed(save: Save, shoppers: Iterable[int]) -> None:
    """Keep whose news go first; nothing where the save is read-only."""
    save.set_setting(FOLLOWED, sorted(shoppers))


def followed_of(save: Save) -> set[int] | None:
    """Whose news go first, by number; None where that was never chosen in this life."""
    kept = save.get_setting(FOLLOWED)
    return None if kept is None else set(kept)
