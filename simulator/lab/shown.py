"""Shown: the figures of one measure as they stand beside each other, rounded so that they agree.

Today's total and the difference are rounded each on its own, and the trial's total is shown as their sum, so that
a reader's own subtraction gives the difference that is shown; the trial's is off by less than one of its last
decimal. Where two decimals would make nothing of something, the row has more; where even the last one would, an end
of a clear difference is told as > 0 or < 0. Files have exact figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from simulator.lab.answer import Measured
from simulator.lab.measures import COUNT, FEN, unit_of
from simulator.lab.waterfall import Fall, waterfall
from simulator.lab.words import (
    PERCENT_PPM,
    PLACES,
    Scale,
    count_text,
    decimal_text,
    rounded,
    scale_for,
    scales,
)
from simulator.text import CHINESE, _, in_percent, language


class Shown(NamedTuple):
    """A measure's figures as texts, in the order of a table."""

    difference: str
    low: str
    high: str
    champion: str
    challenger: str


def shown(name: str, each: Measured, scale: Scale, places: int | None = None) -> Shown:
    """The figures of a measure, amounts in a unit; with so many decimals, else with as many as they need."""
    size = scale.fen if unit_of(name) == FEN else PERCENT_PPM
    return _texts(name, each, size, places_alone(name, each, scale) if places is None else places)


def places_alone(name: str, each: Measured, scale: Scale) -> int:
    """With how many decimals a measure is told where it stands alone."""
    return places_of(each, scale.fen if unit_of(name) == FEN else PERCENT_PPM)


def exact(name: str, each: Measured) -> Shown:
    """The figures of a measure as they are: amounts in yuan to the fen, shares to the ppm."""
    size = scales()[0].fen if unit_of(name) == FEN else PERCENT_PPM
    return _texts(name, each, size, _exact_places(size))


def exact_unit(name: str) -> str:
    """The unit behind an exact figure, where it does not stand in it."""
    return f" {scales()[0].name}" if unit_of(name) == FEN else ""


def _texts(name: str, each: Measured, size: int, places: int) -> Shown:
    if unit_of(name) == COUNT:
        difference, low, high = (count_text(value, True) for value in (each.difference, each.low, each.high))
        low, high = _ends(each, (low, each.low), (high, each.high))
        return Shown(difference, low, high, count_text(each.champion), count_text(each.challenger))
    move, low_end, high_end, today = (
        rounded(value, size, places) for value in (each.difference, each.low, each.high, each.champion)
    )
    share, point = ("", "") if unit_of(name) == FEN else (in_percent(""), " " + _("pt"))
    ends = "" if language() == CHINESE else point  # 百分点 is long, and once in a row is enough
    difference, low, high = (decimal_text(value, places, True) for value in (move, low_end, high_end))
    low, high = _ends(each, (low, low_end), (high, high_end))
    return Shown(
        difference + point, low + ends, high + ends, decimal_text(today, places) + share, decimal_text(today + move, places) + share
    )


def _ends(each: Measured, low: tuple[str, int], high: tuple[str, int]) -> tuple[str, str]:
    """The ends of an interval by text and value: that of a clear difference is not nothing, however small."""
    return (
        ">" + low[0] if each.verdict == "up" and not low[1] else low[0],
        "<" + high[0] if each.verdict == "down" and not high[1] else high[0],
    )


def places_of(each: Measured, size: int) -> int:
    """How many decimals of a unit leave no move under the last of them, and no end of one that is clear, nor all of one
    that is not.

    Never more than are exact. A share of both policies that is small is told as finely as it is where it stands alone.
    """
    values = [each.difference]
    if each.verdict in ("up", "down") or not any(rounded(value, size) for value in (each.difference, each.low, each.high)):
        values += [each.low, each.high]
    if size == PERCENT_PPM:
        values += [each.champion, each.challenger]
    least = min((abs(value) for value in values if value), default=size)
    places, most = PLACES, _exact_places(size)
    while places < most and least * 10**places < size:
        places = min(places + PLACES, most)
    return places


def places_of_totals(name: str, measured: Sequence[Measured], scale: Scale) -> int:
    """The fewest decimals with which totals of several policies that differ look so, and none looks like nothing.

    Never more than one of these measures needs where it stands alone.
    """
    size = scale.fen if unit_of(name) == FEN else PERCENT_PPM
    places, most = PLACES, max((places_of(each, size) for each in measured), default=PLACES)
    while places < most:
        ones = {
            each.challenger: rounded(each.champion, size, places) + rounded(each.difference, size, places)
            for each in measured
        }
        if len(set(ones.values())) == len(ones) and all(one or not total for total, one in ones.items()):
            break
        places = min(places + PLACES, most)
    return places


def _exact_places(size: int) -> int:
    """With how many decimals of a unit of a power of ten nothing is lost."""
    return len(str(size)) - 1


class ShownFall(NamedTuple):
    """A step of a waterfall, and the hundredths of the unit that it is shown as."""

    fall: Fall
    ones: int

    @property
    def text(self) -> str:
        """The step in the unit."""
        return decimal_text(self.ones, sign=True)


class ShownWaterfall(NamedTuple):
    """A waterfall's figures in one unit: profit at first, each step, profit at last."""

    scale: Scale
    first: str
    falls: list[ShownFall]
    last: str


def shown_waterfall(metrics: Mapping[str, Measured]) -> ShownWaterfall:
    """The steps in the unit that the largest of them asks for, however large profit is; they add up as they are shown."""
    profit, falls = metrics["profit_fen"], waterfall(metrics)
    effects = [fall.effect_fen for fall in falls]
    scale = scale_for(max(map(abs, [profit.difference, *effects])))
    first, move = rounded(profit.champion, scale.fen), rounded(profit.difference, scale.fen)
    steps = map(ShownFall, falls, _adding_up(effects, move, scale.fen))
    return ShownWaterfall(scale, decimal_text(first), list(steps), decimal_text(first + move))


def _adding_up(values: Sequence[int], whole: int, size: int) -> list[int]:
    """Values rounded so that their sum is `whole`: where it is not, those go the other way that are nearest to it."""
    found = [rounded(value, size) for value in values]
    missing = whole - sum(found)
    way = 1 if missing > 0 else -1
    hundredths = size // 10**PLACES
    lost = [way * (value - ones * hundredths) for value, ones in zip(values, found, strict=True)]
    for place in sorted(range(len(values)), key=lambda place: -lost[place])[: abs(missing)]:
        found[place] += way
    return found
