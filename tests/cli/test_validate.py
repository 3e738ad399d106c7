"""`validate`: what it prints of one seed and of more, and where its report goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.validation.parts import Part
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two targets instead of all, nothing lived for them; the seeds that were measured."""
    seeds: list[int] = []

    def measure(seed: int) -> dict[str, list[Part]]:
        seeds.append(seed)
        return {"full_share": [Part(6 + seed, 10, 100.0)], "attrition": [Part(1, 20, 100.0), Part(1, 10, 100.0)]}

    monkeypatch.setattr("simulator.validation.measured.measure_seed", measure)
    return seeds


def test_each_figure_stands_under_what_it_is_about(run: Run) -> None:
    lines = run("validate").out.splitlines()
    assert lines[1:6] == [
        "full_share: of bills, instalments aside: paid in full by the due day",
        "                     70.0       -  65.0 .. 85.0  %     in band",
        "attrition: voluntary closure a year; all closures a year",
        "  by their own wish  5.00       -  3.00 .. 9.00  %     in band",
        "  all                10.0       -  6.00 .. 16.0  %     in band",
    ]


def test_of_one_seed_it_is_said_how_little_that_is(run: Run) -> None:
    last = run("validate").out.splitlines()[-2:]
    assert last[0] == "2 of 2 targets are in band, over 1 seed of 20,000 shoppers."
    assert last[1].endswith("Take --seeds 10.")
    assert run("validate", "--seeds", "2").out.endswith("2 of 2 targets are in band, over 2 seeds of 20,000 shoppers.\n")


def test_a_report_goes_into_a_new_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    told = run("validate", "--seeds", "2", "--report", str(path))
    assert (told.status, told.err.splitlines()[-1]) == (0, f"Written: {path}.")
    assert "75.0 ± 7.07" in path.read_text(encoding="utf-8")


def test_no_file_is_written_over_and_nothing_measured_for_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: list[int]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("policy.toml")
    path.write_text("mine", encoding="utf-8")
    assert run("validate", "--report", "policy.toml").faults == ["policy.toml is there already; choose another name."]
    assert path.read_text(encoding="utf-8") == "mine" and measured == []


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_what_was_measured_is_printed_though_the_report_cannot_be_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: tuple[str, ...]
) -> None:
    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.commands.validate.write_whole", full)
    told = run("validate", "--report", str(tmp_path / "report.md"), *shape)
    assert told.status == 1
    assert told.err.endswith("the disk is full; free some space there, then do it again.\n")
    assert json.loads(told.out)["in_band"] == 2 if shape else "2 of 2 targets" in told.out
