"""Keeping: the results of a sweep in a SQLite file as they come, so that a sweep that was stopped goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from simulator.lab.figures import Sums
from simulator.lab.grid import SweepError
from simulator.lab.pieces import Piece, Range
from simulator.lab.shelf import PIECES, written
from simulator.text import _


class Kept:
    """The pieces of one sweep, in a file or in memory."""

    def __init__(self, path: Path | None, recipe: Mapping[str, Any]) -> None:
        """Open or make the file; `recipe` says which sweep it is. Raises SweepError where it holds another."""
        self.database = Database(path) if path is not None else Database(memory=True)
        told = written(dict(recipe))
        names = self.database.table_names()
        if not names:
            with self.database.atomic():
                self.database.table("recipe").create({"recipe": str})
                self.database.conn.execute("insert into recipe values (?)", [told])
                self.database.table(PIECES).create(
                    {"point": int, "first": int, "count": int, "sums": str, "moments": bytes}, pk=("point", "first")
                )
        elif PIECES not in names or self._recipe() != told:
            self.close()
            raise SweepError([_("{file} holds something else than this sweep; name another file.").format(file=path)])

    def _recipe(self) -> str:
        rows = self.database.query("select recipe from recipe")
        return str(next(iter(rows), {"recipe": ""})["recipe"])

    def add(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces; on disk when this returns."""
        rows = [
            (piece.point, piece.range.first, piece.range.count, json.dumps(piece.numbers()), piece.moments)
            for piece in pieces
        ]
        with self.database.atomic():
            self.database.conn.executemany(f"insert or replace into {PIECES} values (?, ?, ?, ?, ?)", rows)

    def done(self) -> set[tuple[int, int]]:
        """Which pieces are there: point and first shopper."""
        rows = self.database.query(f"select point, first from {PIECES}")
        return {(row["point"], row["first"]) for row in rows}

    def pieces(self) -> list[Piece]:
        """Every piece, by point and range."""
        rows = self.database.query(f"select * from {PIECES} order by point, first")
        return [
            Piece(row["point"], Range(row["first"], row["count"]), Sums(**json.loads(row["sums"])), row["moments"])
            for row in rows
        ]

    def write(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Write a table of results anew."""
        with self.database.atomic():
            table = self.database.table(name)
            if name in self.database.table_names():
                table.drop()
            table.insert_all(rows)

    def close(self) -> None:
        """Close the file."""
        self.database.close()


