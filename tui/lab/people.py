"""People: who gets a line, how much debt weighs, who gives up, leaves or complains."""

from __future__ import annotations

from simulator.lab.answer import Answer
from simulator.text import _
from tui.lab.tables import group_rows, metric_rows, table
from tui.widgets.cells import Line, blank

LINES = ("approval_ppm", "approved", "applications", "average_limit_fen", "limit_increases", "limit_decreases")
WEIGHT = ("service_over_40", "over_indebted", "given_up_fen")
CONDUCT = (
    "leavers", "complaints", "suspended_overdue", "suspended_fraud", "closed_by_shopper", "closed_by_system", "reopened",
)  # fmt: skip


def people_view(answer: Answer, width: int) -> list[Line]:
    """Lines, the weight of debt, fees by income, and what people do."""
    fees = group_rows(answer, "income_fifth", "fee_burden_ppm")
    lines: list[Line] = []
    for part in (
        table(_("LINES"), metric_rows(answer.metrics, LINES), width),
        table(_("WEIGHT OF DEBT"), metric_rows(answer.metrics, WEIGHT), width),
        table(_("FEES OF INCOME"), fees, width),
        table(_("WHAT THEY DO"), metric_rows(answer.metrics, CONDUCT), width),
    ):
        lines += [*part, blank()] if part else []
    return lines
