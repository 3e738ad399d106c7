"""The command goes on with a sweep that was begun in the app, and the app with the command's."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.lab.grid import axes_of
from simulator.lab.recipe import Asked
from simulator.lab.setting import Setting
from simulator.lab.shelf import place_of
from simulator.lab.sweeper import MarketSweeper
from simulator.lab.swept import Sweep
from simulator.policy.load import load_policy
from tests.cli.conftest import Run

SETTING = Setting(load_policy("standard"), seed=3, days=60, warm_up_days=120)
ASKED = Asked(SETTING, axes_of(["grade_cutoffs.E=540:590:25"]), 3_000)


@pytest.mark.slow
def test_a_sweep_begun_in_the_app_goes_on_at_the_command(home: Path, run: Run) -> None:
    sweeper, file = MarketSweeper(), place_of(ASKED)
    stopped: list[int] = []
    seen: list[Sweep] = []

    def cancel() -> bool:
        return bool(stopped)

    assert sweeper.get_ready(lambda: None, cancel)
    pace = sweeper.pace(ASKED, cancel)
    assert pace is not None and pace.policy > 0
    size = sweeper.size(ASKED, file)
    assert size.done == 0 and size.of == 4 * size.ranges

    def progress(done: int, of: int) -> None:
        assert of == size.of
        if done:
            stopped.append(done)

    assert sweeper.sweep(ASKED, file, progress, seen.append, cancel) is None
    kept = sweeper.size(ASKED, file).done
    assert 0 < kept < size.of

    told = run("sweep", str(file), "--json", "--threads", "1")
    assert told.status == 0
    stopped.clear()
    whole = sweeper.sweep(ASKED, file, lambda done, of: None, seen.append, lambda: False)
    assert whole is not None and seen[-1] == whole and whole.shoppers == ASKED.shoppers
    points = told.json["points"]
    assert [each["metrics"]["profit_fen"]["value"] for each in points] == [
        each.metrics["profit_fen"].challenger for each in whole.outcomes
    ]
    more = run("sweep", str(file), "--shoppers", "5")
    assert "says itself" in more.faults[0]
    none = run("sweep", str(file.with_name("none.db")))
    assert none.faults == [f"There is no file {file.with_name('none.db')}."]
    file.with_name("none.db").write_text("words", encoding="utf-8")
    none = run("sweep", str(file.with_name("none.db")))
    assert none.faults == [f"{file.with_name('none.db')} holds no sweep."]
