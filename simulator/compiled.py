"""Compiled: where the engine's machine code of the rules in use is kept, whether it is there, and what goes beside it.

Nothing of the engine is imported here, so that who only asks need not load it.
"""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import os
import re
import shutil
import time
from pathlib import Path

from simulator.files import compiled_folder
from simulator.version import rulebook_version

MARKET, LAB = "kernels.lived", "personal.followed"
"""The kernel that tells by being there that what the market runs, or the Lab, has been compiled."""

KEPT_BESIDE, KEPT_SECONDS = 2, 7 * 24 * 3600
"""Of other rules the code that was used last is kept, of so many, and any that was used lately: another Whiteslip may
run by it.
"""
_VERSION = re.compile("[0-9a-f]{12}")


def code_folder() -> Path:
    """The machine code of the rules in use; that of other rules lies beside it."""
    return compiled_folder() / rulebook_version()


def is_compiled(kernel: str) -> bool:
    """Whether a kernel has been compiled on this machine since the rules last changed, and can be read as it was kept."""
    return any(is_whole(code) and is_whole(_index_of(code)) for code in _kept(f"{kernel}*.nbc"))


def is_damaged() -> bool:
    """Whether some of the code of the rules in use is not as it was kept, and so is compiled again."""
    return not all(map(is_whole, _kept("*.nb[ci]")))


def sealed(told: bytes) -> bytes:
    """What is kept in a file of code: a digest after it, which what reads it passes over."""
    return told + hashlib.sha256(told).digest()


def is_whole(file: Path) -> bool:
    """Whether a file of code is as it was kept: damaged code would end the program, or worse, run."""
    try:
        told = file.read_bytes()
    except OSError:
        return False
    return told == sealed(told[: -hashlib.sha256().digest_size])


def _kept(pattern: str) -> list[Path]:
    """The files of the code of the rules in use that are named so; none where one may not look."""
    every = os.walk(code_folder())
    return [Path(place, name) for place, _folders, names in every for name in fnmatch.filter(names, pattern)]


def _index_of(code: Path) -> Path:
    """What lists a file of code, by the name that Numba gives it: NAME.1.nbc by NAME.nbi."""
    return code.with_suffix("").with_suffix(".nbi")


def others() -> list[Path]:
    """The folders with machine code of other rules, the one used last first."""
    try:
        found = [folder for folder in compiled_folder().iterdir() if folder != code_folder() and _is_code(folder)]
    except OSError:
        return []
    return sorted(found, key=_used_at, reverse=True)


def keep_house(kernel: str) -> None:
    """Where this kernel is kept, note that its rules are in use, and remove code of others that is long unused.

    Nothing hangs on it: what cannot be done now is left for another time.
    """
    if not is_compiled(kernel):
        return
    with contextlib.suppress(OSError):
        os.utime(code_folder())
    for folder in others()[KEPT_BESIDE:]:
        if time.time() - _used_at(folder) > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _is_code(folder: Path) -> bool:
    """Whether this is ours to remove: WHITESLIP_COMPILED may name a folder that holds other things too."""
    if not _VERSION.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
        return False
    return all(".nb" in name for _place, _folders, names in os.walk(folder) for name in names)


def _used_at(folder: Path) -> float:
    """When the rules of a folder were used last; long ago where somebody else has removed it."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
