"""How long a command takes to answer: `python -m benchmarks.startup [RUNS]`.

Each command is a process of its own, as a person starts it; the first run, which may write byte code, does
not count. The yardstick is Python's own start, which no program can go below.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.rows import Row, row, table

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
"""What is to answer within the target."""

_ROOT = Path(__file__).parents[1]


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
        rows.append(row(name, times, TARGET_SECONDS if name in PROMISED else None))
    return rows


def main() -> int:
    """Print the table; 1 where a promise was not kept."""
    rows = measure(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
    print(table(rows))
    return 0 if all(each.held for each in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
