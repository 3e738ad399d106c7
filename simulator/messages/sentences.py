"""Sentences: one plain line for every event, for timelines and the command line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from simulator.messages.names import (
    autopay_text,
    breach_text,
    bucket_text,
    closure_text,
    complaint_text,
    life_text,
    setting_text,
    suspension_text,
)
from simulator.messages.reasons import reason_text, reasons_of
from simulator.money import money
from simulator.policy.titles import leaf_title
from simulator.policy.written import setting_text as policy_text
from simulator.population.catalogue import item_name, merchant_name
from simulator.rules.arithmetic import last_principal_fen, term_principal_fen
from simulator.rules.hardship import SHOCK_DAYS
from simulator.text import _, capital, date_text, one_day, sentences

Event = Mapping[str, Any]
ROUTINE = frozenset(
    ("bureau_reported", "income_received", "expenses_paid", "score_changed", "reminded", "fund_yield")
)
"""Events that come to everybody on their day and would only hide the rest."""


def is_routine(event: Event) -> bool:
    """Whether an event would only hide the rest: living that could not be paid would not."""
    return event["event"] in ROUTINE and not event.get("short_fen")


def is_told_beside(event: Event) -> bool:
    """Whether the event of life on the same day tells all of it: what it took, or what it brought."""
    return (event["event"], event.get("kind")) in (("expenses_paid", "shock"), ("income_received", "windfall"))


def short_date(iso: str) -> str:
    """A day and month."""
    return date_text(datetime.date.fromisoformat(iso), year=False, weekday=False)


def what_was_bought(event: Event) -> str:
    """The thing or the shop of an order."""
    name = item_name(event["category"], event["merchant"], event["amount_fen"])
    if name and name == merchant_name(event["merchant"]):
        return _("something at {shop}").format(shop=name)
    return name or _("order {order}").format(order=event["order"])


def reasons_text(event: Event) -> str:
    """All reasons of an event in one line, as sentences of their own."""
    told = [reason_text(reason) for reason in reasons_of(event)]
    whole = [text for text in told if text.endswith((".", "。"))]
    points = _("; ").join(text for text in told if text not in whole)
    return sentences(*whole, _("{points}.").format(points=capital(points)) if points else "")


def _began(event: Event) -> str:
    return _("{name}, {age}: the life begins with {cash} in cash.").format(
        name=event["name"], age=event["age"], cash=money(event["cash_fen"])
    )


def _decided(event: Event) -> str:
    if event["decision"] == "approved":
        return _("Approved: you can use {limit}. Grade {grade}, score {score}.").format(
            limit=money(event["limit_fen"]), grade=event["grade"], score=event["score"]
        )
    if event["decision"] == "counter_offer":
        return _("Offered {limit} instead, score {score}. {reasons}").format(
            limit=money(event["limit_fen"]), score=event["score"], reasons=reasons_text(event)
        )
    return _("Not yet. {reasons}").format(reasons=reasons_text(event))


def _offer_lapsed(event: Event) -> str:
    if event.get("reasons"):
        return _("The offer lapses. {reasons}").format(reasons=reasons_text(event))
    return _("The offer was not taken in time.")


def _authorised(event: Event) -> str:
    words = {"what": what_was_bought(event), "amount": money(event["amount_fen"]), "terms": event["terms"]}
    if event["terms"] == 1:
        return _("Bought {what} for {amount}, to pay by the due day.").format(**words)
    if event["merchant_funded"]:
        return _("Bought {what} for {amount} over {terms} terms, the shop pays the fee.").format(**words)
    return _("Bought {what} for {amount} over {terms} terms.").format(**words)


def _plan(event: Event) -> str:
    first, last = event["schedule"][0], event["schedule"][-1]
    told = _("Plan of {amount}: {principal} + {fee} a month, {terms} times.")
    if last["principal_fen"] != first["principal_fen"]:
        told = _("Plan of {amount}: {principal} + {fee} a month, {terms} times, the last {last} + {fee}.")
    return told.format(
        amount=money(event["principal_fen"]), principal=money(first["principal_fen"]), fee=money(first["fee_fen"]),
        terms=len(event["schedule"]), last=money(last["principal_fen"]),
    )  # fmt: skip


def _settled(event: Event) -> str:
    return _("Plan settled for {total}. You saved {saved}.").format(
        total=money(event["total_fen"]), saved=money(event["saved_fen"])
    )


def _returned(event: Event) -> str:
    """What goes back, and the number of its order."""
    number = _("order {order}").format(order=event["order"])
    if "bought" not in event or (what := what_was_bought(event["bought"])) == number:
        return number
    return _("{what} ({number})").format(what=what, number=number)


def _return_opened(event: Event) -> str:
    told = _("Return of {what} opened.").format(what=_returned(event))
    if event.get("bought", {}).get("cash"):
        return told
    return sentences(told, _("What of it is on no bill yet waits meanwhile."))


def _refunded(event: Event) -> str:
    words = {
        "amount": money(event["amount_fen"]), "owed": money(event["owed_fen"]), "cash": money(event["cash_fen"]),
        "date": short_date(event["cash_date"]),
    }  # fmt: skip
    if event["cash_fen"] == 0:
        return _("{amount} refunded: you owe {owed} less.").format(**words)
    if event["owed_fen"] == 0:
        return _("{cash} comes to your cash on {date}.").format(**words)
    return _("{amount} refunded: you owe {owed} less, and {cash} comes to your cash on {date}.").format(
        **words
    )


def _statement(event: Event) -> str:
    if event["minimum_fen"] == event["balance_fen"]:
        return _("Bill: {balance} by {date}. All of it is the minimum.").format(
            balance=money(event["balance_fen"]), date=short_date(event["due_date"])
        )
    return _("Bill: {balance} by {date}. Minimum {minimum}; paying only that costs more later.").format(
        balance=money(event["balance_fen"]),
        date=short_date(event["due_date"]),
        minimum=money(event["minimum_fen"]),
    )


def _payment(event: Event) -> str:
    amount = money(event["amount_fen"])
    if "recovered_fen" in event["applied"]:
        return _("Paid {amount} of the debt that was written off.").format(amount=amount)
    if event["by"] == "autopay":
        return _("Autopay paid {amount}.").format(amount=amount)
    return _("Paid {amount}.").format(amount=amount)


def _limit(event: Event) -> str:
    words = {"from": money(event["from_fen"]), "to": money(event["to_fen"]), "reasons": reasons_text(event)}
    if event["kind"] == "temporary":
        return _("Temporary limit {from} to {to}. {reasons}").format(**words)
    if event["by"] == "request":
        return _("You asked for more. Limit {from} to {to}. {reasons}").format(**words)
    return _("Limit {from} to {to}. {reasons}").format(**words)


def _life(event: Event) -> str:
    figures = event["figures"]
    told = life_text(event["kind"])
    if "months" in figures:
        return _("{what}: no pay for {months} months.").format(what=told, months=figures["months"])
    if "paid_fen" in figures and figures["paid_fen"] == figures["amount_fen"]:
        return _("{what}: it cost {amount}, all of it paid from cash.").format(what=told, amount=money(figures["amount_fen"]))
    if "paid_fen" in figures:
        return _("{what}: it cost {amount}, {paid} of it paid from cash.").format(
            what=told, amount=money(figures["amount_fen"]), paid=money(figures["paid_fen"])
        )
    return _("{what}: {amount}.").format(what=told, amount=money(figures["amount_fen"]))


def _policy(event: Event) -> str:
    field = event["field"]
    return _("The lender changes “{field}” from {old} to {new}, from tomorrow on.").format(
        field=leaf_title(field), old=policy_text(field, event["from"]), new=policy_text(field, event["to"])
    )


def _fund(event: Event) -> str:
    if event["direction"] == "in":
        return _("{amount} put into the fund.").format(amount=money(event["amount_fen"]))
    return _("{amount} taken out of the fund; it arrives on {date}.").format(
        amount=money(event["amount_fen"]), date=short_date(event["arrives"])
    )


def _reminded(event: Event) -> str:
    stage = event["stage"]
    if stage < 0:
        return _("Reminder: a bill is due in {days} days.").format(days=-stage)
    if stage == 0:
        return _("Reminder: a bill is due today.")
    due = datetime.date.fromisoformat(event["date"]) - datetime.timedelta(days=stage)
    told = _("Reminder: due {date}, unpaid for {days} days.")
    return told.format(date=date_text(due, year=False, weekday=False), days=stage)


def _income(event: Event) -> str:
    if event["kind"] == "pay":
        return _("Pay of {amount} came in.").format(amount=money(event["amount_fen"]))
    return _("{amount} came in.").format(amount=money(event["amount_fen"]))


def _expenses(event: Event) -> str:
    if event.get("short_fen"):
        return _short_of_living(event)
    if event["kind"] == "living":
        return _("Rent and daily life took {amount}.").format(amount=money(event["amount_fen"]))
    told = {"shock": _("What happened took {amount} of your cash."), "other": _("Other spending took {amount}, beyond the cash usually kept.")}
    return told[event["kind"]].format(amount=money(event["amount_fen"]))


def _short_of_living(event: Event) -> str:
    """What of a day's living could be paid and what not, and what the fund would have had for it."""
    paid, short = event["amount_fen"], event["short_fen"]
    told = _("Rent and daily life asked {asked}; {paid} was paid, {short} was not: there was no more cash.")
    told = told.format(asked=money(paid + short), paid=money(paid), short=money(short))
    fund = event.get("fund_fen", 0)
    return sentences(told, _("The fund held {fund}.").format(fund=money(fund)) if fund else "")


