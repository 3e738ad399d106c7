"""`simulate` and `shopper`: what they print, and how they refuse."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from simulator import text
from simulator.commands.charts import Unit, bar, percent, spark
from simulator.commands.table import cells
from tests.cli.conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "simulate.md").read_text("utf-8")
SMALL = ("--shoppers", "50", "--days", "90", "--warm-up", "120")


@pytest.mark.parametrize("command", [("simulate",), ("shopper", "1")])
@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--shoppers", "0"), "--shoppers"),
        (("--shoppers", "many"), "--shoppers"),
        (("--days", "0"), "--days"),
        (("--days", "1.5"), "--days"),
        (("--seed", "-1"), "--seed"),
        (("--warm-up", "-1"), "--warm-up"),
        (("--start", "2025-02-30"), "--start"),
        (("--start", "0001-01-01"), "--start"),
        (("--policy", "nowhere"), "nowhere"),
    ],
)
def test_a_wrong_option_is_named_in_one_sentence(
    run: Run, command: tuple[str, ...], options: tuple[str, ...], named: str
) -> None:
    faults = run(*command, *options).faults
    assert len(faults) == 1
    assert named in faults[0]


@pytest.mark.parametrize("number", ["0", "-1", "100001", "first", ""])
def test_a_shopper_that_is_none_is_refused(run: Run, number: str) -> None:
    assert len(run("shopper", "--json", "--", number).faults) == 1


def test_every_fault_of_simulate_is_said_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there.db").touch()
    faults = run(
        "simulate",
        "--threads",
        "0",
        "--days",
        "x",
        "--out",
        str(tmp_path / "there.db"),
        "--csv",
        str(tmp_path),
    ).faults
    assert len(faults) == 4


def test_parquet_without_its_package_is_said_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.market.files.has_parquet", lambda: False)
    faults = run("simulate", *SMALL, "--parquet", str(tmp_path / "p")).faults
    assert faults == [f"--parquet needs the package pyarrow, which `{sys.executable} -m pip install pyarrow` installs."]


def test_a_life_is_told_as_events_and_a_summary(run: Run) -> None:
    answer = run("shopper", "3", "--json")
    events = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.status, answer.err) == (0, "")
    assert events[0]["event"] == "life_began"
    assert events[-1]["event"] == "summary"
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    other = run("shopper", "3", "--json", "--shoppers", "7")
    assert other.out == answer.out


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_life_reads_as_sentences(run: Run, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", language)
    answer = run("shopper", "3", "--days", "30")
    assert answer.status == 0
    assert "{" not in answer.out and "None" not in answer.out


def test_who_has_not_come_yet_is_said_to_come(run: Run) -> None:
    answer = run("shopper", "5", "--days", "1", "--json")
    assert [json.loads(line)["event"] for line in answer.out.splitlines()] == ["summary"]
    assert answer.err.startswith("Shopper 5 comes to the store only on")


@pytest.mark.slow
def test_simulate_as_json_is_one_object_of_the_interface(run: Run) -> None:
    answer = run("simulate", *SMALL, "--json")
    assert answer.status == 0
    assert set(answer.json) == {
        "policy", "seed", "shoppers", "days", "start", "warm_up_days", "rulebook", "world_hash", "metrics", "monthly",
        "roll_ppm", "vintages", "by_grade", "limit_changes", "timing",
    }  # fmt: skip
    again = run("simulate", *SMALL, "--json", "--threads", "2").json
    assert {**again, "timing": 0} == {**answer.json, "timing": 0}


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_people_read_fits_80_places(run: Run, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", language)
    answer = run("simulate", *SMALL)
    assert answer.status == 0
    assert max(cells(line) for line in answer.out.splitlines()) <= 80
    assert "{" not in answer.out


@pytest.mark.slow
def test_columns_of_texts_are_texts_also_where_nothing_has_a_value(run: Run, tmp_path: Path) -> None:
    """Ten days have no month's end, and in them nobody's line has closed and nothing is posted."""
    answer = run("simulate", "--shoppers", "30", "--days", "10", "--warm-up", "0", "--out", str(tmp_path / "run.db"), "--csv", str(tmp_path / "csv"))
    assert answer.status == 0
    with sqlite3.connect(tmp_path / "run.db") as database:
        kinds = {
            (table, name): kind
            for (table,) in database.execute("select name from sqlite_schema where type = 'table'").fetchall()
            for _cid, name, kind, *_rest in database.execute(f"pragma table_info([{table}])")
        }
        causes = {cause for (cause,) in database.execute("select closure_cause from accounts")}
        assert database.execute("select count(*) from roll").fetchone() == (0,)
    database.close()
    texts = {("roll", "month"), ("roll", "from"), ("roll", "to"), ("vintages", "month"), ("limit_changes", "date"), ("limit_changes", "cause")}
    assert {kinds[each] for each in texts} == {"TEXT"}
    assert {kinds["accounts", name] for name in ("status", "grade", "opened", "closed", "closure_cause")} == {"TEXT"}
    assert {kinds["accounts", name] for name in ("limit_fen", "dpd", "score")} == {"INTEGER"}
    assert causes == {None}


def test_amounts_percentages_and_charts_are_rounded_fairly() -> None:
    million = Unit("", 100_000_000, 2)
    assert [million.told(fen) for fen in (3_366_400_000, -3_366_500_000, -400_000, 0)] == [
        "33.66",
        "-33.67",
        "0.00",
        "0.00",
    ]
    assert [percent(ppm) for ppm in (0, 499, 500, 12_345, 1_000_000)] == [
        "0.0 %",
        "0.0 %",
        "0.1 %",
        "1.2 %",
        "100.0 %",
    ]
    assert spark([0, 5, 10]) == "▁▄█"
    assert spark([7, 7]) == "▁▁"
    assert (bar(0, 10, 8), bar(1, 1_000_000, 8), bar(10, 10, 8), bar(5, 10, 8)) == (
        "",
        "▏",
        "████████",
        "████",
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_disk_that_fills_up_is_said_with_what_to_do_and_no_half_file_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def small(path: Path) -> Database:
        database = Database(path)
        database.execute("PRAGMA max_page_count=8")
        return database

    monkeypatch.setattr("simulator.market.files.Database", small)
    monkeypatch.setenv("WHITESLIP_LANG", language)
    answer = run("simulate", *SMALL, "--out", str(tmp_path / "run.db"))
    assert answer.status == 1
    assert "free some space" in answer.err or "腾出空间" in answer.err
    assert "Traceback" not in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_parquet_holds_what_csv_does(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the package pyarrow is not installed (the extra `parquet`)")
    run("simulate", *SMALL, "--csv", str(tmp_path / "csv"), "--parquet", str(tmp_path / "parquet"))
    written = sorted((tmp_path / "csv").iterdir())
    assert len(written) == len(list((tmp_path / "parquet").iterdir())) > 3
    for path in written:
        with path.open(encoding="utf-8", newline="") as file:
            told = list(csv.DictReader(file))
        kept = parquet.read_table(tmp_path / "parquet" / f"{path.stem}.parquet").to_pylist()
        assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in kept] == told


@pytest.mark.slow
def test_the_page_shows_what_is_printed_but_for_the_time_it_took(run: Run) -> None:
    shown = PAGE.partition("$ whiteslip simulate\n")[2].partition("```")[0].splitlines()
    printed = run("simulate").out.splitlines()
    assert shown[:-1] == printed[:-1]
    assert shown[-1].rpartition(" World ")[2] == printed[-1].rpartition(" World ")[2]


@pytest.mark.slow
def test_the_page_shows_lines_of_the_life_that_is_told(run: Run) -> None:
    shown = PAGE.partition("$ whiteslip shopper 7 --json\n")[2].partition("```")[0].splitlines()
    told = run("shopper", "7", "--json").out.splitlines()
    assert len([line for line in shown if line in told]) == len(shown) - shown.count("...")
