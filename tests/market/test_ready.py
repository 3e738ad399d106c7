"""What is said where the compiled engine cannot be kept: the place, the true cause, and the mend."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from simulator.market import ready


def told(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> str:
    """What is said when the system refuses a folder with this number."""
    monkeypatch.setenv("WHITESLIP_COMPILED", str(folder))
    monkeypatch.setattr(ready, "CACHE", folder / "0123456789ab")
    monkeypatch.setattr(ready, "refusal", lambda: OSError(number, "No such file or directory"))
    return ready.unkept()


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EROFS, errno.EACCES])
def test_a_place_that_takes_no_files_is_named_with_the_mend(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    assert told(monkeypatch, Path("/proc/whiteslip/compiled"), number) == (
        "The compiled engine could not be kept in /proc/whiteslip/compiled: nothing may be written there; choose another folder. "
        "It is compiled at each start until WHITESLIP_COMPILED names one that can be written."
    )


def test_until_then_is_until_there_is_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert told(monkeypatch, tmp_path, errno.ENOSPC).endswith(
        "the disk is full; free some space there, then do it again. Until then it is compiled at each start."
    )


def test_where_it_was_kept_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "refusal", lambda: None)
    assert ready.unkept() == ""
