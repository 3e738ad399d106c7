"""Care of saves: checking, recovering what a damaged one still holds, listing, exporting."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.db import Table, View

from simulator.disk import cause_of, cause_unread, is_full, write_whole
from simulator.files import saves_folder
from simulator.ledger.contents import Contents
from simulator.ledger.postings import Posting
from simulator.ledger.save import (
    UNREADABLE,
    Save,
    SaveDamaged,
    SaveError,
    damaged,
    torn,
    unopened,
    unreadable,
)
from simulator.ledger.whose import name_told
from simulator.text import _

STATE_PARTS = {"account", "shopper", "names", "policy", "coming"}
TABLES = ("meta", "policy_timeline", "commands", "events", "postings", "states", "series", "settings")


@dataclass(frozen=True)
class Check:
    """What is wrong with a save, a sentence each; where nothing is, whether it was played under the rulebook in use."""

    faults: list[str]
    is_of_this_rulebook: bool = False


def check_save(path: Path, replay: Callable[[Contents], list[str]]) -> Check:
    """Whether a save is sound, by itself and by what `replay` finds. Only reads."""
    try:
        save = Save.open(path, read_only=True)
    except SaveError as error:
        return Check([str(error)])
    try:
        contents = Contents(save)
        faults = _faults(contents) or replay(contents)
        return Check(faults) if faults else Check([], contents.is_of_this_rulebook)
    except SaveError as error:
        return Check([str(error)])
    except (sqlite3.Error, *UNREADABLE) as error:
        return Check([str(damaged(path, error))])
    finally:
        save.close()


def _faults(contents: Contents) -> list[str]:
    save = contents.save
    if fault := torn(save.db, "integrity_check"):
        return [str(damaged(save.path, ValueError(fault)))]
    faults = []
    for expected, event in enumerate(contents.events, 1):
        if event["seq"] != expected:
            return [_("Event {seq} is missing.").format(seq=expected)]
    unbalanced = save.db.execute(
        "SELECT entry FROM postings GROUP BY entry HAVING sum(amount_fen) != 0 ORDER BY entry LIMIT 1"
    ).fetchone()
    if unbalanced:
        faults.append(_("The postings of entry {entry} do not add up to 0.").format(entry=unbalanced[0]))
    last = contents.commands[-1].seq if contents.commands else 0
    if last != len(contents.events):
        faults.append(_("The last events belong to no command."))
    save.last_state()
    return faults


@dataclass(frozen=True)
class Recovery:
    """Where the damaged file was set aside, the new save, and how many steps were kept and lost."""

    set_aside: Path
    new: Path
    kept: int
    total: int


def recover(path: Path) -> Recovery:
    """Set a damaged save aside and make a new one of the whole commands that can be read, up to the first
    fault. Raises SaveError where not even the start can be read; where it may not be read at all, or where there is no
    room, it stays.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        raise unreadable(path, error) from error
    aside = _free_name(path)
    _move(path, aside)
    try:
        return _recovered(path, aside)
    except (OSError, sqlite3.Error, SaveError) as error:
        cause = error.__cause__ if isinstance(error, SaveError) else error
        if cause is None or not is_full(cause, path):
            raise
        _move(aside, path)
        text = _("{file} cannot be mended now: {error}. It is as it was.")
        raise SaveError(text.format(file=path.name, error=cause_of(cause, path))) from error


