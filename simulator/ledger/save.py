"""The save: one SQLite file a life. What is committed here has happened.

Tables: `meta`, `policy_timeline`, `commands`, `events`, `postings`, `states`, `series`, `settings`.
A command with its events, postings and state is one transaction in a write-ahead log that is synced
before the call returns. The life and its market may write from threads of their own, one at a time. A second
window opens the same file read-only.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from sqlite_utils import Database

from simulator.disk import cause_of, cause_unread, is_barred, is_full, where_it_ended
from simulator.files import may_be_file, saves_folder
from simulator.grounds import with_grounds
from simulator.ledger.lock import WriterLock
from simulator.ledger.migrations import SCHEMA_VERSION, create_tables, migrate
from simulator.ledger.postings import Posting
from simulator.text import _, sentences

Event = dict[str, Any]


class SaveError(Exception):
    """A save that cannot be used; the message is a plain sentence."""


class SaveExists(SaveError):
    """There is a file where a new save was to be made."""


class SaveDamaged(SaveError):
    """The file is no sound save."""


class SaveGone(SaveError):
    """The file is no longer where the save was opened."""


class SaveNewer(SaveError):
    """The save was made by a newer version."""


UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What comes of reading a row that is not as a save has them."""


@dataclass(frozen=True)
class Command:
    """A command as it was given, with the number of its last event."""

    seq: int
    day: int
    body: dict[str, Any]


@dataclass(frozen=True)
class State:
    """The whole state of a life after event `seq`."""

    seq: int
    day: int
    rulebook: str
    body: dict[str, Any]


