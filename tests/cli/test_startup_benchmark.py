"""The benchmark of start-up: its figures and its verdict, on a clock of the test's own."""

from __future__ import annotations

from benchmarks import startup


def test_the_first_run_does_not_count_and_the_median_does() -> None:
    ticks = iter([9.0, 0.1, 0.3, 0.2] * len(startup.COMMANDS))
    rows = startup.measure(3, lambda _arguments: next(ticks))

    assert [row.name for row in rows] == list(startup.COMMANDS)
    assert all((row.median, row.fastest, row.slowest) == (0.2, 0.1, 0.3) for row in rows)
    assert "200      100      300" in startup.table(rows)


def test_only_what_is_promised_can_be_over_the_target() -> None:
    late = {name: startup.Row(name, 0.4, 0.4, 0.4) for name in startup.COMMANDS}

    assert [name for name, row in late.items() if not row.held] == list(startup.PROMISED)
    assert "over 300" in startup.table(list(late.values()))
