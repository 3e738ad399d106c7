"""News: why something happened to somebody, in a few words with their figures, for one line of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.messages.names import breach_text, closure_text, suspension_text
from simulator.messages.reasons import amount_text, reason_text
from simulator.messages.sentences import parts_text
from simulator.money import money
from simulator.text import _, one_day

Event = Mapping[str, Any]


def news_reason_text(event: Event) -> str:
    """The first reason of an event, and how many more there are; without reasons, what it tells itself."""
    told = _TOLD.get(event["event"])
    if told is not None:
        return one_day(told(event))
    return one_day(_reasons(event.get("reasons", ())))


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> str:
    if not reasons:
        return ""
    shown = [reason for reason in reasons if reason["code"] in _short()] or list(reasons)
    first = short_reason(shown[0])
    more = len(shown) - 1
    return _("{first}; and {count} more").format(first=first, count=more) if more else first


def short_reason(reason: Mapping[str, Any]) -> str:
    """A reason in a few words about somebody else."""
    text = _short().get(reason["code"])
    if text is None:
        return reason_text(reason).rstrip(".。")
    unit = reason.get("unit", "none")
    actual, threshold = (amount_text(int(reason.get(name, 0)), unit) for name in ("actual", "threshold"))
    return text.format(actual=actual, threshold=threshold)


def _short() -> dict[str, str]:
    return {
        "identity_not_verified": _("identity not checked"),
        "too_young": _("{actual} years old; from {threshold}"),
        "too_old": _("{actual} years old; to {threshold}"),
        "student": _("a student"),
        "too_few_orders": _("orders {actual}; {threshold} needed"),
        "too_little_spend": _("spent {actual}; {threshold} needed"),
        "cooling_off": _("asked again after {actual} of {threshold} days"),
        "bureau_record": _("{actual} days late elsewhere; {threshold} allowed"),
        "debt_service_too_high": _("debts leave room for {actual}; least {threshold}"),
        "debt_service_full": _("debts leave room for {actual}; {threshold} needed"),
        "debt_service_fits": _("debts leave room for {threshold}"),
        "score_too_low": _("score {actual}; {threshold} needed"),
        "late": _("{actual} days late; {threshold} allowed"),
        "score_fell": _("score fell by {actual}; {threshold} allowed"),
        "high_use": _("{actual} months all used, least paid"),
        "dormant": _("{actual} months not used; {threshold} allowed"),
        "bills_on_time": _("{actual} bills on time; {threshold} needed"),
        "season_opens": _("festival season"),
        "season_over": _("festival season over"),
        "cured_quickly": _("paid {actual} days late; {threshold} allowed"),
        "request_granted": _("nothing late; asked {actual} days ago"),
        "appeal_upheld": _("appeal: alert {actual}; under {threshold} needed"),
        "breach_cured": _("what was wrong is put right"),
        "recorded_shock": _("a blow {actual} days ago"),
        "service_too_heavy": _("debts take {actual} of income"),
    }


def _limit(event: Event) -> str:
    told = _reasons(event["reasons"][:1])
    return told + _("; asked") if event["by"] == "request" else told


def _decided(event: Event) -> str:
    if event["decision"] == "approved":
        return _("score {score}, grade {grade}").format(score=event["score"], grade=event["grade"])
    return _reasons(event["reasons"])


def _suspended(event: Event) -> str:
    if event.get("plan"):
        return _("no buying while the plan runs")
    if "breach" in event:
        return _("{cause}: {what}").format(cause=suspension_text(event["cause"]), what=breach_text(event["breach"]))
    if event["cause"] == "overdue":
        return _("{days} days late").format(days=event["dpd"])
    return suspension_text(event["cause"])


def _closed(event: Event) -> str:
    cause = _("asked to close") if event["cause"] == "shopper" else closure_text(event["cause"])
    if not event["balance_fen"]:
        return cause
    return _("{cause}, {amount} owed").format(cause=cause, amount=money(event["balance_fen"]))


def _hardship(event: Event) -> str:
    return _("; ").join((parts_text(event, in_short=True), _reasons(event["reasons"][:1])))


_TOLD: dict[str, Callable[[Event], str]] = {
    "limit_changed": _limit,
    "application_decided": _decided,
    "reopening_decided": _decided,
    "line_opened": lambda event: _("approved, grade {grade}").format(grade=event["grade"]),
    "soft_blocked": lambda event: _("{days} days late").format(days=event["dpd"]),
    "suspended": _suspended,
    "closed": _closed,
    "hardship_agreed": _hardship,
    "charged_off": lambda event: _("{amount} owed").format(amount=money(event["amount_fen"])),
}
