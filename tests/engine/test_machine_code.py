"""Machine code is kept in its own folder, and a kernel runs where it cannot be kept."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import numba
import pytest
from numba.core import caching, config

from simulator.disk import is_full
from simulator.engine import machine_code


def _doubled(number: int) -> int:
    return number * 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for machine code, for one test."""
    monkeypatch.setattr(config, "CACHE_DIR", config.CACHE_DIR)
    monkeypatch.setattr(machine_code, "_refused", [])
    machine_code.keep_in(tmp_path / "code")
    return tmp_path / "code"


def test_machine_code_is_kept_where_it_was_asked_for(folder: Path) -> None:
    assert numba.njit(cache=True)(_doubled)(21) == 42
    assert list(folder.rglob("*.nbc"))
    assert machine_code.refusal() is None


def test_a_kernel_runs_on_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(caching.IndexDataCacheFile, "save", full)
    assert numba.njit(cache=True)(_doubled)(21) == 42
    refusal = machine_code.refusal()
    assert refusal is not None
    assert is_full(refusal, folder)
    assert not list(folder.rglob("*.nbc"))


@pytest.mark.parametrize("ending", ["nbc", "nbi"])
@pytest.mark.parametrize("damage", ["cut short", "emptied", "changed"])
def test_code_that_is_damaged_is_compiled_again_and_kept_anew(folder: Path, ending: str, damage: str) -> None:
    assert numba.njit(cache=True)(_doubled)(21) == 42
    (file,) = folder.rglob(f"*.{ending}")
    kept = file.read_bytes()
    middle = len(kept) // 2
    changed = kept[:middle] + bytes([kept[middle] ^ 255]) + kept[middle + 1 :]
    file.write_bytes({"cut short": kept[:middle], "emptied": b"", "changed": changed}[damage])
    again = numba.njit(cache=True)(_doubled)
    assert again(21) == 42 and not again.stats.cache_hits
    found = numba.njit(cache=True)(_doubled)
    assert found(21) == 42 and found.stats.cache_hits
    assert machine_code.refusal() is None


def test_a_folder_that_cannot_be_made_sends_the_code_nowhere_else(folder: Path) -> None:
    """Beside the sources it would be taken for that of later rules."""
    folder.write_text("a file stands here", encoding="utf-8")
    before = set(Path(__file__).parent.rglob("*.nbc"))
    assert numba.njit(cache=True)(_doubled)(21) == 42
    assert machine_code.refusal() is not None
    assert set(Path(__file__).parent.rglob("*.nbc")) == before
