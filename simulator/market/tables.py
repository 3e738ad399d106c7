"""Tables: a run as columns, for a database, for CSV and for Parquet. Amounts are fen, rates ppm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulator import codes
from simulator.engine import measures as m
from simulator.engine.run import Whole
from simulator.engine.stocktake import AVAILABLE, DPD, EXPOSURE, HEALTH, standing
from simulator.market.metrics import Metrics
from simulator.market.postings import month_postings, opening_postings
from simulator.market.simulation import Simulation
from simulator.population.people import JOBS

LIMIT_NEWS = (m.NEWS_UP, m.NEWS_DOWN, m.NEWS_APPROVED, m.NEWS_REOPENED, m.NEWS_LIMIT_ENDED)
DAY, SHOPPER, KIND, FROM, TO, CAUSE = range(6)


TEXTS = frozenset(
    ("month", "from", "to", "date", "cause", "status", "bucket", "grade", "job", "arrived", "opened", "closed", "closure_cause", "entry", "account")
)
"""Columns that hold texts wherever they stand."""


class Table(NamedTuple):
    """A name and equally long columns, by name; which of them are texts also where none has a value."""

    name: str
    columns: dict[str, Any]
    texts: frozenset[str] = frozenset()

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """The rows as plain values."""
        return zip(*(_plain(column) for column in self.columns.values()), strict=True)


def limit_rows(news: Whole) -> Whole:
    """Of the news, those of limits: (rows, 5) by shopper, day, from, to, cause."""
    kept = news[np.isin(news[:, KIND], LIMIT_NEWS)]
    return kept[:, [SHOPPER, DAY, FROM, TO, CAUSE]]


def tables(run: Simulation, changes: Sequence[Whole]) -> list[Table]:
    """Every table of a run; `changes` are its limit changes, as `limit_rows` gives them."""
    told = run.as_dict()
    return [
        _run_table(told),
        of_rows("monthly", told["monthly"]),
        _accounts(run),
        _limit_changes(run, changes),
        of_rows("roll", told["roll_ppm"], ("month", "from", "to", "roll_ppm")),
        of_rows("vintages", told["vintages"], ("month", "age", "accounts", "ever_90_ppm")),
        of_rows("by_grade", told["by_grade"]),
        _postings(run),
    ]


def _run_table(told: Metrics) -> Table:
    """One row: what was asked for and what it came to. What may differ between two runs is left out."""
    known = {key: value for key, value in told.items() if isinstance(value, int | str)}
    return of_rows("run", [{**known, **told["metrics"]}])


def of_rows(name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Table:
    """A table of rows; of the columns named, or of all."""
    names = columns or tuple(rows[0])
    return Table(name, {column: [row[column] for row in rows] for column in names}, TEXTS)


def _accounts(run: Simulation) -> Table:
    accounts, shoppers = run.people.accounts, run.people.shoppers
    found = standing(run.people, run.days - 1)
    return Table(
        "accounts",
        {
            "shopper": shoppers["number"],
            "status": _named(accounts["status"], codes.STATUSES),
            "locked": accounts["locked"],
            "limit_fen": accounts["limit_fen"],
            "temporary_limit_fen": accounts["temporary_fen"],
            "available_fen": found[:, AVAILABLE],
            "exposure_fen": found[:, EXPOSURE],
            "dpd": found[:, DPD],
            "bucket": _named(accounts["bucket"], [f"M{each}" for each in range(7)]),
            "score": accounts["score"],
            "grade": _named(accounts["grade"], (*codes.GRADES, None)),
            "cash_fen": shoppers["cash_fen"],
            "fund_fen": shoppers["fund_fen"],
            "health": found[:, HEALTH],
            "age": accounts["age"],
            "city_tier": accounts["city_tier"],
            "job": _named(accounts["job"], JOBS),
            "income_fen": shoppers["income_fen"],
            "arrived": _dates(run, shoppers["arrival_day"]),
            "opened": _dates(run, accounts["opened_day"]),
            "closed": _dates(run, accounts["closed_day"]),
            "closure_cause": _named(accounts["closure_cause"], (None, *codes.CLOSURE_CAUSES[1:])),
            "charged_off_fen": accounts["charged_off_fen"],
            "recovered_fen": accounts["recovered_fen"],
            "stated_income_fen": accounts["income_fen"],
        },
        TEXTS,
    )


def _limit_changes(run: Simulation, changes: Sequence[Whole]) -> Table:
    rows = np.concatenate(changes) if changes else np.zeros((0, 5), np.int64)
    return Table(
        "limit_changes",
        {
            "shopper": rows[:, 0],
            "day": rows[:, 1],
            "date": _dates(run, rows[:, 1]),
            "from_fen": rows[:, 2],
            "to_fen": rows[:, 3],
            "cause": _named(rows[:, 4], m.CAUSES),
        },
        TEXTS,
    )


def _postings(run: Simulation) -> Table:
    rows = [("opening", *posting) for posting in opening_postings(run.warm_up_months)]
    rows += [(month.span.label, *posting) for month in run.months for posting in month_postings(month)]
    names = ("entry", "account", "amount_fen")
    return Table("postings", {name: [row[place] for row in rows] for place, name in enumerate(names)}, TEXTS)


def _named(codes_of: Any, names: Sequence[str | None]) -> Any:
    """Codes as their names; -1 is the last one."""
    return np.array(names, dtype=object)[codes_of]


def _dates(run: Simulation, days: Any) -> Any:
    """Days as dates; a day that has not come is empty."""
    start = np.datetime64(run.start)
    told = (start + days.astype("timedelta64[D]")).astype(str).astype(object)
    told[days == codes.NEVER] = None
    return told


def _plain(column: Any) -> Any:
    return column.tolist() if isinstance(column, np.ndarray) else column
