"""The save: what is acknowledged is on disk, what failed never happened, one writer, recovery."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator import text
from simulator.ledger.care import Check, check_save, export_save, list_saves, recover
from simulator.ledger.contents import Contents
from simulator.ledger.save import Save, SaveDamaged, SaveError, SaveExists, SaveGone, SaveNewer
from simulator.ledger.whose import name_told
from simulator.population.names import name_of, name_places
from simulator.population.people import start_people
from simulator.replay import replay_faults
from simulator.world import ReadOnlyWorld, World
from tests.lives import begin, played

PAGE = 4096
WRITES = ("events", "postings", "policy_timeline", "states", "commands")


def test_a_life_opened_again_is_the_same(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", {"do": "wait", "days": 70})
    told, hashed = world.events, world.state_hash()
    world.close()
    again = World.open(tmp_path / "life.db")
    assert again.state_hash() == hashed
    assert json.dumps(again.events) == json.dumps(told)
    again.close()


def test_what_was_not_closed_is_replayed_from_the_last_state(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db", {"do": "wait", "days": 40}, {"do": "wait", "days": 3})
    hashed = world.state_hash()
    assert world.save is not None
    world.save.close()
    again = World.open(tmp_path / "life.db")
    assert again.state_hash() == hashed
    assert replay_faults(Contents(again.save)) == [] if again.save else False
    again.close()


@pytest.mark.parametrize("place", range(len(WRITES)))
def test_a_failure_between_two_writes_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """Raise at each write of a transaction in turn: neither the disk nor the world has moved."""
    path = tmp_path / "life.db"
    world = played(path)
    save = world.save
    assert save is not None
    before, hashed = _counts(path), world.state_hash()
    real = type(save.db).table

    def failing(db: Any, name: str, **options: Any) -> Any:
        if name == WRITES[place]:
            raise RuntimeError("the disk is gone")
        return real(db, name, **options)

    monkeypatch.setattr(type(save.db), "table", failing)
    with pytest.raises(RuntimeError):
        save.commit(
            {"do": "x"}, 0, [{"seq": 99, "day": 0, "date": "2025-01-01", "event": "caption", "text": "t"}],
            [(99, _posting())], world.state(), {"day": 1, "field": "f", "value": "1"},
        )  # fmt: skip
    monkeypatch.undo()
    assert _counts(path) == before
    assert world.state_hash() == hashed
    world.close()


def test_a_step_that_cannot_be_written_has_not_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = played(tmp_path / "life.db")
    hashed, told = world.state_hash(), len(world.events)

    def broken(*_parts: Any, **_more: Any) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(Save, "commit", broken)
    with pytest.raises(sqlite3.OperationalError):
        world.do({"do": "wait", "days": 1})
    monkeypatch.undo()
    assert (world.state_hash(), len(world.events), world.day) == (hashed, told, 0)
    world.do({"do": "wait", "days": 1})
    world.close()
    assert check_save(tmp_path / "life.db", replay_faults).faults == []


def _posting() -> Any:
    from simulator.ledger.postings import Posting

    return Posting("cash", 0)


def _counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in WRITES}


CHILD = """
import sys
from pathlib import Path
from tests.lives import played
world = played(Path(sys.argv[1]))
while True:
    for event in world.do({"do": "wait", "days": 1}):
        print(event["seq"], flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 7, 23, 60])
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "life.db"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    last = 0
    for _line in range(acknowledged):
        last = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    world = World.open(path)
    assert world.read_only is None, "the lock died with its process"
    assert len(world.events) >= last
    assert world.save is not None
    assert replay_faults(Contents(world.save)) == []
    world.close()
    assert check_save(path, replay_faults).faults == []


def _replaced(path: Path) -> None:
    other = path.with_name("other.db")
    other.write_bytes(path.read_bytes())
    os.replace(other, path)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("how", [Path.unlink, lambda path: shutil.rmtree(path.parent), _replaced])
def test_nothing_is_acknowledged_once_the_save_is_gone(tmp_path: Path, how: Callable[[Path], object]) -> None:
    path = tmp_path / "saves" / "life.db"
    world = played(path)
    assert world.save is not None
    before = (world.day, len(world.events), world.state_hash())
    how(path)
    with pytest.raises(SaveGone, match=r"life\.db was removed or replaced, so that was not done"):
        world.do({"do": "wait", "days": 1})
    with pytest.raises(SaveGone):
        world.save.set_setting("name", 1)
    assert (world.day, len(world.events), world.state_hash()) == before
    world.close()


