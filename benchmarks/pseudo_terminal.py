"""A pseudo-terminal: a program runs in it as in a window, keys go in and what it draws comes out.

An answer to a key is the first moment at which what was drawn since holds a text, control sequences left out;
without a text, the first moment at which anything was drawn, which only means something on a still screen.
POSIX systems only.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

KEYS = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
    "enter": b"\r", "tab": b"\t", "escape": b"\x1b", "backspace": b"\x7f", "space": b" ",
    "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS", "f5": b"\x1b[15~",
    "f6": b"\x1b[17~", "f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~", "f10": b"\x1b[21~",
    "ctrl+p": b"\x10", "ctrl+q": b"\x11",
}  # fmt: skip
CONTROL = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)


PLAY = (sys.executable, "-m", "tui", "play")
QUIET_SECONDS, PATIENCE_SECONDS = 0.15, 20.0
MOST_LEFT_READS = 100
"""What is read of older output before a key, so that a program which never stops drawing cannot hold it up."""

_ROOT = Path(__file__).parents[1]


class Unanswered(TimeoutError):
    """The program ended, or did not draw in time what was waited for."""


class Terminal:
    """A program in a pseudo-terminal, begun at `began`, with folders of its own."""

    def __init__(
        self, folder: Path, command: Sequence[str] = PLAY, columns: int = 80, rows: int = 24
    ) -> None:
        """Start a command, in a window of so many cells."""
        self.seen = b""
        self.began = time.perf_counter()
        self.process, self.screen = pty.fork()
        if self.process == 0:
            _become(command, folder)
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, words: bytes = b"", patience: float = PATIENCE_SECONDS) -> float:
        """The moment at which these words, or with none anything at all, have come; raises Unanswered."""
        gives_up = time.perf_counter() + patience
        while not (words in CONTROL.sub(b"", self.seen) if words else self.seen):
            left = gives_up - time.perf_counter()
            if left <= 0:
                wanted = f"{words.decode()!r}" if words else "An answer"
                raise Unanswered(f"{wanted} did not come in {patience:g} s, but: {self._tail()}")
            if not self._read(left) and not self._running():
                raise Unanswered(f"The program ended; its last words: {self._tail()}")
        return time.perf_counter()

    def settle(self) -> None:
        """Read on until nothing more comes for a while; raises Unanswered where the screen never rests."""
        gives_up = time.perf_counter() + PATIENCE_SECONDS
        while self._read(QUIET_SECONDS):
            if time.perf_counter() > gives_up:
                raise Unanswered("The screen never rests: say what a key brings, KEY=WORDS")

    def key(self, key: bytes, words: bytes = b"", settled: bool = True) -> float:
        """How long a key takes until what it brings is there; `settled` lets the screen rest before."""
        if settled:
            self.settle()
        for _left in range(MOST_LEFT_READS):
            if not self._read(0):
                break
        self.seen = b""
        began = time.perf_counter()
        os.write(self.screen, key)
        return self.until(words) - began

    def end(self) -> None:
        """Hang up, as a window that is closed does; the program is killed if it stays."""
        gives_up = time.monotonic() + 5
        os.kill(self.process, signal.SIGHUP)
        while os.waitpid(self.process, os.WNOHANG)[0] == 0:
            if time.monotonic() > gives_up:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                break
            self._read(0.05)
        os.close(self.screen)

    def _read(self, seconds: float) -> bool:
        """Take what was drawn, waiting at most so long; whether there was anything."""
        if not select.select([self.screen], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self.screen, 65_536)
        except OSError:  # Linux says so where the program has ended.
            new = b""
        self.seen += new
        return bool(new)

    def _running(self) -> bool:
        """Whether the program's end of the line is open."""
        line = select.poll()
        line.register(self.screen, 0)
        return not line.poll(0)

    def _tail(self) -> str:
        text = CONTROL.sub(b" ", self.seen).decode(errors="replace")
        return " ".join(text.split())[-300:] or "nothing"


def _become(command: Sequence[str], folder: Path) -> NoReturn:
    """Turn this process, just forked, into a command."""
    try:
        os.chdir(_ROOT)
        os.environ.update(WHITESLIP_HOME=str(folder), TERM="xterm-256color", COLORTERM="truecolor")
        os.execvp(command[0], list(command))
    except OSError as fault:
        os.write(2, f"{command[0]}: {fault.strerror}\n".encode())
    os._exit(127)
