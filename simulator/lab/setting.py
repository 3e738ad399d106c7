"""Setting: what a comparison is of, before anybody has lived."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.calendar import START, WARM_UP_DAYS, Calendar
from simulator.lab.answer import Timeline
from simulator.lab.period import Period
from simulator.policy.schema import Policy


@dataclass(frozen=True)
class Setting:
    """What a trial is of: the seed, the days, the policies until today, and from when the challenger holds."""

    champion: Policy
    seed: int = 1
    start: datetime.date = START
    days: int = 365
    warm_up_days: int = WARM_UP_DAYS
    timeline: Timeline = "from_today"
    today: int = 0
    before: tuple[tuple[int, Policy], ...] = ()
    """Policies in force before today's, each with its first day; none where today's held always."""

    @property
    def key(self) -> tuple[object, ...]:
        """What can be compared and hashed: equal for equal settings."""
        policies = [(-self.warm_up_days, self.champion), *self.before]
        told = tuple((day, json.dumps(policy.flat(), sort_keys=True)) for day, policy in policies)
        return told, self.seed, self.start, self.days, self.warm_up_days, self.timeline, self.today

    @property
    def calendar(self) -> Calendar:
        """Day 0 is `start`."""
        return Calendar(self.start)

    @property
    def trial(self) -> Period:
        """The days that are compared."""
        return Period(self.calendar, self.today, self.today + self.days - 1)


def really_before(setting: Setting, held: Sequence[tuple[int, Policy]]) -> tuple[tuple[int, Policy], ...]:
    """The `before` of a setting, by the policies that held, each with its first day; () where today's held always."""
    found: list[tuple[int, Policy]] = []
    for day, policy in held:
        if day < setting.today and not (found and found[-1][1].flat() == policy.flat()):
            found.append((day, policy))
    always = not found or (len(found) == 1 and found[0][1].flat() == setting.champion.flat())
    return () if always else tuple(found)
