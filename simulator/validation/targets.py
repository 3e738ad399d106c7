"""Targets: published facts with bands, as `fixtures/targets.toml` holds them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from simulator.files import fixture


@dataclass(frozen=True)
class Target:
    """One fact: bands of one or more figures, in the order in which the fact names them."""

    name: str
    fact: str
    measure: str
    low: tuple[float, ...]
    mid: tuple[float, ...]
    high: tuple[float, ...]
    unit: str
    confidence: str
    source: str

    def holds(self, figures: list[float]) -> list[bool]:
        """Whether each figure lies in its band; where one band serves several figures, in that."""
        count = len(figures)
        low, high = self.low * (count // len(self.low)), self.high * (count // len(self.high))
        return [a <= figure <= b for a, figure, b in zip(low, figures, high, strict=True)]


def targets() -> list[Target]:
    """All targets, in the order of the file."""
    with fixture("targets.toml").open("rb") as file:
        told = tomllib.load(file)
    return [
        Target(
            name, each["fact"], each["measure"], tuple(each["low"]), tuple(each["mid"]), tuple(each["high"]),
            each["unit"], each["confidence"], each["source"],
        )
        for name, each in told.items()
    ]  # fmt: skip
