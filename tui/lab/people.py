"""People: who gets a line, how much debt weighs, who gives up, leaves or complains."""

from __future__ import annotations

from simulator.lab.answer import Answer
from simulator.lab.measures import measure
from simulator.text import _
from tui.lab.tables import Row, group_rows, metric_rows, table
from tui.widgets.cells import Line, blank, wrapped

LINES = ("approval_ppm", "approved", "applications", "declined", "counter_offers", "average_limit_fen", "limits_raised", "limits_cut")
WEIGHT = ("service_over_40", "over_indebted", "given_up_fen")
CONDUCT = (
    "leavers", "complaints", "suspended_overdue", "suspended_fraud", "closed_by_shopper", "closed_by_system", "reopened",
)  # fmt: skip
BY_SCORE = {"debts": "debt_service_too_high", "score": "score_too_low"}
"""Reasons for a decline that are no conditions: whoever meets one has been decided by score."""


def people_view(answer: Answer, width: int) -> list[Line]:
    """Lines, the weight of debt, fees by income, and what people do."""
    fees = group_rows(answer, "income_fifth", "fee_burden_ppm")
    lines: list[Line] = []
    for part in (
        _lines(answer, width),
        _declines(answer, width),
        table(_("WHY LIMITS MOVED"), _met_rows(answer, "limits_", LINES), width),
        table(_("WEIGHT OF DEBT"), metric_rows(answer.metrics, WEIGHT), width),
        table(_("FEES OF INCOME"), fees, width),
        table(_("WHAT THEY DO"), metric_rows(answer.metrics, CONDUCT), width),
    ):
        lines += [*part, blank()] if part else []
    return lines


def _declines(answer: Answer, width: int) -> list[Line]:
    """Why applications were declined, that these do not add up, and which of them the share of approvals counts."""
    rows = _met_rows(answer, "declined_")
    told = _("One application may fail several conditions; one that fails any is left out of “{share}”. “{debts}” and “{score}” are no conditions: they are decided by score, and count there as not approved.").format(
        share=measure("approval_ppm").title, **{name: measure(f"declined_{code}").title for name, code in BY_SCORE.items()}
    )
    return [*table(_("WHY THEY WERE DECLINED"), rows, width), *wrapped(told, width, "muted")] if rows else []


def _lines(answer: Answer, width: int) -> list[Line]:
    """Approvals and limits, and what a smaller offer counts as."""
    part = table(_("LINES"), metric_rows(answer.metrics, LINES), width)
    if not {"approval_ppm", "counter_offers"} <= answer.metrics.keys():
        return part
    told = _("“{offers}” count in “{share}” as approved where they were taken, else as not approved.")
    return [*part, *wrapped(told.format(offers=measure("counter_offers").title, share=measure("approval_ppm").title), width, "muted")]


def _met_rows(answer: Answer, begins: str, but: tuple[str, ...] = ()) -> list[Row]:
    """A row for each measure of a family that either policy has met."""
    names = [
        name for name, each in answer.metrics.items() if name.startswith(begins) and name not in but and (each.champion or each.challenger)
    ]
    return metric_rows(answer.metrics, names)
