"""What is kept of the Lab: a trial saved, loaded and compared, a view copied, an answer exported."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sys
from pathlib import Path

import pytest

from simulator.lab.measures import measure
from simulator.policy.load import load_policy
from simulator.policy.schema import Policy
from tests.tui.labs import in_lab
from tui.lab.export import format_words, records


async def test_a_trial_is_kept_loaded_and_compared(home: Path) -> None:
    async with in_lab() as analyst:
        await analyst.press("left", "left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("standard")
        assert "comes with Whiteslip" in analyst.shown()
        await analyst.write("looser")
        kept = load_policy("looser")
        assert kept.grade_cutoffs.E == 540
        await analyst.press("left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("looser")
        await analyst.choose("Replace it")
        assert load_policy("looser").grade_cutoffs.E == 535
        analyst.lab.menu.load()
        await analyst.settle()
        await analyst.choose("generous")
        assert analyst.lab.draft.policy.flat() == load_policy("generous").flat()
        await analyst.press("u")
        analyst.lab.menu.show_changes()
        await analyst.settle()
        assert "550 -> 535" in analyst.shown() and "grade_cutoffs.E" in analyst.shown()
        await analyst.press("escape")
        analyst.lab.menu.compare()
        await analyst.settle()
        await analyst.choose("standard")
        await analyst.choose("looser")
        assert "What differs: standard, looser" in analyst.shown() and "550 -> 535" in analyst.shown()
        await analyst.press("escape")
        analyst.lab.menu.reset()
        await analyst.settle()
        assert analyst.lab.draft.changes == []


async def test_a_view_is_copied_with_what_it_is_of_and_the_answer_is_exported(home: Path) -> None:
    async with in_lab() as analyst:
        analyst.market.since = datetime.date(2031, 3, 5)
        await analyst.press("left", "y")
        copied = analyst.app.clipboard
        assert copied.startswith("Lab - Lowest score, E: what if it were 545?")
        assert "50,000 people, 365 days from 5 Mar 2031, the market's next day, seed 1" in copied and "Approved" in copied
        for kind in ("csv", "json", "md"):
            analyst.lab.menu.export()
            await analyst.settle()
            await analyst.choose(format_words()[kind][0])
        files = {path.suffix: path for path in (home / "data" / "exports").iterdir()}
        told = json.loads(files[".json"].read_text(encoding="utf-8"))
        assert told["changes"] == [{"field": "grade_cutoffs.E", "from": 550, "to": 545}]
        assert (told["shoppers"], told["days"], told["first_day"], told["seed"]) == (50_000, 365, "2031-03-05", 1)
        assert analyst.lab.answer is not None
        profit = next(
            row for row in told["measures"] if (row["part"], row["measure"]) == ("all", "profit_fen")
        )
        assert profit["difference"] == analyst.lab.answer.metrics["profit_fen"].difference
        rows = list(csv.DictReader(files[".csv"].read_text(encoding="utf-8").splitlines()))
        assert len(rows) == len(told["measures"]) and {row["first_day"] for row in rows} == {"2031-03-05"}
        page = files[".md"].read_text(encoding="utf-8")
        assert "| all | profit_fen |" in page and '- first_day: "2031-03-05"' in page


async def test_where_no_charts_can_be_drawn_it_is_said_what_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: False)
    async with in_lab() as analyst:
        analyst.lab.menu.export()
        await analyst.settle()
        await analyst.choose("HTML")
        assert f"`{sys.executable} -m pip install plotly` installs" in analyst.told()[-1]


async def test_a_page_with_charts_on_a_full_disk_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_text: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: True)
    monkeypatch.setattr("tui.screens.lab_menu.charts_page", lambda *_of_what: "")
    monkeypatch.setattr("tui.screens.lab_menu.keep", full)
    async with in_lab() as analyst:
        await analyst.press("left")
        analyst.lab.menu.make_page()
        await analyst.settle()
        assert "the disk is full; free some space there, then do it again" in analyst.told()[-1]


async def test_a_trial_that_was_saved_has_its_name_on_the_page_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr("tui.screens.lab_menu.can_be_made", lambda: True)

    def page(_answer: object, _setting: object, trial: Policy) -> str:
        names.append(trial.name)
        return ""

    monkeypatch.setattr("tui.screens.lab_menu.charts_page", page)
    async with in_lab() as analyst:
        await analyst.press("left")
        analyst.lab.menu.save()
        await analyst.settle()
        await analyst.write("My trial 1")
        for keys in ((), ("left",)):
            await analyst.press(*keys)
            analyst.lab.menu.make_page()
            await analyst.settle()
        assert names == ["My trial 1", "standard"]


@pytest.mark.parametrize(
    ("lang", "table", "words"),
    [("en", "Table in words", ("everybody", "Profit", "Lowest score, E", "Age, 18-24")), ("zh", "文字表格", ("所有人", "利润", "最低评分（E）", "年龄，18-24"))],
)
async def test_an_answer_is_exported_in_the_words_and_units_of_the_screen(home: Path, lang: str, table: str, words: tuple[str, ...]) -> None:
    """A boss reads yuan and per cent; no name of a program and no fen stands in it."""
    async with in_lab(lang=lang) as analyst:
        await analyst.press("left")
        answer = analyst.lab.answer
        assert answer is not None
        analyst.lab.menu.export()
        await analyst.settle()
        assert analyst.shown().count("HTML") == 1
        await analyst.choose(table)
        [path] = (home / "data" / "exports").iterdir()
        told = path.read_text(encoding="utf-8")
        assert told.startswith("\ufeff") and not re.search(r"_ppm|_fen|champion", told)
        rows = list(csv.reader(told.removeprefix("\ufeff").splitlines()))
        assert rows[0] == [analyst.lab.of_sample(answer)] and rows[1][2:] == ["550", "545"]
        assert len(rows) == 4 + sum(bool(measure(row["measure"]).meaning) for row in records(answer))
        assert all(any(word in cell for row in rows for cell in row) for word in words), told
        profit = next(row for row in rows if row[:2] == [words[0], words[1]])
        assert profit[3].replace(",", "") == f"{answer.metrics['profit_fen'].champion / 100:.2f}"


async def test_a_page_with_charts_is_offered_in_one_place() -> None:
    async with in_lab() as analyst:
        await analyst.press("e")
        assert "charts" not in analyst.shown()
