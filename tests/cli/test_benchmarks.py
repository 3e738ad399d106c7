"""The measurements: their figures and their verdicts, on a clock of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import lab, saving, screen, startup
from benchmarks.pseudo_terminal import Terminal
from benchmarks.rows import Row, row, table


def test_the_first_run_does_not_count_and_the_median_does() -> None:
    ticks = iter([9.0, 0.1, 0.3, 0.2] * len(startup.COMMANDS))
    rows = startup.measure(3, lambda _arguments: next(ticks))

    assert [each.name for each in rows] == list(startup.COMMANDS)
    assert all((each.median, each.fastest, each.slowest) == (0.2, 0.1, 0.3) for each in rows)
    assert "200.0     100.0     300.0     1.00" in table(rows)


def test_only_what_is_promised_can_be_over_the_target() -> None:
    ticks = iter([0.4] * 2 * len(startup.COMMANDS))
    rows = startup.measure(1, lambda _arguments: next(ticks))

    assert tuple(each.name for each in rows if not each.held) == startup.PROMISED
    assert table(rows).count("over") == len(startup.PROMISED)


def test_ratios_are_to_the_yardstick() -> None:
    rows = [Row("yardstick", 0.02, 0.02, 0.02), row("measured", [0.1, 0.05, 0.2], 0.05)]

    assert table(rows).splitlines()[2].split()[-3:] == ["5.00", "50", "over"]


def test_steps_are_timed_on_a_real_save() -> None:
    rows = saving.measure(2)

    assert [each.name for each in rows][1:] == ["lock or unlock", "a purchase", "a payment", "a day"]
    assert all(0 < each.fastest <= each.median <= each.slowest for each in rows)


@pytest.mark.slow
def test_the_lab_is_timed_to_its_first_and_its_last_answer() -> None:
    rows = lab.measure(1, 1_100)

    assert [each.name for each in rows][1:3] == ["income_multiple_ppm: first answer", "income_multiple_ppm: 1,100"]
    assert 0 < rows[1].median < rows[2].median


def test_the_app_paints_and_answers_keys_in_a_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.until(screen.PEOPLE)
        assert terminal.key(b"\r", b"Home -") > 0
        assert terminal.key(b"s", b"Shop -") > 0
    finally:
        terminal.end()
