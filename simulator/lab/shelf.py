"""Shelf: the files in which sweeps are kept, read without running anything.

A sweep begun in the app has its place in the user's folder, named after its recipe; `whiteslip sweep` keeps
one where `--out` says. Either goes on with the other's file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from simulator.disk import cause_unread, is_barred
from simulator.files import data_folder, files_in, may_be_file
from simulator.lab.grid import SweepError
from simulator.lab.recipe import Asked, asked_of
from simulator.policy.faults import PolicyError
from simulator.text import _
from simulator.version import rulebook_version

PIECES = "pieces"
NAME_DIGITS = 10


class Shelved(NamedTuple):
    """A sweep in a file: what it is of, how many pieces it has, and whether today's rules made them."""

    path: Path
    asked: Asked
    done: int
    same_rules: bool


def written(recipe: dict[str, Any]) -> str:
    """A recipe as it stands in a file."""
    return json.dumps(recipe, ensure_ascii=False, sort_keys=True)


def place_of(asked: Asked) -> Path:
    """Where the app keeps a sweep: the same place whenever it is asked for again."""
    mark = hashlib.sha256(written(asked.recipe).encode()).hexdigest()[:NAME_DIGITS]
    return data_folder() / "sweeps" / f"sweep-{mark}.db"


def read_shelved(path: Path) -> Shelved:
    """The sweep in a file. Raises SweepError with a sentence where there is none."""
    if not may_be_file(path):
        raise SweepError([_("There is no file {file}.").format(file=path)])
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            recipe = json.loads(database.execute("select recipe from recipe").fetchone()[0])
            done = int(database.execute(f"select count(*) from {PIECES}").fetchone()[0])
        return Shelved(path, asked_of(recipe), done, recipe["rulebook"] == rulebook_version())
    except (sqlite3.Error, ValueError, KeyError, TypeError, PolicyError) as error:
        if is_barred(error):
            raise SweepError([_("{file} cannot be read: {error}.").format(file=path, error=cause_unread(error))]) from error
        raise SweepError([_("{file} holds no sweep.").format(file=path)]) from error


def shelved() -> list[Shelved]:
    """Every sweep in the user's folder, the one that was worked on last first; what cannot be read is left out."""
    found = []
    for path in sorted(files_in(data_folder() / "sweeps", "db"), key=_worked_on_at, reverse=True):
        try:
            found.append(read_shelved(path))
        except SweepError:
            continue
    return found


def _worked_on_at(path: Path) -> float:
    """When a sweep was worked on last; long ago where nothing can be told of it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
