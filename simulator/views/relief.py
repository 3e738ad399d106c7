"""Relief: in how many parts a shopper who cannot pay may ask to pay (RULES §11)."""

from __future__ import annotations

from simulator.rules.hardship import too_many_terms
from simulator.text import _
from simulator.world import World

MOST_PARTS = 120
"""The most that a step and a policy can name."""
USUAL_PARTS = (6, 12, 18, 24, 36, 48, 60, 84, MOST_PARTS)


def relief_terms(world: World) -> list[int]:
    """The usual numbers of parts that the lender agrees to, and the most of all; none where it agrees to none."""
    ask, agreed = world.ask(), []
    for parts in range(1, MOST_PARTS + 1):
        ask.terms = parts
        if not too_many_terms(world.account, world.life.record, ask).holds:
            agreed.append(parts)
    return [parts for parts in agreed if parts in USUAL_PARTS or parts == agreed[-1]]


def relief_refusal(world: World) -> str:
    """Why no plan can be asked for at all, whatever its parts; "" where one can."""
    return "" if relief_terms(world) else _("This lender agrees to no plan to pay in parts.")
