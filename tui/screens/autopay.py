"""Autopay: a line that says how it stands and changes it, on the bill and among the account's settings."""

from __future__ import annotations

from collections.abc import Callable

from simulator import codes
from simulator.messages import autopay_text
from simulator.text import _
from tui.screens.base import GameScreen, action_line
from tui.screens.dialogs import ChoiceDialog
from tui.widgets.cells import Line


def autopay_line(screen: GameScreen) -> Line:
    """How it stands now; Enter changes it."""
    mode = codes.AUTOPAYS[screen.world.account.autopay]
    told = _("Autopay: {mode}").format(mode=autopay_text(mode))
    return action_line(told, lambda: _choose(screen), _("pays by itself on the due day"))


def _choose(screen: GameScreen) -> None:
    notes = {
        "off": _("you pay by hand"),
        "minimum": _("keeps the line open; the rest costs a fee"),
        "full": _("costs nothing more"),
    }
    choices = [(autopay_text(mode), notes[mode], _setting(screen, mode)) for mode in codes.AUTOPAYS]
    screen.app.push_screen(ChoiceDialog(_("Autopay on the due day"), choices))


def _setting(screen: GameScreen, mode: str) -> Callable[[], object]:
    return lambda: screen.game.act({"do": "autopay", "mode": mode})
