"""A sweep whose profits and harms are written by hand, a policy of the grid after the other."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.lab.answer import Measured
from simulator.lab.grid import axes_of, points_of
from simulator.lab.setting import Setting
from simulator.lab.swept import Outcome, Sweep
from simulator.policy.load import load_policy

STANDARD = load_policy("standard")


def swept(fields: Sequence[str], *totals: tuple[int, int]) -> Sweep:
    """Profit in fen and harm of each policy; the harm is what is written off, in fen, and people in debt, and the share approved."""
    axes = axes_of(fields)
    points = points_of(STANDARD, axes)
    outcomes = []
    for point, (profit, harm) in zip(points, totals, strict=True):
        harmed = dict.fromkeys(("charged_off_fen", "over_indebted", "approval_ppm"), Measured(0, harm))
        outcomes.append(Outcome(point, {"profit_fen": Measured(0, profit), **harmed}))
    return Sweep(Setting(STANDARD), axes, 100, tuple(outcomes))
