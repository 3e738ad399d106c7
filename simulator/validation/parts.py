"""Parts: a measured figure as the sum above and the sum below the stroke, so that seeds can be pooled."""

from __future__ import annotations

from typing import Any, NamedTuple

PERCENT, THOUSAND = 100.0, 1_000.0


class Part(NamedTuple):
    """`above` / `below` x `scale`."""

    above: float
    below: float
    scale: float = 1.0

    @property
    def value(self) -> float:
        """The figure; 0 where nothing stands below the stroke."""
        return self.above / self.below * self.scale if self.below else 0.0


def percent(above: Any, below: Any) -> Part:
    """A share in percent."""
    return Part(float(above), float(below), PERCENT)


def ratio(above: Any, below: Any) -> Part:
    """A plain ratio."""
    return Part(float(above), float(below))


def pooled(parts: list[Part]) -> float:
    """One figure of several seeds: sums above over sums below."""
    return Part(sum(p.above for p in parts), sum(p.below for p in parts), parts[0].scale).value
