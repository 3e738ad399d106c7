"""The tables of a save, and the numbered steps from the schema of older versions."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

SCHEMA_VERSION = 1

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE policy_timeline (day INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE events (seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, event TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE commands (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, day INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE postings (entry INTEGER NOT NULL REFERENCES events(seq), account TEXT NOT NULL, amount_fen INTEGER NOT NULL);
CREATE TABLE states (seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, rulebook TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE series (name TEXT NOT NULL, day INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name, day));
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE INDEX events_by_day ON events (day);
CREATE INDEX postings_by_entry ON postings (entry);
"""

MIGRATIONS: dict[int, Callable[[Database], None]] = {}
"""From version N to N + 1, by N. Empty while the first schema is the only one."""


def create_tables(db: Database) -> None:
    """Make the tables of a new save, inside the caller's transaction."""
    for statement in _TABLES.strip().split(";\n"):
        db.execute(statement.removesuffix(";"))
    db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def migrate(db: Database, version: int) -> None:
    """Bring a save of an older version up to this one, a transaction a step."""
    while version < SCHEMA_VERSION:
        with db.atomic():
            MIGRATIONS[version](db)
            version += 1
            db.execute(f"PRAGMA user_version={version}")
