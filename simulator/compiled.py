"""Compiled: where the engine's machine code of the rules in use is kept, and whether it is there.

Nothing of the engine is imported here, so that who only asks need not load it.
"""

from __future__ import annotations

from pathlib import Path

from simulator.files import compiled_folder
from simulator.version import rulebook_version

MARKET, LAB = "kernels.lived", "personal.followed"
"""The kernel that tells by being there that what the market runs, or the Lab, has been compiled."""


def code_folder() -> Path:
    """The machine code of the rules in use; that of other rules lies beside it."""
    return compiled_folder() / rulebook_version()


def is_compiled(kernel: str) -> bool:
    """Whether a kernel has been compiled on this machine since the rules last changed."""
    return any(code_folder().rglob(f"{kernel}*.nbc"))
