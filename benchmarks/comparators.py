"""The small model, run: compiled C, Mesa and NumPy, each as a process of its own that prints its totals.

A comparator that cannot run says why in plain words (`Missing`); two that disagree are an error (`Disagreement`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.small_model import Totals

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "benchmarks" / "small_model.c"
C_FLAGS = ("-O3", "-fopenmp")
MESA_HELP = (
    "Mesa is not installed. It is no part of Whiteslip; give it a place of its own and name its Python:\n"
    "  python3 -m venv mesa-venv\n"
    "  mesa-venv/bin/pip install mesa\n"
    "  python -m benchmarks market --mesa-python mesa-venv/bin/python"
)


class Missing(Exception):
    """A comparator cannot run here; the text says what to do."""


class Disagreement(Exception):
    """Two versions of the small model gave different totals."""


class Size(NamedTuple):
    """How much is run."""

    shoppers: int
    days: int
    seed: int = 1


class Run(NamedTuple):
    """One run: its size, its totals, and how long the days alone took."""

    size: Size
    totals: Totals
    seconds: float
    version: str

    @property
    def nanoseconds(self) -> float:
        """For one shopper on one day, by the clock on the wall."""
        return self.seconds * 1e9 / (self.size.shoppers * self.size.days)


Runner = Callable[[Size], Run]


def c_program(folder: Path, threads: int) -> Runner:
    """The C program, compiled into a folder; raises Missing without a compiler that knows OpenMP."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise Missing("There is no C compiler (`cc`); install gcc, or clang with OpenMP.")
    program = folder / "small_model"
    if not program.exists():
        made = subprocess.run(
            [compiler, *C_FLAGS, "-o", program, SOURCE], capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise Missing(f"`cc {' '.join(C_FLAGS)}` could not compile the C program:\n{made.stderr.strip()}")
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    return lambda size: _run([str(program)], size, version.splitlines()[0], str(threads))


def numpy_model() -> Runner:
    """The NumPy version."""
    return lambda size: _run([sys.executable, "-m", "benchmarks.numpy_model"], size)


def mesa_model(python: str) -> Runner:
    """The Mesa version on a Python of its own; raises Missing where Mesa is not installed there."""
    found = shutil.which(python)
    if found is None:
        raise Missing(f"There is no Python at {python}.\n{MESA_HELP}")
    if subprocess.run([found, "-c", "import mesa"], capture_output=True, check=False).returncode:
        raise Missing(MESA_HELP)
    return lambda size: _run([found, "-m", "benchmarks.mesa_model"], size)


def agreed(runs: list[Run]) -> Totals:
    """The totals of runs of one size; raises Disagreement where they differ."""
    for run in runs[1:]:
        if run.totals != runs[0].totals:
            raise Disagreement(f"The small models disagree on {run.size}:\n{runs[0]}\n{run}")
    return runs[0].totals


def fastest(runner: Runner, size: Size, runs: int) -> Run:
    """The fastest of so many runs; they must agree."""
    found = [runner(size) for _run in range(runs)]
    agreed(found)
    return min(found, key=lambda run: run.seconds)


def _run(command: list[str], size: Size, version: str = "", *more: str) -> Run:
    arguments = [str(value) for value in size]
    done = subprocess.run(
        [*command, *arguments, *more], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Missing(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    told = json.loads(done.stdout)
    totals = Totals(**{name: told[name] for name in Totals._fields})
    return Run(size, totals, told["seconds"], told.get("version", version))
