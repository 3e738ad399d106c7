"""Reasons: the leaf rules by topic, so that a decision and its explanation ask the same leaf.

A deciding rule ORs one bit a reason; the bit's place is the reason's place in its topic. A topic
is declared once, beside its leaves. `findings` asks the leaves of the bits that are set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from simulator.account import Account
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask, Finding

Leaf = Callable[[Account, PolicyRecord, Ask], Finding]

(APPLICATION, REOPENING, PURCHASE, MONITOR, LIMIT_REFUSED, LIMIT_RAISED, LIMIT_CUT, LIMIT_SEASON,
 REINSTATEMENT_REFUSED, REINSTATEMENT, APPEAL, CLOSURE, HARDSHIP_REFUSED, HARDSHIP_GRANTED,
 HARDSHIP_OVER, STEP) = range(1, 17)  # fmt: skip


class Reason(NamedTuple):
    """A reason code, the unit of its figures, and the leaf that finds it."""

    code: str
    unit: str
    leaf: Leaf


TOPICS: dict[int, tuple[Reason, ...]] = {}


def declare(topic: int, *reasons: tuple[str, str, Leaf]) -> None:
    """Declare a topic's reasons in the order of their bits."""
    TOPICS[topic] = tuple(Reason(*reason) for reason in reasons)


@rule
def bit(place: int, finding: Finding) -> int:
    """The bit of a reason if it holds, else 0."""
    if finding.holds:
        return 1 << place
    return 0


def findings(
    topic: int, bits: int, account: Account, policy: PolicyRecord, ask: Ask
) -> Iterator[tuple[Reason, Finding]]:
    """The reasons of the bits that are set, each with what its leaf finds on this account."""
    for place, reason in enumerate(TOPICS[topic]):
        if bits >> place & 1:
            yield reason, reason.leaf(account, policy, ask)
