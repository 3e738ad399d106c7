"""Picture of a sweep: a map or a chart of one figure, and the frontiers below it or in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.lab.swept import Sweep
from tui.lab.band_chart import band_chart
from tui.lab.frontier import frontiers
from tui.lab.heat_map import heat_map
from tui.lab.sweep_words import FIGURES
from tui.widgets.cells import Line, blank

FEW_ROWS, MOST_ROWS, BESIDE = 6, 16, 4
"""Rows of a chart, and lines that stand around it."""


@dataclass
class Looks:
    """What is looked at: a figure, or the best policies."""

    figure: str = FIGURES[0]
    best: bool = False


def picture(
    found: Sweep, looks: Looks, width: int, height: int, broad: bool, plain: bool, opens: Callable[[int], object],
    here: int | None,
) -> list[Line]:  # fmt: skip
    """What is seen of a sweep; where there is room the frontiers stand below the figure."""
    if looks.best:
        return frontiers(found, width, max(FEW_ROWS, min(MOST_ROWS, height // 2 - BESIDE)), opens)
    if len(found.axes) == 1:
        rows = max(FEW_ROWS, min(MOST_ROWS, (height // 2 if broad else height) - BESIDE))
        lines = band_chart(found, looks.figure, width, rows, plain, opens, here)
    else:
        lines = heat_map(found, looks.figure, width, opens, here % len(found.axes[1].values) if here is not None else 0)
    return [*lines, blank(), *frontiers(found, width, FEW_ROWS + 2, opens)] if broad else lines
