"""Doing: what each step does to a life, checked by its rule's refusals; its events are returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator import codes
from simulator import steps as given
from simulator.engine.decode import Event, form_of
from simulator.engine.state import State
from simulator.policy.load import set_field
from simulator.policy.lookup import field_value
from simulator.population import catalogue, life_events
from simulator.population.money_days import move_into_fund, move_out_of_fund
from simulator.rules import (
    applications,
    closure,
    hardship,
    instalments,
    limits,
    purchases,
    refunds,
    steps,
    suspension,
)
from simulator.rules.applications import asked_statement_day
from simulator.rules.ask import Ask
from simulator.rules.balances import billed_fen, due_day, minimum_fen
from simulator.rules.events import WAS_LOCKED, WAS_UNLOCKED, emit
from simulator.rules.repayment import acceptable_fen, pay, set_autopay
from simulator.rules.reporting import report_elsewhere

WAKING_EVENTS = frozenset(
    (
        "application_decided", "reopening_decided", "offer_lapsed", "purchase_declined", "limit_changed", "soft_blocked",
        "suspended", "reinstated", "reinstatement_declined", "appeal_decided", "closure_blocked", "closed",
        "hardship_ended", "charged_off", "product_ended", "life_event", "refund_arrived", "payment_missed",
        "return_ended", "policy_changed",
    )
)  # fmt: skip
"""What `wait until = "next_event"` stops for, besides due days and statements."""


def _ruled(
    rule: Callable[..., None], refusals: Callable[..., int] | None = None
) -> Callable[[State, Any], list[Event]]:
    """A handler for a step that one rule does, unless its refusals speak against it."""

    def handle(life: State, step: Any) -> list[Event]:
        ask = life.ask()
        bits = refusals(life.account, life.record, ask) if refusals else 0
        if bits:
            return life.refused(step.do, ask, bits)
        rule(life.account, life.record, ask, life.log)
        return life.flush()

    return handle


def _buy(life: State, step: given.Buy) -> list[Event]:
    ask = life.ask(**order_of_step(life, step))
    if step.pay == "line":
        purchases.buy(life.account, life.record, ask, life.log)
        return life.flush()
    bits = steps.spend_cash_refusals(life.account, life.record, ask)
    if bits:
        life.account.last_order += 1
        return life.refused(step.do, ask, bits)
    life.shopper.cash_fen -= ask.amount_fen
    purchases.buy_with_cash(life.account, ask, life.log)
    return life.flush()


def order_of_step(life: State, step: given.Buy) -> dict[str, int]:
    """What a `buy` step asks of the rules; an item brings its price, merchant and category."""
    item = catalogue.item(step.item) if step.item else None
    merchant = step.merchant or (item.merchant if item else "")
    category = step.category or (item.category if item else "")
    kind = catalogue.merchant_kind(merchant)
    channel = step.channel or (
        item.channel if item else "flash" if kind == codes.MERCHANT_OFFLINE else "online"
    )
    return {
        "amount_fen": step.amount if step.amount is not None else (item.price_fen if item else 0),
        "terms": step.terms,
        "channel": codes.CHANNELS.index(channel),
        "merchant": life.name_number(merchant),
        "merchant_kind": kind,
        "category": life.name_number(category),
        "resale": int(catalogue.is_resold(category)),
        "hour": step.hour,
        "known_device": int(step.known_device),
        "merchant_funded": int(step.merchant_funded and step.terms > 1),
    }


def _form(life: State, statement_day: int | None) -> tuple[Ask, Event]:
    """What is asked for, and the event of the form that asks. A day not named is the shopper's own
    where no line was opened yet.
    """
    account = life.account
    own = account.statement_day if account.opened_day == codes.NEVER else 0
    ask = life.ask(statement_day=statement_day or own)
    return ask, life.told("application_submitted", **form_of(account, asked_statement_day(life.record, ask)))


def _apply(life: State, step: given.Apply) -> list[Event]:
    ask, submitted = _form(life, step.statement_day)
    applications.apply_for_line(life.account, life.record, ask, life.log)
    return [submitted, *life.flush()]


def _repay(life: State, step: given.Repay) -> list[Event]:
    amount = step.amount
    if amount == "full":
        amount = acceptable_fen(life.account, False)
    elif amount == "minimum":
        amount = minimum_fen(life.account)
    return _take_payment(life, step.do, int(amount), False)


def _prepay(life: State, step: given.Prepay) -> list[Event]:
    return _take_payment(life, step.do, step.amount, True)


def _take_payment(life: State, name: str, amount_fen: int, prepay: bool) -> list[Event]:
    ask = life.ask(amount_fen=amount_fen, kind=steps.PREPAY if prepay else 0)
    bits = steps.repay_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(name, ask, bits)
    life.shopper.cash_fen -= amount_fen
    pay(life.account, life.record, life.day, amount_fen, codes.BY_SHOPPER, prepay, life.log)
    return life.flush()


def _repay_plan(life: State, step: given.OfOrder) -> list[Event]:
    ask = life.ask(order=step.order)
    bits = steps.settle_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    life.shopper.cash_fen -= ask.amount_fen
    slot = instalments.plan_of(life.account, step.order)
    instalments.settle_plan(life.account, life.record, life.day, slot, life.log)
    return life.flush()


def _settle_all(life: State, step: given.Plain) -> list[Event]:
    ask = life.ask()
    bits = steps.settle_all_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    life.shopper.cash_fen -= ask.amount_fen
    ahead = acceptable_fen(life.account, True)
    if ahead > 0:
        pay(life.account, life.record, life.day, ahead, codes.BY_SHOPPER, True, life.log)
    for slot, plan in enumerate(life.account.plans):
        if plan.order != 0 and plan.unbilled_fen > 0:
            instalments.settle_plan(life.account, life.record, life.day, slot, life.log)
    return life.flush()


def _convert_bill(life: State, step: given.ConvertBill) -> list[Event]:
    ask = life.ask(terms=step.terms)
    bits = steps.convert_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    instalments.convert_bill(life.account, life.record, life.day, step.terms, life.log)
    return life.flush()


def _return(life: State, step: given.OfOrder) -> list[Event]:
    ask = life.ask(order=step.order)
    bits = steps.return_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    refunds.open_return(life.account, life.day, step.order, life.log)
    return life.flush()


def _end_return(life: State, step: given.OfOrder) -> list[Event]:
    ask = life.ask(order=step.order)
    bits = steps.end_return_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    refunds.end_return(life.account, life.day, step.order, life.log)
    return life.flush()


def _refund(life: State, step: given.Refund) -> list[Event]:
    ask = life.ask(order=step.order, amount_fen=step.amount)
    bits = steps.refund_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    refunds.refund(life.account, life.record, life.day, step.order, step.amount, life.log)
    return life.flush()


def _autopay(life: State, step: given.Autopay) -> list[Event]:
    set_autopay(life.account, codes.AUTOPAYS.index(step.mode), life.day, life.log)
    return life.flush()


def _set_cap(life: State, step: given.SetCap) -> list[Event]:
    life.account.cap_fen = step.amount
    return [life.told("setting_changed", name="spend_cap", value=step.amount)]


def _fund(life: State, step: given.Fund) -> list[Event]:
    ask = life.ask(amount_fen=step.amount)
    if step.direction == "in":
        bits = steps.spend_cash_refusals(life.account, life.record, ask)
    else:
        ask.cash_fen = life.shopper.fund_fen
        bits = steps.take_from_fund_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    if step.direction == "in":
        move_into_fund(life.shopper, step.amount, ask, life.log)
    else:
        move_out_of_fund(life.shopper, step.amount, life.record.fund_days, ask, life.log)
    return life.flush()


def _lock(life: State, step: given.Plain) -> list[Event]:
    locking = step.do == "lock"
    ask = life.ask()
    check = steps.lock_refusals if locking else steps.unlock_refusals
    bits = check(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    life.account.locked = int(locking)
    emit(life.log, WAS_LOCKED if locking else WAS_UNLOCKED, life.day)
    return life.flush()


def _breach(life: State, step: given.Breach) -> list[Event]:
    ask = life.ask(kind=codes.BREACHES.index(step.kind))
    bits = steps.line_refusals(life.account, life.record, ask)
    if bits:
        return life.refused(step.do, ask, bits)
    suspension.find_breach(life.account, life.record, ask, life.log)
    return life.flush()


def _bureau(life: State, step: given.Bureau) -> list[Event]:
    report_elsewhere(life.account, step.dpd)
    return [life.told("setting_changed", name="elsewhere_dpd", value=step.dpd)]


def _request_reopening(life: State, step: given.RequestReopening) -> list[Event]:
    ask, submitted = _form(life, step.statement_day)
    if step.identity == "fresh":
        suspension.verify_identity(life.account, life.record, ask, life.log)
    applications.request_reopening(life.account, life.record, ask, life.log)
    return [submitted, *life.flush()]


def _request_hardship(life: State, step: given.RequestHardship) -> list[Event]:
    hardship.request_hardship(life.account, life.record, life.ask(terms=step.terms), life.log)
    return life.flush()


def _complain(life: State, step: given.Complain) -> list[Event]:
    return [life.told("complained", about=step.about, to=step.to)]


def _life(life: State, step: given.Life) -> list[Event]:
    figures = life_events.befall_by_name(
        life.account, life.shopper, step.event, step.amount, step.figures, life.ask(), life.log
    )
    return [life.told("life_event", kind=step.event, figures=figures), *life.flush()]


def _policy(life: State, step: given.ChangePolicy) -> list[Event]:
    before = life.coming or life.policy
    life.coming = set_field(before, step.field, step.value)
    return [
        life.told(
            "policy_changed",
            field=step.field,
            **{"from": field_value(before, step.field), "to": field_value(life.coming, step.field)},
        )
    ]


def _end_product(life: State, step: given.Plain) -> list[Event]:
    life.use_policy(set_field(life.policy, "product_open", False))
    if life.coming is not None:
        life.coming = set_field(life.coming, "product_open", False)
    closure.end_product(life.account, life.record, life.ask(), life.log)
    return life.flush()


def _caption(life: State, step: given.Caption) -> list[Event]:
    return [life.told("caption", text=step.text)]


def _wait(life: State, step: given.Wait) -> list[Event]:
    events: list[Event] = []
    if step.days is not None:
        for _ in range(step.days):
            events += life.next_day()
        return events
    for _ in range(steps.LAST_DAY_OF_WAIT):
        news = life.next_day()
        events += news
        if reached(life, step.until or "", news):
            return events
    ask = life.ask()
    return events + life.refused(step.do, ask, steps.wait_refusals(life.account, life.record, ask))


def reached(life: State, until: str, news: list[Event]) -> bool:
    """Whether this morning is what a `wait until` waits for."""
    account = life.account
    statement = account.cycle_day == life.day - 1
    due = account.statement_count > 0 and due_day(account) == life.day
    if until == "statement":
        return statement
    if until == "due":
        return due
    made = any(event["event"] == "statement_made" for event in news)
    to_pay = due and billed_fen(account) > 0
    return made or to_pay or any(event["event"] in WAKING_EVENTS for event in news)


HANDLERS: dict[str, Callable[[State, Any], list[Event]]] = {
    "apply": _apply,
    "accept_offer": _ruled(applications.accept_offer, steps.offer_refusals),
    "verify_identity": _ruled(suspension.verify_identity),
    "expire_identity": _ruled(suspension.expire_identity),
    "buy": _buy,
    "wait": _wait,
    "repay": _repay,
    "prepay": _prepay,
    "repay_plan": _repay_plan,
    "settle_all": _settle_all,
    "convert_bill": _convert_bill,
    "return": _return,
    "end_return": _end_return,
    "refund": _refund,
    "autopay": _autopay,
    "set_cap": _set_cap,
    "fund": _fund,
    "request_limit": _ruled(limits.request_limit, steps.line_refusals),
    "lock": _lock,
    "unlock": _lock,
    "request_closure": _ruled(closure.request_closure, steps.closure_refusals),
    "withdraw_closure": _ruled(closure.withdraw_closure, steps.withdraw_refusals),
    "request_reinstatement": _ruled(suspension.request_reinstatement, steps.line_refusals),
    "appeal": _ruled(suspension.appeal, steps.appeal_refusals),
    "breach": _breach,
    "bureau": _bureau,
    "request_reopening": _request_reopening,
    "request_hardship": _request_hardship,
    "complain": _complain,
    "life": _life,
    "policy": _policy,
    "end_product": _end_product,
    "caption": _caption,
}
