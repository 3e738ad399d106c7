"""The production engine, timed through its own command: `whiteslip simulate --json`.

Time is what the command tells in `timing`, the warm-up apart. Memory is the peak of the process as the
system counted it; between two sizes the difference is what a shopper takes, for the program itself cancels.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from tempfile import TemporaryFile
from typing import NamedTuple

from benchmarks.comparators import ROOT, Missing, Size

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts a peak of memory."""


class Simulated(NamedTuple):
    """One run: the measured days, the warm-up before them, the threads, the peak of memory in bytes."""

    size: Size
    seconds: float
    warm_up_seconds: float
    threads: int
    world_hash: str
    peak_bytes: int

    @property
    def nanoseconds(self) -> float:
        """For one shopper on one measured day, by the clock on the wall."""
        return self.seconds * 1e9 / (self.size.shoppers * self.size.days)


def simulate(size: Size, threads: int) -> Simulated:
    """Run the command; raises Missing where it fails, with its own words."""
    arguments = ["simulate", "--shoppers", str(size.shoppers), "--days", str(size.days)]
    arguments += ["--seed", str(size.seed), "--threads", str(threads), "--json"]
    with TemporaryFile() as said, TemporaryFile() as complained:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui", *arguments], cwd=ROOT, stdout=said, stderr=complained
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if process.returncode:
            raise Missing(f"whiteslip {' '.join(arguments)}:\n{complained.read().decode().strip()}")
        told = json.loads(said.read())
    timing = told["timing"]
    return Simulated(
        size,
        timing["seconds"],
        timing["warm_up_seconds"],
        timing["threads"],
        told["world_hash"],
        usage.ru_maxrss * PEAK_UNIT,
    )


def fastest(size: Size, threads: int, runs: int) -> Simulated:
    """The fastest of so many runs."""
    return min((simulate(size, threads) for _run in range(runs)), key=lambda run: run.seconds)


def bytes_a_shopper(small: Simulated, large: Simulated) -> float:
    """What one more shopper adds to the peak of memory."""
    return (large.peak_bytes - small.peak_bytes) / (large.size.shoppers - small.size.shoppers)
