"""A full disk: what was acknowledged stays, what was not never happened, and the words say what to do next.

SQLite itself says that there is no room: a database may not grow past so many pages.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from simulator import disk
from simulator.ledger import save as saves
from simulator.ledger.care import check_save, list_saves, recover
from simulator.ledger.save import SaveDamaged, SaveError
from simulator.replay import replay_faults
from simulator.world import World
from tests.lives import begin, played

FREE_SPACE = "free some space"


def let_grow(save: saves.Save | None, pages: int) -> None:
    """Let a save grow by so many pages more and no further."""
    assert save is not None
    now = save.db.execute("PRAGMA page_count").fetchone()[0]
    save.db.execute(f"PRAGMA max_page_count={now + pages}")


def test_a_life_on_a_full_disk_stays_whole_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    world = played(path)
    let_grow(world.save, 3)
    while True:
        told, hashed, day = len(world.events), world.state_hash(), world.day
        try:
            world.do({"do": "wait", "days": 1})
        except sqlite3.Error as error:
            assert disk.is_full(error, path)
            break
    assert (len(world.events), world.state_hash(), world.day) == (told, hashed, day)
    lived = json.dumps(world.events)
    world.close()
    assert check_save(path, replay_faults).faults == []
    again = World.open(path)
    assert (json.dumps(again.events), again.state_hash(), again.day) == (lived, hashed, day)
    again.do({"do": "wait", "days": 30})
    again.close()
    assert check_save(path, replay_faults).faults == []


@pytest.mark.parametrize("pages", [1, 4, 14])
def test_a_life_that_has_no_room_to_begin_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """Whether the tables or the first event no longer fit."""
    real = saves._connected

    def small(connection: sqlite3.Connection) -> Any:
        connection.execute(f"PRAGMA max_page_count={pages}")
        return real(connection)

    monkeypatch.setattr(saves, "_connected", small)
    with pytest.raises(SaveError, match=FREE_SPACE):
        begin(tmp_path / "life.db")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    begin(tmp_path / "life.db").close()


@pytest.fixture
def unopenable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound save that SQLite cannot open: where its shared memory would lie is a device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    path = tmp_path / "life.db"
    played(path).close()
    (tmp_path / "life.db-shm").symlink_to("/dev/full")
    monkeypatch.setattr("shutil.disk_usage", lambda _place: SimpleNamespace(free=0, total=1))
    return path


def test_a_sound_save_is_not_called_damaged_where_there_is_no_room_to_open_it(unopenable: Path) -> None:
    with pytest.raises(SaveError) as caught:
        World.open(unopenable)
    assert not isinstance(caught.value, SaveDamaged)
    assert FREE_SPACE in str(caught.value)


def test_a_log_that_cannot_be_read_is_not_left_out(unopenable: Path) -> None:
    """The file alone would tell an older life as if it were the newest."""
    (unopenable.parent / "life.db-wal").write_bytes(b"\0" * 64)
    (listed,) = list_saves(unopenable.parent)
    assert FREE_SPACE in listed.fault
    assert not listed.damaged


def test_a_damaged_save_stays_where_it_is_while_there_is_no_room_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "life.db"
    played(path, {"do": "wait", "days": 40}).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM events WHERE seq = 30")
    damaged, real = path.read_bytes(), saves._connected

    def small(connection: sqlite3.Connection) -> Any:
        connection.execute("PRAGMA max_page_count=16")
        return real(connection)

    monkeypatch.setattr(saves, "_connected", small)
    with pytest.raises(SaveError, match=FREE_SPACE):
        recover(path)
    assert path.read_bytes() == damaged
    assert [each.name for each in tmp_path.glob("*.db")] == ["life.db"]
    monkeypatch.undo()
    assert recover(path).kept > 0
