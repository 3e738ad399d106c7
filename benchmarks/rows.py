"""Rows of a measurement: median, fastest and slowest of some runs, and the most that is promised.

Beside the time stands its ratio to a yardstick measured on the same machine in the same minute, so that
two machines can be compared.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """How long something took, in seconds; `most` is what the median may be, None where nothing is promised."""

    name: str
    median: float
    fastest: float
    slowest: float
    most: float | None = None

    @property
    def held(self) -> bool:
        """Whether the promise was kept; without one it always is."""
        return self.most is None or self.median <= self.most


def row(name: str, times: Sequence[float], most: float | None = None) -> Row:
    """A row of some runs."""
    return Row(name, statistics.median(times), min(times), max(times), most)


def table(rows: Sequence[Row], yardstick: int = 0) -> str:
    """The rows for people, in milliseconds; `yardstick` is the row that the ratios are to."""
    lines = [f"{'':<34} {'median':>9} {'fastest':>9} {'slowest':>9} {'ratio':>8} {'promised':>9}  ms"]
    for each in rows:
        figures = " ".join(f"{value * 1000:>9.1f}" for value in each[1:4])
        ratio = f"{each.median / rows[yardstick].median:>8.2f}"
        most = f"{each.most * 1000:>9.0f}" if each.most is not None else " " * 9
        lines.append(f"{each.name:<34} {figures} {ratio} {most}{'' if each.held else '  over'}")
    return "\n".join(lines)
