"""Figures of the Lab in words: amounts scaled for a whole table, shares, counts, differences, verdicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.lab.answer import CHARGED_OFF, Answer, Brought, GroupBy, Measured, Roll
from simulator.lab.measures import FEN, PPM, unit_of
from simulator.policy.fields import policy_leaves
from simulator.policy.titles import leaf_title
from simulator.policy.written import unit_text
from simulator.policy.written import value_text as policy_text
from simulator.text import CHINESE, _, date_text, in_percent, language, one_day, tier_text

YUAN_FEN = 100
PERCENT_PPM = 10_000
PLACES = 2
"""Decimals, where these do not make nothing of something."""
NINE_FIGURES = 1_000_000
"""Amounts under so many of their unit have at most nine figures with their decimals, and are read at a glance."""


@dataclass(frozen=True)
class Scale:
    """A unit for amounts: how many fen, and its name."""

    fen: int
    name: str


def scales() -> list[Scale]:
    """The units of amounts in the reader's language, the smallest first."""
    if language() == CHINESE:
        return [
            Scale(YUAN_FEN, "元"),
            Scale(10_000 * YUAN_FEN, "万元"),
            Scale(100_000_000 * YUAN_FEN, "亿元"),
        ]
    return [
        Scale(YUAN_FEN, _("yuan")),
        Scale(1_000 * YUAN_FEN, _("thousand yuan")),
        Scale(1_000_000 * YUAN_FEN, _("million yuan")),
        Scale(1_000_000_000 * YUAN_FEN, _("billion yuan")),
    ]


def rounded(value: int, size: int, places: int = PLACES) -> int:
    """A value in so many decimals of a unit of `size`, halves away from zero."""
    ones: int = (abs(value) * 10**places * 2 + size) // (2 * size)
    return ones if value >= 0 else -ones


def decimal_text(ones: int, places: int = PLACES, sign: bool = False) -> str:
    """A number of a last decimal: 123456 with two of them is 1,234.56."""
    mark = "-" if ones < 0 else "+" if sign and ones > 0 else ""
    whole, part = divmod(abs(ones), 10**places)
    return f"{mark}{whole:,}.{part:0{places}d}"


def amount_text(fen: int, scale: Scale, sign: bool = False) -> str:
    """An amount in a unit with two decimals."""
    return decimal_text(rounded(fen, scale.fen), PLACES, sign)


def share_text(ppm: int, sign: bool = False, places: int = PLACES) -> str:
    """A share in percent with two decimals, a small one with four; a difference of shares in points."""
    places = 2 * PLACES if 0 < abs(ppm) * 10**PLACES < PERCENT_PPM else places
    told = decimal_text(rounded(ppm, PERCENT_PPM, places), places, sign)
    return told + " " + _("pt") if sign else in_percent(told)


def count_text(count: int, sign: bool = False) -> str:
    """A count."""
    return f"{count:+,}" if sign and count else f"{count:,}"


def value_text(name: str, value: int, scale: Scale, sign: bool = False, places: int = PLACES) -> str:
    """A measure's value, or a difference where it has a `sign`; with so many decimals, a small share with four."""
    unit = unit_of(name)
    if unit == FEN:
        return decimal_text(rounded(value, scale.fen, places), places, sign)
    return share_text(value, sign, places) if unit == PPM else count_text(value, sign)


def axis_text(path: str, value: int) -> str:
    """A value of a field in its unit."""
    return policy_text(policy_leaves()[path], value)


def axis_title(path: str) -> str:
    """A field with its unit."""
    unit = unit_text(policy_leaves()[path])
    if not unit or "%" in axis_text(path, 0):
        return leaf_title(path)
    return _("{title}, {unit}").format(title=leaf_title(path), unit=unit)


def verdict_text(measured: Measured) -> str:
    """What can be said of a difference, in a word."""
    return {"up": _("up"), "down": _("down"), "same": _("same"), "not clear": _("not clear")}[
        measured.verdict
    ]


