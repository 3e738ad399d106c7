"""Past: how a synthetic shopper lived until the player took over, kept in a save as a recipe.

The shopper lives by behaviour up to the end of day `day`; the player goes on from the next morning. The
same recipe gives the same events again, so that a save can be checked by living it anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.calendar import Calendar
from simulator.lone import LoneLife, lone_life
from simulator.policy.load import checked
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import Town
from simulator.population.shopper import HONEST
from simulator.text import _


class CannotTakeOver(Exception):
    """A shopper whose life cannot be played; the message says why."""


@dataclass(frozen=True)
class Past:
    """The recipe of a past: whose it is, up to what day, under which policies (each with its first day)."""

    town: Town
    number: int
    day: int
    name: str  # as the language had it when the life was taken over
    policies: Sequence[tuple[int, Policy]]

    @property
    def policy(self) -> Policy:
        """The policy in force at its end."""
        return self.policies[-1][1]

    def lived(self, calendar: Calendar, until_day: int | None = None) -> LoneLife:
        """The past lived anew, up to its end or to an earlier day. Raises CannotTakeOver."""
        until = self.day if until_day is None else until_day
        life = lone_life(
            [(day, to_record(policy)) for day, policy in self.policies],
            self.number,
            calendar,
            until,
            self.town,
        )
        if not life.events:
            raise CannotTakeOver(_("This shopper has not come to the store yet."))
        if life.shopper.intent != HONEST:
            raise CannotTakeOver(_("This shopper cannot be played; choose another one."))
        life.events[0]["name"] = self.name
        life.shopper.pay_ppm = 0  # a month's pay varied by behaviour; from now on it is the usual one
        return life

    def as_dict(self) -> dict[str, Any]:
        """The recipe as a save keeps it."""
        return {
            "town": self.town.as_dict(),
            "number": self.number,
            "day": self.day,
            "name": self.name,
            "policies": [[day, policy_values(policy)] for day, policy in self.policies],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Past:
        """The inverse of `as_dict`."""
        policies = [(day, policy_of(policy)) for day, policy in values["policies"]]
        return cls(Town.from_dict(values["town"]), values["number"], values["day"], values["name"], policies)


def policy_values(policy: Policy) -> dict[str, Any]:
    """A policy as plain values, as a save keeps it."""
    return {**policy.flat(), **policy.head(), "name": policy.name}


def policy_of(values: dict[str, Any]) -> Policy:
    """The policy of plain values. Raises PolicyError."""
    return checked(values)