def test_a_second_window_only_reads_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    first = played(path)
    second = World.open(path)
    assert second.read_only == "another window is playing it; leave it there to play on here"
    assert second.state_hash() == first.state_hash()
    with pytest.raises(ReadOnlyWorld):
        second.do({"do": "wait", "days": 1})
    second.close()
    first.do({"do": "wait", "days": 1})
    first.close()
    third = World.open(path)
    assert third.read_only is None
    third.close()


def test_a_folder_that_cannot_be_written_opens_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "life.db"
    played(path).close()
    monkeypatch.setattr("simulator.ledger.save.os.access", lambda *_parts: False)
    world = World.open(path)
    assert world.read_only == "its folder cannot be written"
    world.close()


def test_a_new_save_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    path.write_text("mine")
    with pytest.raises(SaveExists):
        begin(path)
    assert path.read_text() == "mine"


def _flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    start = int(len(data) * at)
    data[start : start + 600] = b"\xff" * min(600, len(data) - start)
    path.write_bytes(bytes(data))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"hello" * 400),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a spoilt page": lambda path: _flip(path, 0.5),
    "an event gone": lambda path: _sql(path, "DELETE FROM events WHERE seq = 5"),
    "a table gone": lambda path: _sql(path, "DROP TABLE states"),
    "words that are no JSON": lambda path: _sql(path, "UPDATE events SET body = '{' WHERE seq = 9"),
    "postings that do not balance": lambda path: _sql(
        path, "UPDATE postings SET amount_fen = 1 WHERE rowid = 1"
    ),
    "another outcome than the rules give": lambda path: _sql(
        path, "UPDATE events SET body = replace(body, '8400', '8401') WHERE event = 'life_began'"
    ),
    "states of nothing": lambda path: _sql(path, "UPDATE states SET body = '{}'"),
    "a state of another life": lambda path: _sql(
        path, "UPDATE states SET body = replace(body, '\"limit_fen\": ', '\"limit_fen\": 1')"
    ),
    "no policies": lambda path: _sql(path, "UPDATE policy_timeline SET value = '{}'"),
    "postings twice": lambda path: _sql(path, "INSERT INTO postings SELECT * FROM postings WHERE entry = (SELECT max(entry) FROM postings)"),
    "no postings": lambda path: _sql(path, "DELETE FROM postings WHERE entry = (SELECT max(entry) FROM postings)"),
    "a command that there is not": lambda path: _sql(path, "UPDATE commands SET body = '{\"do\": \"fly\"}' WHERE number = 3"),
    "a life that began with nothing": lambda path: _sql(path, "UPDATE commands SET body = '{\"do\": \"fly\"}' WHERE number = 1"),
}


