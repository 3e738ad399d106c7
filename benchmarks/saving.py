"""How long an action takes until it is on disk: `python -m benchmarks.saving`.

The yardstick is one synced write of 4 kB into the same folder, which no save can go below.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.rows import Row, row, table

RUNS = 60
TARGET_SECONDS = 0.010
_BLOCK = b"\0" * 4096


def measure(runs: int = RUNS) -> list[Row]:
    """Steps of a life on disk: its own pause, a purchase, a payment, a day."""
    from simulator.policy.load import load_policy
    from simulator.population.people import start_people
    from simulator.world import World

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = datetime.date(2025, 1, 1)
        world = World.begin(
            start_people()[0].person, load_policy("standard"), 1, start, save_path=folder / "a.db"
        )
        for item in ("kettle", "coat"):
            world.do({"do": "buy", "item": item, "pay": "cash"})
        world.do({"do": "apply"})
        rows = [row("a synced write of 4 kB", [_timed(lambda: _synced(folder)) for _run in range(runs)])]
        locked = []
        for _run in range(runs // 2):
            locked.append(_timed(lambda: world.do({"do": "lock"})))
            locked.append(_timed(lambda: world.do({"do": "unlock"})))
        rows.append(row("lock or unlock", locked, TARGET_SECONDS))
        buy = {"do": "buy", "amount": "20.00"}
        pay = {"do": "prepay", "amount": "20.00"}
        bought, paid = [], []
        for _run in range(runs):
            bought.append(_timed(lambda: world.do(buy)))
            paid.append(_timed(lambda: world.do(pay)))
        rows += [row("a purchase", bought, TARGET_SECONDS), row("a payment", paid, TARGET_SECONDS)]
        days = [_timed(lambda: world.do({"do": "wait", "days": 1})) for _run in range(runs)]
        rows.append(row("a day", days, TARGET_SECONDS))
        world.close()
    return rows


def _synced(folder: Path) -> None:
    with (folder / "yardstick").open("ab") as file:
        file.write(_BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def main() -> int:
    """Print the table; 1 where a promise was not kept."""
    rows = measure()
    print(table(rows))
    return 0 if all(each.held for each in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