def _bucket(event: Event) -> str:
    return _("{days} days late: {before} becomes {after}.").format(
        days=event["dpd"], before=bucket_text(event["from"]), after=bucket_text(event["to"])
    )


def _complained(event: Event) -> str:
    told = (
        _("You complained to the regulator: {about}.")
        if event["to"] == "regulator"
        else _("You complained to the lender: {about}.")
    )
    return told.format(about=complaint_text(event["about"]))


def _reported(event: Event) -> str:
    if event["dpd"] == 0:
        return _("Reported to the bureau: on time.")
    return _("Reported to the bureau: {dpd} days late.").format(dpd=event["dpd"])


def _setting(event: Event) -> str:
    words: dict[str, Callable[[Any], str]] = {"spend_cap": money, "autopay": autopay_text}
    shown = words.get(event["name"], str)(event["value"])
    return _("{name} set to {value}.").format(name=setting_text(event["name"]), value=shown)


def _submitted(event: Event) -> str:
    return _("You handed in the form: income {amount} a month.").format(amount=money(event["income_fen"]))


def _closed(event: Event) -> str:
    if event["balance_fen"]:
        return _("Closed: {cause}. You still owe {amount}.").format(
            cause=closure_text(event["cause"]), amount=money(event["balance_fen"])
        )
    if event["cause"] == "overdue":  # nothing is left: it closed long ago, and its debt was written off
        return _("The debt that was written off is paid in full. You owe 0.00; the line stays closed.")
    return _("Closed: {cause}. You owe 0.00.").format(cause=closure_text(event["cause"]))


