"""A run: the same whatever way it is asked for, the same people as when lived alone, true to its own figures."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.calendar import Calendar
from simulator.engine import run as engine
from simulator.engine.run import Cancelled, TooLarge, Whole
from simulator.engine.summary import summary_of
from simulator.lone import lone_life, summary
from simulator.market import memory
from simulator.market.files import write_csv, write_database
from simulator.market.market import Market
from simulator.market.metrics import METRICS
from simulator.market.simulation import LIVING, MAKING, SUMMING, Simulation, simulate
from simulator.market.tables import Table, limit_rows, tables
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.population.months import town_of
from tests.market.runs import CALENDAR, SHOPPERS, START, lives, loose_policy, small_market

pytestmark = pytest.mark.slow
MID_DAYS = 100


def within_months(threads: int | None = None, on_news: Callable[[Whole], None] | None = None) -> Simulation:
    """A run that begins and ends within a month."""
    return simulate(
        loose_policy(), shoppers=60, seed=9, start=datetime.date(2025, 3, 10), warm_up_days=200, days=MID_DAYS,
        threads=threads, on_news=on_news,
    )  # fmt: skip


def test_each_shopper_ends_alone_as_among_all() -> None:
    people = small_market().people
    last = small_market().days - 1
    for number, life in enumerate(lives(), people.first_number):
        account, shopper = people.records_of(number)
        found = summary_of(account, shopper, len(life.events) + 1, last, CALENDAR.date_of(last))
        assert found == summary(life, CALENDAR, last)


def test_events_are_numbered_and_in_order_from_the_day_of_arrival() -> None:
    for life in lives():
        assert [event["seq"] for event in life.events] == list(range(1, len(life.events) + 1))
        days = [event["day"] for event in life.events]
        assert days == sorted(days)
        if life.events:
            assert life.events[0]["event"] == "life_began"
            assert days[0] == life.shopper.arrival_day


def test_the_table_of_accounts_shows_the_figures_of_each_life(tmp_path: Path) -> None:
    run = within_months()
    changes: list[Whole] = []
    again = within_months(on_news=lambda news: changes.append(limit_rows(news)), threads=1)
    assert again.world_hash == run.world_hash
    write_database(tmp_path / "run.db", tables(again, changes))
    rows = sqlite3.connect(tmp_path / "run.db")
    rows.row_factory = sqlite3.Row
    record, town = to_record(loose_policy()), town_of(9, 200)
    for row in rows.execute("select * from accounts").fetchall():
        life = lone_life(record, row["shopper"], run.people.calendar, MID_DAYS - 1, town)
        told = summary(life, run.people.calendar, MID_DAYS - 1)
        same = ("status", "limit_fen", "available_fen", "exposure_fen", "dpd", "bucket", "cash_fen", "fund_fen",
                "score", "grade", "health")  # fmt: skip
        assert {name: row[name] for name in same} == {name: told[name] for name in same}
        assert (row["income_fen"], row["stated_income_fen"]) == (life.shopper.income_fen, life.account.income_fen)
    owed = rows.execute("select sum(exposure_fen), sum(limit_fen) from accounts").fetchone()
    assert tuple(owed) == (
        run.totals()["exposure_fen"],
        rows.execute("select limit_total_fen from run").fetchone()[0],
    )
    by_cause = dict(rows.execute("select cause, count(*) from limit_changes group by cause").fetchall())
    assert by_cause == {cause: count for cause, count in run.as_dict()["limit_changes"].items() if count}
    balance = dict(rows.execute("select account, amount_fen from trial_balance").fetchall())
    assert balance["receivable_principal"] == run.totals()["exposure_fen"]
    assert sum(balance.values()) == 0
    months = [dict(row) for row in rows.execute("select * from profit_by_month")]
    assert [row.pop("month") for row in months] == [row["month"] for row in run.monthly()]
    assert [row["profit_fen"] for row in months] == [row["profit_fen"] for row in run.monthly()]
    for row in months:
        earned = {name for name in row if "income" in name or name == "recovered_fen"}
        assert row.pop("profit_fen") == sum(fen if name in earned else -fen for name, fen in row.items())
    assert any(row["provision_change_fen"] for row in months)


def test_news_month_by_month_change_nothing_in_the_books() -> None:
    plain, told = within_months().as_dict(), within_months(on_news=lambda news: None).as_dict()
    assert {**plain, "timing": None} == {**told, "timing": None}


def test_totals_are_sums_of_months_or_the_last_of_them() -> None:
    run = within_months()
    months, sums = run.monthly(), run.totals()
    assert [month["month"] for month in months] == ["2025-03", "2025-04", "2025-05", "2025-06"]
    assert tuple(sums) == METRICS
    for name in ("purchases", "profit_fen", "leavers", "funding_cost_fen", "gmv_fen"):
        assert sums[name] == sum(month[name] for month in months)
    for name in ("exposure_fen", "active", "provision_fen", "dpd30_plus_ppm"):
        assert sums[name] == months[-1][name]
    assert months[-1]["funding_cost_fen"] == 0  # June has not ended
    grades = run.as_dict()["by_grade"]
    assert sum(row["profit_fen"] for row in grades) == sums["profit_fen"]
    assert sum(row["exposure_fen"] for row in grades) == sums["exposure_fen"]


def test_what_leaves_a_bucket_arrives_somewhere() -> None:
    found: dict[tuple[str, str], int] = {}
    for row in small_market().as_dict()["roll_ppm"]:
        found[row["month"], row["from"]] = found.get((row["month"], row["from"]), 0) + row["roll_ppm"]
    assert found
    assert all(1_000_000 - 9 < whole <= 1_000_000 for whole in found.values())


def test_a_vintage_never_gets_better() -> None:
    rows = small_market().as_dict()["vintages"]
    for month in {row["month"] for row in rows}:
        over = [row["ever_90_ppm"] * row["accounts"] for row in rows if row["month"] == month]
        assert over == sorted(over)


def test_a_launch_begins_with_nobody() -> None:
    run = simulate(load_policy("standard"), shoppers=80, days=90, warm_up_days=0)
    assert run.months[0].before.exposure_fen == 0
    assert int(run.people.shoppers["arrival_day"].min()) >= 0


def test_a_run_that_does_not_fit_is_refused_with_both_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda: 500_000_000)
    with pytest.raises(TooLarge, match=r"1,000,000 shoppers need [\d,]+ MB of memory, and 500 MB are free"):
        simulate(load_policy("standard"), shoppers=1_000_000, days=1)


def test_a_market_that_is_looked_at_needs_more_than_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda: memory.needed_bytes(1_000_000, shown=False))
    memory.check_memory(1_000_000)
    with pytest.raises(TooLarge):
        Market(load_policy("standard"), shoppers=1_000_000)


def test_people_are_the_same_in_however_many_pieces_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    town, calendar = town_of(3, 0), Calendar(START)
    whole = engine.Population(town, 90, calendar, 0).world_hash()
    monkeypatch.setattr(engine, "BLOCK", 40)
    pieces = engine.Population(town, 90, calendar, 0, progress=lambda done, of: told.append((done, of)))
    assert told == [(40, 90), (80, 90), (90, 90)]
    assert pieces.world_hash() == whole == pieces.copy().world_hash()
    with pytest.raises(Cancelled):
        engine.Population(town, 90, calendar, 0, cancel=lambda: len(told) == 3)


def test_every_part_of_a_run_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    simulate(
        load_policy("standard"), shoppers=40, days=30, start=START, warm_up_days=30,
        progress=lambda *each: told.append(each),
    )  # fmt: skip
    assert list(dict.fromkeys(stage for stage, _done, _of in told)) == [MAKING, LIVING, SUMMING]
    assert (MAKING, 40, 40) in told
    assert (LIVING, 40 * 60, 40 * 60) in told
    assert told[-1][1] == told[-1][2] > 0


def test_a_run_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        simulate(load_policy("standard"), shoppers=SHOPPERS, days=30, start=START, cancel=lambda: True)


def test_a_file_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    made = tables(within_months(), [])
    broken = [made[0], made[1]._replace(columns={"month": [1, 2], "active": [1]})]
    with pytest.raises(ValueError, match="zip"):
        write_database(tmp_path / "run.db", broken)
    with pytest.raises(ValueError, match="zip"):
        write_csv(tmp_path / "csv", broken)
    assert list(tmp_path.glob("[rc]*")) == []


def test_what_others_put_there_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / "run.db").write_text("somebody's")
    with pytest.raises(FileExistsError):
        write_database(tmp_path / "run.db", tables(within_months(), []))

    class Meanwhile(dict[str, Any]):
        """The columns of a table; whoever asks for them finds that a file has come beside theirs."""

        def __iter__(self) -> Iterator[str]:
            (tmp_path / "csv" / "note.txt").write_text("somebody's")
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        write_csv(tmp_path / "csv", [Table("accounts", Meanwhile())])
    assert {path.name for path in tmp_path.rglob("*.*")} == {"run.db", "note.txt"}
