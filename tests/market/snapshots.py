"""Populations made by hand: columns of a snapshot with values that a test knows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator import codes
from simulator.engine.measures import FLOWS, NEWS_FIELDS, NEWS_KINDS, STOCKS
from simulator.population.jobs import JOB_NAMES
from simulator.population.names import given_names, surnames
from simulator.rules.reasons import APPLICATION

DAY, DATE = 200, datetime.date(2025, 7, 20)
Array = NDArray[Any]


def columns(count: int, seed: int = 1) -> dict[str, Array]:
    """Columns of a mixed population; the same for a seed."""
    dice = np.random.default_rng(seed)

    def drawn(low: int, high: int, kind: type = np.int32) -> Array:
        return dice.integers(low, high, count).astype(kind)

    limit = drawn(0, 200) * 10_000
    limit[drawn(0, 4) == 0] = 0
    owed = (limit * drawn(0, 110).astype(np.int64) // 100).astype(np.int64)
    bucket = np.where(limit > 0, np.maximum(0, drawn(-20, 7)), 0).astype(np.int8)
    opened = np.where(limit > 0, drawn(-700, DAY), codes.NEVER)
    changed = np.where((limit > 0) & (drawn(0, 3) > 0), drawn(-300, DAY + 1), codes.NEVER)
    before = np.where(changed > codes.NEVER, drawn(1, 200) * 10_000, 0)
    status = np.where(limit > 0, codes.ACTIVE, drawn(0, 3)).astype(np.int8)
    status[bucket == 1] = codes.SOFT_BLOCKED
    status[bucket > 1] = codes.SUSPENDED
    status[(limit == 0) & (drawn(0, 5) == 0)] = codes.CLOSED
    status[bucket == 6] = codes.CHARGED_OFF
    closed = status == codes.CLOSED
    return {
        "status": status,
        "causes": np.where(status == codes.SUSPENDED, drawn(1, 8), 0).astype(np.int8),
        "closure_cause": np.where(closed, drawn(1, 7), 0).astype(np.int8),
        "locked": (drawn(0, 40) == 0).astype(np.int8),
        "hardship": (drawn(0, 50) == 0).astype(np.int8),
        "limit_fen": limit.astype(np.int64),
        "temporary_fen": np.where(drawn(0, 9) == 0, 50_000, 0).astype(np.int64),
        "exposure_fen": owed,
        "utilisation_ppm": np.where(limit > 0, owed * 1_000_000 // np.maximum(limit, 1), 0),
        "dpd": np.where(bucket > 0, bucket.astype(np.int32) * 30 - drawn(0, 29), 0).astype(np.int32),
        "bucket": bucket,
        "score": drawn(300, 900),
        "grade": np.where(limit > 0, drawn(0, 5), codes.NO_GRADE).astype(np.int8),
        "streak": drawn(0, 20),
        "age": drawn(18, 70),
        "city_tier": drawn(1, 6, np.int8),
        "job": drawn(0, len(JOB_NAMES), np.int8),
        "owner": (drawn(0, 10) == 0).astype(np.int8),
        "student": (drawn(0, 12) == 0).astype(np.int8),
        "income_fen": drawn(200, 3_000).astype(np.int64) * 1_000,
        "surname": drawn(0, len(surnames()), np.int16),
        "given": drawn(0, len(given_names()), np.int16),
        "opened_day": opened,
        "closed_day": np.where(closed, drawn(-300, DAY + 1), codes.NEVER),
        "changed_day": changed,
        "changed_from_fen": before.astype(np.int64),
        "changed_to_fen": np.where(changed > codes.NEVER, limit, 0).astype(np.int64),
        "changed_cause": np.where(changed > codes.NEVER, drawn(0, 11), -1).astype(np.int8),
        "festival_day": np.where(changed > codes.NEVER, drawn(-300, DAY + 1), codes.NEVER),
        "festival_from_fen": np.where(changed > codes.NEVER, drawn(0, 2) * 50_000, 0).astype(np.int64),
        "festival_to_fen": np.where(changed > codes.NEVER, drawn(0, 2) * 50_000, 0).astype(np.int64),
        "festival_cause": np.where(changed > codes.NEVER, drawn(8, 10), -1).astype(np.int8),
        "available_fen": np.maximum(0, limit - owed),
        "arrived": np.ones(count, dtype=np.bool_),
    }


NEWS = np.dtype([(name, np.int64) for name in NEWS_FIELDS])


@dataclass(frozen=True)
class Made:
    """A snapshot made by hand."""

    day: int
    date: datetime.date
    shoppers: int
    columns: dict[str, Array]
    monthly: list[dict[str, Any]]
    warm_up_months: list[dict[str, Any]]
    totals: dict[str, int]
    today: dict[str, int]
    daily: dict[str, Array]
    stocks: dict[str, int]
    earlier_day: int
    earlier: dict[str, int]
    opening_provision_fen: int
    bucket_fen: Array
    news: Array
    news_total: int


def news_rows(days: range, a_day: int, shoppers: int, seed: int = 1) -> Array:
    """News of some days, that many a day, of shoppers by number from 1."""
    dice = np.random.default_rng(seed)
    rows = np.zeros(len(days) * a_day, dtype=NEWS)
    rows["day"] = np.repeat(np.arange(days.start, days.stop), a_day)
    rows["shopper"] = dice.integers(1, shoppers + 1, len(rows))
    rows["kind"] = dice.integers(0, NEWS_KINDS.index("limit_ended"), len(rows))
    rows["cause"] = -1
    changes = rows["kind"] < 2
    rows["cause"][changes] = dice.integers(0, 11, changes.sum())
    rows["from_fen"][changes] = dice.integers(10, 60, changes.sum()) * 10_000
    step = dice.integers(1, 10, changes.sum()) * 10_000
    rows["to_fen"][changes] = rows["from_fen"][changes] + np.where(rows["kind"][changes] == 0, step, -step)
    declined = rows["kind"] == NEWS_KINDS.index("declined")
    rows["topic"][declined] = APPLICATION
    rows["reasons"][declined] = 1 << dice.integers(3, 12, declined.sum())
    return rows


def flows(news: Array, day: int) -> dict[str, int]:
    """Today's counters, such that limit changes agree with the news."""
    today = news[news["day"] == day]
    change = today["to_fen"] - today["from_fen"]
    up, down = today["kind"] == 0, today["kind"] == 1
    told = {
        "limit_increases": up.sum(), "increased_fen": change[up].sum(), "limit_decreases": down.sum(),
        "decreased_fen": -change[down].sum(), "approved": (today["kind"] == 2).sum(), "declined": (today["kind"] == 3).sum(),
    }  # fmt: skip
    return dict.fromkeys(FLOWS, 0) | {name: int(value) for name, value in told.items()}


