"""`compare` and `sweep`: what they print and keep, and how they refuse."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import io
import json
import re
import sqlite3
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from simulator import cli, text
from tests.cli.conftest import Run

SMALL = ("--shoppers", "300", "--days", "90", "--warm-up", "120")
FIELD = ("--field", "income_multiple_ppm=400000:800000:200000")
needs_plotly = pytest.mark.skipif(
    importlib.util.find_spec("plotly") is None, reason="the package plotly is not installed (the extra `report`)"
)


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (("compare", "standard", "nowhere"), 1),
        (("compare", "nowhere", "nowhere"), 1),
        (("compare", "standard", "generous", "--shoppers", "0", "--threads", "x"), 2),
        (("sweep", "standard"), 1),
        (("sweep", "standard", "--field", "nowhere=1:2:1", "--days", "0"), 2),
        (("sweep", "standard", "--field", "x", "--field", "y", "--field", "z"), 4),
    ],
)
def test_every_fault_is_a_sentence_and_all_are_said_at_once(run: Run, words: tuple[str, ...], faults: int) -> None:
    assert len(run(*words).faults) == faults


def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there.db").touch()
    told = run("compare", "standard", "generous", "--out", str(tmp_path / "there.db"))
    assert [fault.endswith("is there already; choose another name.") for fault in told.faults] == [True]


@pytest.mark.slow
def test_a_policy_against_itself_is_all_zeros(run: Run) -> None:
    told = json.loads(run("compare", "standard", "standard", *SMALL, "--json").out)
    assert told["policies"] == ["standard", "standard"]
    assert {(each["difference"], each["standard_error"]) for each in told["metrics"].values()} == {(0, 0.0)}
    assert told["swap"] == {"approved_only_by_champion": 0, "approved_only_by_challenger": 0, "shoppers": []}


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_difference_is_told_first_in_either_language(
    run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", language)
    told = run("compare", "standard", "generous", *SMALL, "--from-today")
    assert told.status == 0
    assert text.in_percent(95) in told.out and "300" in told.out.splitlines()[0]
    assert told.out.splitlines()[3].split()[-2:] == ["standard", "generous"]
    assert not re.search(r"[a-z]_[a-z]|\{", told.out)


@pytest.mark.slow
def test_tables_hold_what_json_says(run: Run, tmp_path: Path) -> None:
    out, folder = tmp_path / "found.db", tmp_path / "csv"
    told = json.loads(run("compare", "standard", "generous", *SMALL, "--json", "--out", str(out), "--csv", str(folder)).out)
    with sqlite3.connect(out) as database:
        rows = dict(database.execute("select metric, difference from metrics").fetchall())
        policies = [name for (name,) in database.execute("select policy from policies")]
    assert rows == {name: each["difference"] for name, each in told["metrics"].items()}
    assert policies == ["standard", "generous"]
    assert (folder / "metrics.csv").read_text("utf-8").count("\n") == len(rows) + 1


def test_a_shopper_lives_on_under_another_policy_from_day_0_alone(run: Run) -> None:
    def lived(*more: str) -> list[str]:
        told = run("shopper", "7", "--days", "200", "--warm-up", "200", "--json", *more)
        assert told.status == 0
        return [line for line in told.out.splitlines() if json.loads(line)["event"] != "summary"]

    first, other = lived(), lived("--from-today", "generous")
    before = [line for line in first if json.loads(line)["day"] < 0]
    assert before and other[: len(before)] == before and other != first
    assert lived("--from-today", "standard") == first
    assert lived("--policy", "generous")[: len(before)] != before
    assert len(run("shopper", "7", "--from-today", "nowhere").faults) == 1


class Links(HTMLParser):
    """Gathers what a page would load from elsewhere."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down every address."""
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "data", "srcset")]


class Report(NamedTuple):
    """A report as a page, and what the command printed beside it."""

    language: str
    page: str
    printed: str


