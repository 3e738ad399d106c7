"""How long a command takes to answer: `python -m benchmarks startup [RUNS]`.

Each command is a process of its own, as a person starts it; the first run, which may write byte code, does
not count. Told are median, fastest and slowest, and Python's own start, which no program can go below.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

RUNS = 15
TARGET_SECONDS = 0.3
CONSOLE = ("-m", "tui")
COMMANDS = {
    "Python alone": ("-c", "pass"),
    "whiteslip --help": (*CONSOLE, "--help"),
    "whiteslip quote, with a rate": (*CONSOLE, "quote", "1299", "--terms", "12", "--fee-rate-ppm", "8000"),
    "whiteslip quote, by a policy": (*CONSOLE, "quote", "1299", "--terms", "12"),
    "whiteslip policy list": (*CONSOLE, "policy", "list"),
    "whiteslip story first-bill": (*CONSOLE, "story", "first-bill"),
}
PROMISED = ("whiteslip --help", "whiteslip quote, with a rate")
"""What INTERFACE wants within the target."""

_ROOT = Path(__file__).parents[1]


class Row(NamedTuple):
    """How long one command took, in seconds."""

    name: str
    median: float
    fastest: float
    slowest: float

    @property
    def held(self) -> bool:
        """Whether the target was met; where nothing is promised it always is."""
        return self.name not in PROMISED or self.median <= TARGET_SECONDS


def seconds(arguments: tuple[str, ...]) -> float:
    """How long a fresh Python takes for some arguments."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=_ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def measure(runs: int = RUNS, clock: Callable[[tuple[str, ...]], float] = seconds) -> list[Row]:
    """Every command, run so many times."""
    rows = []
    for name, arguments in COMMANDS.items():
        clock(arguments)
        times = [clock(arguments) for _run in range(runs)]
        rows.append(Row(name, statistics.median(times), min(times), max(times)))
    return rows


def table(rows: list[Row]) -> str:
    """The rows for people, in milliseconds."""
    lines = [f"{'':<30} {'median':>8} {'fastest':>8} {'slowest':>8}  ms"]
    for row in rows:
        figures = " ".join(f"{value * 1000:>8.0f}" for value in row[1:])
        lines.append(
            f"{row.name:<30} {figures}" + ("" if row.held else f"  over {TARGET_SECONDS * 1000:.0f}")
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a promise was not kept."""
    rows = measure(int(arguments[0]) if arguments else RUNS)
    print(table(rows))
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