def _suspended(event: Event) -> str:
    if event.get("plan"):
        return _("Suspended: nothing can be bought while the hardship plan runs. Once it is paid, ask for it to be lifted.")
    if "breach" in event:
        return _("Suspended because of broken terms: {breach}.").format(breach=breach_text(event["breach"]))
    if event["cause"] == "overdue":
        return _("Suspended: {dpd} days late. Pay what is late, then ask for it to be lifted.").format(
            dpd=event["dpd"]
        )
    return _("Suspended because of {cause}.").format(cause=suspension_text(event["cause"]))


def parts_text(event: Event, in_short: bool = False) -> str:
    """A debt in the parts of a hardship plan, as the rule makes them; in short without the last that takes the rest."""
    amount, terms = event["amount_fen"], event["terms"]
    part, last = term_principal_fen(amount, terms), last_principal_fen(amount, terms)
    told = _("{amount} in {terms} parts of {part}") if in_short or part == last else _("{amount} in {terms} parts of {part}, the last {last}")
    return one_day(told.format(amount=money(amount), terms=terms, part=money(part), last=money(last)))


def _no_relief(event: Event) -> str:
    runs = any(reason["code"] == "hardship_running" for reason in event["reasons"])
    told = _("No second hardship plan. {reasons}") if runs else _("No hardship plan. {reasons}")
    told = told.format(reasons=reasons_text(event)).rstrip()
    unshown = any(reason["code"] == "no_hardship_shown" for reason in event["reasons"])
    return sentences(told, _blow_text(event.get("blow"))) if unshown else told


def _blow_text(blow: Event | None) -> str:
    """For how long a blow counts, and how long ago the last one was."""
    if blow is None:
        return _("A blow counts for {most} days; none is on record.").format(most=SHOCK_DAYS)
    told = _("A blow counts for {most} days; the last on record was {days} days ago: {what}.")
    return told.format(most=SHOCK_DAYS, what=life_text(blow["kind"]), days=blow["days"])


def _plan_ended(event: Event) -> str:
    told = _("The hardship plan has ended. {reasons}").format(reasons=reasons_text(event)).rstrip()
    if not event.get("stays"):
        return told
    missed = any(reason["code"] == "term_missed" for reason in event["reasons"])
    stays = _("The suspension stays while anything is late.") if missed else _("The suspension stays until you ask for it to be lifted.")
    return sentences(told, stays)


def _with(text: Callable[[], str], *amounts: str) -> Callable[[Event], str]:
    """A sentence whose placeholders are the event's own fields, some of them amounts."""

    def told(event: Event) -> str:
        figures = {key: value for key, value in event.items() if isinstance(value, int | str)}
        figures |= {name.removesuffix("_fen"): money(event[name]) for name in amounts}
        if "merchant" in event:
            figures["what"] = what_was_bought(event)
            figures["shop"] = merchant_name(event["merchant"])
        if "due_date" in event:
            figures["due"] = short_date(event["due_date"])
        return text().format(**figures, reasons=reasons_text(event)).rstrip()

    return told


