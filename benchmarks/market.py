"""How fast the market runs, beside others on a small model: `python -m benchmarks market`.

The small model (docs/small-model.md) runs as a C program, with Mesa and with NumPy; the production engine runs
its full rules through `whiteslip simulate`. All of it in one go, so that the ratios are of one machine on one
day. A table of growing sizes shows that time is linear in shoppers and in days. Times are the fastest of a few
runs, by the clock on the wall; the verdicts at the end decide the exit status.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import production
from benchmarks.comparators import (
    ROOT,
    Disagreement,
    Missing,
    Run,
    Runner,
    Size,
    agreed,
    c_program,
    fastest,
    mesa_model,
    numpy_model,
)
from benchmarks.market_report import Figures, named, report, verdicts
from benchmarks.production import Simulated

REPORT = ROOT / "docs" / "performance-market.md"
STANDARD = Size(1_000_000, 365)
FOR_MESA = Size(10_000, 365)
FOR_NUMPY = Size(100_000, 365)
AGREEMENT = (Size(2_000, 730, 1), Size(1_000, 365, 20_250_101))
SCALES = (
    *(Size(shoppers, 365) for shoppers in (10_000, 100_000, 1_000_000, 2_000_000)),
    *(Size(1_000_000, days) for days in (90, 730)),
)


class Options(NamedTuple):
    """What was asked for."""

    mesa_python: str
    runs: int
    shrink: int
    write: Path | None

    def shrunk(self, size: Size) -> Size:
        """A size with fewer shoppers, for a trial."""
        return size._replace(shoppers=max(1, size.shoppers // self.shrink))


def cores() -> int:
    """How many threads this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def thread_counts() -> list[int]:
    """One thread, and all."""
    return sorted({1, cores()})


def progress(text: str) -> None:
    """Say on standard error what is being measured."""
    print(f"{text} ...", file=sys.stderr, flush=True)


def runners(options: Options, folder: Path) -> tuple[dict[str, tuple[Size, Runner]], list[str]]:
    """The small models that can run here, by name, each with its size; and why others cannot."""
    makers: dict[str, tuple[Size, Callable[[], Runner]]] = {
        f"C, {named(threads)}": (STANDARD, partial(c_program, folder, threads)) for threads in thread_counts()
    }
    makers["NumPy, 1 thread"] = (FOR_NUMPY, numpy_model)
    makers["Mesa, 1 thread"] = (FOR_MESA, partial(mesa_model, options.mesa_python))
    found, missing = {}, []
    for name, (size, make) in makers.items():
        try:
            found[name] = (options.shrunk(size), make())
        except Missing as reason:
            missing.append(f"{name}: {reason}")
    return found, missing


def compared(options: Options) -> tuple[dict[str, Run], list[str]]:
    """The small model's runs by name, after a check that they agree; and what could not run."""
    with TemporaryDirectory() as folder:
        able, missing = runners(options, Path(folder))
        for size in AGREEMENT:
            progress(
                f"Do the small models agree? {size.shoppers:,} shoppers, {size.days} days, seed {size.seed}"
            )
            agreed([runner(size) for _size, runner in able.values()])
        found = {}
        for name, (size, runner) in able.items():
            progress(f"{name}: {size.shoppers:,} shoppers, {size.days} days")
            found[name] = fastest(runner, size, options.runs)
    return found, missing


def engine(options: Options) -> tuple[list[Simulated], list[Simulated]]:
    """The production engine at 1 and at all threads, and at growing sizes; raises Missing if it cannot run."""
    size = options.shrunk(STANDARD)
    progress("Whiteslip: a first run compiles")
    production.simulate(Size(100, 1), 1)
    found = []
    for threads in thread_counts():
        progress(f"Whiteslip, {named(threads)}: {size.shoppers:,} shoppers, {size.days} days")
        found.append(production.fastest(size, threads, options.runs))
    scales = []
    for size in map(options.shrunk, SCALES):
        progress(f"Whiteslip: {size.shoppers:,} shoppers, {size.days} days")
        scales.append(production.fastest(size, cores(), options.runs))
    return found, scales


def measured(options: Options) -> Figures:
    """Everything."""
    small, missing = compared(options)
    try:
        ours, scales = engine(options)
    except Missing as reason:
        ours, scales = [], []
        missing.append(str(reason))
    machine = (
        f"{named(cores())}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    return Figures(machine, small, ours, scales, missing)


def asked(arguments: Sequence[str] | None) -> Options:
    """The options from a command line."""
    parser = argparse.ArgumentParser("python -m benchmarks market", description=__doc__)
    parser.add_argument("--mesa-python", default=sys.executable, help="a Python that has Mesa")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the fastest counts")
    parser.add_argument("--shrink", type=int, default=1, metavar="N", help="a trial with 1/N of the shoppers")
    parser.add_argument(
        "--write",
        type=Path,
        nargs="?",
        const=REPORT,
        metavar="FILE",
        help=f"also into {REPORT.name}, or FILE",
    )
    return Options(**vars(parser.parse_args(arguments)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 where a promise was not kept, something could not run or the models disagree."""
    options = asked(arguments)
    try:
        figures = measured(options)
    except (Disagreement, Missing) as reason:
        print(reason, file=sys.stderr)
        return 1
    text = report(figures)
    print(text)
    if options.write is not None and figures.missing:
        print("Not written: something is missing.", file=sys.stderr)
    elif options.write is not None:
        options.write.write_text(text + "\n", encoding="utf-8")
    return 0 if not figures.missing and all(verdict.held for verdict in verdicts(figures)) else 1


if __name__ == "__main__":
    sys.exit(main())
