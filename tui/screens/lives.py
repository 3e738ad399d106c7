"""Lives: those begun earlier, to go on with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.text import _, date_text
from tui.screens.dialogs import ChoiceDialog

if TYPE_CHECKING:
    from simulator.ledger.care import Listed


def life_text(each: Listed) -> str:
    """Whose life it is, and how far it went."""
    date = date_text(datetime.date.fromisoformat(each.date), weekday=False)
    return _("{name}, {date}").format(name=each.name, date=date)


def lives_dialog(
    lives: Sequence[Listed], go_on: Callable[[Path], object], anew: Callable[[], object] | None = None
) -> ChoiceDialog:
    """Which life to go on with, the one played last first; or a new one."""
    choices: list[tuple[str, str, Callable[[], object]]] = [
        (life_text(each), each.path.name, partial(go_on, each.path)) for each in lives
    ]
    if anew is not None:
        choices.append((_("Begin another life"), _("this one is kept"), anew))
    return ChoiceDialog(_("Another life"), choices)
