"""Sweeps: kept as they come, the same at any cutting, here and on a cluster."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.commands.sweep_text import as_text
from simulator.lab.cluster import has_dask
from simulator.lab.compare import compare
from simulator.lab.grid import SweepError, axes_of, axis_of, points_of, unreached
from simulator.lab.keeping import Kept
from simulator.lab.left_out import left_out, left_out_text, written_left_out
from simulator.lab.pieces import Range, run_strip
from simulator.lab.setting import Setting
from simulator.lab.sweep import sweep
from simulator.lab.swept import Outcome, Sweep
from simulator.policy.load import load_policy, set_field
from tests.lab.swept_by_hand import swept

STANDARD = load_policy("standard")
START = datetime.date(2025, 1, 1)
SETTING = Setting(STANDARD, seed=3, start=START, days=120, warm_up_days=240, timeline="as_if_always")
FIELDS = ("income_multiple_ppm=400000:800000:200000", "grade_cutoffs.E=540:600:20")
SHOPPERS = 1_200


def run(out: Path | None = None, threads: int | None = None, scheduler: str | None = None) -> Sweep:
    """A small grid."""
    return sweep(SETTING, axes_of(FIELDS), shoppers=SHOPPERS, out=out, threads=threads, scheduler=scheduler)


def run_aloud(out: Path) -> None:
    """The same, a line on the output for every piece that is kept."""
    sweep(
        SETTING, axes_of(FIELDS), shoppers=SHOPPERS, out=out, threads=1,
        progress=lambda done, _of: print(done, flush=True),
    )  # fmt: skip


def test_an_axis_includes_its_ends() -> None:
    assert axis_of("grade_cutoffs.E=500:550:25").values == (500, 525, 550)
    assert axis_of("min_limit_fen=100:150:100").values == (100,)


@pytest.mark.parametrize(
    "text", ["", "x", "nowhere=1:2:1", "early_settlement=1:2:1", "min_limit_fen=2:1:1", "min_limit_fen=1:2:0", "min_limit_fen=1:2:0.5"]
)
def test_an_axis_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SweepError) as refused:
        axis_of(text)
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(
    ("text", "given"),
    [("hold_score=80:2000:300", "1880"), ("hold_score=0:99999999999999999999:1", "99_999_999_999_999_999_999"), ("hold_score=-1:5:1", "-1")],
)
def test_values_outside_the_bounds_of_their_field_are_refused_with_the_bounds(text: str, given: str) -> None:
    """They are not even counted: a range without end would take all memory."""
    with pytest.raises(SweepError) as refused:
        axis_of(text)
    assert refused.value.faults == [f"hold_score is {given}; allowed is a whole number from 0 to 1000 (points)."]


def test_an_axis_of_more_values_than_can_be_run_is_not_laid_out() -> None:
    with pytest.raises(SweepError, match=r"has 100,000,001 policies; at most 10,000"):
        axis_of("max_limit_fen=0:100000000:1")


def test_values_that_do_not_go_together_leave_a_hole_that_is_told() -> None:
    points = points_of(STANDARD, axes_of(FIELDS))
    assert [point.values[1] for point in points if point.policy is None] == [600, 600, 600]
    outcomes = tuple(Outcome(point, {}) for point in points if point.policy is not None)
    found = Sweep(SETTING, axes_of(FIELDS), SHOPPERS, outcomes)
    clash = "grade_cutoffs rises from 590 for D to 600 for E; it may not rise from A to E."
    assert [(each.values, each.faults) for each in left_out(found)] == [((first, 600), [clash]) for first in (400_000, 600_000, 800_000)]
    assert written_left_out(found) == [
        f"income_multiple_ppm=400000, grade_cutoffs.E=600 is left out: {clash}",
        f"income_multiple_ppm=600000, grade_cutoffs.E=600 is left out: {clash}",
        "Left out in all: 3.",
    ]
    assert "First limit of income 40 %; Lowest score, E 600 is left out: Lowest score, E (600) may not" in left_out_text(found)
    whole = replace(found, axes=axes_of([FIELDS[0], "grade_cutoffs.E=540:580:20"]))
    assert (list(left_out(whole)), written_left_out(whole), left_out_text(whole)) == ([], [], "")


def test_an_end_that_no_step_reaches_is_told() -> None:
    assert unreached("income_multiple_ppm=400000:900000:60000") == (
        "income_multiple_ppm is varied up to 880000; no step from 400000 reaches 900000."
    )
    assert unreached("income_multiple_ppm=400000:900000:50000") == ""
    with pytest.raises(SweepError):
        points_of(STANDARD, axes_of(["grade_cutoffs.E=600:700:50"]))


def test_three_fields_or_the_same_twice_are_refused() -> None:
    with pytest.raises(SweepError):
        axes_of([])
    with pytest.raises(SweepError):
        axes_of([FIELDS[0], FIELDS[0]])
    with pytest.raises(SweepError):
        axes_of(["min_limit_fen=0:1000000:1"])


@pytest.mark.slow
def test_the_sums_of_a_policy_are_the_same_however_shoppers_are_cut() -> None:
    policies = [(0, points_of(STANDARD, axes_of(FIELDS))[0].policy or STANDARD)]
    whole = next(run_strip(SETTING, Range(1, 900), policies)).sums
    parts = [next(run_strip(SETTING, own, policies)).sums for own in (Range(1, 7), Range(8, 600), Range(608, 293))]
    assert parts[0].plus(parts[1]).plus(parts[2]) == whole


@pytest.mark.slow
def test_a_grid_that_starts_from_a_trial_is_told_beside_todays_policy() -> None:
    trial = set_field(STANDARD, "income_multiple_ppm", 800_000)
    setting = replace(SETTING, timeline="from_today")
    found = sweep(setting, axes_of(["grade_cutoffs.E=540:560:20"]), trial=trial, shoppers=SHOPPERS)
    assert [each.path for each in found.changes] == ["income_multiple_ppm"]
    for each in found.outcomes:
        alone = compare(
            STANDARD, set_field(trial, "grade_cutoffs.E", each.point.values[0]), shoppers=SHOPPERS, seed=3, start=START, days=120,
            warm_up_days=240, timeline="from_today",
        )  # fmt: skip
        assert {name: (one.champion, one.challenger) for name, one in each.metrics.items()} == {
            name: (alone.metrics[name].champion, alone.metrics[name].challenger) for name in each.metrics
        }
        errors = {name: one.standard_error for name, one in each.metrics.items()}
        assert errors == pytest.approx({name: alone.metrics[name].standard_error for name in each.metrics}, rel=1e-6, abs=1e-6)
        assert errors["profit_fen"] > 0 and errors["fee_burden_ppm"] > 0


@pytest.mark.slow
def test_a_sweep_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "sweep.db"
    program = (
        "import sys; from pathlib import Path; from tests.lab.test_sweep import run_aloud; run_aloud(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _line in iter(child.stdout.readline, ""):
            if kept_pieces(file) >= 4:
                break
        child.kill()
    done = kept_pieces(file)
    assert 4 <= done < 10 * 5
    told: list[int] = []
    found = sweep(
        SETTING, axes_of(FIELDS), shoppers=SHOPPERS, out=file, progress=lambda done, of: told.append(done)
    )
    assert told[0] == done and told[1] > done
    assert found == run(threads=2)


def kept_pieces(file: Path) -> int:
    """How many pieces a file holds by now; reading may meet the writer."""
    import sqlite3

    if not file.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return int(database.execute("select count(*) from pieces").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_file_of_another_sweep_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sweep.db"
    Kept(file, {"seed": 1}).close()
    with pytest.raises(SweepError):
        Kept(file, {"seed": 2})
    Kept(file, {"seed": 1}).close()


@pytest.mark.slow
@pytest.mark.skipif(not has_dask(), reason="the package distributed is not installed (the extra `dask`)")
def test_a_cluster_of_two_workers_finds_the_same_to_the_last_digit() -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        there = run(scheduler=cluster.scheduler_address)
    here = run(threads=1)
    assert json.dumps(there.rows()) == json.dumps(here.rows())


def test_policies_that_tie_exactly_with_one_that_is_not_beaten_are_not_beaten_either() -> None:
    four = "grade_cutoffs.E=540:570:10"
    assert swept([four], (900, 5), (900, 5), (700, 3), (900, 5)).frontier() == [0, 1, 3, 2]
    assert swept([four], (900, 5), (900, 6), (800, 5), (800, 4)).frontier() == [0, 3]
    found = swept([four], (900, 6), (900, 5), (900, 5), (800, 5))
    assert found.frontier() == [1, 2]
    told = as_text(found).splitlines()
    assert [line.split()[:2] for line in told if line.endswith("0.00 %")] == [["540", "9.00"], ["*", "550"], ["*", "560"], ["570", "8.00"]]
    assert "* no other policy of the grid has more profit with no more written off, or as much with less." in told


@pytest.mark.slow
def test_a_looser_policy_lends_more_and_the_frontier_holds_the_most_profitable() -> None:
    found = run()
    by_values = {each.point.values: each for each in found.outcomes}
    tight, loose = by_values[400_000, 540], by_values[800_000, 540]
    assert loose.metrics["limit_total_fen"].challenger > tight.metrics["limit_total_fen"].challenger
    assert loose.metrics["limit_total_fen"].verdict == "up" and tight.metrics["limit_total_fen"].verdict == "down"
    most = max(found.outcomes, key=lambda each: each.metrics["profit_fen"].challenger)
    assert most.metrics["profit_fen"].challenger in {
        each.metrics["profit_fen"].challenger for each in found.outcomes if each.point.number in found.frontier()
    }
