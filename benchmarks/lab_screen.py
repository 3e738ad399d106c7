"""How soon the Lab's screen answers, through a pseudo-terminal with the real app at 140x45.

A key held down is pressed thirty times a second; its echo is the new value on the slider. Pressed once from rest,
a key is also timed to the first answer on the screen, of 1,024 shoppers, and to that of all 100,000.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.keys import TARGET_SECONDS, Waits
from benchmarks.pseudo_terminal import KEYS, Terminal
from benchmarks.rows import Row, row
from simulator.files import compiled_folder
from simulator.lab.ready import make_ready

PLAY = (sys.executable, "-m", "tui", "play", "--seed", "1", "--lang", "en")
COLUMNS, ROWS = 140, 45
SHOPPERS = 100_000
UNDER_WAY = b"done "
"""Stands behind what a first answer is of, and not behind the whole."""
FIRST_SECONDS, WHOLE_SECONDS = 0.060, 0.300
REPEAT_SECONDS = 1 / 30
HELD, THERE_AND_BACK, RUNS = 25, 2, 9
PATIENCE_SECONDS = 240.0
"""For everybody to be lived under today's policy."""


class Moved(NamedTuple):
    """A value that the arrows move: its path, the way to go first, and what the slider then says, key by key."""

    path: str
    way: str
    values: tuple[str, ...]


MOVED = (
    Moved("income_multiple_ppm", "right", tuple(f"{60 + step} % (today 60 %)" for step in range(HELD + 1))),
    Moved("grade_cutoffs.E", "left", tuple(f"{550 - 5 * step} (today 550)" for step in range(HELD + 1))),
)
BACK = {"left": "right", "right": "left"}


def measure() -> tuple[list[Row], Waits]:
    """The rows of both values, and the echo of every key that was held; raises Unanswered."""
    make_ready()
    os.environ["WHITESLIP_COMPILED"] = str(compiled_folder())
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder), PLAY, COLUMNS, ROWS)
        try:
            return _measured(terminal)
        finally:
            terminal.end()


def _measured(terminal: Terminal) -> tuple[list[Row], Waits]:
    terminal.until(b"Whose life", PATIENCE_SECONDS)
    terminal.key(KEYS["enter"], b"Home")
    terminal.key(b"v", b"Lab", settled=True)
    terminal.until(_people(SHOPPERS), PATIENCE_SECONDS)
    rows: list[Row] = []
    waits: list[float] = []
    for moved in MOVED:
        _stand_on(terminal, moved)
        for _time in range(THERE_AND_BACK):
            waits += _hold(terminal, moved)
        terminal.settle()
        times = list(_from_rest(terminal, moved))
        terminal.key(KEYS["backspace"], moved.values[0].encode())
        rows.append(row(f"{moved.path}: first answer", [first for first, _whole in times], FIRST_SECONDS))
        rows.append(row(f"{moved.path}: {SHOPPERS:,}", [whole for _first, whole in times], WHOLE_SECONDS))
    return rows, Waits(tuple(sorted(waits)))


def _people(count: int) -> bytes:
    return f"{count:,} people".encode()


def _stand_on(terminal: Terminal, moved: Moved) -> None:
    """Put the Lab's cursor on the value."""
    terminal.key(b"f")
    terminal.key(moved.path.encode())
    terminal.key(KEYS["enter"])
    terminal.key(KEYS["escape"], moved.values[0].encode())
    terminal.settle()


def _hold(terminal: Terminal, moved: Moved) -> Iterator[float]:
    """Hold the arrow one way, then the other; how long each key waits for its value."""
    there = [(moved.way, value) for value in moved.values[1:]]
    back = [(BACK[moved.way], value) for value in reversed(moved.values[:-1])]
    for key, value in [*there, *back]:
        pressed = time.perf_counter()
        yield terminal.key(KEYS[key], value.encode(), settled=False)
        time.sleep(max(0.0, pressed + REPEAT_SECONDS - time.perf_counter()))


def _from_rest(terminal: Terminal, moved: Moved) -> Iterator[tuple[float, float]]:
    """Press once, wait for the first answer and for the whole."""
    for _run in range(RUNS):
        terminal.settle()
        first = terminal.key(KEYS[moved.way], UNDER_WAY)
        told = time.perf_counter()
        # What was drawn of the old answer stands before the new one's first words.
        terminal.seen = terminal.seen.rpartition(UNDER_WAY)[2]
        yield first, first + terminal.until(_people(SHOPPERS)) - told


def told(waits: Waits) -> str:
    """The echo for people."""
    p50, p99, slowest = (seconds * 1000 for seconds in (waits.percentile(50), waits.percentile(99), waits.seconds[-1]))
    over = "" if waits.held else "  over"
    return (
        f"{'a key held down: its echo':<34} {len(waits.seconds)} keys, median {p50:.1f}, 99th percentile {p99:.1f}, "
        f"slowest {slowest:.1f}, promised {TARGET_SECONDS * 1000:.0f} at the 99th{over}"
    )
