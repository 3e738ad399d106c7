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
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.lives import played
from tests.tui.on_screen import at_screen
from tui.settings import load_settings

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


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Bar:
    """Let nobody into a folder."""
    closed: list[Path] = []

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def looked(place: Any = ".", *given: Any, **named: Any) -> Any:
            if isinstance(place, str | os.PathLike) and any(
                Path(place).is_relative_to(folder) and (Path(place) != folder or real is not stat) for folder in closed
            ):
                raise PermissionError(errno.EACCES, "Permission denied", str(place))
            return real(place, *given, **named)

        return looked

    stat = os.stat
    for name in ("stat", "lstat", "listdir", "scandir", "mkdir", "open"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    monkeypatch.setattr(io, "open", guarded(io.open))
    return closed.append


def test_a_folder_that_may_not_be_entered_is_a_plain_sentence(home: Path, forbid: Bar, run: Run) -> None:
    closed = home / "closed"
    closed.mkdir(parents=True)
    played(closed / "life.db").close()
    forbid(closed)
    barred = "cannot be read: reading it is not permitted; see to its permissions, then do it again.\n"
    save = str(closed / "life.db")
    for command in (("save", "check", save), ("save", "export", save, "--to", "csv"), ("why", save, "cash")):
        told = run(*command)
        assert (told.status, told.out) == (2, "") and told.err == f"life.db {barred}"
    told = run("story", str(closed / "story.toml"))
    assert (told.status, told.err) == (2, f"story.toml {barred}")
    told = run("story", "first-bill", "--save", str(closed / "new.db"))
    assert told.status == 2 and "cannot be written: nothing may be written there" in told.err


@pytest.mark.parametrize("kind", ["data", "config", "cache"])
def test_a_folder_of_the_user_that_may_not_be_entered_ends_nothing(home: Path, forbid: Bar, run: Run, kind: str) -> None:
    (home / kind).mkdir(parents=True)
    forbid(home / kind)
    told = run("save", "list")
    assert (told.status, "cannot be read: reading it is not permitted" in told.err) == ((2, True) if kind == "data" else (0, False))
    assert run("story", "first-bill").status == 0
    assert run("policy", "list").status == 0
    told = run("doctor")
    assert told.status == 0 and "Permission denied" in told.out and "a step to the disk" in told.out
    assert not told.err
    assert load_settings({}).readable == (kind != "config")


async def test_the_app_starts_where_nothing_of_the_users_may_be_entered(home: Path, forbid: Bar) -> None:
    for kind in ("data", "config", "cache"):
        (home / kind).mkdir(parents=True)
        forbid(home / kind)
    async with at_screen() as player:
        assert any("saves cannot be read" in told for told in player.told())
        await player.press("enter")
        assert "cannot be written" in player.told()[-1] and player.name() == "StartScreen"


async def test_a_save_that_was_asked_for_where_nobody_may_enter_is_told_of(tmp_path: Path, home: Path, forbid: Bar) -> None:
    forbid(tmp_path / "closed")
    async with at_screen(asked={"save": tmp_path / "closed" / "life.db"}) as player:
        assert "life.db cannot be opened: reading it is not permitted" in player.shown()


def test_what_leads_nowhere_and_what_is_gone_is_not_listed(tmp_path: Path) -> None:
    played(tmp_path / "life.db").close()
    (tmp_path / "nowhere.db").symlink_to(tmp_path / "gone")
    (tmp_path / "round.db").symlink_to(tmp_path / "round.db")
    assert [each.path.name for each in list_saves(tmp_path)] == ["life.db"]


def test_a_save_that_may_not_be_read_is_not_called_damaged(tmp_path: Path, bar: Bar) -> None:
    path = tmp_path / "life.db"
    played(path).close()
    bar(path)
    with pytest.raises(SaveError, match=r"life\.db cannot be opened: reading it is not permitted; see to its permissions") as caught:
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
    with pytest.raises(SaveError, match="reading it is not permitted"):
        recover(path)
    assert sorted(tmp_path.iterdir()) == there