def _move(path: Path, to: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            shutil.move(part, to.with_name(to.name + suffix))


def _recovered(path: Path, aside: Path) -> Recovery:
    rows = {name: _readable(aside, name) for name in TABLES}
    commands, events = rows["commands"], {row["seq"]: row for row in rows["events"]}
    kept = _whole_commands(commands, events)
    states = [
        row for row in rows["states"] if kept and row["seq"] <= kept[-1]["seq"] and _is_state(row["body"])
    ]
    if not kept or not rows["meta"] or not states:
        raise SaveError(
            _("{file} is damaged beyond recovery; it lies beside as {aside}.").format(
                file=path.name, aside=aside.name
            )
        )
    meta = {row["key"]: json.loads(row["value"]) for row in rows["meta"]}
    policy = rows["policy_timeline"][0]["value"] if rows["policy_timeline"] else "{}"
    save = Save.create(path, meta, policy)
    last = kept[-1]["seq"]
    changes = sum(events[seq]["event"] in ("policy_changed", "product_ended") for seq in range(1, last + 1))
    entries = [
        (row["entry"], Posting(row["account"], row["amount_fen"]))
        for row in rows["postings"]
        if row["entry"] <= last
    ]
    try:
        with save.db.atomic():
            save.db.table("events").insert_all(events[seq] for seq in range(1, last + 1))
            save.db.table("commands").insert_all(kept)
            save.db.table("policy_timeline").insert_all(dict(row) for row in rows["policy_timeline"][1 : changes + 1])
            for row in states:
                save.db.table("states").insert(dict(row))
            save.db.table("postings").insert_all(
                {"entry": entry, "account": posting.account, "amount_fen": posting.amount_fen}
                for entry, posting in entries
            )
            save.db.table("settings").insert_all(dict(row) for row in rows["settings"] if _is_json(row["value"]))
    except BaseException as error:
        save.discard(error)
        raise
    save.close()
    return Recovery(aside, path, len(kept), max(len(commands), len(kept)))


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _readable(path: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table up to the first that cannot be read. Raises sqlite3.Error where there is no room."""
    rows: list[dict[str, Any]] = []
    try:
        connection = sqlite3.connect(path)
        connection.row_factory = sqlite3.Row
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
            rows.append(dict(row))
    except sqlite3.Error as error:
        if is_full(error, path):
            raise
        return rows
    connection.close()
    return rows


def _whole_commands(
    commands: list[dict[str, Any]], events: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The commands from the first on whose events are all there and can be read."""
    kept: list[dict[str, Any]] = []
    done = 0
    for command in commands:
        seqs = range(done + 1, command["seq"] + 1)
        if not _is_json(command["body"]) or not all(
            seq in events and _is_json(events[seq]["body"]) for seq in seqs
        ):
            break
        kept.append(command)
        done = command["seq"]
    return kept


def _is_state(text: Any) -> bool:
    """Whether a life can be opened from this, as far as can be seen."""
    return _is_json(text) and isinstance(body := json.loads(text), dict) and body.keys() >= STATE_PARTS


def _is_json(text: Any) -> bool:
    try:
        json.loads(text)
    except (TypeError, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Listed:
    """A save as it is listed: its file, how its life began, how far it went, and what is wrong if it cannot be
    read; whether that is damage, which can be mended.
    """

    path: Path
    begun: dict[str, Any]
    date: str
    fault: str
    damaged: bool = False

    @property
    def name(self) -> str:
        """Whose life it is, in the reader's language; the file's name where it cannot be read."""
        return name_told(self.begun) if self.begun else self.path.stem


def list_saves(folder: Path | None = None) -> list[Listed]:
    """The saves of a folder, the one played last first. Raises SaveError where it may not be looked into."""
    place = folder or saves_folder()
    try:
        names = os.listdir(place)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        text = _("{folder} cannot be read: {error}.")
        raise SaveError(text.format(folder=place, error=cause_unread(error))) from error
    played: dict[Path, float] = {}
    for path in (place / name for name in names if name.endswith(".db") and ".damaged-" not in name):
        with contextlib.suppress(OSError):  # a link that leads nowhere, or a save that somebody has just removed
            played[path] = path.stat().st_mtime
    return [_listed(path) for path in sorted(played, key=played.__getitem__, reverse=True)]


def _listed(path: Path) -> Listed:
    """What a save says of itself; the last event is read too, for a torn file is mostly torn at its end."""
    try:
        save = Save.open(path, read_only=True)
    except SaveError as error:
        return Listed(path, {}, "", str(error), isinstance(error, SaveDamaged))
    try:
        begun = json.loads(save.db.execute("SELECT body FROM commands ORDER BY number LIMIT 1").fetchone()[0])
        json.loads(save.db.execute("SELECT body FROM events ORDER BY seq DESC LIMIT 1").fetchone()[0])
        day = int(save.db.execute("SELECT day FROM commands ORDER BY number DESC LIMIT 1").fetchone()[0])
        name_told(begun)
        date = datetime.date.fromisoformat(save.meta["start"]) + datetime.timedelta(days=day)
        return Listed(path, begun, date.isoformat(), "")
    except (sqlite3.Error, *UNREADABLE) as error:
        return Listed(path, {}, "", str(damaged(path, error)), damaged=True)
    finally:
        save.close()


def export_save(path: Path, to: str, folder: Path) -> list[Path]:
    """Write every table of a save as CSV or JSON into a folder, over what was exported there before; the files
    written. Raises SaveError, and OSError where the folder cannot hold them.
    """
    save = Save.open(path, read_only=True)
    try:
        told = {f"{table}.{to}": _as_text(save.db[table], to) for table in TABLES}
    except sqlite3.DatabaseError as error:
        raise unopened(path, error) from error
    finally:
        save.close()
    for name, text in told.items():
        write_whole(folder / name, text)
    return [folder / name for name in told]


def _as_text(table: Table | View, to: str) -> str:
    rows = list(table.rows)
    if to == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(table.columns_dict), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
