"""Progress on standard error: nothing in the first half second, then how far the work has come.

On a terminal one line is written over and over and is gone at the end; elsewhere a line comes now and then.
"""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

from simulator.commands.table import cells
from simulator.text import _, in_percent

QUIET_SECONDS, STEP_SECONDS, LINE_SECONDS = 0.5, 0.1, 10.0
_BAR = 30


class Progress:
    """Shows what is being done while its block runs. `say` may be called from any thread."""

    def __init__(self, doing: str) -> None:
        """Begin with a word for what is being done."""
        self._doing = doing
        self._done, self._all = 0, 0
        self._since = time.monotonic()
        self._ended = threading.Event()
        self._terminal = sys.stderr.isatty()
        self._shown = 0
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __enter__(self) -> Progress:
        """Start the clock."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and clear the line."""
        self._ended.set()
        self._thread.join()
        if self._terminal and self._shown:
            sys.stderr.write("\r" + " " * (self._shown + len("^C")) + "\r")
            sys.stderr.flush()

    def say(self, doing: str, done: int = 0, of: int = 0) -> None:
        """This is being done now, so much of the whole; how far is not known where `of` is 0."""
        if doing != self._doing:
            self._since = time.monotonic()
        self._doing, self._done, self._all = doing, done, of

    def _show(self) -> None:
        wait = QUIET_SECONDS
        while not self._ended.wait(wait):
            line = self._line()
            if self._terminal:
                sys.stderr.write("\r" + line + " " * max(0, self._shown - cells(line)))
                self._shown = cells(line)
            else:
                sys.stderr.write(line + "\n")
            sys.stderr.flush()
            wait = STEP_SECONDS if self._terminal else LINE_SECONDS

    def _line(self) -> str:
        seconds = time.monotonic() - self._since
        if not self._all and seconds < 1:
            return _("{doing} ...").format(doing=self._doing)
        if not self._all:
            return _("{doing} ... {seconds} s").format(doing=self._doing, seconds=int(seconds))
        percent = 100 * self._done // self._all
        bar = "#" * (_BAR * percent // 100)
        return f"{self._doing} [{bar:<{_BAR}}] {in_percent(percent)}"
