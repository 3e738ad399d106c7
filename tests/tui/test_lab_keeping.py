"""What is kept of the Lab: a trial saved, loaded and compared, a view copied, an answer exported."""

from __future__ import annotations

import csv
import datetime
import json
import sys
from pathlib import Path

import pytest

from simulator.policy.load import load_policy
from simulator.policy.schema import Policy
from tests.tui.labs import in_lab
from tui.lab.export import format_words


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
