"""Targets: published facts with bands, as `fixtures/targets.toml` holds them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from simulator.files import fixture
from simulator.text import CHINESE, language


@dataclass(frozen=True)
class Target:
    """One fact: bands of one or more figures, in the order in which the fact names them."""

    name: str
    fact: str
    zh: str
    measure: str
    low: tuple[float, ...]
    high: tuple[float, ...]
    unit: str
    source: str
    source_zh: str
    figures: tuple[str, ...] = ()
    figures_zh: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The fact in the reader's language."""
        return self.zh if language() == CHINESE else self.fact

    @property
    def spoken_source(self) -> str:
        """Who found what, in the reader's language."""
        return self.source_zh if language() == CHINESE else self.source

    def titles(self, count: int) -> list[str]:
        """What each of so many figures is called; one alone is what the fact says and has no name of its own."""
        return list(self.figures_zh if language() == CHINESE else self.figures) or [""] * count

    def units(self, count: int) -> list[str]:
        """The unit of each of so many figures; "%/pp" stands for two."""
        parts = self.unit.split("/")
        return parts if len(parts) == count else [self.unit] * count

    def bands(self, count: int) -> list[tuple[float, float]]:
        """A band for each of so many figures; where one band serves them all, that."""
        times = count // len(self.low)
        return list(zip(self.low * times, self.high * times, strict=True))

    def holds(self, figures: list[float]) -> list[bool]:
        """Whether each figure lies in its band."""
        return [low <= figure <= high for figure, (low, high) in zip(figures, self.bands(len(figures)), strict=True)]


def targets() -> list[Target]:
    """All targets, in the order of the file."""
    with fixture("targets.toml").open("rb") as file:
        told = tomllib.load(file)
    return [
        Target(
            name, each["fact"], each["zh"], each["measure"], tuple(each["low"]), tuple(each["high"]),
            each["unit"], each["source"], each["source_zh"], tuple(each.get("figures", ())), tuple(each.get("figures_zh", ())),
        )
        for name, each in told.items()
    ]  # fmt: skip
