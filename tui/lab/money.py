"""Money: what the lender earns and loses under the trial, and the way from one profit to the other."""

from __future__ import annotations

from rich.cells import cell_len

from simulator.lab.answer import Answer
from simulator.lab.measures import measure
from simulator.lab.shown import ShownFall, shown_waterfall
from simulator.lab.waterfall import PROFIT_PARTS
from simulator.lab.words import count_text
from simulator.text import _
from tui.lab.tables import metric_rows, table
from tui.widgets.cells import Cell, Line, amount, blank, words, wrapped

RESULT = ("profit_fen", "return_ppm")
VOLUME = ("gmv_fen", "line_fen", "exposure_fen", "average_exposure_fen", "instalment_share_ppm")
REVENUE = ("plan_fee_income_fen", "revolving_income_fen", "late_income_fen", "merchant_income_fen")
COSTS = (
    "funding_cost_fen", "provision_added_fen", "charged_off_fen", "recovered_fen", "operating_cost_fen",
    "collection_cost_fen", "acquisition_cost_fen",
)  # fmt: skip
BESIDE = ("store_margin_fen",)
NAME, GAP, LEAST_BAR, MOST_BAR = 16, 2, 10, 60


def money_view(answer: Answer, width: int) -> list[Line]:
    """Result, volume, revenue, costs, and the waterfall."""
    lines: list[Line] = []
    for title, names in (
        (_("RESULT"), RESULT), (_("REVENUE"), REVENUE), (_("COSTS"), COSTS), (_("VOLUME"), VOLUME), (_("BESIDE"), BESIDE),
    ):  # fmt: skip
        part = table(title, metric_rows(answer.metrics, names), width)
        if names is RESULT and _opens_otherwise(answer):
            told = _("A line opened in these {days} days has the cost of winning it in them, and part of what it earns or loses later.")
            part += wrapped(told.format(days=count_text(answer.days)), width, "muted")
        lines += [*part, blank()] if part else []
    return [*lines, *waterfall_lines(answer, width)]


def _opens_otherwise(answer: Answer) -> bool:
    """Whether the trial opens more lines or fewer."""
    return "approved" in answer.metrics and answer.metrics["approved"].difference != 0


def waterfall_lines(answer: Answer, width: int) -> list[Line]:
    """From today's profit to the trial's, each part as a bar from where profit stood to where it stands."""
    if not {"profit_fen", *PROFIT_PARTS} <= answer.metrics.keys():
        return []
    profit, told = answer.metrics["profit_fen"], shown_waterfall(answer.metrics)
    figure = 1 + max(map(cell_len, (told.first, told.last, *(each.text for each in told.falls))))
    room = max(LEAST_BAR, min(MOST_BAR, width - NAME - figure - GAP - 2))
    stands = [profit.champion, *(each.fall.after_fen for each in told.falls)]
    places = [_cell(fen, min(stands), max(stands), room) for fen in stands]
    title = _("FROM TODAY'S PROFIT TO THE TRIAL'S, {unit}").format(unit=told.scale.name)
    lines: list[Line] = [[Cell(title, bold=True)], _end(_("Profit, today"), told.first, figure, places[0])]
    for each, before, after in zip(told.falls, places, places[1:], strict=False):
        lines.append(_step(each, figure, before, after))
    return [*lines, _end(_("Profit, trial"), told.last, figure, places[-1])]


def _step(each: ShownFall, figure: int, before: int, after: int) -> Line:
    """A part of profit: its move, and a bar along it; a stroke where the move is too small for one."""
    start, end = sorted((before, after))
    role = "good" if each.ones > 0 else "bad" if each.ones < 0 else "muted"
    bar = Cell("#" * (end - start), role=role, filled=True) if end > start and each.ones else words("|", role="muted")
    return [
        words(" " + measure(each.fall.metric).title, NAME), amount(each.text, None, figure, role), words(" " * (GAP + start)), bar,
    ]  # fmt: skip


def _end(title: str, text: str, figure: int, place: int) -> Line:
    """The first or the last line of the waterfall."""
    return [
        Cell(title, NAME, figure="lab:profit_fen"), amount(text, None, figure, bold=True), words(" " * (GAP + place)), words("|", bold=True),
    ]  # fmt: skip


def _cell(fen: int, low: int, high: int, room: int) -> int:
    """Where an amount stands between the lowest and the highest."""
    return (fen - low) * (room - 1) // (high - low) if high > low else 0
