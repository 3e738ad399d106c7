"""Compiling apart: where the code goes, how it ended, and that it can be called off."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import pytest

from simulator.engine import apart
from simulator.engine.apart import compile_apart
from simulator.engine.kernels import CACHE

TELLS = "import os, pathlib; pathlib.Path(__file__).with_suffix('.txt').write_text(os.environ['WHITESLIP_COMPILED'])"
WAITS = """
import fcntl, pathlib, time
mine = pathlib.Path(__file__).with_suffix(".lock").open("w")
fcntl.flock(mine, fcntl.LOCK_EX)
pathlib.Path(__file__).with_suffix(".txt").touch()
time.sleep(600)
"""
LEAVES = """
import pathlib, threading, time
from simulator.engine.apart import compile_apart
threading.Thread(target=compile_apart, args=("waits", lambda: False), daemon=True).start()
while not pathlib.Path(__file__).with_name("waits.txt").exists():
    time.sleep(0)
"""
SOON_SECONDS = 60


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modules that processes begun here find."""
    (tmp_path / "tells.py").write_text(TELLS)
    (tmp_path / "waits.py").write_text(WAITS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def test_what_is_compiled_apart_is_found_here(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHITESLIP_COMPILED")
    assert compile_apart("tells", lambda: False)
    assert (modules / "tells.txt").read_text() == str(CACHE.parent)


@pytest.mark.usefixtures("modules")
def test_what_cannot_be_compiled_is_told() -> None:
    assert not compile_apart("no_such_module", lambda: False)


@pytest.mark.usefixtures("modules")
def test_it_is_ended_where_nobody_waits_for_it() -> None:
    assert not compile_apart("waits", lambda: True)


def is_free(file: TextIO) -> bool:
    """Whether nobody holds a file's lock, as a process does until it has ended."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def test_it_ends_with_the_program_that_began_it(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (modules / "leaves.py").write_text(LEAVES)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(modules), *sys.path)))
    subprocess.run([sys.executable, "-m", "leaves"], check=True)
    end = time.monotonic() + SOON_SECONDS
    with (modules / "waits.lock").open() as file:
        while not is_free(file):
            assert time.monotonic() < end, "it goes on"
            time.sleep(0)


def test_it_is_not_begun_where_nothing_can_be_kept(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CACHE", modules / "tells.py" / "no folder" / "engine")
    assert not compile_apart("tells", lambda: False)
    assert not (modules / "tells.txt").exists()
