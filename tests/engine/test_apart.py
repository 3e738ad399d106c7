"""Compiling apart: where the code goes, how it ended, and that it can be called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.engine import apart
from simulator.engine.apart import compile_apart
from simulator.engine.kernels import CACHE

TELLS = "import os, pathlib; pathlib.Path(__file__).with_suffix('.txt').write_text(os.environ['WHITESLIP_COMPILED'])"
WAITS = "import time; time.sleep(600)"


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


def test_it_is_not_begun_where_nothing_can_be_kept(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CACHE", modules / "tells.py" / "no folder" / "engine")
    assert not compile_apart("tells", lambda: False)
    assert not (modules / "tells.txt").exists()
