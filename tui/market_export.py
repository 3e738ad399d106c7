"""Exports of the market: the people that a filter found, and the months and the news, as tables for a spreadsheet.

Amounts are fen, rates and shares ppm, words English, as in the tables of `simulate`.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

from simulator.codes import GRADES, NEVER, STATUSES
from simulator.engine.measures import CAUSES, NEWS_KINDS
from simulator.market.protocol import Snapshot
from simulator.population.names import name_of
from simulator.population.people import JOBS

FIGURES = (
    "age", "city_tier", "income_fen", "limit_fen", "temporary_fen", "exposure_fen", "utilisation_ppm", "dpd", "score", "streak",
)  # fmt: skip
_AS_IN_TABLES = {"income_fen": "stated_income_fen"}
"""What the lender's record calls otherwise than the tables of `simulate`, where income is today's."""
PEOPLE = ("shopper", "name", "job", "status", *(_AS_IN_TABLES.get(name, name) for name in FIGURES), "grade", "opened", "closed", "raised_or_cut", "from_fen", "to_fen")
NEWS = ("date", "shopper", "name", "kind", "from_fen", "to_fen", "cause")


def people_csv(seen: Snapshot, places: Iterable[int]) -> str:
    """A row for each shopper at these places, in this order, as they stood when the market was seen."""
    return _table(PEOPLE, (_person(seen, int(place)) for place in places))


def _person(seen: Snapshot, place: int) -> list[Any]:
    of = seen.columns
    grade = int(of["grade"][place])
    return [
        place + 1, _name(seen, place), JOBS[int(of["job"][place])], STATUSES[int(of["status"][place])],
        *(int(of[name][place]) for name in FIGURES), GRADES[grade] if grade >= 0 else "",
        *(_date(seen, int(of[name][place])) for name in ("opened_day", "closed_day", "changed_day")),
        int(of["changed_from_fen"][place]), int(of["changed_to_fen"][place]),
    ]  # fmt: skip


def months_csv(seen: Snapshot) -> str:
    """A row for each month that has ended, those before the first day too."""
    months = [*seen.warm_up_months, *seen.monthly]
    heads = list(dict.fromkeys(name for month in months for name in month))
    return _table(heads, ([month.get(name, "") for name in heads] for month in months))


def news_csv(seen: Snapshot) -> str:
    """A row for each piece of news that is kept, the oldest first. A limit that moved has its cause."""
    return _table(NEWS, (_told(seen, row) for row in seen.news))


def _told(seen: Snapshot, row: Any) -> list[Any]:
    kind, cause = NEWS_KINDS[int(row["kind"])], int(row["cause"])
    moved = kind in ("limit_up", "limit_down", "limit_ended", "approved", "reopened")
    return [
        _date(seen, int(row["day"])), int(row["shopper"]), _name(seen, int(row["shopper"]) - 1), kind, int(row["from_fen"]),
        int(row["to_fen"]), CAUSES[cause] if moved else "",
    ]  # fmt: skip


def _name(seen: Snapshot, place: int) -> str:
    return name_of(int(seen.columns["surname"][place]), int(seen.columns["given"][place]), "en")


def _date(seen: Snapshot, day: int) -> str:
    return "" if day == NEVER else (seen.date + datetime.timedelta(days=day - seen.day)).isoformat()


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return file.getvalue()
