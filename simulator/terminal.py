"""The terminal that Whiteslip runs in: size, colours, and how wide it draws what matters to a screen.

Some terminals draw `…` or `·` two places wide, which shifts whatever stands to the right. Only the
terminal itself knows, so it is asked where its cursor stands after a character.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping

COLUMNS, ROWS = 80, 24
WIDE = "中"
NARROW = "─│…·→±×"

_ANSWER = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")
_PATIENCE_SECONDS = 0.5


def colours(environment: Mapping[str, str]) -> int:
    """How many colours the terminal says it has."""
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "") in ("truecolor", "24bit") or term.endswith("-direct"):
        return 2**24
    if "256" in term:
        return 256
    return 0 if term in ("", "dumb") else 16


def widths(characters: str) -> dict[str, int]:
    """How many places the terminal takes for each character; empty where it does not tell."""
    if os.name != "posix" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return {}
    import termios
    import tty

    source = sys.stdin.fileno()
    before = termios.tcgetattr(source)
    measured: dict[str, int] = {}
    try:
        tty.setcbreak(source)
        for character in characters:
            column = _column_after(character, source)
            if column is None:
                return {}
            measured[character] = column - 1
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    return measured


def _column_after(character: str, source: int) -> int | None:
    """The column, counted from 1, in which the cursor stands after a character at the line's start."""
    import select

    sys.stdout.write(f"\r\x1b[K{character}\x1b[6n")
    sys.stdout.flush()
    told, until = b"", time.monotonic() + _PATIENCE_SECONDS
    while select.select([source], [], [], max(0.0, until - time.monotonic()))[0]:
        told += os.read(source, 64)
        if match := _ANSWER.search(told):
            return int(match[1])
    return None