def worth_text(times: int) -> str:
    """What it helps that both policies meet the same people and the same luck."""
    told = _("Both policies meet the same people with the same luck; without that it would take {times} times as many people to be as sure.")
    return told.format(times=count_text(times))


def verdict_role(better: int, measured: Measured) -> str:
    """Good, bad, or neither where more is better, worse, or neither; the word says the way."""
    way = {"up": 1, "down": -1}.get(measured.verdict, 0) * better
    return {1: "good", -1: "bad"}.get(way, "muted" if measured.verdict in ("same", "not clear") else "ink")


def group_title(by: GroupBy) -> str:
    """What shoppers are grouped by."""
    return {
        "age": _("Age"),
        "city_tier": _("City"),
        "income_fifth": _("Income"),
        "owner": _("Small business"),
        "grade": _("Grade"),
    }[by]


def group_text(by: GroupBy, key: str) -> str:
    """One group."""
    if by == "city_tier":
        return _("tier {number}").format(number=tier_text(int(key)))
    if by == "income_fifth":
        fifths = {"1": _("lowest fifth"), "5": _("highest fifth")}
        return fifths.get(key) or _("fifth {number}").format(number=key)
    if by == "owner":
        return {"yes": _("owners"), "no": _("others")}[key]
    return key


def roll_text(roll: Roll) -> str:
    """From which bucket into which, the last into what is written off."""
    end = _("charged off") if roll.end == CHARGED_OFF else roll.end
    return f"{roll.start} > {end}"


def sample_text(answer: Answer, own: datetime.date) -> str:
    """What every figure of an answer is of, for somebody whose own day it is."""
    told = _("{shoppers} people, {days} days {timeline}, seed {seed}, same people, same luck")
    return one_day(told.format(
        shoppers=count_text(answer.shoppers), days=count_text(answer.days), timeline=_timeline_text(answer, own), seed=answer.seed,
    ))  # fmt: skip


def _timeline_text(answer: Answer, own: datetime.date) -> str:
    """From when a trial holds, and which is its first day; where that is neither today nor tomorrow, whose it is."""
    if answer.since is None:
        return {"from_today": _("from today"), "as_if_always": _("as if always")}[answer.timeline]
    its_own = {"from_today": _("from {date}"), "as_if_always": _("as if always, from {date}")}
    markets = {
        "from_today": _("from {date}, the market's next day"),
        "as_if_always": _("as if always, from {date}, the market's next day"),
    }
    told = its_own if 0 <= (answer.since - own).days <= 1 else markets
    return told[answer.timeline].format(date=date_text(answer.since, weekday=False))


def brought_text(brought: Brought) -> str:
    """What takes long before people can be asked, and how far it is."""
    return _(
        "People are brought to {date}, where the trial begins: each lives the {days} days before it. {people} of {all} are there."
    ).format(
        date=date_text(brought.date, weekday=False), days=count_text(brought.days), people=count_text(brought.people),
        all=count_text(brought.all),
    )  # fmt: skip


def largest_fen(measured: Iterable[tuple[str, Measured]]) -> int:
    """The largest amount among measures, 0 where there is none."""
    return max(
        (max(abs(each.champion), abs(each.challenger)) for name, each in measured if unit_of(name) == FEN),
        default=0,
    )


def scale_of(measured: Iterable[tuple[str, Measured]]) -> Scale:
    """The smallest unit in which every amount of a table has at most nine figures."""
    return scale_for(largest_fen(measured))


def scale_of_move(name: str, each: Measured) -> Scale:
    """The unit of a difference that stands alone: it and its interval have at most nine figures."""
    return scale_for(max(abs(value) for value in (each.difference, each.low, each.high)) if unit_of(name) == FEN else 0)


def scale_for(largest_fen: int, most: int = NINE_FIGURES) -> Scale:
    """The smallest unit of which an amount has less than `most`."""
    return next((scale for scale in scales() if largest_fen < most * scale.fen), scales()[-1])
