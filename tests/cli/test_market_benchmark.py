"""The benchmark of the market: small models that agree, ratios and verdicts of given figures."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import comparators, production
from benchmarks.comparators import Disagreement, Missing, Run, Size
from benchmarks.market_report import Figures, Verdict, report, verdicts
from benchmarks.production import Simulated
from benchmarks.small_model import Totals

TOTALS = Totals(checksum=7, bought_fen=6, paid_fen=5, fees_fen=4, late_days=3, raises=2, cuts=1)
SMALL = Size(1_000, 100)


def small(nanoseconds: float, size: Size = SMALL) -> Run:
    return Run(size, TOTALS, nanoseconds * size.shoppers * size.days / 1e9, "1.0")


def ours(nanoseconds: float, size: Size = SMALL, threads: int = 2, world: str = "w") -> Simulated:
    seconds = nanoseconds * size.shoppers * size.days / 1e9
    return Simulated(size, seconds, 1.0, threads, world, 100_000_000 + 1_000 * size.shoppers)


def judged(figures: Figures) -> dict[str, Verdict]:
    return {verdict.promise.split(":")[0]: verdict for verdict in verdicts(figures)}


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_small_model_is_the_same_in_c_and_numpy_at_any_number_of_threads(tmp_path: Path) -> None:
    size = Size(300, 400, 20_250_101)
    runners = [comparators.c_program(tmp_path, threads) for threads in (1, 2)]
    totals = comparators.agreed([runner(size) for runner in (*runners, comparators.numpy_model())])

    assert min(totals) > 0, "everything that the model knows happens in a year"
    assert comparators.numpy_model()(size._replace(seed=1)).totals != totals


def test_models_that_differ_are_an_error() -> None:
    with pytest.raises(Disagreement, match="disagree"):
        comparators.agreed([small(1), small(2)._replace(totals=TOTALS._replace(cuts=2))])


def test_without_mesa_it_is_told_how_to_install_it() -> None:
    with pytest.raises(Missing, match="pip install mesa"):
        comparators.mesa_model("no-such-python")


def test_a_command_that_fails_is_told_in_its_own_words() -> None:
    with pytest.raises(Missing, match="whiteslip simulate --shoppers 0"):
        production.simulate(Size(0, 1), 1)


def test_ratios_are_of_a_shopper_day_whatever_the_size() -> None:
    figures = Figures("here", {"Mesa, 1 thread": small(1_000, Size(10, 10))}, [ours(8)], [], [])

    assert judged(figures)["at least 100 times as fast as Mesa"].found == "125 times"
    assert "1,000.0 | " in report(figures)
    assert "125.00 |" in report(figures)


def test_c_is_judged_at_the_same_threads() -> None:
    both = {"C, 1 thread": small(4), "C, 2 threads": small(2)}
    figures = Figures("here", both, [ours(13, threads=1), ours(7)], [], [])

    verdict = judged(figures)["a shopper-day at most 3 times that of the C program, threads alike"]
    assert (verdict.found, verdict.held) == ("3.50 times", False)


def test_worlds_that_differ_by_threads_break_a_promise() -> None:
    figures = Figures("here", {}, [ours(9, threads=1), ours(8, world="other")], [], [])

    assert not judged(figures)["the same world at any number of threads"].held


def test_growth_tells_bytes_a_shopper_and_whether_time_is_linear() -> None:
    sizes = (Size(1_000, 365), Size(9_000, 365), Size(9_000, 90))
    costs = (5, 8, 8)
    figures = Figures("here", {}, [], [ours(*each) for each in zip(costs, sizes, strict=True)], [])

    found = judged(figures)
    assert found["at most 1,280 bytes a shopper"].found == "1,000 bytes"
    assert not found["time linear in shoppers"].held
    assert found["time linear in days"].held


def test_what_is_missing_stands_in_the_report() -> None:
    text = report(Figures("here", {}, [], [], ["no compiler"]))

    assert text.endswith("## Missing\n\nno compiler")
    assert sys.executable not in text
