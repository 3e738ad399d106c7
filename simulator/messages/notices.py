"""Notices: what the lender tells the shopper, each explaining itself (PRODUCT A7, SCREENS 收件箱)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.messages.reasons import reason_text, reasons_of
from simulator.messages.sentences import sentence
from simulator.text import _

GOOD, WATCH, BAD, PLAIN = "good", "watch", "bad", "plain"


@dataclass(frozen=True)
class Notice:
    """A message of the inbox: what, why, what stays, where to go."""

    title: str
    what: str
    reasons: list[str] = field(default_factory=list)
    unchanged: str = ""
    place: str = "home"
    severity: str = PLAIN


def _titles() -> dict[str, tuple[str, str, str]]:
    """Title, place and severity of each kind of event that is told."""
    return {
        "application_decided": (_("Your application"), "limit", PLAIN),
        "reopening_decided": (_("Your request for the line back"), "account", PLAIN),
        "offer_lapsed": (_("The offer has lapsed"), "account", WATCH),
        "purchase_declined": (_("A purchase did not go through"), "shop", WATCH),
        "purchase_held": (_("A purchase waits for you"), "account", WATCH),
        "purchase_released": (_("A purchase went through"), "shop", GOOD),
        "statement_made": (_("Your bill is ready"), "bills", PLAIN),
        "payment_missed": (_("A bill was not paid"), "bills", BAD),
        "reminded": (_("A reminder"), "bills", WATCH),
        "limit_changed": (_("Your limit has changed"), "limit", PLAIN),
        "limit_request_declined": (_("No higher limit now"), "limit", WATCH),
        "monitor_alerted": (_("Something looked unusual"), "account", WATCH),
        "soft_blocked": (_("Blocked for buying"), "bills", BAD),
        "suspended": (_("Your line is suspended"), "account", BAD),
        "breach_found": (_("Terms were broken"), "account", BAD),
        "reinstatement_declined": (_("The suspension stays"), "account", BAD),
        "reinstated": (_("The line is lifted"), "account", GOOD),
        "appeal_decided": (_("Your appeal"), "account", PLAIN),
        "closure_blocked": (_("It cannot close yet"), "account", WATCH),
        "closed": (_("Your line is closed"), "account", PLAIN),
        "hardship_declined": (_("No hardship plan"), "account", WATCH),
        "hardship_agreed": (_("A hardship plan is agreed"), "bills", GOOD),
        "hardship_ended": (_("The hardship plan has ended"), "bills", WATCH),
        "charged_off": (_("The debt was written off"), "bills", BAD),
        "product_ended": (_("The product ends"), "account", WATCH),
        "refunded": (_("An order was refunded"), "bills", GOOD),
        "refund_arrived": (_("A refund has arrived"), "money", GOOD),
        "plan_repaid_early": (_("A plan is settled"), "bills", GOOD),
        "policy_changed": (_("The lender's rules change"), "account", PLAIN),
        "life_event": (_("Something happened"), "money", PLAIN),
        "expenses_paid": (_("Living could not be paid"), "money", BAD),
    }


def _unchanged(event: Mapping[str, Any]) -> str:
    name = event["event"]
    if name == "limit_changed" and event["to_fen"] < event["from_fen"] and event["by"] != "closure":
        return _("What you owe stays on its plan; nothing has to be paid at once.")
    if name in ("suspended", "soft_blocked"):
        return _("What you owe can be paid as before.")
    if name == "closed" and event["balance_fen"]:
        return _("What you owe is still to be paid, on its days.")
    return ""


def _severity(event: Mapping[str, Any], usual: str) -> str:
    if event["event"] in ("application_decided", "reopening_decided"):
        return GOOD if event["decision"] != "declined" else WATCH
    if event["event"] == "limit_changed":
        return GOOD if event["to_fen"] > event["from_fen"] else WATCH
    return usual


def notice(event: Mapping[str, Any]) -> Notice | None:
    """The message of an event, or None for what the lender does not write about."""
    told = _titles().get(event["event"])
    if told is None or (event["event"] == "expenses_paid" and not event.get("short_fen")):
        return None
    title, place, usual = told
    if event["event"] == "closed" and event["cause"] == "overdue" and not event["balance_fen"]:
        title, usual = _("Your debt is paid"), GOOD
    reasons = reasons_of(event)
    if event["event"] == "hardship_declined" and any(each["code"] == "hardship_running" for each in reasons):
        title = _("No second hardship plan")
    return Notice(
        title, sentence(event), [reason_text(reason) for reason in reasons], _unchanged(event), place, _severity(event, usual),
    )  # fmt: skip


def taught(event: Mapping[str, Any]) -> Notice:
    """The message of an event that nobody writes about, told for what it teaches."""
    title, place = {
        "plan_created": (_("You pay in parts"), "bills"),
        "closure_requested": (_("You asked to close"), "account"),
        "bureau_reported": (_("Reported to the bureau"), "money"),
    }[event["event"]]
    return Notice(title, sentence(event), place=place)
