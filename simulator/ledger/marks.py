"""Marks: how a life stood at the end of each day on which it moved, added up from its events.

Words: *cash* is what the shopper has at hand, *owed* the principal on the line, *limit* the permanent and the
temporary one together.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from simulator.ledger.postings import Books
from simulator.policy.record import PolicyRecord

Event = Mapping[str, Any]

BEGAN, CAME, SPENT, PAID, PUT_BY = "began", "came", "spent", "paid", "put_by"
CASH_EVENTS = {
    "income_received": CAME, "refund_arrived": CAME, "expenses_paid": SPENT, "cash_purchase": SPENT,
    "payment_received": PAID, "plan_repaid_early": PAID,
}  # fmt: skip
"""Events that move the cash on their own day, each with the part of the sum that it belongs to."""


class CashMove(NamedTuple):
    """What an event does to the cash, and on which day; below 0 where it takes some away."""

    day: int
    part: str
    amount_fen: int


class Mark(NamedTuple):
    """How a life stood at the end of a day; or, between two days, by how much it moved."""

    day: int
    cash_fen: int
    owed_fen: int
    limit_fen: int


def cash_move(event: Event) -> CashMove | None:
    """What an event does to the cash; what is taken out of the fund arrives on a later day."""
    name, day = event["event"], event["day"]
    if name == "life_began":
        return CashMove(day, BEGAN, event["cash_fen"])
    if name == "fund_moved":
        if event["direction"] == "in":
            return CashMove(day, PUT_BY, -event["amount_fen"])
        waits = datetime.date.fromisoformat(event["arrives"]) - datetime.date.fromisoformat(event["date"])
        return CashMove(day + waits.days, PUT_BY, event["amount_fen"])
    if name not in CASH_EVENTS:
        return None
    part = CASH_EVENTS[name]
    amount_fen = event["total_fen"] if name == "plan_repaid_early" else event["amount_fen"]
    return CashMove(day, part, amount_fen if part == CAME else -amount_fen)


def marks_of(events: Iterable[Event], policy: PolicyRecord, last_day: int) -> list[Mark]:
    """Each day that moved cash, owed or limit, up to the last one, which is always told; oldest first.

    The books ask for a policy, though no principal hangs on it.
    """
    moved: dict[int, Mark] = {}
    books = Books()
    for event in events:
        cash = cash_move(event)
        if cash is not None:
            _add(moved, Mark(cash.day, cash.amount_fen, 0, 0))
        for posting in books.take(event, policy):
            if posting.account == "receivable_principal":
                _add(moved, Mark(event["day"], 0, posting.amount_fen, 0))
        if event["event"] == "line_opened":
            _add(moved, Mark(event["day"], 0, 0, event["limit_fen"]))
        elif event["event"] == "limit_changed":
            _add(moved, Mark(event["day"], 0, 0, event["to_fen"] - event["from_fen"]))
    days = [moved[day] for day in sorted(moved) if day <= last_day]
    if not days:
        return []
    return list(accumulate([*days, Mark(last_day, 0, 0, 0)] if days[-1].day < last_day else days, _after))


def _add(moved: dict[int, Mark], move: Mark) -> None:
    moved[move.day] = _after(moved[move.day], move) if move.day in moved else move


def _after(before: Mark, move: Mark) -> Mark:
    return Mark(
        move.day, before.cash_fen + move.cash_fen, before.owed_fen + move.owed_fen, before.limit_fen + move.limit_fen
    )
