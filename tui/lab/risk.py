"""Risk: how late the debt is, how it rolls, how accounts age, and where losses fall."""

from __future__ import annotations

from simulator.lab.answer import Answer
from simulator.lab.words import group_text, roll_text, share_text
from simulator.text import _
from tui.lab.tables import Row, group_rows, metric_rows, table
from tui.lab.vintages import vintage_table
from tui.widgets.cells import Cell, Line, blank, words
from tui.widgets.chart import sample
from tui.widgets.curves import Curve, curves

LATE = ("dpd30_plus_ppm", "dpd90_plus_ppm", "charged_off_fen", "recovered_fen", "loss_ppm", "provision_fen")
BUCKETS = tuple(f"m{bucket}_fen" for bucket in range(7))
BY_GRADE = ("loss_ppm", "charged_off_fen", "dpd30_plus_ppm")


def risk_view(answer: Answer, width: int, plain: bool) -> list[Line]:
    """Late debt, buckets, losses by grade, roll rates, vintages."""
    lines: list[Line] = []
    parts = [
        table(_("LATE AND LOST"), metric_rows(answer.metrics, LATE), width),
        table(_("OWED BY DAYS LATE"), metric_rows(answer.metrics, BUCKETS), width),
        table(_("LOSSES BY GRADE"), _grade_rows(answer), width),
        table(_("ROLLS INTO THE NEXT MONTH"), _roll_rows(answer), width),
        vintage_lines(answer, width, plain),
        vintage_table(answer, width),
    ]
    for part in parts:
        lines += [*part, blank()] if part else []
    return lines


def _grade_rows(answer: Answer) -> list[Row]:
    """The first measure of losses that the grades have."""
    groups = answer.group("grade")
    name = next((name for name in BY_GRADE if groups and all(name in group.metrics for group in groups)), "")
    titles = [_("grade {grade}").format(grade=group_text("grade", group.key)) for group in groups]
    return group_rows(answer, "grade", name, titles) if name else []


def _roll_rows(answer: Answer) -> list[Row]:
    return [Row(roll_text(roll), "roll_ppm", roll.share, f"lab:roll:{roll.start}") for roll in answer.rolls]


def vintage_lines(answer: Answer, width: int, plain: bool) -> list[Line]:
    """Ever over 90 days by age, all vintages together: today's line and the trial's."""
    means = answer.late_by_age()
    if len(means) < 2:
        return []
    today = [(age, each.champion) for age, each in means.items()]
    trial = [(age, each.challenger) for age, each in means.items()]
    lines: list[Line] = [
        [Cell(_("EVER OVER 90 DAYS LATE, mean of all vintages, by months since opening"), bold=True)],
        [
            words("  "), sample(0, "muted", True, plain), words(_("today"), role="muted"),
            words("   "), sample(1, "accent", False, plain), words(_("trial"), role="accent"),
        ],
    ]  # fmt: skip
    drawn = [Curve(today, "muted", dashed=True), Curve(trial, "accent")]
    return [*lines, *curves(drawn, min(width, 100), share_text, plain)]