def _sql(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "life.db"
    played(path, {"do": "wait", "days": 40}).close()
    return path


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_found_and_said_in_a_sentence(saved: Path, kind: str) -> None:
    assert check_save(saved, replay_faults).faults == []
    DAMAGES[kind](saved)
    faults = check_save(saved, replay_faults).faults
    assert faults
    assert all(fault.endswith(".") and "Traceback" not in fault for fault in faults)


def test_a_check_opens_a_save_once_and_reads_each_part_once(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(Save, name)

        def counting(*given: Any, **more: Any) -> Any:
            read.append(name)
            return real(*given, **more)

        return counting

    for part in ("open", "commands", "events", "states", "postings"):
        monkeypatch.setattr(Save, part, counted(part))
    assert check_save(saved, replay_faults) == Check([], is_of_this_rulebook=True)
    assert sorted(read) == ["commands", "events", "open", "postings", "states"]


def test_a_recovered_save_keeps_the_policies_of_the_steps_kept(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    change = {"do": "policy", "field": "minimum_ppm", "value": 200_000}
    played(path, change, {"do": "wait", "days": 3}, {**change, "value": 300_000}, {"do": "caption", "text": "t"}).close()
    _sql(path, "UPDATE events SET body = '{' WHERE seq = (SELECT max(seq) - 1 FROM events)")
    recover(path)
    assert check_save(path, replay_faults).faults == []


def test_under_another_rulebook_postings_are_still_of_their_events(saved: Path) -> None:
    _sql(saved, "UPDATE meta SET value = '\"of another day\"' WHERE key = 'rulebook'")
    _sql(saved, "UPDATE policy_timeline SET value = '{}'")
    assert check_save(saved, replay_faults).faults == []
    DAMAGES["postings twice"](saved)
    assert [fault.startswith("The postings of entry ") for fault in check_save(saved, replay_faults).faults] == [True]


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_save_is_opened_or_refused_in_a_sentence(saved: Path, kind: str) -> None:
    DAMAGES[kind](saved)
    try:
        World.open(saved, read_only=True).close()
    except SaveError as error:
        assert str(error).startswith("life.db ")


@pytest.mark.parametrize("kind", ["an event gone", "words that are no JSON"])
def test_recovery_keeps_the_damaged_file_and_the_whole_steps(saved: Path, kind: str) -> None:
    DAMAGES[kind](saved)
    damaged = saved.read_bytes()
    done = recover(saved)
    assert done.set_aside.read_bytes() == damaged
    assert 0 < done.kept < done.total
    world = World.open(saved)
    assert world.save is not None
    assert replay_faults(Contents(world.save)) == []
    world.do({"do": "wait", "days": 2})
    world.close()


def test_what_cannot_be_recovered_is_still_set_aside(saved: Path) -> None:
    DAMAGES["no database"](saved)
    with pytest.raises(SaveError):
        recover(saved)
    assert (saved.parent / "life.damaged-1.db").exists()


def test_a_save_of_a_newer_version_is_left_alone(saved: Path) -> None:
    _sql(saved, "PRAGMA user_version=99")
    with pytest.raises(SaveNewer):
        Save.open(saved)


def test_a_strange_file_is_no_save(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    sqlite3.connect(path).close()
    _sql(path, "CREATE TABLE x (y)")
    with pytest.raises(SaveDamaged):
        Save.open(path)


def test_saves_are_listed_and_exported(saved: Path) -> None:
    found = list_saves(saved.parent)
    assert [(each.name, each.fault) for each in found] == [("Lin Mei", "")]
    written = export_save(saved, "json", saved.parent / "out")
    events = json.loads((saved.parent / "out" / "events.json").read_text(encoding="utf-8"))
    assert events[0]["event"] == "life_began"
    assert len(export_save(saved, "csv", saved.parent / "csv")) == len(written) == 8


def test_a_save_is_listed_with_the_day_that_it_stands_at_whether_or_not_anything_happened(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    quiet = world.trial()
    while quiet.do({"do": "wait", "days": 1}):
        world.do({"do": "wait", "days": 1})
    world.do({"do": "wait", "days": 1})
    date = world.date.isoformat()
    assert world.events[-1]["date"] < date
    world.close()
    assert [each.date for each in list_saves(tmp_path)] == [date]


def test_whichever_page_is_torn_a_save_opens_or_is_refused_in_plain_words(tmp_path: Path) -> None:
    played(tmp_path / "life.db", {"do": "wait", "days": 70}).close()
    whole = (tmp_path / "life.db").read_bytes()
    torn = tmp_path / "torn.db"
    refused = 0
    for place in range(0, len(whole), PAGE):
        torn.write_bytes(whole[:place] + b"\0" * PAGE + whole[place + PAGE :])
        try:
            World.open(torn).close()
        except (SaveError, ValueError, KeyError):
            refused += 1
    assert refused > 3


def test_no_day_is_kept_on_top_of_pages_that_are_torn(tmp_path: Path) -> None:
    """Whatever page it is, if SQLite can tell; and the sentence says what, not where its list begins."""
    played(tmp_path / "life.db", {"do": "wait", "days": 200}).close()
    whole = (tmp_path / "life.db").read_bytes()
    torn = tmp_path / "torn.db"
    found = 0
    for place in range(PAGE, len(whole), PAGE):
        torn.write_bytes(whole[:place] + b"\xff" * PAGE + whole[place + PAGE :])
        faults = check_save(torn, lambda _contents: []).faults
        if not any("page" in fault for fault in faults):
            continue
        found += 1
        assert not any("***" in fault for fault in faults)
        with pytest.raises(SaveDamaged):
            World.open(torn)
        assert torn.read_bytes()[place : place + PAGE] == b"\xff" * PAGE
    assert found > 10


def test_a_name_is_told_in_the_readers_language_unless_it_is_ones_own() -> None:
    places = name_places(1, 42)
    shopper = {"past": {"town": {"seed": 1}, "number": 42, "name": name_of(*places, "zh")}}
    renamed = {"past": {**shopper["past"], "name": "Zoë"}}
    chosen = start_people()[1].person.as_dict()
    typed = {**chosen, "age": chosen["age"] + 1}
    for tongue in text.LANGUAGES:
        text.use(tongue)
        assert name_told(shopper) == name_of(*places, tongue)
        assert name_told(renamed) == "Zoë"
        assert name_told({"person": chosen}) == start_people()[1].name
        assert name_told({"person": typed}) == "Chen Hao", "somebody of one's own making keeps the name"
