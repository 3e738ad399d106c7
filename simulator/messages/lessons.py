"""Lessons: a few lines at the moment they matter, each the first time only (PRODUCT A10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from simulator.money import money
from simulator.rates import MONTHS, monthly_irr, rounded, simple_rate
from simulator.text import _, in_percent, percent_text

Event = Mapping[str, Any]


class Lesson(NamedTuple):
    """A short lesson."""

    title: str
    lines: tuple[str, ...]


def first_lessons(events: Iterable[Event]) -> dict[int, Lesson]:
    """The lessons of a life by the number of the event that first brings each up."""
    first: dict[str, Event] = {}
    for event in events:
        name = event["event"]
        if name in _FITS and name not in first and _FITS[name](event):
            first[name] = event
    return {event["seq"]: _TOLD[name](event) for name, event in first.items()}


_FITS: dict[str, Callable[[Event], bool]] = {
    "plan_created": lambda event: bool(event["schedule"][0]["fee_fen"]),
    "statement_made": lambda event: bool(event["minimum_fen"] < event["balance_fen"]),
    "payment_missed": lambda event: True,
    "closure_requested": lambda event: True,
    "limit_changed": lambda event: bool(event["kind"] == "temporary" and event["to_fen"] > 0),
    "bureau_reported": lambda event: bool(event["dpd"] > 0),
}
"""Which events bring a lesson up; no two lessons belong to one kind of event."""


def _flat_fee(event: Event) -> Lesson:
    """What a plan's fee is a year, as it sounds and as it is shown at checkout (RULES §4)."""
    terms = event["schedule"]
    month = monthly_irr([-event["principal_fen"], *(each["principal_fen"] + each["fee_fen"] for each in terms)])
    grows = _("The debt shrinks with every term, the fee does not: {fee} each month, {rate} of the whole {price}.")
    sounds = _("That sounds like {sounds} a year; on what is still owed it is {simple} a year.")
    return Lesson(_("A small fee that is not small"), (
        grows.format(fee=money(terms[0]["fee_fen"]), rate=percent_text(event["fee_rate_ppm"]), price=money(event["principal_fen"])),
        sounds.format(sounds=percent_text(MONTHS * event["fee_rate_ppm"]), simple=in_percent(rounded(simple_rate(month), 2))),
    ))  # fmt: skip


def _minimum(_event: Event) -> Lesson:
    return Lesson(_("What the minimum costs"), (
        _("The minimum keeps the line open. The rest carries over."),
        _("From the day after the due day it costs a fee every day."),
        _("Paid in full, purchases without terms cost nothing."),
    ))  # fmt: skip


def _days_late(_event: Event) -> Lesson:
    return Lesson(_("How days late count"), (
        _("They count from the oldest due day whose minimum is not met."),
        _("Up to 30 days the line opens again by itself; later you must ask; later still it closes."),
        _("Paying brings the count to 0 at once."),
    ))  # fmt: skip


def _closing(_event: Event) -> Lesson:
    return Lesson(_("What closing costs"), (
        _("The limit goes, and the run of bills on time begins anew; orders and days late stay on record."),
        _("The line can be asked for again; it is decided anew, by that record too."),
        _("If you only want a pause, lock it."),
    ))  # fmt: skip


def _temporary(_event: Event) -> Lesson:
    return Lesson(_("A limit that goes away"), (
        _("A temporary limit ends by itself after the season."),
        _("What it carries is then asked on the next bill."),
    ))  # fmt: skip


def _bureau(_event: Event) -> Lesson:
    return Lesson(_("What the bureau keeps"), (
        _("Other lenders see days late at month-end."),
        _("A bad mark is kept for years after it is paid."),
    ))  # fmt: skip


_TOLD: dict[str, Callable[[Event], Lesson]] = {
    "plan_created": _flat_fee,
    "statement_made": _minimum,
    "payment_missed": _days_late,
    "closure_requested": _closing,
    "limit_changed": _temporary,
    "bureau_reported": _bureau,
}
"""What each of these events teaches."""
