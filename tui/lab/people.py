"""People: who gets a line, how much debt weighs, who gives up, leaves or complains."""

from __future__ import annotations

from simulator.lab.answer import Answer
from simulator.text import _
from tui.lab.tables import Row, group_rows, metric_rows, table
from tui.widgets.cells import Line, blank, wrapped

LINES = ("approval_ppm", "approved", "applications", "declined", "counter_offers", "average_limit_fen", "limits_raised", "limits_cut")
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
        _declines(answer, width),
        table(_("WHY LIMITS MOVED"), _met_rows(answer, "limits_", LINES), width),
        table(_("WEIGHT OF DEBT"), metric_rows(answer.metrics, WEIGHT), width),
        table(_("FEES OF INCOME"), fees, width),
        table(_("WHAT THEY DO"), metric_rows(answer.metrics, CONDUCT), width),
    ):
        lines += [*part, blank()] if part else []
    return lines


def _declines(answer: Answer, width: int) -> list[Line]:
    """Why applications were declined, and that these do not add up."""
    rows = _met_rows(answer, "declined_")
    told = _("One application may fail several conditions. Those that fail any are left out of “Approved by score”.")
    return [*table(_("WHY THEY WERE DECLINED"), rows, width), *wrapped(told, width, "muted")] if rows else []


def _met_rows(answer: Answer, begins: str, but: tuple[str, ...] = ()) -> list[Row]:
    """A row for each measure of a family that either policy has met."""
    names = [
        name for name, each in answer.metrics.items() if name.startswith(begins) and name not in but and (each.champion or each.challenger)
    ]
    return metric_rows(answer.metrics, names)
