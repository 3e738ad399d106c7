"""Warned of: what a policy may hold and hardly means to, a fault only where checking is strict."""

from __future__ import annotations

from typing import NamedTuple

from simulator.policy.caps import over_cap
from simulator.policy.fields import Place
from simulator.policy.schema import Policy
from simulator.text import _


class Warned(NamedTuple):
    """The field at fault, and the sentence that says why in the words of a file."""

    place: Place
    sentence: str


def warned(policy: Policy) -> list[Warned]:
    """All that is warned of: what is above a legal cap, and ages at which nobody can be approved."""
    found = [Warned(excess.place, excess.sentence()) for excess in over_cap(policy)]
    if approves_nobody(policy):
        text = _("age_max is {high} and age_min is {low}; nobody can be approved.")
        found.append(Warned(("age_max",), text.format(high=policy.age_max, low=policy.age_min)))
    return found


def approves_nobody(policy: Policy) -> bool:
    """Whether there is no age at which an applicant can be approved."""
    return policy.age_max < policy.age_min
