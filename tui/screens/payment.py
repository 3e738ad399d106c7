"""Payment: what is asked before anything is paid, and what is told after it; on the bills and on the account."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.money import money
from simulator.text import _
from simulator.views.bills import cash_after_fen
from simulator.views.relief import parts_to_come
from tui.screens.base import GameScreen
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.cells import Line, blank, heading, words, wrapped


def ask_to_pay(screen: GameScreen, asked: str, fen: int, step: Mapping[str, object], yes: str, label: str = "") -> None:
    """Ask once more before a step pays so much; where there is not the cash for it, say so instead."""
    cash = screen.world.shopper.cash_fen
    if fen > cash:
        told = _("{amount} is more than your cash of {cash}. Wait for pay day, or take money from the fund.")
        screen.game.tell(told.format(amount=money(fen), cash=money(cash)))
        return
    after = _("Cash {before} -> {after}").format(before=money(cash), after=money(cash_after_fen(screen.world, fen)))
    lines: list[Line] = [heading(asked), blank()]
    if label:
        lines.append([words(label, role="muted")])
    lines.append([words(after)])
    if to_come := parts_to_come(screen.world):
        lines += wrapped(to_come, 70, "watch")
    screen.app.push_screen(ConfirmDialog(lines, yes, lambda: screen.game.act(step, lambda _events: _tell_parts(screen))))


def _tell_parts(screen: GameScreen) -> None:
    """After a payment under a hardship plan: what of it is still to come."""
    if to_come := parts_to_come(screen.world):
        screen.game.tell(to_come)
