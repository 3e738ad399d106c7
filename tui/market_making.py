"""Making a market: of what it is made, what lives it, and what comes before on a machine that has compiled nothing yet.

What is heavy is loaded by who makes one, on the engine's thread.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from simulator.calendar import WARM_UP_DAYS
from simulator.market.protocol import Snapshot
from simulator.policy.schema import Policy

if TYPE_CHECKING:
    from simulator.past import Past
    from simulator.world import World

Tell = Callable[[int, int], None]
Stop = Callable[[], bool]
GiveWay = Callable[[], None]
SHOPPERS = 20_000


@dataclass(frozen=True)
class Recipe:
    """What a market is made of. Two of the same recipe on the same day are the same market."""

    policy: Policy
    seed: int
    start: datetime.date
    shoppers: int = SHOPPERS
    warm_up_days: int | None = None


class Engine(Protocol):
    """What the runner needs of `simulator.market.Market`."""

    @property
    def day(self) -> int:
        """The last day lived."""
        ...

    @property
    def snapshot(self) -> Snapshot:
        """How the market stands."""
        ...

    def warm_up(self, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """Live the days before day 0. Where that is cancelled, another market must be made."""
        ...

    def advance(self, days: int, progress: Callable[[int, int], None], cancel: Callable[[], bool]) -> None:
        """Live some days."""
        ...

    def change_policy(self, policy: Policy) -> None:
        """Another policy from the next day on."""
        ...

    def life(self, shopper: int) -> World:
        """A shopper's whole life."""
        ...

    def past(self, shopper: int, name: str) -> Past:
        """The same as a recipe, for playing on from there."""
        ...


class Refused(Exception):
    """A market that cannot be made; the message says why in plain words."""


def new_market(recipe: Recipe, give_way: GiveWay, progress: Tell | None = None, cancel: Stop | None = None) -> Engine:
    """A market by its recipe; it loads what is heavy and may compile, so it is called on the engine's thread.
    `give_way` is called often while it lives, and may let others go first.

    Raises Refused where there is no room for it.
    """
    from simulator.engine.run import TooLarge
    from simulator.market.market import Market

    try:
        return Market(
            recipe.policy, seed=recipe.seed, shoppers=recipe.shoppers, start=recipe.start,
            warm_up_days=WARM_UP_DAYS if recipe.warm_up_days is None else recipe.warm_up_days,
            progress=progress, cancel=cancel, give_way=give_way,
        )  # fmt: skip
    except TooLarge as error:
        raise Refused(str(error)) from error


def unkept() -> str:
    """Why the compiled rules could not be kept; "" where they were."""
    from simulator.market.ready import unkept as told

    return told()


def compile_apart(stop: Stop) -> None:
    """Compile the engine's rules in a process of its own, where keys and drawing do not wait for it."""
    from simulator.market.ready import make_ready_apart

    make_ready_apart(stop)