_SENTENCES: dict[str, Callable[[Event], str]] = {
    "life_began": _began,
    "application_submitted": _submitted,
    "application_decided": _decided,
    "reopening_decided": _decided,
    "line_opened": _with(
        lambda: _("The line is open: {limit}, bill on day {statement_day} of the month."), "limit_fen"
    ),
    "offer_lapsed": _offer_lapsed,
    "identity_verified": _with(lambda: _("Your identity was checked.")),
    "identity_expired": _with(lambda: _("Your identity document has expired.")),
    "cash_purchase": _with(lambda: _("Bought {what} for {amount} with cash."), "amount_fen"),
    "purchase_authorised": _authorised,
    "purchase_declined": _with(lambda: _("{what} for {amount} was not bought. {reasons}"), "amount_fen"),
    "purchase_held": _with(
        lambda: _("{what} for {amount} waits. {reasons} Show that it is you."), "amount_fen"
    ),
    "purchase_released": _with(lambda: _("{what} for {amount} was checked and goes through."), "amount_fen"),
    "plan_created": _plan,
    "plan_repaid_early": _settled,
    "return_opened": _return_opened,
    "return_ended": lambda event: _("Return of {what} ended.").format(what=_returned(event)),
    "refunded": _refunded,
    "refund_arrived": _with(lambda: _("Refund of {amount} has arrived in your cash."), "amount_fen"),
    "late_fee_charged": _with(lambda: _("Late fee charged: {amount}."), "amount_fen"),
    "revolving_fee_charged": _with(lambda: _("Carrying fee charged: {amount}."), "amount_fen"),
    "statement_made": _statement,
    "payment_received": _payment,
    "payment_missed": _with(
        lambda: _("{unpaid_minimum} was due on {due} and not paid."), "unpaid_minimum_fen"
    ),
    "reminded": _reminded,
    "bucket_changed": _bucket,
    "score_changed": _with(lambda: _("Score {score}, grade {grade}.")),
    "limit_changed": _limit,
    "limit_request_declined": _with(lambda: _("No higher limit now. {reasons}")),
    "monitor_alerted": _with(lambda: _("Alert score {alert_score}. {reasons}")),
    "soft_blocked": _with(
        lambda: _("Blocked for buying: {dpd} days late. Paying what is late opens it the next day.")
    ),
    "suspended": _suspended,
    "breach_found": lambda event: _("Terms broken: {kind}.").format(kind=breach_text(event["kind"])),
    "reinstatement_requested": _with(lambda: _("You asked to lift the suspension.")),
    "reinstatement_declined": _with(lambda: _("The suspension stays. {reasons}")),
    "reinstated": _with(lambda: _("Lifted. {reasons}")),
    "appealed": _with(lambda: _("You appealed.")),
    "appeal_decided": _with(lambda: _("Your appeal was decided. {reasons}")),
    "locked": _with(lambda: _("You locked the line.")),
    "unlocked": _with(lambda: _("You unlocked the line.")),
    "closure_requested": _with(lambda: _("You asked to close the line.")),
    "closure_withdrawn": _with(lambda: _("You took the request to close back.")),
    "closure_blocked": _with(lambda: _("It cannot close yet. {reasons}")),
    "closed": _closed,
    "reopening_requested": _with(lambda: _("You asked for the line back.")),
    "hardship_requested": _with(lambda: _("You asked to pay {amount} in {terms} parts."), "amount_fen"),
    "hardship_declined": _no_relief,
    "hardship_agreed": lambda event: _("{parts}, no fee, no buying. One miss ends it.").format(parts=parts_text(event)),
    "hardship_ended": _plan_ended,
    "charged_off": _with(lambda: _("{amount} was written off. It is still yours to pay."), "amount_fen"),
    "product_ended": _with(lambda: _("The lender ends the product.")),
    "bureau_reported": _reported,
    "income_received": _income,
    "expenses_paid": _expenses,
    "fund_moved": _fund,
    "fund_yield": _with(lambda: _("The fund yielded {amount}."), "amount_fen"),
    "setting_changed": _setting,
    "policy_changed": _policy,
    "life_event": _life,
    "complained": _complained,
    "step_refused": _with(lambda: _("That cannot be done. {reasons}")),
    "caption": lambda event: _(event["text"]),
    "summary": _with(lambda: _("So far: {status}.")),
}


def sentence(event: Event) -> str:
    """An event in one plain line."""
    told = one_day(_SENTENCES[event["event"]](event))
    return capital(told)
