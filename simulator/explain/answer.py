"""What an answer to "Why?" is made of: a figure, its formula, the inputs, the rule, the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.codes import GRADES, STATUSES
from simulator.ledger.postings import policy_on
from simulator.money import fine_money, money
from simulator.policy.lookup import field_value
from simulator.policy.schema import Policy
from simulator.policy.written import setting_text
from simulator.text import _, one_day, percent_text, rate_text, share_text

FEN, DAYS, COUNT, PPM, POINTS, GRADE, YES = "fen", "days", "count", "ppm", "points", "grade", "yes"
SHARE, RATE, STATE, MICRO = "share", "rate", "state", "micro"
"""Units of figures and inputs; `YES` is 1 where something is so and 0 where it is not, `SHARE` is `PPM` of which the
first decimal of a percent is enough, `RATE` a yearly one that is told with two, `MICRO` a millionth of a fen.
"""


@dataclass(frozen=True)
class Input:
    """One input of a formula: its name there, words for people, its value, and its own figure."""

    name: str
    label: str
    value: int
    unit: str = FEN
    figure: str | None = None


@dataclass(frozen=True)
class Line:
    """A row of the sum as shown."""

    label: str
    value_text: str
    figure: str | None = None


@dataclass(frozen=True)
class Explanation:
    """An answer. `formula` over `inputs` gives `value`; lines show the same to people."""

    figure: str
    title: str
    sentence: str
    value: int
    unit: str
    formula: str
    inputs: dict[str, int]
    lines: list[Line]
    rule: str
    fields: list[tuple[str, str]]
    entries: list[int]
    date_text: Callable[[int], str] = field(default=str, repr=False, compare=False)

    @property
    def is_of_event(self) -> bool:
        """Whether it tells of an event and not of a figure: its value is only how many reasons there were."""
        return self.unit == COUNT and not self.inputs.keys() - {"reasons"}


class UnknownFigure(Exception):
    """There is no such figure here; the message is a plain sentence."""


def value_text(value: int, unit: str) -> str:
    """A value as people read it."""
    if unit == FEN:
        return money(value)
    if unit == MICRO:
        return fine_money(value)
    if unit == PPM:
        return percent_text(value)
    if unit == SHARE:
        return share_text(value)
    if unit == RATE:
        return rate_text(value)
    if unit == STATE:
        from simulator.messages import status_text

        return status_text(STATUSES[value])
    if unit == DAYS:
        return one_day(_("{count} days").format(count=value))
    if unit == GRADE:
        return GRADES[value] if value >= 0 else "-"
    if unit == YES:
        return _("yes") if value else _("no")
    return f"{value:,}"


def answer(
    figure: str,
    title: str,
    sentence: str,
    value: int,
    formula: str,
    inputs: Iterable[Input],
    *,
    rule: str,
    policy: Policy | None = None,
    fields: Iterable[str] = (),
    entries: Iterable[int] = (),
    unit: str = FEN,
) -> Explanation:
    """Put an answer together; the lines are the inputs in order."""
    given = list(inputs)
    shown = [Line(item.label, value_text(item.value, item.unit), item.figure) for item in given]
    settings = settings_of(policy, fields) if policy is not None else []
    return Explanation(
        figure, title, sentence, value, unit, formula, {item.name: item.value for item in given}, shown, rule, settings,
        list(entries),
    )  # fmt: skip


def settings_of(policy: Policy, fields: Iterable[str]) -> list[tuple[str, str]]:
    """Fields of a policy with their values in words."""
    return [(name, setting_text(name, field_value(policy, name))) for name in fields]


def steady(policies: Sequence[tuple[int, Policy]], fields: Iterable[str], since: int, until: int) -> list[str]:
    """The fields that had one value in every policy that held between two days, both included."""
    held = [policy_on(policies, since), *(policy for first, policy in policies if since < first <= until)]
    return [name for name in fields if all(field_value(one, name) == field_value(held[0], name) for one in held)]


def seqs(events: Iterable[dict[str, Any]], *names: str, since: int = -(10**9)) -> list[int]:
    """The numbers of events of some names since a day."""
    return [event["seq"] for event in events if event["event"] in names and event["day"] >= since]
