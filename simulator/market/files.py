"""Files: a run's tables written out. A file that cannot be finished is not left behind."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from simulator.market.tables import Table

VIEWS = {
    "arrears_by_month": """
        select month, exposure_fen, m1_fen, m2_fen, m3_fen, m4_fen, m5_fen, m6_fen,
               dpd30_plus_ppm / 10000.0 as dpd30_plus_percent from monthly""",
    "profit_by_month": """
        select month, fee_income_fen, merchant_income_fen, late_income_fen, funding_cost_fen, charged_off_fen,
               recovered_fen, operating_cost_fen, collection_cost_fen, acquisition_cost_fen,
               coalesce((select sum(amount_fen) from postings where entry = month and account = 'provision'), 0)
                   as provision_change_fen,
               profit_fen
        from monthly""",
    "limit_changes_by_cause": """
        select cause, count(*) as changes, sum(to_fen > from_fen) as up, sum(to_fen < from_fen) as down,
               sum(to_fen - from_fen) as change_fen from limit_changes group by cause order by changes desc""",
    "late_accounts": """
        select shopper, status, bucket, dpd, exposure_fen, limit_fen, score, grade, job, income_fen
        from accounts where dpd > 0 order by dpd desc, exposure_fen desc""",
    "trial_balance": """
        select account, sum(amount_fen) as amount_fen from postings group by account order by account""",
}  # fmt: skip
INDEXES = {"accounts": ("status", "grade"), "limit_changes": ("shopper", "cause")}


def write_database(path: Path, tables: Sequence[Table], views: Mapping[str, str] = VIEWS) -> None:
    """Write a new SQLite file for Datasette: tables, indexes, views. Raises OSError or sqlite3.Error."""
    path.touch(exist_ok=False)
    database = Database(path)
    try:
        with database.atomic():
            for table in tables:
                _write_table(database, table)
            for name, sql in views.items():
                database.create_view(name, sql)
        database.close()
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.close()
        for left in (path, path.with_name(f"{path.name}-journal")):
            left.unlink(missing_ok=True)
        raise


def _write_table(database: Database, table: Table) -> None:
    kinds = {name: str if name in table.texts or _is_text(column) else int for name, column in table.columns.items()}
    key = "shopper" if table.name == "accounts" else None
    database.table(table.name).create(kinds, pk=key)
    names = ", ".join(f"[{name}]" for name in kinds)
    marks = ", ".join("?" for _name in kinds)
    database.conn.executemany(f"insert into [{table.name}] ({names}) values ({marks})", table.rows())
    for column in INDEXES.get(table.name, ()):
        database.table(table.name).create_index([column])


def _is_text(column: Any) -> bool:
    """Whether a column holds text; whole numbers come as arrays of their own kind or as a list of them."""
    if isinstance(column, np.ndarray) and column.dtype.kind != "O":
        return False
    return any(isinstance(value, str) for value in column)


def write_csv(folder: Path, tables: Sequence[Table]) -> None:
    """Write each table as a CSV file into a new folder. Raises OSError."""
    with _new_folder(folder) as new_file:
        for table in tables:
            with new_file(f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(table.columns)
                writer.writerows(table.rows())


def has_parquet() -> bool:
    """Whether what writes Parquet is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(folder: Path, tables: Sequence[Table]) -> None:
    """Write each table as a Parquet file into a new folder. Raises OSError."""
    import pyarrow
    import pyarrow.parquet

    with _new_folder(folder) as new_file:
        for table in tables:
            columns = {
                name: pyarrow.array(column, pyarrow.string() if name in table.texts else pyarrow.int64() if len(column) == 0 else None)
                for name, column in table.columns.items()
            }
            pyarrow.parquet.write_table(pyarrow.table(columns), new_file(f"{table.name}.parquet"))


@contextlib.contextmanager
def _new_folder(folder: Path) -> Iterator[Callable[[str], Path]]:
    """Make a folder that is absent or empty, and let files be made in it; where the rest fails they are taken away
    again, and nothing else.
    """
    made = not folder.exists()
    folder.mkdir(exist_ok=True)
    begun: list[Path] = []

    def new_file(name: str) -> Path:
        path = folder / name
        path.touch(exist_ok=False)
        begun.append(path)
        return path

    try:
        yield new_file
    except BaseException:
        for path in begun:
            path.unlink(missing_ok=True)
        if made:
            with contextlib.suppress(OSError):  # somebody has put something there
                folder.rmdir()
        raise
