"""Form: the plan of a sweep as lines, a row a choice, how long it will take, and what can be done."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from simulator.lab.words import axis_text, count_text
from simulator.policy.edit import Draft, differences
from simulator.policy.titles import leaf_title
from simulator.text import _, one_day, sentences
from tui.keys import keyed
from tui.lab.sweep_desk import SweepDesk
from tui.lab.sweep_plan import AxisPlan, SweepPlan
from tui.widgets.cells import Cell, Line, blank, words, wrapped

LABEL = 14
Row = tuple[str, int, str]
"""What a row is of: field, first, last, step, start, people or months; the field's place; its label."""
LONG_SECONDS = 90


def rows_of(plan: SweepPlan) -> list[Row]:
    """The rows of the form, from above."""
    rows: list[Row] = []
    for place in range(min(2, len(plan.axes) + 1)):
        rows.append(("field", place, _("Second field") if place else _("First field")))
        if place < len(plan.axes):
            rows += [("first", place, _("from")), ("last", place, _("to")), ("step", place, _("in steps of"))]
    return [*rows, ("start", 0, _("Starts from")), ("people", 0, _("People each")), ("months", 0, _("Months each"))]


def row_text(plan: SweepPlan, row: Row) -> str:
    """What is chosen in a row."""
    part, place, _label = row
    if part == "people":
        return count_text(plan.people)
    if part == "months":
        return str(plan.months)
    if place >= len(plan.axes):
        return _("none: a line, no map")
    axis = plan.axes[place]
    if part == "field":
        return leaf_title(axis.path)
    return axis_text(axis.path, {"first": axis.first, "last": axis.last, "step": axis.step}[part])


def start_text(plan: SweepPlan, draft: Draft) -> str:
    """Which policy is varied."""
    count = len(differences(draft.today, plan.start(draft)))
    return _("the trial ({count} changed)").format(count=count) if count else _("today's policy")


def _start_lines(plan: SweepPlan, draft: Draft, width: int) -> list[Line]:
    """What becomes of the trial's other changes, where there are any."""
    count = len(differences(draft.today, replace(plan, from_trial=True).start(draft)))
    if not count:
        return []
    if plan.from_trial:
        told = _("The trial's other changes ({count}) are in every policy; figures stand beside today's.")
    else:
        told = _("The trial's other changes ({count}) are left out.")
    return wrapped(told.format(count=count), width, "muted")


def form_lines(plan: SweepPlan, draft: Draft, width: int, choose: Callable[[Row], object]) -> list[Line]:
    """A line a row."""
    lines: list[Line] = []
    for row in rows_of(plan):
        part, place, label = row
        note = ""
        if part == "step":
            note = "   " + _("{count} values").format(count=plan.axes[place].count)
        text = start_text(plan, draft) if part == "start" else row_text(plan, row)
        label = f"  {label}" if part in ("first", "last", "step") else label
        lines.append([words(label, LABEL, role="muted"), Cell(text, action=partial(choose, row), bold=part == "field"), words(note, role="muted")])
    ends = sentences(*(_end_text(axis) for axis in plan.axes))
    return [*lines, blank(), *wrapped(sentences(size_text(plan), ends), width), *_start_lines(plan, draft, width)]


def _end_text(axis: AxisPlan) -> str:
    """Where the values of a field end, if no step reaches what was asked for."""
    if not axis.count or axis.end == axis.last:
        return ""
    told = _("{title} up to {end}: no step reaches {last}.")
    return told.format(title=leaf_title(axis.path), end=axis_text(axis.path, axis.end), last=axis_text(axis.path, axis.last))


def size_text(plan: SweepPlan) -> str:
    """How much it is."""
    if not plan.axes:
        return _("Choose a field first.")
    told = _("{count} policies, {people} people each, {months} months.")
    return one_day(told.format(count=count_text(plan.count), people=count_text(plan.people), months=plan.months))


def guess_text(desk: SweepDesk) -> str:
    """How long it will take, as far as is known, and what of it is kept."""
    guess = desk.guess
    if guess is None:
        return _("Measuring how long it takes ...") if desk.measuring else ""
    if guess.done >= guess.of:
        return keyed(_("All of it is kept already: {key_g} shows it."))
    told = _("About {time} on this computer, by its first pieces.").format(time=time_text(guess.seconds))
    if guess.done:
        kept = keyed(_("{percent} % of it is kept already; {key_g} goes on."), percent=100 * guess.done // guess.of)
        return f"{kept} {told}"
    return told


def time_text(seconds: float) -> str:
    """A span of time in seconds or minutes."""
    if seconds < LONG_SECONDS:
        return _("{seconds} s").format(seconds=max(1, math.ceil(seconds)))
    return _("{minutes} min").format(minutes=math.ceil(seconds / 60))
