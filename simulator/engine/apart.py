"""Apart: compiling in a process of its own, so that a program on the screen goes on as if nothing were done.

Importing this module imports Numba.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Callable

from simulator.engine.kernels import CACHE

STEP_SECONDS = 0.1


def compile_apart(module: str, cancel: Callable[[], bool]) -> bool:
    """Run a module that compiles; whether that ended well. It is ended where `cancel` says so, and not begun where
    what it makes could not be kept for others.
    """
    if not _can_be_kept():
        return False
    with subprocess.Popen(
        [sys.executable, "-m", module], env={**os.environ, "WHITESLIP_COMPILED": os.fspath(CACHE.parent)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        atexit.register(process.kill)  # whoever leaves the program does not wait for this thread
        try:
            while True:
                try:
                    return process.wait(STEP_SECONDS) == 0
                except subprocess.TimeoutExpired:
                    if cancel():
                        process.kill()
        finally:
            atexit.unregister(process.kill)


def _can_be_kept() -> bool:
    there = next(folder for folder in (CACHE, *CACHE.parents) if os.access(folder, os.F_OK))
    return there.is_dir() and os.access(there, os.W_OK)
