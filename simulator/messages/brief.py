"""In brief: what happened to oneself in a few words, with the amount that it is about apart from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from simulator.messages.names import life_text
from simulator.messages.notices import notice
from simulator.messages.sentences import sentence, what_was_bought
from simulator.text import _, capital

Event = Mapping[str, Any]
AMOUNTS = {
    "life_began": "cash_fen", "cash_purchase": "amount_fen", "purchase_authorised": "amount_fen",
    "purchase_declined": "amount_fen", "purchase_held": "amount_fen", "purchase_released": "amount_fen",
    "plan_repaid_early": "total_fen", "refunded": "amount_fen", "refund_arrived": "amount_fen",
    "late_fee_charged": "amount_fen", "revolving_fee_charged": "amount_fen", "statement_made": "balance_fen",
    "payment_received": "amount_fen", "payment_missed": "unpaid_minimum_fen", "limit_changed": "to_fen",
    "line_opened": "limit_fen", "fund_moved": "amount_fen", "charged_off": "amount_fen", "life_event": "amount_fen",
    "application_decided": "limit_fen", "reopening_decided": "limit_fen",
    "expenses_paid": "short_fen",
}  # fmt: skip
"""The amount that an event is about; what is not named here is about none."""


class Brief(NamedTuple):
    """A few words, and the amount in fen if there is one."""

    what: str
    amount_fen: int | None


def brief(event: Event) -> Brief:
    """What happened; where no few words are kept for it, the title of its message or its whole sentence."""
    kept, message = _BRIEF.get(event["event"]), notice(event)
    what = kept(event) if kept else message.title if message else sentence(event).rstrip(".。")
    return Brief(capital(what), _amount(event))


def _amount(event: Event) -> int | None:
    name = event["event"]
    figures: Mapping[str, int] = event["figures"] if name == "life_event" else event
    return None if event.get("decision") == "declined" else figures.get(AMOUNTS.get(name, ""))


def _bought(event: Event) -> str:
    what = what_was_bought(event)
    if event["terms"] == 1:
        return _("{what} (on the line)").format(what=what)
    return _("{what} ({terms} terms)").format(what=what, terms=event["terms"])


def _decided(event: Event) -> str:
    return {
        "approved": _("Approved, limit"), "counter_offer": _("Offered instead, limit"), "declined": _("Not approved yet"),
    }[event["decision"]]  # fmt: skip


def _limit(event: Event) -> str:
    if event["kind"] == "temporary":
        return _("Extra limit for the season") if event["to_fen"] else _("Extra limit is over")
    if event["by"] == "closure":
        return _("The limit ends with the line")
    return _("Limit raised to") if event["to_fen"] > event["from_fen"] else _("Limit cut to")


def _with_what(text: Callable[[], str]) -> Callable[[Event], str]:
    return lambda event: text().format(what=what_was_bought(event))


_BRIEF: dict[str, Callable[[Event], str]] = {
    "life_began": lambda event: _("This life begins with"),
    "cash_purchase": _with_what(lambda: _("{what} (cash)")),
    "purchase_authorised": _bought,
    "purchase_declined": _with_what(lambda: _("{what} (not bought)")),
    "purchase_held": _with_what(lambda: _("{what} (waits for you)")),
    "purchase_released": _with_what(lambda: _("{what} (goes through)")),
    "refunded": lambda event: _("Refund agreed"),
    "return_opened": lambda event: _("You began a return"),
    "return_ended": lambda event: _("A return has ended"),
    "late_fee_charged": lambda event: _("Late fee"),
    "revolving_fee_charged": lambda event: _("Carrying fee"),
    "payment_received": lambda event: _("Paid by autopay") if event["by"] == "autopay" else _("Paid to the lender"),
    "application_decided": _decided,
    "reopening_decided": _decided,
    "line_opened": lambda event: _("The line opens, limit"),
    "limit_changed": _limit,
    "fund_moved": lambda event: _("Put into the fund") if event["direction"] == "in" else _("Taken from the fund"),
    "expenses_paid": lambda event: _("Living not paid") if event.get("short_fen") else sentence(event).rstrip(".。"),
    "life_event": lambda event: life_text(event["kind"]),
}
