"""An answer: what becomes of everybody under another policy, with how sure that is.

*Champion* is today's policy, *challenger* the one that is tried. Both live over the same shoppers and
the same luck, so that a difference is paired by shopper and its standard error is that of the pairs.
Amounts are fen, shares ppm, the rest counts; which, is told by the ending of a measure's name
(INTERFACE "Metric names"). An answer is a value: a sharper one takes its place.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from simulator.lab.twin import TwinLives
from simulator.policy.schema import Policy

Timeline = Literal["from_today", "as_if_always"]
Verdict = Literal["up", "down", "same", "not clear"]
GroupBy = Literal["age", "city_tier", "income_fifth", "owner", "grade"]
FAIRNESS: tuple[GroupBy, ...] = ("age", "city_tier", "income_fifth", "owner")
"""The groups between which gaps are measured."""

NORMAL_95 = 1.959964
"""Standard errors to each side of a 95 % interval."""


class Over(NamedTuple):
    """One sum over another."""

    above: int
    below: int


@dataclass(frozen=True)
class Measured:
    """One measure under both policies. The errors are the only floats, in the measure's own unit.

    `alone_error` is the standard error that the difference would have, had each policy met shoppers and
    luck of its own; 0 where it was not worked out. `over` is what a ratio is of, under each policy; None for a sum.
    """

    champion: int
    challenger: int
    standard_error: float = 0.0
    alone_error: float = 0.0
    over: tuple[Over, Over] | None = None

    @property
    def difference(self) -> int:
        """Challenger less champion."""
        return self.challenger - self.champion

    @property
    def low(self) -> int:
        """The lower end of the 95 % interval of the difference, rounded outwards."""
        return math.floor(self.difference - NORMAL_95 * self.standard_error)

    @property
    def high(self) -> int:
        """The upper end of the 95 % interval of the difference, rounded outwards."""
        return math.ceil(self.difference + NORMAL_95 * self.standard_error)

    @property
    def verdict(self) -> Verdict:
        """What can be said of the difference: a change that cannot matter is the same, not noise."""
        reach = NORMAL_95 * self.standard_error
        if self.difference == 0 and reach == 0:
            return "same"
        if abs(self.difference) <= reach:
            return "not clear"
        return "up" if self.difference > 0 else "down"

    @property
    def worth(self) -> int:
        """As good as how many times the shoppers without common luck; 0 where that is not known."""
        if self.standard_error <= 0 or self.alone_error <= 0:
            return 0
        return max(1, round((self.alone_error / self.standard_error) ** 2))


@dataclass(frozen=True)
class Group:
    """The measures of one part of the shoppers: `by` income_fifth, `key` "1" for the lowest fifth.

    Keys: age "18-24" "25-34" "35-44" "45-54" "55-65"; city_tier "1".."5"; income_fifth "1".."5";
    owner "yes", "no"; grade "A".."E". A group is fixed by what the champion knew, so that both policies
    are measured over the same shoppers.
    """

    by: GroupBy
    key: str
    shoppers: int
    metrics: Mapping[str, Measured]


@dataclass(frozen=True)
class Gap:
    """The most of a measure in any group less the least, under each policy; and in which groups."""

    by: GroupBy
    metric: str
    most: str
    least: str
    gap: Measured


CHARGED_OFF = "charged off"
"""Where the last bucket rolls to."""


@dataclass(frozen=True)
class Roll:
    """The share of a bucket's exposure that is in the next one a month later, in ppm."""

    start: str
    end: str
    share: Measured


@dataclass(frozen=True)
class Vintage:
    """Accounts opened in one month ("2025-01"): share of them ever over 90 days late by age in months."""

    opened: str
    age: int
    ever_90: Measured


@dataclass(frozen=True)
class SwapShopper:
    """One shopper whom the policies treat differently.

    `kind`: only_champion, only_challenger (approved by one), limit (moved most), life (went apart most).
    The score is that of the decision by which one policy alone opened a line; of others who have one under both it is the
    champion's at the end. Limits and days late are those at the trial's end and the most in it; `surname`, `given` and `job` are places in the tables of names and jobs.
    """

    shopper: int
    kind: Literal["only_champion", "only_challenger", "limit", "life"]
    surname: int
    given: int
    job: int
    age: int
    score: int
    champion_limit_fen: int
    challenger_limit_fen: int
    champion_worst_dpd: int
    challenger_worst_dpd: int

    @property
    def has_lines(self) -> tuple[bool, bool]:
        """Whether there is a line at all under the champion, and under the challenger."""
        return self.kind != "only_challenger", self.kind != "only_champion"


@dataclass(frozen=True)
class Swap:
    """Whom the policies treat differently: how many in the sample, and some by name."""

    only_champion: int = 0
    only_challenger: int = 0
    shoppers: tuple[SwapShopper, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What becomes of `shoppers` people over `days` days under the challenger.

    `done_ppm` is how far the whole of what was asked for is done. Where there is more to come, `metrics`
    and all else are those of the sample so far, amounts and counts included.
    """

    shoppers: int
    days: int
    seed: int
    done_ppm: int
    timeline: Timeline
    metrics: Mapping[str, Measured]
    groups: tuple[Group, ...] = ()
    gaps: tuple[Gap, ...] = ()
    rolls: tuple[Roll, ...] = ()
    vintages: tuple[Vintage, ...] = ()
    swap: Swap = field(default_factory=Swap)
    since: datetime.date | None = None
    """The first of the days; None where nobody said."""

    def group(self, by: GroupBy) -> list[Group]:
        """The groups of one kind, in their order."""
        return [each for each in self.groups if each.by == by]

    def late_by_age(self) -> dict[int, Measured]:
        """The mean over vintages of those ever over 90 days late, by age; nobody says how sure it is."""
        found: dict[int, list[Measured]] = {}
        for vintage in self.vintages:
            found.setdefault(vintage.age, []).append(vintage.ever_90)
        return {
            age: Measured(sum(one.champion for one in each) // len(each), sum(one.challenger for one in each) // len(each))
            for age, each in sorted(found.items())
        }


class Brought(NamedTuple):
    """How many of a sample's people stand where a trial begins, and how many days each has to live until there."""

    people: int
    all: int
    date: datetime.date
    days: int


class Estimator(Protocol):
    """Who can answer: one champion over one sample, any challenger."""

    @property
    def state(self) -> str:
        """"loading", "compiling" or "ready": whether questions are answered at once."""

    @property
    def brought(self) -> Brought | None:
        """How far the people of the sample are; None where nobody is on the way."""

    def estimate(
        self, challenger: Policy, on_answer: Callable[[Answer], None], cancel: Callable[[], bool]
    ) -> None:
        """Answer again and again, each time over more shoppers, until done or `cancel` says so."""

    def lives(self, challenger: Policy, shopper: int) -> TwinLives | None:
        """One shopper's life under both policies, event by event; None where nobody is there any more to live it."""
