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
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

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


class Unanswered(Exception):
    """The program ended, or did not draw in time what was waited for."""


class Terminal:
    """A program in a pseudo-terminal; leaving the `with` block ends it."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, folder: str, environment: Mapping[str, str]
    ) -> None:
        """Start a command in a folder, in a window of so many cells."""
        self._process, self._line = pty.fork()
        if self._process == 0:
            try:
                os.chdir(folder)
                os.execvpe(command[0], list(command), dict(environment))
            except OSError as fault:
                os.write(2, f"{command[0]}: {fault.strerror}\n".encode())
            os._exit(127)
        self.drawn = b""
        fcntl.ioctl(self._line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up, as a window that is closed does; the program is killed if it stays."""
        os.kill(self._process, signal.SIGHUP)
        gives_up = time.monotonic() + 5
        while os.waitpid(self._process, os.WNOHANG)[0] == 0:
            if time.monotonic() > gives_up:
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
                break
            self._read(0.05)
        os.close(self._line)

    def press(self, key: str) -> float:
        """Press a key by name or typed; the time at which it was pressed. What was drawn is forgotten."""
        while self._read(0):
            pass
        self.drawn = b""
        pressed = time.perf_counter()
        os.write(self._line, KEYS.get(key, key.encode()))
        return pressed

    def wait_for(self, text: str, seconds: float) -> float:
        """The time at which a text, or anything if it is empty, was drawn; raises Unanswered."""
        gives_up = time.perf_counter() + seconds
        while not (text.encode() in CONTROL.sub(b"", self.drawn) if text else self.drawn):
            left = gives_up - time.perf_counter()
            if left <= 0:
                raise Unanswered(
                    f"{text or 'anything'!r} was not drawn in {seconds:g} s, but: {self._tail()}"
                )
            if not self._read(left) and not self._running():
                raise Unanswered(f"The program ended; its last words: {self._tail()}")
        return time.perf_counter()

    def wait_until_still(self, quiet: float, seconds: float) -> None:
        """Wait until nothing has been drawn for a while; raises Unanswered if it never rests."""
        gives_up = time.perf_counter() + seconds
        while self._read(quiet):
            if time.perf_counter() > gives_up:
                raise Unanswered(
                    f"The screen never rested for {quiet:g} s; name what answers: --step KEY=TEXT"
                )

    def _read(self, seconds: float) -> bool:
        """Take what was drawn, waiting at most so long; whether there was anything."""
        if not select.select([self._line], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self._line, 1 << 16)
        except OSError:  # Linux says so where the program has ended.
            new = b""
        self.drawn += new
        return bool(new)

    def _running(self) -> bool:
        """Whether the program's end of the line is open."""
        hung_up = select.poll()
        hung_up.register(self._line, 0)
        return not hung_up.poll(0)

    def _tail(self) -> str:
        text = CONTROL.sub(b" ", self.drawn).decode(errors="replace")
        return " ".join(text.split())[-300:] or "nothing"
