"""The market: a population of shoppers under one policy, and ways to look through it."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """`Market`, loaded with the engine when it is asked for: nothing heavy at import."""
    if name == "Market":
        from simulator.market.market import Market

        return Market
    raise AttributeError(name)