@pytest.fixture(scope="module", params=text.LANGUAGES)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report in either language; made once, for it takes long and nothing changes it."""
    path = tmp_path_factory.mktemp("report") / "page.html"
    with pytest.MonkeyPatch.context() as environment, contextlib.redirect_stdout(io.StringIO()) as out:
        environment.setenv("WHITESLIP_LANG", request.param)
        assert cli.run(["compare", "standard", "generous", *SMALL, "--report", str(path)]) == 0
    return Report(request.param, path.read_text("utf-8"), out.getvalue())


@pytest.mark.slow
@needs_plotly
def test_a_report_is_one_page_that_loads_nothing_and_can_be_made_again(report: Report) -> None:
    told = report.page
    links = Links()
    links.feed(told)
    assert links.found == []
    body = told.partition('<script type="application/json"')[0]
    assert "whiteslip compare standard generous --shoppers 300 --days 90 --seed 1" in body
    assert "income_multiple_ppm = " in body and "<details>" in body
    data = json.loads(re.findall(r'id="data">(.*?)</script>', told, re.S)[0].replace("<\\/", "</"))
    assert len(data["waterfall"]["values"]) == 12
    first, *middle, last = data["waterfall"]["values"]
    assert first + sum(middle) == pytest.approx(last, abs=0.01)
    assert ("什么" in body) == (report.language == text.CHINESE)
    assert body.count("<table>") == body.count("<table><thead><tr><th") > 5
    assert body.index("<ul>") < body.index("<pre>")


@pytest.mark.slow
@needs_plotly
def test_a_report_tells_its_figures_with_unit_and_difference_and_they_agree(report: Report) -> None:
    told = report.page
    rows = re.findall(r'<tr><td title.*?</tr>', told)
    assert len(rows) > 30
    for row in rows:
        exact = [number(each) for each in re.findall(r'title="((?:[-+]|&[gl]t;)?[0-9][^"]*)"', row)]
        shown = [number(each) for each in re.findall(r">((?:[-+]|&[gl]t;)?[0-9][^<]*)</td>", row)]
        for difference, _low, _high, first, second in (exact, shown):
            assert first + difference == second, row
    lines = [re.findall(r"[-+]?[0-9][0-9,.]*", line) for line in report.printed.splitlines() if line.startswith("  ")]
    agreeing = [(first, second, move) for *_name, move, _low, _high, first, second in (map(number, line) for line in lines)]
    assert len(agreeing) == len(rows) and all(first + move == second for first, second, move in agreeing)

    data = json.loads(re.findall(r'id="data">(.*?)</script>', told, re.S)[0].replace("<\\/", "</"))
    for chart, unit in ((data["buckets"], data["buckets"]["unit"]), (data["vintages"], "%"), *((each, each["unit"]) for each in data["fairness"].values())):
        for first, second in zip(chart["first_told"], chart["second_told"], strict=True):
            assert unit in first and unit in second
            assert number(first) + number(re.split("[(（]", second)[1].rstrip(")）")) == number(second)
    assert len(data["differences"]["percent_told"]) == len(data["differences"]["names"])


def number(told: str) -> Decimal:
    """A figure as it is read."""
    return Decimal(told.split()[0].partition("（")[0].replace(",", "").removeprefix("&gt;").removeprefix("&lt;").rstrip("%"))


@pytest.mark.slow
def test_a_sweep_keeps_its_table_and_tells_the_frontier(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sweep.db"
    told = json.loads(run("sweep", "standard", *FIELD, *SMALL, "--json", "--out", str(out)).out)
    assert [each["values"]["income_multiple_ppm"] for each in told["points"]] == [400_000, 600_000, 800_000]
    assert all(each["difference"] == 0 for each in told["points"][1]["metrics"].values())
    again = json.loads(run("sweep", "standard", *FIELD, *SMALL, "--json", "--out", str(out)).out)
    assert again["points"] == told["points"] and told["frontier"]["over_indebted"]
    assert len(run("sweep", "standard", *FIELD, *SMALL, "--seed", "2", "--out", str(out)).faults) == 1
    assert run("sweep", "standard", *FIELD, *SMALL).out.count("\n") > 5


@pytest.mark.slow
def test_a_rate_above_the_cap_is_told_with_what_is_charged(run: Run, tmp_path: Path) -> None:
    dear = tmp_path / "dear.toml"
    dear.write_text('from = "standard"\n[fees]\nrevolving_fee_ppm = 1_000\n', "utf-8")
    told = "Carrying fee: 0.1 % a day is 36.5 % a year, above the legal cap of 24 %; 0.0657 % a day is charged."
    compared = run("compare", "standard", str(dear), *SMALL).out.splitlines()
    assert compared[2:4] == [f"dear: {told}", ""]
    assert told in run("simulate", "--policy", str(dear), *SMALL).out.splitlines()[:4]
    swept = run("sweep", "standard", "--field", "revolving_fee_ppm=500:1000:250", *SMALL).out.splitlines()
    assert f"! {told}" in swept and sum(line.startswith("! Carrying fee") for line in swept) == 2
    rows = {line.split(" %")[0].split()[-1]: line.split()[0] for line in swept if re.match(r"[*! ]+0\.\d+ %", line)}
    assert {value: "!" in marks for value, marks in rows.items()} == {"0.05": False, "0.075": True, "0.1": True}
    assert not any("above the legal cap" in line for line in run("compare", "standard", "generous", *SMALL).out.splitlines())


@pytest.mark.slow
def test_parquet_holds_what_csv_does(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the package pyarrow is not installed (the extra `parquet`)")
    told = run("compare", "standard", "generous", *SMALL, "--csv", str(tmp_path / "csv"), "--parquet", str(tmp_path / "parquet"))
    assert (told.status, told.err.count("Written: ")) == (0, 2)
    for path in (tmp_path / "csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = parquet.read_table(tmp_path / "parquet" / f"{path.stem}.parquet").to_pylist()
        assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in kept] == rows


def test_parquet_without_its_package_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.market.files.has_parquet", lambda: False)
    (fault,) = run("compare", "standard", "generous", "--parquet", str(tmp_path / "p")).faults
    assert "pip install" in fault
