"""Money: what the lender earns and loses under the trial, and the way from one profit to the other."""

from __future__ import annotations

from simulator.lab.answer import Answer
from simulator.lab.measures import measure
from simulator.lab.waterfall import PROFIT_PARTS, waterfall
from simulator.lab.words import amount_text, scale_of
from simulator.text import _
from tui.lab.tables import metric_rows, table
from tui.widgets.cells import Cell, Line, amount, blank, words

RESULT = ("profit_fen", "return_ppm")
VOLUME = ("gmv_fen", "line_fen", "exposure_fen", "average_exposure_fen", "instalment_share_ppm")
REVENUE = ("plan_fee_income_fen", "revolving_income_fen", "late_income_fen", "merchant_income_fen")
COSTS = (
    "funding_cost_fen", "provision_added_fen", "charged_off_fen", "recovered_fen", "operating_cost_fen",
    "collection_cost_fen", "acquisition_cost_fen",
)  # fmt: skip
BESIDE = ("store_margin_fen",)
NAME, LEAST_BAR, MOST_BAR = 16, 10, 60


def money_view(answer: Answer, width: int) -> list[Line]:
    """Result, volume, revenue, costs, and the waterfall."""
    lines: list[Line] = []
    for title, names in (
        (_("RESULT"), RESULT), (_("REVENUE"), REVENUE), (_("COSTS"), COSTS), (_("VOLUME"), VOLUME), (_("BESIDE"), BESIDE),
    ):  # fmt: skip
        part = table(title, metric_rows(answer.metrics, names), width)
        lines += [*part, blank()] if part else []
    return [*lines, *waterfall_lines(answer, width)]


def waterfall_lines(answer: Answer, width: int) -> list[Line]:
    """From today's profit to the trial's, each part as a bar from where profit stood to where it stands."""
    metrics = answer.metrics
    if not {"profit_fen", *PROFIT_PARTS} <= metrics.keys():
        return []
    profit = metrics["profit_fen"]
    falls = waterfall(metrics)
    scale = scale_of([("profit_fen", profit)])
    room = max(LEAST_BAR, min(MOST_BAR, width - NAME - 16))
    stands = [profit.champion, *(fall.after_fen for fall in falls)]
    low, high = min(stands), max(stands)
    title = _("FROM TODAY'S PROFIT TO THE TRIAL'S, {unit}").format(unit=scale.name)
    lines: list[Line] = [[Cell(title, bold=True)]]
    lines.append(
        _ends(
            _("Profit, today"), amount_text(profit.champion, scale), _cell(profit.champion, low, high, room)
        )
    )
    before = profit.champion
    for fall in falls:
        start, end = sorted((_cell(before, low, high, room), _cell(fall.after_fen, low, high, room)))
        role = "good" if fall.effect_fen > 0 else "bad" if fall.effect_fen < 0 else "muted"
        bar = (
            [words(" " * start), Cell("#" * (end - start), role=role, filled=True)]
            if end > start
            else [words(" " * start + "|", role="muted")]
        )
        lines.append(
            [words(" " + measure(fall.metric).title, NAME), amount(amount_text(fall.effect_fen, scale, True), None, 12, role), words("  "), *bar]
        )  # fmt: skip
        before = fall.after_fen
    lines.append(
        _ends(
            _("Profit, trial"),
            amount_text(profit.challenger, scale),
            _cell(profit.challenger, low, high, room),
        )
    )
    return lines


def _ends(title: str, text: str, place: int) -> Line:
    """The first or the last line of the waterfall."""
    return [
        Cell(title, NAME, figure="lab:profit_fen"), amount(text, None, 12, bold=True), words("  " + " " * place), words("|", bold=True),
    ]  # fmt: skip


def _cell(fen: int, low: int, high: int, room: int) -> int:
    """Where an amount stands between the lowest and the highest."""
    return (fen - low) * (room - 1) // (high - low) if high > low else 0
