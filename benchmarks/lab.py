"""How soon the Lab answers: `python -m benchmarks lab`.

The champion's side is there already, as it is while one moves a value. A first answer is of 1,024 shoppers;
the whole is 100,000 over 12 months. Each question changes one value by another step.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from benchmarks import lab_screen
from benchmarks.pseudo_terminal import Unanswered
from benchmarks.rows import Row, row, table
from simulator.lab.answer import Answer
from simulator.lab.estimator import MarketEstimator
from simulator.lab.ready import make_ready
from simulator.lab.setting import Setting
from simulator.policy.load import load_policy, set_field
from simulator.policy.schema import Policy

RUNS, SHOPPERS = 7, 100_000


def measure(runs: int = RUNS, shoppers: int = SHOPPERS) -> list[Row]:
    """First answer and whole for two values that move, and for another policy altogether."""
    make_ready()
    standard = load_policy("standard")
    estimator = MarketEstimator(Setting(standard), shoppers)
    prepared = times_of(estimator, standard)
    rows = [row("champion, lived once", prepared[-1:])]
    moves: tuple[tuple[str, Callable[[int], Policy]], ...] = (
        ("income_multiple_ppm", lambda step: set_field(standard, "income_multiple_ppm", 600_000 + 10_000 * step)),
        ("grade_cutoffs.E", lambda step: set_field(standard, "grade_cutoffs.E", 550 - 5 * step)),
    )
    for name, policy in moves:
        times = [times_of(estimator, policy(step)) for step in range(1, runs + 1)]
        rows.append(row(f"{name}: first answer", [each[0] for each in times], lab_screen.FIRST_SECONDS))
        rows.append(row(f"{name}: {shoppers:,}", [each[-1] for each in times], lab_screen.WHOLE_SECONDS))
    generous = times_of(estimator, load_policy("generous"))
    rows.append(row("generous: first answer", generous[:1], lab_screen.FIRST_SECONDS))
    rows.append(row(f"generous: {shoppers:,}", generous[-1:]))
    estimator.close()
    return rows


def times_of(estimator: MarketEstimator, policy: Policy) -> list[float]:
    """Seconds from a question to each of its answers."""
    times: list[float] = []
    began = time.perf_counter()

    def heard(_answer: Answer) -> None:
        times.append(time.perf_counter() - began)

    estimator.estimate(policy, heard, lambda: False)
    return times


def main() -> int:
    """Print the tables; 1 where a promise was not kept, or the screen did not answer."""
    rows = measure()
    print(f"The estimator\n{table(rows)}\n", flush=True)
    try:
        seen, waits = lab_screen.measure()
    except Unanswered as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"The screen\n{table(seen)}\n{lab_screen.told(waits)}")
    return 0 if waits.held and all(each.held for each in [*rows, *seen]) else 1


if __name__ == "__main__":
    sys.exit(main())
