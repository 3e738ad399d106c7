"""Room: for how many shoppers the Lab has memory."""

from __future__ import annotations

from simulator.engine.run import TooLarge
from simulator.market.memory import HEADROOM_BYTES, free_bytes
from simulator.text import _

BYTES_A_SHOPPER = 5_000
"""People as they stand, both policies' own rows, and what is worked out from them."""
LEAST, MOST = 1_024, 100_000
_MEGABYTE = 1_000_000


def most_shoppers() -> int:
    """For how many there is room while as much again stays free; a first answer's worth at least."""
    free = free_bytes()
    if free is None:
        return MOST
    return max(LEAST, (free - HEADROOM_BYTES) // (2 * BYTES_A_SHOPPER))


def check_room(shoppers: int) -> None:
    """Raise TooLarge where a comparison of so many would not fit."""
    needed, free = shoppers * BYTES_A_SHOPPER + HEADROOM_BYTES, free_bytes()
    if free is None or needed <= free:
        return
    text = _("{shoppers} shoppers need {needed} MB of memory, and {free} MB are free; take fewer.")
    raise TooLarge(
        text.format(shoppers=f"{shoppers:,}", needed=f"{needed // _MEGABYTE:,}", free=f"{free // _MEGABYTE:,}")
    )
