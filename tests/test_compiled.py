"""Machine code of earlier rules goes when it is long unused, and nothing else goes with it."""

from __future__ import annotations

import importlib
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from simulator import compiled
from simulator.compiled import KEPT_BESIDE, KEPT_SECONDS, LAB, MARKET, keep_house, others
from tests.kept_code import CODE, keep_code

LONG, LATELY = 2 * KEPT_SECONDS, KEPT_SECONDS / 2
OLD = [f"{number:012x}" for number in range(KEPT_BESIDE + 2)]


def put(folder: Path, unused_seconds: float, file: str = CODE) -> Path:
    """A folder as the engine keeps it, unused for so long."""
    keep_code(folder, file)
    used = time.time() - unused_seconds
    os.utime(folder, (used, used))
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where code is kept: that of the rules in use, whole, and that of others, each unused longer than the one before."""
    monkeypatch.setenv("WHITESLIP_COMPILED", str(tmp_path))
    put(compiled.code_folder(), LONG)
    for age, name in enumerate(OLD):
        put(tmp_path / name, LONG + age)
    return tmp_path


@pytest.mark.parametrize("ending", [".1.nbc", ".nbi"])
@pytest.mark.parametrize("damage", ["cut short", "emptied", "changed", "removed"])
def test_code_that_is_not_as_it_was_kept_is_not_there(place: Path, ending: str, damage: str) -> None:
    assert compiled.is_compiled(MARKET) and not compiled.is_damaged()
    (file,) = compiled.code_folder().rglob(f"{MARKET}*{ending}")
    told = file.read_bytes()
    file.write_bytes({"cut short": told[:-1], "emptied": b"", "changed": b"x" + told[1:], "removed": b""}[damage])
    if damage == "removed":
        file.unlink()
    assert not compiled.is_compiled(MARKET)
    assert compiled.is_damaged() == (damage != "removed")


def left(place: Path) -> set[str]:
    """The folders that are there, but for that of the rules in use."""
    return {folder.name for folder in place.iterdir()} - {compiled.code_folder().name}


def test_code_of_other_rules_goes_when_long_unused_but_for_what_was_used_last(place: Path) -> None:
    keep_house(MARKET)
    assert left(place) == set(OLD[:KEPT_BESIDE])
    assert compiled.is_compiled(MARKET)


def test_code_that_was_used_lately_stays(place: Path) -> None:
    lately = {put(place / f"{number:012x}", LATELY).name for number in range(100, 105)}
    keep_house(MARKET)
    assert left(place) == lately


def test_who_runs_under_rules_keeps_their_code(place: Path) -> None:
    began = time.time()
    keep_house(MARKET)
    assert compiled.code_folder().stat().st_mtime >= began - 2


def test_nothing_goes_before_its_own_code_is_whole(place: Path) -> None:
    keep_house(LAB)
    assert left(place) == set(OLD)


def test_what_is_no_machine_code_stays(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = put(tmp_path_factory.mktemp("elsewhere") / "code", LONG)
    (place / ("e" * 12)).symlink_to(elsewhere, target_is_directory=True)
    foreign = {put(place / "photographs", LONG).name, put(place / ("f" * 12), LONG, "photograph.jpg").name, "e" * 12}
    keep_house(MARKET)
    assert left(place) == {*OLD[:KEPT_BESIDE], *foreign}
    assert list(elsewhere.rglob("*.nbc"))


def test_what_cannot_be_removed_or_marked_is_left(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_given: Any, **_more: Any) -> None:
        raise PermissionError(13, "The process cannot access the file")

    for name in ("unlink", "rmdir", "utime"):
        monkeypatch.setattr(os, name, locked)
    keep_house(MARKET)
    monkeypatch.undo()
    assert {folder.name for folder in place.iterdir()} >= set(OLD)


def test_what_another_removes_at_the_same_time_is_not_missed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = compiled._is_code

    def slow(folder: Path) -> bool:
        found = real(folder)
        if folder.name in OLD:
            shutil.rmtree(folder)
        return found

    monkeypatch.setattr(compiled, "_is_code", slow)
    keep_house(MARKET)
    assert left(place) == set()


def test_where_nothing_was_ever_kept_there_is_nothing_to_remove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_COMPILED", str(tmp_path / "nowhere"))
    keep_house(MARKET)
    assert others() == []


@pytest.mark.slow
@pytest.mark.parametrize(("part", "kernel"), [("market", MARKET), ("lab", LAB)])
def test_getting_ready_keeps_house(part: str, kernel: str, place: Path) -> None:
    keep_code(compiled.code_folder(), f"{kernel}-2.py312.1.nbc")
    importlib.import_module(f"simulator.{part}.ready").make_ready()
    assert left(place) == set(OLD[:KEPT_BESIDE])
