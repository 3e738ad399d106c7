"""Me: the player's own life so far under the trial, by the same actions on the same days."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from simulator.lab.measures import FEN, unit_of
from simulator.lab.mine import Mine
from simulator.lab.words import count_text
from simulator.messages import sentence, short_date, status_text
from simulator.money import money
from simulator.text import _
from tui.widgets.cells import Cell, Line, amount, blank, mark, words, wrapped

NAME, FIGURE = 22, 15


def mine_view(mine: Mine, width: int, opens: Callable[[], object]) -> list[Line]:
    """How the two lives stand, what parted them, and the way to both in full."""
    parting = mine.twin.parting()
    if parting is None:
        return wrapped(_("Same life: nothing that you have done so far would have met anything else."), width)
    lines: list[Line] = [
        [words("", NAME), amount(_("difference"), None, FIGURE, "muted"), amount(_("today"), None, FIGURE, "muted"), amount(_("trial"), None, FIGURE, "muted")]
    ]  # fmt: skip
    for figure in mine.figures:
        moved = figure.challenger - figure.champion
        shown = _amount if unit_of(figure.name) == FEN else _count
        lines.append(
            [words(_title(figure.name), NAME), amount(shown(moved, True) if moved else _("same"), None, FIGURE, "ink" if moved else "muted", bold=bool(moved)),
             amount(shown(figure.champion, False), None, FIGURE, "muted"), amount(shown(figure.challenger, False), None, FIGURE, "muted")]
        )  # fmt: skip
    today, trial = (status_text(status) for status in mine.statuses)
    lines.append(
        [words(_("Status"), NAME), amount(_("same") if today == trial else _("different"), None, FIGURE, "muted" if today == trial else "ink", bold=today != trial),
         amount(today, None, FIGURE, "muted"), amount(trial, None, FIGURE, "muted")]
    )  # fmt: skip
    lines += [blank(), [Cell(_("WHERE THEY PART"), bold=True)]]
    for label, event in zip((_("today"), _("trial")), parting, strict=True):
        told = _("nothing on that day") if event is None else f"{short_date(event['date'])}  {sentence(event)}"
        room = max(8, cell_len(label) + 2)
        first, *rest = wrapped(told, width - room)
        lines += [
            [words(label, room, role="muted"), *first],
            *([words(" " * room), *line] for line in rest[:2]),
        ]
    return [
        *lines,
        blank(),
        [
            mark(),
            Cell(_("Both lives, day by day"), role="accent", bold=True, action=opens),
        ],
    ]


def _amount(fen: int, sign: bool) -> str:
    return money(fen, sign)


def _count(count: int, sign: bool) -> str:
    return count_text(count, sign)


def _title(name: str) -> str:
    return {
        "limit_fen": _("Limit"),
        "available_fen": _("Can use"),
        "exposure_fen": _("Owed, without fees"),
        "cash_fen": _("Cash"),
        "fund_fen": _("Fund"),
        "score": _("Score"),
        "dpd": _("Days late"),
        "health": _("Health"),
        "fees_paid_fen": _("Fees paid"),
        "declined": _("Purchases declined"),
        "missed": _("Bills missed"),
    }[name]
