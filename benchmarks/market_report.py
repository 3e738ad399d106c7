"""The report of the market's speed: tables in Markdown, and verdicts on what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.comparators import Run
from benchmarks.production import Simulated, bytes_a_shopper

MILLION_YEARS = 1_000_000 * 365
MOST_SECONDS = 3.0
MOST_BYTES = 1_280
LEAST_TIMES_MESA = 100
MOST_TIMES_C = 3
MOST_UNEVEN = 1.5
"""The dearest shopper-day of a table over its cheapest, where time counts as linear."""

INTRODUCTION = """# How fast the market runs

Made by `python -m benchmarks market --write`. Whiteslip runs its full rulebook by the command
`whiteslip simulate`; the others run the [small model](small-model.md), whose rules are a few of many. They were
measured one after the other on one machine; times are the fastest of some runs, by the clock on the wall,
without arrivals, warm-up and sums at the end. The small models gave the same totals and the same checksum."""


class Figures(NamedTuple):
    """What was measured: small models by name, the engine by threads and by size, what is missing."""

    machine: str
    small: dict[str, Run]
    engine: list[Simulated]
    scales: list[Simulated]
    missing: list[str]


class Verdict(NamedTuple):
    """A promise, what was found, whether it was kept."""

    promise: str
    found: str
    held: bool


def report(figures: Figures) -> str:
    """All tables and verdicts."""
    parts = [INTRODUCTION, f"Machine: {figures.machine}. {_versions(figures)}", _comparison(figures)]
    if figures.scales:
        parts += [
            f"## Growing sizes\n\nAll threads; the warm-up before day 0 apart.\n\n{_growth(figures.scales)}"
        ]
    if verdicts(figures):
        rows = [[each.promise, each.found, "yes" if each.held else "NO"] for each in verdicts(figures)]
        parts += ["## What is promised\n\n" + markdown(["promise", "found", "kept"], rows)]
    if figures.missing:
        parts += ["## Missing\n\n" + "\n\n".join(figures.missing)]
    return "\n\n".join(parts)


def verdicts(figures: Figures) -> list[Verdict]:
    """What can be judged by what was measured; all threads against all threads."""
    found = []
    if figures.engine:
        found += _engine_verdicts(figures.engine[-1], figures)
    if figures.scales:
        found += _growth_verdicts(figures.scales)
    if len({run.world_hash for run in figures.engine}) > 1:
        found.append(Verdict("the same world at any number of threads", "worlds differ", False))
    elif len(figures.engine) > 1:
        found.append(Verdict("the same world at any number of threads", "the same", True))
    return found


def named(threads: int) -> str:
    """A number of threads in words."""
    return "1 thread" if threads == 1 else f"{threads} threads"


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table whose columns also line up in a terminal: the first to the left, the others to the right."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    rule = [width * "-" if place == 0 else (width - 1) * "-" + ":" for place, width in enumerate(widths)]
    lines = [
        [cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(pairs)]
        for pairs in (list(zip(row, widths, strict=True)) for row in [head, rule, *rows])
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _comparison(figures: Figures) -> str:
    head = ["", "shoppers", "days", "seconds", "ns a shopper-day"]
    head += [f"times Whiteslip's, {named(ours.threads)}" for ours in figures.engine]
    runs: list[tuple[str, Run | Simulated]] = [
        (f"Whiteslip, {named(run.threads)}", run) for run in figures.engine
    ]
    runs += figures.small.items()
    rows = [
        [name, *_row(run), *(f"{run.nanoseconds / ours.nanoseconds:,.2f}" for ours in figures.engine)]
        for name, run in runs
    ]
    return markdown(head, rows)


def _row(run: Run | Simulated) -> list[str]:
    return [f"{run.size.shoppers:,}", str(run.size.days), f"{run.seconds:.2f}", f"{run.nanoseconds:,.1f}"]


def _growth(scales: list[Simulated]) -> str:
    head = ["shoppers", "days", "seconds", "ns a shopper-day", "warm-up, seconds", "peak memory, MB"]
    rows = [
        [*_row(run), f"{run.warm_up_seconds:.2f}", f"{run.peak_bytes / 1e6:,.0f}"]
        for run in sorted(scales, key=lambda run: run.size)
    ]
    return markdown(head, rows)


def _engine_verdicts(ours: Simulated, figures: Figures) -> list[Verdict]:
    seconds = ours.nanoseconds * MILLION_YEARS / 1e9
    found = [
        Verdict(
            f"a million shoppers, a year: at most {MOST_SECONDS:g} s",
            f"{seconds:.2f} s",
            seconds <= MOST_SECONDS,
        )
    ]
    for name, run in figures.small.items():
        times = run.nanoseconds / ours.nanoseconds
        if name.startswith("Mesa"):
            promise = f"at least {LEAST_TIMES_MESA} times as fast as Mesa"
            found.append(Verdict(promise, f"{times:,.0f} times", times >= LEAST_TIMES_MESA))
        elif name == f"C, {named(ours.threads)}":
            promise = f"a shopper-day at most {MOST_TIMES_C} times that of the C program, threads alike"
            found.append(Verdict(promise, f"{1 / times:.2f} times", 1 / times <= MOST_TIMES_C))
    return found


def _growth_verdicts(scales: list[Simulated]) -> list[Verdict]:
    small, large = min(scales, key=lambda run: run.size), max(scales, key=lambda run: run.size)
    found = []
    if small.size.shoppers < large.size.shoppers:
        taken = bytes_a_shopper(small, large)
        found.append(
            Verdict(f"at most {MOST_BYTES:,} bytes a shopper", f"{taken:,.0f} bytes", taken <= MOST_BYTES)
        )
    by_shoppers = [run for run in scales if run.size.days == small.size.days]
    by_days = [run for run in scales if run.size.shoppers == scales[-1].size.shoppers]
    found += _evenness("shoppers", by_shoppers) + _evenness("days", by_days)
    return found


def _evenness(name: str, runs: Sequence[Simulated]) -> list[Verdict]:
    costs = [run.nanoseconds for run in runs]
    if len(costs) < 2:
        return []
    uneven = max(costs) / min(costs)
    promise = f"time linear in {name}: a shopper-day at most {MOST_UNEVEN:g} times that of another size"
    return [Verdict(promise, f"{uneven:.2f} times", uneven <= MOST_UNEVEN)]


def _versions(figures: Figures) -> str:
    told = {name.split(",")[0]: run.version for name, run in figures.small.items()}
    return "; ".join(f"{name}: {version}" for name, version in told.items()) + "."
