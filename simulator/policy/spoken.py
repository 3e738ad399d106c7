"""Spoken: what is wrong with a policy, or charged otherwise than it says, by the titles and units of the screens."""

from __future__ import annotations

from typing import Any

from simulator.calendar import DAYS_A_YEAR
from simulator.policy.caps import Excess, over_cap
from simulator.policy.fields import policy_leaves
from simulator.policy.schema import Policy
from simulator.policy.titles import leaf_title
from simulator.policy.together import clashes
from simulator.policy.warned import approves_nobody
from simulator.policy.written import setting_text
from simulator.text import _, percent_text


def clash_texts(values: dict[str, Any]) -> list[str]:
    """Every clash among fields, each as one sentence."""
    found = []
    for clash in clashes(values):
        text = _("{low} ({low_value}) may not be above {high} ({high_value}).")
        if clash.strictly:
            text = _("{low} ({low_value}) has to be below {high} ({high_value}).")
        low, high = clash.low, clash.high
        found.append(
            text.format(low=leaf_title(low), low_value=_at(values, low), high=leaf_title(high), high_value=_at(values, high))
        )
    return found


def put(values: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Flat values with another one at a path."""
    *above, last = path.split(".")
    table = values
    for part in above:
        table = table[part]
    table[last] = value
    return values


def _at(values: dict[str, Any], path: str) -> str:
    value: Any = values
    for key in path.split("."):
        value = value[key]
    told = setting_text(path, value)
    return _("{amount} yuan").format(amount=told) if policy_leaves()[path].unit == "fen" else told


def warning_texts(policy: Policy) -> list[str]:
    """All that is warned of in a policy, each as one sentence."""
    return [*map(excess_text, over_cap(policy)), *([nobody_text()] if approves_nobody(policy) else [])]


def nobody_text() -> str:
    """That nobody can be approved."""
    return _("Nobody can be approved: the highest age is below the lowest.")


def excess_text(excess: Excess) -> str:
    """What is above the legal cap, and what is charged instead. RULES §4."""
    title, cap = leaf_title(".".join(map(str, excess.place))), percent_text(excess.cap_ppm)
    yearly, given = percent_text(excess.yearly_ppm), percent_text(excess.given_ppm)
    if excess.grades:
        text = _(
            "{title}: {given} a term is {yearly} a year in grade {grades}, above the legal cap of {cap}; no such plan is offered there."
        )
        return text.format(title=title, given=given, yearly=yearly, grades=excess.grades, cap=cap)
    text = _("{title}: {given} a day is {yearly} a year, above the legal cap of {cap}; {charged} a day is charged.")
    charged = percent_text(excess.cap_ppm // DAYS_A_YEAR)
    return text.format(title=title, given=given, yearly=yearly, cap=cap, charged=charged)
