"""Swept: what a grid of policies comes to, each policy beside the base, and which of them no other one beats."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.lab.answer import Measured
from simulator.lab.grid import Axis, Point
from simulator.lab.setting import Setting
from simulator.policy.edit import Change, differences
from simulator.policy.schema import Policy


@dataclass(frozen=True)
class Outcome:
    """What one policy of the grid comes to, beside the base policy."""

    point: Point
    metrics: Mapping[str, Measured]


@dataclass(frozen=True)
class Sweep:
    """A grid that was worked out."""

    setting: Setting
    axes: tuple[Axis, ...]
    shoppers: int
    outcomes: tuple[Outcome, ...]
    trial: Policy | None = None
    """The policy that the grid starts from; None where it is the base, beside which all is told."""
    seconds: float = field(compare=False, default=0.0)

    @property
    def changes(self) -> list[Change]:
        """What the trial that the grid starts from changes in the base, beside what is varied."""
        return differences(self.setting.champion, self.trial) if self.trial is not None else []

    def rows(self) -> list[dict[str, Any]]:
        """One row a policy and metric."""
        return [
            {
                "point": each.point.number,
                **{axis.path: value for axis, value in zip(self.axes, each.point.values, strict=True)},
                "metric": name, "base": measured.champion, "value": measured.challenger,
                "difference": measured.difference, "standard_error": measured.standard_error,
            }
            for each in self.outcomes
            for name, measured in each.metrics.items()
        ]  # fmt: skip

    def frontier(self, better: str = "profit_fen", worse: str = "over_indebted") -> list[int]:
        """Numbers of the policies that no other one beats: with more of the first and no more of the second, or as much with less.

        The one with the most of the first comes first; those that tie exactly stand side by side.
        """
        ranked = sorted(
            self.outcomes, key=lambda each: (-each.metrics[better].challenger, each.metrics[worse].challenger, each.point.number)
        )
        found, last = [], (0, math.inf)
        for each in ranked:
            here = each.metrics[better].challenger, each.metrics[worse].challenger
            if here[1] < last[1] or here == last:
                last = here
                found.append(each.point.number)
        return found

    def to_pandas(self) -> Any:
        """The rows as a pandas table. Raises ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(self.rows())
