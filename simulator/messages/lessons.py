"""Lessons: a few lines at the moment they matter (PRODUCT A10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.text import _


class Lesson(NamedTuple):
    """A short lesson; `key` lets the caller show it once."""

    key: str
    title: str
    lines: tuple[str, ...]


def lesson_for(event: Mapping[str, Any]) -> Lesson | None:
    """The lesson that an event brings up, if there is one."""
    name = event["event"]
    if name == "plan_created":
        return Lesson("flat_fee", _("A small fee that is not small"), (
            _("The fee is a share of the whole price, every month."),
            _("The debt shrinks, the fee does not: a year costs nearly twice what the rate suggests."),
            _("Ask why of a rate to see the sum."),
        ))  # fmt: skip
    if name == "statement_made" and event["minimum_fen"] < event["balance_fen"]:
        return Lesson("minimum", _("What the minimum costs"), (
            _("The minimum keeps the line open. The rest carries over."),
            _("From the day after the due day it costs a fee every day."),
            _("Paid in full, purchases without terms cost nothing."),
        ))  # fmt: skip
    if name == "payment_missed":
        return Lesson("days_late", _("How days late count"), (
            _("They count from the oldest due day whose minimum is not met."),
            _("Up to 30 days the line opens again by itself; later you must ask; later still it closes."),
            _("Paying brings the count to 0 at once."),
        ))  # fmt: skip
    if name == "closure_requested":
        return Lesson("closing", _("What closing costs"), (
            _("The limit and the history with it are gone."),
            _("The line can be asked for again, but it is decided anew."),
            _("If you only want a pause, lock it."),
        ))  # fmt: skip
    if name == "limit_changed" and event["kind"] == "temporary" and event["to_fen"] > 0:
        return Lesson("temporary", _("A limit that goes away"), (
            _("A temporary limit ends by itself after the season."),
            _("What it carries is then asked on the next bill."),
        ))  # fmt: skip
    if name == "bureau_reported" and event["dpd"] > 0:
        return Lesson("bureau", _("What the bureau keeps"), (
            _("Other lenders see days late at month-end."),
            _("A bad mark is kept for years after it is paid."),
        ))  # fmt: skip
    return None