class Save:
    """An open save. Use `create` or `open`."""

    def __init__(
        self, path: Path, db: Database, lock: WriterLock | None, read_only_reason: str | None
    ) -> None:
        """Take over an open database; `read_only_reason` is None for the one writer."""
        self.path = path
        self.db = db
        self._lock = lock
        self._writing = Lock()
        self._place = path.absolute()
        self._file = _file_at(self._place)
        self.read_only_reason = read_only_reason

    @property
    def read_only(self) -> bool:
        """Whether this window may not write."""
        return self.read_only_reason is not None

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, Any], policy: str) -> Save:
        """A new, empty save. Raises SaveExists, SaveError where it cannot be written."""
        if os.path.exists(path):
            raise SaveExists(_("{file} is there already; choose another name.").format(file=path.name))
        lock = WriterLock(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not lock.acquire():
                raise SaveError(_("{file} is being written by another window.").format(file=path.name))
            db = _connected(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
        except (OSError, sqlite3.Error) as error:
            lock.release()
            raise _unwritable(path, error) from error
        save = cls(path, db, lock, None)
        try:
            db.conn.execute("PRAGMA journal_mode=WAL")
            with db.atomic():
                create_tables(db)
                db.table("meta").insert_all(
                    {"key": key, "value": json.dumps(value)} for key, value in meta.items()
                )
                db.table("policy_timeline").insert({"day": 0, "field": "", "value": policy})
        except BaseException as error:
            save.discard(error)
            raise
        return save

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Save:
        """An existing save, by the one writer, or read-only with the reason. Raises SaveError and kin."""
        if not may_be_file(path):
            raise SaveError(_("There is no save {file}.").format(file=path.name))
        reason = _("opened to read only") if read_only else None
        lock: WriterLock | None = None
        if reason is None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            reason = _("its folder cannot be written")
        if reason is None:
            lock = WriterLock(path)
            try:
                if not lock.acquire():
                    lock, reason = None, _("another window is playing it; leave it there to play on here")
            except OSError as error:
                raise unopened(path, error) from error
        try:
            db = _open_database(path, reason is not None)
            _check_schema(db, path, reason is None)
            if reason is None and (fault := torn(db, "quick_check")):
                raise damaged(path, ValueError(fault))
        except sqlite3.Error as error:
            if lock is not None:
                lock.release()
            raise unopened(path, error) from error
        except SaveError:
            if lock is not None:
                lock.release()
            raise
        return cls(path, db, lock, reason)

    def close(self) -> None:
        """Close the file and let the lock go."""
        self.db.conn.close()
        if self._lock is not None:
            self._lock.release()

    def discard(self, error: BaseException) -> None:
        """Close a save whose life could not begin, and leave nothing of it behind. Raises SaveError where it
        was the disk.
        """
        self.close()
        for suffix in ("", "-wal", "-shm", ".lock"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise _unwritable(self.path, error) from error

    def commit(
        self,
        command: Mapping[str, Any] | None,
        day: int,
        events: Sequence[Event],
        postings: Sequence[tuple[int, Posting]],
        state: State | None,
        policy_change: Mapping[str, Any] | None = None,
        replaces: int | None = None,
    ) -> None:
        """Write a command and all that came of it in one transaction, synced when this returns.

        `replaces` is the event number of an earlier state that this one stands for from now on. Raises SaveGone.
        """
        self._must_be_there()
        with self._writing, self.db.atomic():
            if events:
                self.db.table("events").insert_all(_event_row(event) for event in events)
            if postings:
                self.db.table("postings").insert_all(
                    {"entry": entry, "account": posting.account, "amount_fen": posting.amount_fen}
                    for entry, posting in postings
                )
            if policy_change is not None:
                self.db.table("policy_timeline").insert(dict(policy_change))
            if replaces is not None:
                self.db.execute("DELETE FROM states WHERE seq = ?", [replaces])
            if state is not None:
                self.db.table("states").insert(_state_row(state), replace=True)
            if command is not None:
                last = events[-1]["seq"] if events else self._last_seq()
                self.db.table("commands").insert({"seq": last, "day": day, "body": json.dumps(dict(command))})

    def _must_be_there(self) -> None:
        """Nothing is acknowledged that goes into a file which nobody finds again."""
        if _file_at(self._place) != self._file:
            text = _("{file} was removed or replaced, so that was not done: it could not be kept. Leave, put the file back into {folder}, then open it again.")
            raise SaveGone(text.format(file=self.path.name, folder=self._place.parent))

    def _last_seq(self) -> int:
        return int(self.db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    @property
    def meta(self) -> dict[str, Any]:
        """What the save says of itself."""
        return {row["key"]: json.loads(row["value"]) for row in self.db["meta"].rows}

    def commands(self) -> list[Command]:
        """Every command in order."""
        rows = self.db.query("SELECT seq, day, body FROM commands ORDER BY number")
        return [Command(row["seq"], row["day"], json.loads(row["body"])) for row in rows]

    def events(self, after: int = 0) -> list[Event]:
        """Every event after one, in order."""
        rows = self.db.query("SELECT seq, day, event, body FROM events WHERE seq > ? ORDER BY seq", [after])
        return with_grounds(_event_of(row) for row in rows)

    def last_state(self) -> State:
        """The newest state. Raises SaveDamaged where there is none."""
        rows = list(self.db.query("SELECT * FROM states ORDER BY seq DESC LIMIT 1"))
        if not rows:
            raise SaveDamaged(_("{file} is damaged: it holds no state.").format(file=self.path.name))
        try:
            return State(rows[0]["seq"], rows[0]["day"], rows[0]["rulebook"], json.loads(rows[0]["body"]))
        except ValueError as error:
            raise damaged(self.path, error) from error

    def states(self) -> list[State]:
        """Every state that is kept, in order."""
        rows = self.db.query("SELECT seq, day, rulebook, body FROM states ORDER BY seq")
        return [State(row["seq"], row["day"], row["rulebook"], json.loads(row["body"])) for row in rows]

    def policy_changes(self) -> list[dict[str, Any]]:
        """The policy of day 0 and each change since, in order; values are JSON."""
        return [dict(row) for row in self.db.query("SELECT day, field, value FROM policy_timeline ORDER BY rowid")]

    def postings(self) -> dict[int, list[Posting]]:
        """The postings of each entry, in order."""
        found: dict[int, list[Posting]] = {}
        for row in self.db.query("SELECT entry, account, amount_fen FROM postings ORDER BY rowid"):
            found.setdefault(row["entry"], []).append(Posting(row["account"], row["amount_fen"]))
        return found

    def get_setting(self, name: str, default: Any = None) -> Any:
        """A setting of this save."""
        row = self.db.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
        return default if row is None else json.loads(row[0])

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of this save; nothing where it is read-only."""
        if not self.read_only:
            self._must_be_there()
            row = [name, json.dumps(value)]
            with self._writing, self.db.atomic():
                self.db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", row)


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _unwritable(path: Path, error: Exception) -> SaveError:
    """That a new save cannot be made, and why."""
    told = _("{folder} cannot be written: {error}.")
    told = told.format(folder=path.parent.absolute(), error=cause_of(error, where_it_ended(path)))
    if path.parent == saves_folder() and not is_full(error, path):
        told = sentences(told, _("Set WHITESLIP_HOME to one that can be written, then open Whiteslip again."))
    return SaveError(told)


def unopened(path: Path, error: Exception) -> SaveError:
    """That a save cannot be opened; without room, or where one is not let to it, it is as sound as before."""
    if isinstance(error, OSError) or is_full(error, path):
        return _as_it_was(path, cause_of(error, path))
    return unreadable(path, error) if is_barred(error) else damaged(path, error)


def unreadable(path: Path, error: Exception) -> SaveError:
    """That a save may not be read; what is in it is not known, and so not damaged."""
    return _as_it_was(path, cause_unread(error))


def _as_it_was(path: Path, cause: str) -> SaveError:
    return SaveError(_("{file} cannot be opened: {error}. It is as it was.").format(file=path.name, error=cause))


def damaged(path: Path, error: Exception) -> SaveDamaged:
    """That a save is damaged, and by what it was found."""
    match error:
        case KeyError(args=(key, *_rest)):
            told = _("“{key}” is missing").format(key=key)
        case LookupError() | TypeError() | AttributeError() | ArithmeticError():
            told = _("what it holds is not whole")
        case _:
            told = str(error)
    return SaveDamaged(_("{file} is damaged: {error}.").format(file=path.name, error=told.rstrip(".")))


def _connected(connection: sqlite3.Connection) -> Database:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=2000")
    return Database(connection)


def _open_database(path: Path, read_only: bool) -> Database:
    if not read_only:
        return _connected(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        db = _connected(sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False))
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return db
    except sqlite3.OperationalError as error:
        if is_full(error, path) and _has_log(path):
            raise
        # A write-ahead log cannot be shared in a folder that cannot be written: read the file as it lies.
        return _connected(
            sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
        )


def _has_log(path: Path) -> bool:
    """Whether the newest of the save stands in the log beside it: the file alone would not tell it all."""
    log = path.with_name(f"{path.name}-wal")
    return os.path.isfile(log) and log.stat().st_size > 0


def _check_schema(db: Database, path: Path, may_migrate: bool) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise SaveNewer(_("{file} was made by a newer Whiteslip; update to open it.").format(file=path.name))
    if version == 0 or "events" not in db.table_names():
        raise SaveDamaged(_("{file} is no save of Whiteslip.").format(file=path.name))
    if version < SCHEMA_VERSION and may_migrate:
        migrate(db, version)


def torn(db: Database, check: Literal["quick_check", "integrity_check"]) -> str:
    """What SQLite finds wrong with the pages of a file, in its own words; empty where nothing is.

    The quick check takes some 15 ms for a life of ten years: no day is kept on top of damage.
    """
    lines = [line for row in db.execute(f"PRAGMA {check}") for line in str(row[0]).splitlines()]
    found = [line for line in lines if not line.startswith("***")]  # which is a heading
    return "" if found == ["ok"] else found[0]


def _event_row(event: Event) -> dict[str, Any]:
    rest = {key: value for key, value in event.items() if key not in ("seq", "day", "event")}
    return {
        "seq": event["seq"],
        "day": event["day"],
        "event": event["event"],
        "body": json.dumps(rest, ensure_ascii=False),
    }


def _event_of(row: Mapping[str, Any]) -> Event:
    rest = json.loads(row["body"])
    return {"seq": row["seq"], "day": row["day"], "date": rest.pop("date"), "event": row["event"], **rest}


def _state_row(state: State) -> dict[str, Any]:
    return {"seq": state.seq, "day": state.day, "rulebook": state.rulebook, "body": json.dumps(state.body)}
