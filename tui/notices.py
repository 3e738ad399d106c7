"""Short notices: one at a time, above the keys, and Chinese broken into lines as its typography asks.

The newest stands first; what it took the place of comes after it. A screen makes room for it above its last row, so that
it covers nothing that is read; in a dialog and on the first screen it stands in the last row, which is blank there. The
toolkit would lay several over each other's place and over the rows beneath, and break Chinese wherever a line is full,
so that a full stop could stand alone. A dialog that opens puts away what was said before, until it closes.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from simulator.text import CHINESE, language
from tui.widgets.cells import wrapped

if TYPE_CHECKING:
    from tui.app import WhiteslipApp

SECONDS, READ = 6, 3
"""How long a notice stands, and how long it must have stood to have been read."""
Notice = tuple[str, str]
"""A sentence, and how grave it is."""

FRAME = 3
"""Cells that the toolkit keeps within a notice for border and padding."""

CSS = """
    ToastRack { dock: bottom; margin: 0 0 1 0; align: left bottom; overflow: hidden; }
    Dialog ToastRack, StartScreen ToastRack { margin: 0; }
    Toast { background: $panel; color: $ink; width: 100%; max-width: 100%; margin: 0; padding: 0 1; }
    .-plain Toast { border: none; }
"""


def in_lines(sentence: str, window: int) -> str:
    """A notice for a window of so many columns; English is broken well enough by the toolkit."""
    if language() != CHINESE:
        return sentence
    return "\n".join(line[0].text for line in wrapped(sentence, max(1, window - FRAME)))


class Notices:
    """What is told: the newest first, and after it what it took the place of."""

    def __init__(self, app: WhiteslipApp) -> None:
        """Nothing is told yet."""
        self.app = app
        self.told: list[tuple[Notice, object]] = []
        self.standing: list[tuple[Notice, float]] = []
        self.waiting: list[Notice] = []

    def tell(self, sentence: str, severity: str) -> None:
        """Show a notice as soon as what goes on now is done; while the app ends, nobody reads it."""
        if not self.app.screen_stack:
            return
        self.told.append(((sentence, severity), self.app.screen))
        self.app.call_later(self._show_told)

    def _show_told(self) -> None:
        """Show what was told; a dialog that was opened since is not covered."""
        told, self.told = self.told, []
        if not self.app.screen_stack:
            return
        over = self.app.screen if self._in_dialog() else None
        shown = [notice for notice, where in told if over is None or where is over]
        self.waiting = [*(notice for notice, where in told if over is not None and where is not over), *self.waiting]
        if shown:
            self._put_away(time.monotonic() + SECONDS - READ)
            *before, newest = shown
            self.waiting = [*reversed(before), *(each for each in self.waiting if each not in shown)]
            self.app.take_notices_away()
            self._show(newest)

    @property
    def rows(self) -> int:
        """Rows of what stands now."""
        return sum(len(wrapped(sentence, max(1, self.app.size.width - FRAME))) for (sentence, _severity), _end in self.standing)

    def _show(self, notice: Notice) -> None:
        sentence, severity = notice
        self.standing = [(notice, time.monotonic() + SECONDS)]
        grave = "warning" if severity in ("bad", "watch") else "information"
        told = in_lines(sentence, self.app.size.width)
        self.app.notify(told, severity=grave, timeout=SECONDS, markup=False)  # type: ignore[arg-type]
        self.app.set_timer(SECONDS + 0.1, self.come_back)
        self.app.make_room()

    def _in_dialog(self) -> bool:
        from tui.screens.dialogs import Dialog

        return isinstance(self.app.screen, Dialog)

    def put_away(self) -> None:
        """Let what stands wait: a dialog opens where it would lie over its words."""
        self._put_away(time.monotonic())
        self.app.take_notices_away()

    def _put_away(self, until: float) -> None:
        """Let wait what would stand longer than that; what was there long enough has been read."""
        self.waiting = [*(notice for notice, end in self.standing if end > until), *self.waiting]
        self.standing = []

    def come_back(self) -> None:
        """Show the first of what waits, unless a dialog is open or something stands."""
        if not self.app.screen_stack:
            return
        self.standing = [each for each in self.standing if each[1] > time.monotonic()]
        self.app.make_room()
        if self.waiting and not self.standing and not self._in_dialog():
            self._show(self.waiting.pop(0))

    def forget(self) -> None:
        """What was said is of no use any more."""
        self.told, self.standing, self.waiting = [], [], []
