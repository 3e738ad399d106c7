"""The data of a report's charts, as plain values that go into the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.lab.answer import FAIRNESS, Measured
from simulator.lab.compare import Comparison
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.shown import shown, shown_waterfall
from simulator.lab.words import (
    PERCENT_PPM,
    Scale,
    group_text,
    group_title,
    scale_of,
    scale_of_move,
    verdict_role,
)
from simulator.text import _, in_percent

SHOWN = (
    "profit_fen", "gmv_fen", "exposure_fen", "limit_total_fen", "fee_income_fen", "charged_off_fen", "dpd30_plus_ppm", "over_indebted",
    "fee_burden_ppm", "leavers", "complaints",
)  # fmt: skip
FAIR = (
    "approval_ppm", "average_limit_fen", "service_over_40_ppm", "fee_burden_ppm", "leaver_ppm", "complaint_ppm", "loss_ppm",
)  # fmt: skip
BUCKETS = tuple(f"m{bucket}_fen" for bucket in range(1, 7))


def data_of(found: Comparison) -> dict[str, Any]:
    """Everything that the charts show."""
    return {
        "policies": {"first": found.champion.name, "second": found.challenger.name},
        "differences": _differences(found),
        "waterfall": _waterfall(found),
        "buckets": _buckets(found),
        "vintages": _vintages(found),
        "fairness": {name: _fairness(found, name) for name in FAIR},
    }


def _differences(found: Comparison) -> dict[str, Any]:
    """Differences in percent of the champion, with what stands above and below in the interval."""
    measured = [(name, found.metrics[name]) for name in SHOWN if found.metrics[name].champion]
    percent = [100 * each.difference / abs(each.champion) for _name, each in measured]
    reach = [100 * (each.high - each.low) / 2 / abs(each.champion) for _name, each in measured]
    return {
        "names": [measure(name).title for name, _each in measured],
        "percent": [round(each, 3) for each in percent],
        "up": [round(each, 3) for each in reach],
        "down": [round(each, 3) for each in reach],
        "roles": [verdict_role(measure(name).better, each) for name, each in measured],
        "told": [_told(name, each) for name, each in measured],
        "percent_told": [_percent(each) for each in percent],
    }


def _percent(share: float) -> str:
    """A difference in percent, a small one more finely."""
    places = next((places for places in (1, 2) if abs(share) * 10**places >= 10), 4)
    return in_percent(f"{share:+,.{places}f}" if share else "0")


def _told(name: str, each: Measured) -> str:
    scale = scale_of_move(name, each)
    unit = f" {scale.name}" if unit_of(name) == FEN else ""
    told = shown(name, each, scale)
    return _("{difference}{unit}, from {low} to {high}").format(difference=told.difference, unit=unit, low=told.low, high=told.high)


def _waterfall(found: Comparison) -> dict[str, Any]:
    profit, told = found.metrics["profit_fen"], shown_waterfall(found.metrics)
    values = [profit.champion, *(each.fall.effect_fen for each in told.falls), profit.challenger]
    return {
        "names": [found.champion.name, *(measure(each.fall.metric).title for each in told.falls), found.challenger.name],
        "measures": ["absolute", *["relative"] * len(told.falls), "total"],
        "values": [round(value / told.scale.fen, 4) for value in values],
        "told": [told.first, *(each.text for each in told.falls), told.last],
        "unit": told.scale.name,
    }


def _buckets(found: Comparison) -> dict[str, Any]:
    measured = [(name, found.metrics[name]) for name in BUCKETS]
    scale = scale_of(measured)
    return {
        "x": [measure(name).title for name, _each in measured],
        "x_title": _("days late"),
        "unit": scale.name,
        **_sides(BUCKETS[0], [each for _name, each in measured], scale),
    }


def _vintages(found: Comparison) -> dict[str, Any] | None:
    """The mean over vintages of those ever over 90 days late, by age."""
    means = found.answer.late_by_age()
    if len(means) < 2:
        return None
    return {
        "x": [str(age) for age in means],
        "x_title": _("months since opening"),
        "unit": "%",
        **_sides("vintage_90_ppm", list(means.values()), scale_of([])),
    }


def _fairness(found: Comparison, name: str) -> dict[str, Any]:
    groups = [group for by in FAIRNESS for group in found.answer.group(by) if group.shoppers]
    measured = [group.metrics[name] for group in groups]
    scale = scale_of([(name, each) for each in measured])
    return {
        "kinds": [group_title(group.by) for group in groups],
        "names": [group_text(group.by, group.key) for group in groups],
        "unit": scale.name if unit_of(name) == FEN else "%",
        **_sides(name, measured, scale),
    }


def _sides(name: str, measured: Sequence[Measured], scale: Scale) -> dict[str, list[Any]]:
    """Values of both policies as numbers for the chart, and as people read them, the second with its difference."""
    unit = f" {scale.name}" if unit_of(name) == FEN else ""
    size = scale.fen if unit_of(name) == FEN else PERCENT_PPM
    told = [shown(name, each, scale) for each in measured]
    return {
        "first": [round(each.champion / size, 4) for each in measured],
        "second": [round(each.challenger / size, 4) for each in measured],
        "first_told": [each.champion + unit for each in told],
        "second_told": [
            _("{value} ({difference})").format(value=each.challenger + unit, difference=each.difference) for each in told
        ],
    }
