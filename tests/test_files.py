"""Where files are found: the fixtures in every kind of installation, the user's folders where asked."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import files


def test_fixtures_of_the_checkout_are_found() -> None:
    assert files.fixture("policies", "standard.toml").is_file()
    assert files.fixture("policies").is_dir()


def test_fixtures_inside_an_installed_package_are_found_from_anywhere(tmp_path: Path) -> None:
    package = tmp_path / "site" / "simulator"
    package.mkdir(parents=True)
    for name in ("__init__.py", "files.py"):
        shutil.copy(Path(files.__file__).parent / name, package / name)
    (package / "fixtures").mkdir()
    (package / "fixtures" / "note.txt").write_text("found", encoding="utf-8")

    asked = "from simulator.files import fixture; print(fixture('note.txt').read_text('utf-8'))"
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=package.parent, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "found\n"


def test_one_variable_moves_all_folders_of_the_user(home: Path) -> None:
    assert files.data_folder() == home / "data"
    assert files.config_folder() == home / "config"
    assert files.cache_folder() == home / "cache"
    assert files.saves_folder() == home / "data" / "saves"


def test_compiled_code_can_be_kept_apart_from_the_rest(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_COMPILED", str(home / "apart"))
    assert files.compiled_folder() == home / "apart"
    monkeypatch.delenv("WHITESLIP_COMPILED")
    assert files.compiled_folder() == home / "cache" / "compiled"


def test_without_it_they_are_where_the_system_keeps_such_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHITESLIP_HOME")
    folders = [files.data_folder(), files.config_folder(), files.cache_folder()]
    assert all("whiteslip" in folder.parts and folder.is_absolute() for folder in folders)
