"""Why a file cannot be written, in plain words; and a file written anew is whole or as it was."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.disk import cause_of, is_full, write_whole
from simulator.text import LANGUAGES, use


def no_room(*_given: object, **_more: object) -> int:
    """What the system answers on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cause_is_told_in_the_readers_language(tmp_path: Path, language: str) -> None:
    use(language)
    causes = (errno.ENOSPC, errno.EACCES, errno.ENOTDIR)
    told = {cause_of(OSError(number, "in English"), tmp_path) for number in causes}
    assert len(told) == len(causes)
    assert "in English" not in told
    assert cause_of(OSError(errno.EEXIST, "in English"), tmp_path) in told
    assert cause_of(OSError(errno.EIO, "bad sector"), tmp_path) == "bad sector"


def test_only_want_of_room_is_a_full_disk(tmp_path: Path) -> None:
    assert is_full(OSError(errno.EDQUOT, "quota"), tmp_path)
    assert not is_full(OSError(errno.EIO, "bad sector"), tmp_path)
    assert not is_full(ValueError("full"), tmp_path)


def test_a_file_that_cannot_be_written_anew_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "there" / "settings.toml"
    write_whole(path, "old")
    monkeypatch.setattr(Path, "write_text", no_room)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(path.parent.iterdir()) == [path]


def test_what_is_no_disk_is_not_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as `/proc`, which has no room at all because it needs none."""
    monkeypatch.setattr("shutil.disk_usage", lambda _place: SimpleNamespace(free=0, total=0))
    with pytest.raises(sqlite3.OperationalError) as refused:
        sqlite3.connect(tmp_path)
    assert not is_full(refused.value, tmp_path)
