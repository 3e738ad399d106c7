"""Why? for an order: what of its price is paid, on bills and still to come, and the fees of its plan."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator import codes
from simulator.account import Order
from simulator.explain.answer import Explanation, Input, Line, UnknownFigure, answer
from simulator.explain.plans import fees_to_come_fen
from simulator.money import money
from simulator.rules.instalments import plan_of
from simulator.text import _, date_text, one_day, sentences
from simulator.world import World

Event = Mapping[str, Any]
TAKEN = ("hardship_agreed", "charged_off")
"""Events after which what was owed on an order is no longer told apart."""


def order(world: World, key: str) -> Explanation:
    """`order:ORDER`: the price of an order that the account still holds, taken apart."""
    account = world.account
    found = next((each for each in account.orders[: account.order_count] if str(each.order) == key), None)
    if found is None:
        raise UnknownFigure(_("There is no such order, or it is long past."))
    if found.state == codes.CASH_ORDER:
        return _told(world, found, _("Paid with cash when it was bought."), [_paid(found.amount_fen - found.refunded_fen)])
    if found.state == codes.HELD_ORDER:
        return _told(world, found, _("It waits to be checked; nothing of it is owed yet."), [Input("waits", _("Waits"), found.amount_fen - found.refunded_fen)])
    made = _last(world, "plan_created", found.order)
    return _without_terms(world, found) if made is None else _over_terms(world, found, made)


def _paid(fen: int) -> Input:
    return Input("paid", _("Paid of the price"), fen)


def _told(world: World, found: Order, sentence: str, parts: list[Input], *more: Line) -> Explanation:
    """The price as the sum of its parts, what was refunded among them."""
    refunded = [Input("refunded", _("Refunded"), found.refunded_fen)] if found.refunded_fen else []
    inputs = [*parts, *refunded]
    told = answer(
        f"order:{found.order}", _("Order {order}").format(order=found.order), sentence, found.amount_fen,
        " + ".join(each.name for each in inputs), inputs, rule="RULES 3, 4, 6, 8",
        entries=[event["seq"] for event in world.events if event.get("order") == found.order],
    )  # fmt: skip
    return replace(told, lines=[*told.lines, *more])


def _without_terms(world: World, found: Order) -> Explanation:
    """A purchase on the line: which bill it is on; payments go to whole bills, and not to one order of them."""
    told = _("On the line without terms, it has no fee of its own; what is left of a bill after its due day costs a carrying fee.")
    bought = next(
        event["seq"] for event in world.events
        if event.get("order") == found.order and event["event"] in ("purchase_authorised", "purchase_released")
    )  # fmt: skip
    bill = next((event for event in world.events[bought:] if event["event"] == "statement_made"), None)
    billed = found.amount_fen - found.refunded_fen - found.unbilled_fen
    parts = [Input("coming", _("On no bill yet, and not paid"), found.unbilled_fen)] if found.unbilled_fen else []
    if billed and bill is not None:
        date = date_text(datetime.date.fromisoformat(bill["date"]), weekday=False)
        parts.append(Input("billed", _("On the bill of {date}").format(date=date), billed, figure=f"statement:{bill['day']}:balance"))
    elif billed or not parts:
        parts.append(_paid(billed))
    return _told(world, found, told, parts)


def _over_terms(world: World, found: Order, made: Event) -> Explanation:
    """An order over terms: while its plan runs by the plan's own record, afterwards by what was agreed and settled."""
    slot = plan_of(world.account, found.order)
    fees = sum(term["fee_fen"] for term in made["schedule"])
    kept = found.amount_fen - found.refunded_fen
    if slot >= 0:
        plan = world.account.plans[slot]
        told = one_day(_("Over {terms} terms, {billed} of them on bills so far.").format(terms=plan.terms, billed=plan.billed))
        parts = [
            _paid(kept - plan.unbilled_fen - plan.billed_unpaid_fen),
            Input("unpaid", _("On bills, not paid"), plan.billed_unpaid_fen),
            Input("left", _("Still to come"), plan.unbilled_fen, figure=f"plan:{found.order}:left"),
        ]
        so_far = Line(_("Fees on bills so far"), money(plan.fees_billed_fen))
        to_come = Line(_("Fees that would still come"), money(fees_to_come_fen(plan)), f"plan:{found.order}:fees")
        return _told(world, found, told, parts, so_far, to_come)
    fees -= sum(event["fee_cut_fen"] for event in world.events if event["event"] == "refunded" and event["order"] == found.order)
    settled = _last(world, "plan_repaid_early", found.order)
    if settled is not None:
        fees -= settled["saved_fen"]
    elif any(event["event"] in TAKEN for event in world.events[made["seq"] :]):
        told = _("What was then unpaid of it became part of the hardship plan, or was written off.")
        return _told(world, found, told, [Input("price", _("Price"), kept)])
    told = sentences(_("It is paid."), _("Settling early saved {amount} of fees.").format(amount=money(settled["saved_fen"])) if settled else "")
    return _told(world, found, told, [_paid(kept)], Line(_("Fees in all"), money(fees)))


def _last(world: World, name: str, number: int) -> Event | None:
    """The last event of a name that is about an order."""
    return next((event for event in reversed(world.events) if event["event"] == name and event.get("order") == number), None)
