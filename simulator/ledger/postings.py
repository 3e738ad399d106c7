"""Postings: the lender's books, double entry per event, in fen (RULES §12).

A posting above 0 is a debit. `Books.take` is fed the events of one life in order and gives each
event's postings, which add up to 0; it remembers only what later events need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from simulator.policy.record import PolicyRecord
from simulator.rules.pricing import fee_taken_back_fen, merchant_fee_fen

Event = Mapping[str, Any]
Held = TypeVar("Held")
Timeline = Sequence[tuple[int, PolicyRecord]]
"""Policies with the day from which each holds, earliest first."""


class Posting(NamedTuple):
    """An amount on an account; above 0 is a debit."""

    account: str
    amount_fen: int


class Books:
    """The fold over a life's events."""

    def __init__(self) -> None:
        """Empty books."""
        self.cash_orders: set[int] = set()
        self.funded: dict[int, tuple[int, int]] = {}
        self.charged_off = False

    def copy(self) -> Books:
        """An independent copy."""
        other = Books()
        other.cash_orders = set(self.cash_orders)
        other.funded = dict(self.funded)
        other.charged_off = self.charged_off
        return other

    def fold(self, events: Iterable[Event], policies: Timeline) -> None:
        """Take events for what must be remembered of them."""
        for event in events:
            self.take(event, policy_on(policies, event["day"]))

    def take(self, event: Event, policy: PolicyRecord) -> list[Posting]:
        """The postings of the next event; those of 0 fen are left out."""
        handler = _HANDLERS.get(event["event"])
        found = handler(self, event, policy) if handler else []
        return [posting for posting in found if posting.amount_fen != 0]


def policy_on(policies: Sequence[tuple[int, Held]], day: int) -> Held:
    """The policy in force on a day; the first one on days before it."""
    return next((policy for first, policy in reversed(policies) if first <= day), policies[0][1])


def _move(amount_fen: int, debit: str, credit: str) -> list[Posting]:
    return [Posting(debit, amount_fen), Posting(credit, -amount_fen)]


def _cash_purchase(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    books.cash_orders.add(event["order"])
    return []


def _purchase(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    amount = event["amount_fen"]
    fee = merchant_fee_fen(policy, amount, event["terms"], event["merchant_funded"])
    books.funded[event["order"]] = (amount, fee)
    return [
        Posting("receivable_principal", amount),
        Posting("merchant_payable", fee - amount),
        Posting("merchant_fee_income", -fee),
    ]


def _statement(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return _move(event["plan_fee_fen"], "fees_receivable", "fee_income")


def _late_fee(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return _move(event["amount_fen"], "fees_receivable", "late_income")


def _revolving_fee(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return _move(event["amount_fen"], "fees_receivable", "fee_income")


def _payment(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    applied = event["applied"]
    if "recovered_fen" in applied:
        return _move(applied["recovered_fen"], "cash", "recovery")
    fees = applied["late_fee_fen"] + applied["revolving_fee_fen"] + applied["plan_fee_fen"]
    principal = applied["plan_principal_fen"] + applied["principal_fen"]
    return [
        Posting("cash", event["amount_fen"]),
        Posting("fees_receivable", -fees),
        Posting("receivable_principal", -principal),
    ]


def _settlement(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return [
        Posting("cash", event["total_fen"]),
        Posting("receivable_principal", -event["principal_fen"]),
        Posting("fee_income", -event["settlement_fee_fen"]),
    ]


def _refund(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    """The merchant gives the amount back less its share of the merchant fee, which is taken back."""
    if event["order"] in books.cash_orders:
        return []
    amount = event["amount_fen"]
    bought, fee = books.funded.get(event["order"], (amount, 0))
    fee_back = fee_taken_back_fen(fee, amount, bought)
    return [
        Posting("merchant_payable", amount - fee_back),
        Posting("merchant_fee_income", fee_back),
        Posting("receivable_principal", -event["owed_fen"]),
        Posting("refunds_payable", -event["cash_fen"]),
    ]


def _refund_arrived(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    if event["order"] in books.cash_orders:
        return []
    return _move(event["amount_fen"], "refunds_payable", "cash")


def _hardship(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    """Fees that were charged become principal of the hardship plan."""
    return _move(event["fee_fen"], "receivable_principal", "fees_receivable")


def _charge_off(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return [
        Posting("charge_off", event["amount_fen"]),
        Posting("receivable_principal", -event["principal_fen"]),
        Posting("fees_receivable", -event["fee_fen"]),
    ]


def _opened(books: Books, event: Event, policy: PolicyRecord) -> list[Posting]:
    return _move(policy.acquisition_fen, "acquisition_cost", "cash")


_HANDLERS: dict[str, Callable[[Books, Event, PolicyRecord], list[Posting]]] = {
    "cash_purchase": _cash_purchase,
    "purchase_authorised": _purchase,
    "statement_made": _statement,
    "late_fee_charged": _late_fee,
    "revolving_fee_charged": _revolving_fee,
    "payment_received": _payment,
    "plan_repaid_early": _settlement,
    "refunded": _refund,
    "refund_arrived": _refund_arrived,
    "hardship_agreed": _hardship,
    "charged_off": _charge_off,
    "line_opened": _opened,
}


def trial_balance(postings: Iterable[Posting]) -> dict[str, int]:
    """The sum of each account; they add up to 0."""
    sums: dict[str, int] = {}
    for posting in postings:
        sums[posting.account] = sums.get(posting.account, 0) + posting.amount_fen
    return sums