PROVISION, PUT_ASIDE = 1_000_000, 40_000
MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(6, 18)]


def made(count: int = 2_000, a_day: int = 40, day: int = DAY, seed: int = 1) -> Made:
    """A market of some size on a day, with a year of months behind it."""
    people = columns(count, seed)
    owed = [int(people["exposure_fen"][people["bucket"] == number].sum()) for number in range(7)]
    news = news_rows(range(max(0, day - 40), day + 1), a_day, count, seed)
    over_30 = int(people["exposure_fen"][people["dpd"] > 30].sum())
    stocks = dict.fromkeys(STOCKS, 0) | {f"m{number}_fen": fen for number, fen in enumerate(owed)}
    stocks |= {
        "shoppers": count,
        "active": int((people["exposure_fen"] > 0).sum()),
        "exposure_fen": sum(owed),
        "dpd30_plus_fen": over_30,
    }
    months: list[dict[str, Any]] = [
        {
            "month": month, "active": stocks["active"] * (60 + place * 3) // 100, "dpd30_plus_ppm": 15_000 + 500 * place,
            "exposure_fen": sum(owed) * (60 + place * 3) // 100, "fee_income_fen": 1_000_000 + 30_000 * place,
            "charged_off_fen": 200_000 + 10_000 * place, "provision_fen": PROVISION + PUT_ASIDE * (place + 1),
            "profit_fen": 800_000 + 20_000 * place - PUT_ASIDE,
        }
        for place, month in enumerate(MONTHS)
    ]  # fmt: skip
    share = np.array([95 - np.arange(12) % 4, *(np.arange(12) % 3 + 1 for _bucket in range(6))]).T
    return Made(
        day, DATE + datetime.timedelta(days=day - DAY), count, people, months, [],
        {name: sum(month[name] for month in months) for name in ("fee_income_fen", "charged_off_fen", "profit_fen")}
        | {"provision_fen": months[-1]["provision_fen"]},
        flows(news, day), {name: np.array([1, value]) for name, value in flows(news, day).items()}, stocks, day - 30,
        dict.fromkeys(STOCKS, 1), PROVISION, share * sum(owed) // 100, news, (day + 1) * a_day,
    )  # fmt: skip
