"""Where one may not look: a save that may not be read is not damaged, and a folder that may not be entered ends nothing."""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.ledger.care import check_save, list_saves, recover
from simulator.ledger.save import SaveDamaged, SaveError
from simulator.replay import replay_faults
from simulator.world import World
from tests.lives import played

Bar = Callable[[Path], None]


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Bar:
    """Let nobody to a file, the one who runs the tests neither, who may be let to all."""
    barred: list[Path] = []
    connect, open_file, access = sqlite3.connect, io.open, os.access

    def connected(place: Any, *given: Any, **named: Any) -> Any:
        if any(path.name in str(place) for path in barred):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return connect(place, *given, **named)

    def opened(place: Any, *given: Any, **named: Any) -> Any:
        if place in barred:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return open_file(place, *given, **named)

    monkeypatch.setattr(sqlite3, "connect", connected)
    monkeypatch.setattr(io, "open", opened)
    monkeypatch.setattr(os, "access", lambda place, mode: place not in barred and access(place, mode))
    return barred.append


def test_a_save_that_may_not_be_read_is_not_called_damaged(tmp_path: Path, bar: Bar) -> None:
    path = tmp_path / "life.db"
    played(path).close()
    bar(path)
    with pytest.raises(SaveError, match="life.db cannot be opened: it may not be read; see to its permissions") as caught:
        World.open(path)
    assert not isinstance(caught.value, SaveDamaged)
    (listed,) = list_saves(tmp_path)
    assert listed.fault == str(caught.value) and not listed.damaged
    assert check_save(path, replay_faults).faults == [str(caught.value)]


def test_a_save_that_may_not_be_read_is_not_set_aside(tmp_path: Path, bar: Bar) -> None:
    path = tmp_path / "life.db"
    played(path).close()
    there = sorted(tmp_path.iterdir())
    bar(path)
    with pytest.raises(SaveError, match="it may not be read"):
        recover(path)
    assert sorted(tmp_path.iterdir()) == there
