"""Fairness: one measure by age, city, income and small business, and the gaps between groups."""

from __future__ import annotations

from collections.abc import Callable

from simulator.lab.answer import FAIRNESS, Answer
from simulator.lab.measures import measure
from simulator.lab.words import count_text, group_text, group_title
from simulator.text import _
from tui.lab.tables import Row, group_rows, table
from tui.widgets.cells import Cell, Line, blank, mark, words

MEASURES = (
    "approval_ppm", "average_limit_fen", "service_over_40_ppm", "fee_burden_ppm", "given_up_fen", "leaver_ppm", "complaint_ppm",
)  # fmt: skip


def fair_measures(answer: Answer) -> list[str]:
    """The measures that every group has."""
    groups = [group for group in answer.groups if group.by in FAIRNESS]
    return [name for name in MEASURES if groups and all(name in group.metrics for group in groups)]


def fairness_view(answer: Answer, width: int, chosen: str, choose: Callable[[], object]) -> list[Line]:
    """The measure, with the way to another one; its gaps; then every kind of group."""
    known = fair_measures(answer)
    if not known:
        return []
    name = chosen if chosen in known else known[0]
    lines: list[Line] = [
        [
            mark(),
            Cell(measure(name).title, role="accent", bold=True, action=choose),
            words("  " + _("Enter: another measure"), role="muted"),
        ],
        blank(),
    ]
    gaps = [
        Row(group_title(gap.by), gap.metric, gap.gap, f"lab:gap:{gap.by}:{gap.metric}", gap=True)
        for gap in answer.gaps
        if gap.metric == name
    ]
    lines += [*table(_("GAPS BETWEEN GROUPS"), gaps, width), blank()] if gaps else []
    for by in FAIRNESS:
        titles = [_("{title} ({number})").format(title=group_text(by, group.key), number=count_text(group.shoppers)) for group in answer.group(by)]
        rows = group_rows(answer, by, name, titles)
        lines += [*table(group_title(by).upper(), rows, width), blank()] if rows else []
    return [*lines, [words(_("In brackets: people in the group."), role="muted")]]
