"""Whiteslip's simulator: the rulebook, the engine and the save, without a screen.

For use from Python, `from simulator import World, Policy, compare`: the names in `__all__`, told in
docs/python.md. Each is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOME = {
    "Comparison": "simulator.lab.compare",
    "Market": "simulator.market.market",
    "Measured": "simulator.lab.answer",
    "Person": "simulator.population.people",
    "Policy": "simulator.policy.schema",
    "Simulation": "simulator.market.simulation",
    "Sweep": "simulator.lab.swept",
    "World": "simulator.world",
    "change": "simulator.notebook",
    "compare": "simulator.notebook",
    "draw_person": "simulator.population.people",
    "load_policy": "simulator.policy.load",
    "simulate": "simulator.notebook",
    "sweep": "simulator.notebook",
}

if TYPE_CHECKING:
    from simulator.lab.answer import Measured as Measured
    from simulator.lab.compare import Comparison as Comparison
    from simulator.lab.swept import Sweep as Sweep
    from simulator.market.market import Market as Market
    from simulator.market.simulation import Simulation as Simulation
    from simulator.notebook import change as change
    from simulator.notebook import compare as compare
    from simulator.notebook import simulate as simulate
    from simulator.notebook import sweep as sweep
    from simulator.policy.load import load_policy as load_policy
    from simulator.policy.schema import Policy as Policy
    from simulator.population.people import Person as Person
    from simulator.population.people import draw_person as draw_person
    from simulator.world import World as World

__all__ = [
    "Comparison", "Market", "Measured", "Person", "Policy", "Simulation", "Sweep", "World", "change", "compare",
    "draw_person", "load_policy", "simulate", "sweep",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """A public name, imported now."""
    if name not in _HOME:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names too."""
    return sorted({*globals(), *_HOME})
