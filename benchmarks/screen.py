"""How long the app takes to paint and to answer keys, in a terminal: `python -m benchmarks.screen`.

The app runs in a pseudo-terminal of 80x24. First paint: from the start of the process to its first words.
A key: from writing it to the first bytes that hold what the key brings. The yardstick is Python's own start.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import startup
from benchmarks.pseudo_terminal import Terminal
from benchmarks.rows import Row, row, table

RUNS = 8
PAINT_SECONDS, KEY_SECONDS = 0.7, 0.050
FIRST_WORDS, PEOPLE = b"A flight simulator", b"Zhao Lei"
PLACES = ((b"s", b"Shop -"), (b"b", b"Bills -"), (b"m", b"Money -"), (b"l", b"Limit -"), (b"h", b"Home -"))
DOWN = b"\x1b[B"


def measure(runs: int = RUNS) -> list[Row]:
    """First paint, the people to choose from, the cursor, places and a day."""
    alone = startup.COMMANDS["Python alone"]
    rows = [row("Python alone", [startup.seconds(alone) for _run in range(runs)])]
    painted, people = [], []
    for number in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            terminal = Terminal(Path(folder))
            first = terminal.until(FIRST_WORDS) - terminal.began
            whole = terminal.until(PEOPLE) - terminal.began
            if number:  # the first run may write byte code
                painted.append(first)
                people.append(whole)
            terminal.end()
    rows += [
        row("start to first paint", painted, PAINT_SECONDS),
        row("start to the choice of people", people),
    ]
    return rows + keys(runs)


def keys(runs: int) -> list[Row]:
    """A life at the keyboard."""
    cursor, places, days = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder))
        terminal.until(PEOPLE)
        terminal.key(b"\r", b"Home -")
        for number in range(runs + 1):
            taken = [terminal.key(key, words) for key, words in PLACES]
            terminal.key(b"s", b"Shop -")
            moved = [terminal.key(DOWN) for _press in range(4)]
            terminal.key(b"h", b"Home -")
            day = terminal.key(b"n")
            if number:
                places += taken
                cursor += moved
                days.append(day)
        terminal.end()
    return [
        row("an arrow", cursor, KEY_SECONDS),
        row("to another place", places, KEY_SECONDS),
        row("the next day", days, KEY_SECONDS),
    ]


def main() -> int:
    """Print the table; 1 where a promise was not kept."""
    rows = measure()
    print(table(rows))
    return 0 if all(each.held for each in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
