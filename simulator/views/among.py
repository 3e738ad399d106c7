"""Among: where the player is among people like him: of the same city tier and about the same age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.account import Account
from simulator.codes import NEVER
from simulator.market.protocol import Snapshot
from simulator.rules.balances import exposure_fen

if TYPE_CHECKING:
    from numpy.typing import NDArray

AGE_BANDS = ((18, 24), (25, 34), (35, 44), (45, 54), (55, 120))
FEWEST = 20
"""Among fewer people a place says nothing."""


@dataclass(frozen=True)
class Place:
    """One figure of the player, and of a hundred people like him how many have less and how many more."""

    name: str  # owed, limit, score
    value: int
    less: int
    more: int
    middle: int  # half of them have at least this much


@dataclass(frozen=True)
class Among:
    """The people like the player who have a line, and the player's places among them."""

    city_tier: int
    ages: tuple[int, int]
    people: int  # in the market
    with_line: int
    places: list[Place]


def among(snapshot: Snapshot, account: Account) -> Among:
    """Where the player stands; no places where there are too few people like him, or no line yet."""
    ages = next((band for band in AGE_BANDS if band[0] <= account.age <= band[1]), AGE_BANDS[0])
    columns = snapshot.columns
    alike = columns["arrived"] & (columns["city_tier"] == account.city_tier)
    alike = alike & (columns["age"] >= ages[0]) & (columns["age"] <= ages[1])
    lined = alike & (columns["limit_fen"] > 0)
    with_line = int(lined.sum())
    places: list[Place] = []
    if with_line >= FEWEST and account.opened_day != NEVER:
        mine = {"owed": exposure_fen(account), "limit": account.limit_fen, "score": account.score}
        theirs = {"owed": "exposure_fen", "limit": "limit_fen", "score": "score"}
        places = [_place(name, value, columns[theirs[name]][lined]) for name, value in mine.items()]
    return Among(int(account.city_tier), ages, int(alike.sum()), with_line, places)


def _place(name: str, value: int, others: NDArray[Any]) -> Place:
    import numpy as np

    count = len(others)
    less, more = int((others < value).sum()), int((others > value).sum())
    return Place(name, value, less * 100 // count, more * 100 // count, int(np.sort(others)[count // 2]))
