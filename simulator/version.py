"""The rulebook's version: a hash of everything that decides what happens to an account.

It covers the rules, the engine, behaviour, scorecards, name tables and the policy schema.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from simulator.files import fixture

_SOURCES = ("rules", "engine", "population", "policy")
_FILES = ("account.py", "codes.py", "purposes.py", "random.py", "row.py", "calendar.py")
_FIXTURES = ("scorecards", "names", "catalogue")


@functools.cache
def rulebook_version() -> str:
    """Twelve hexadecimal digits that change with the rulebook."""
    root = Path(__file__).parent
    paths = [root / name for name in _FILES]
    for folder in _SOURCES:
        paths += sorted((root / folder).rglob("*.py"))
    for folder in _FIXTURES:
        paths += sorted(path for path in Path(str(fixture(folder))).rglob("*") if path.is_file())
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(path.name.encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]
