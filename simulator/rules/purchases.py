"""Purchases: whether one passes, what it does to the record, holds and their end (RULES §3)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account, Order
from simulator.codes import (
    ACTIVE,
    APPLIED,
    BILLS,
    BY_FRAUD,
    CASH_ORDER,
    CHARGED_OFF,
    CHECKOUT_PLAN,
    CLOSED,
    DECLINED,
    FLASH,
    HELD_ORDER,
    LINE_ORDER,
    MERCHANT_OFFLINE,
    MERCHANT_ONLINE,
    NO_ORDER,
    NONE,
    ONLINE,
    SOFT_BLOCKED,
    SUSPENDED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arrears import suspend
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import available_fen, room_fen
from simulator.rules.events import (
    CASH_PURCHASE,
    MONITOR_ALERTED,
    PURCHASE_AUTHORISED,
    PURCHASE_DECLINED,
    PURCHASE_HELD,
    PURCHASE_RELEASED,
    emit,
    remember,
)  # fmt: skip
from simulator.rules.instalments import create_plan, has_free_slot, plan_rate_ppm, terms_index
from simulator.rules.monitoring import age_orders, alert_reasons, alert_score, answerable_score
from simulator.rules.orders import drop_order, keep_order, order_of, recall_order
from simulator.rules.reasons import MONITOR, PURCHASE, bit, declare
from simulator.rules.standing import in_closure_review, in_run_off, locked

NOT_VERIFIED_BIT = 1 << 15


@rule
def no_line(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """There is no line."""
    return Finding(account.status in (NONE, APPLIED, DECLINED), 0, 0)


@rule
def soft_blocked(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Blocked while something is past due."""
    return Finding(account.status == SOFT_BLOCKED, account.dpd, policy.soft_block_dpd)


@rule
def suspended(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Suspended."""
    return Finding(account.status == SUSPENDED, account.dpd, policy.suspend_dpd)


@rule
def closed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is closed."""
    return Finding(account.status == CLOSED, 0, 0)


@rule
def charged_off(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The debt was written off."""
    return Finding(account.status == CHARGED_OFF, 0, 0)


@rule
def wrong_channel(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Flash pay is for offline merchants, online payment for the others."""
    wrong = (ask.channel == FLASH) & (ask.merchant_kind == MERCHANT_ONLINE) | (
        (ask.channel == ONLINE) & (ask.merchant_kind == MERCHANT_OFFLINE)
    )
    return Finding(wrong, ask.channel, BILLS)


@rule
def room_for(account: Account, ask: Ask) -> int:
    """What the limit leaves for a purchase; one that was on hold no longer takes up its own amount."""
    freed = ask.amount_fen if ask.verified else 0
    return room_fen(account, freed)


@rule
def beyond(ask: Ask, room_fen: int) -> Finding:
    """A purchase of more than so much."""
    return Finding(ask.amount_fen > room_fen, ask.amount_fen, room_fen)


@rule
def over_limit(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """More than what the limit leaves."""
    return beyond(ask, room_for(account, ask))


@rule
def over_cap(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Over the shopper's own spend cap for the month."""
    month = account.spent_this_month_fen + ask.amount_fen
    return Finding(account.cap_fen > 0 and month > account.cap_fen, month, account.cap_fen)


@rule
def under_min_plan(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too small an amount for instalments."""
    return Finding(
        ask.terms > 1 and ask.amount_fen < policy.min_plan_fen, ask.amount_fen, policy.min_plan_fen
    )


@rule
def plan_slots_full(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No more plans at once."""
    full = ask.terms > 1 and not has_free_slot(account)
    return Finding(full, len(account.plans), len(account.plans))


@rule
def over_rate_cap(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A plan whose simple yearly rate is above the legal cap is not offered. RULES §4."""
    rate = 0
    if ask.terms > 1 and not ask.merchant_funded and account.grade >= 0:
        rate = policy.plan_simple_rate_ppm[terms_index(ask.terms)][account.grade]
    return Finding(rate > policy.rate_cap_ppm, rate, policy.rate_cap_ppm)


@rule
def monitor_hold(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The alert score asks for verification."""
    score = 0
    if not ask.verified:
        score = alert_score(account, policy, ask)
    return Finding(policy.hold_score <= score < policy.suspend_score, score, policy.hold_score)


@rule
def monitor_suspend(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The alert score suspends the line."""
    score = 0
    if not ask.verified:
        score = alert_score(account, policy, ask)
    return Finding(score >= policy.suspend_score, score, policy.suspend_score)


@rule
def not_verified(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A held purchase was not verified in time."""
    index = order_of(account, ask.order)
    if index < 0 or account.orders[index].state != HELD_ORDER:
        return Finding(False, 0, policy.verify_days)
    return waits_too_long(account.orders[index], policy, ask.day)


@rule
def waits_too_long(order: Order, policy: PolicyRecord, day: int) -> Finding:
    """An order on hold that has waited for more than `verify_days`."""
    waited = day - order.day
    return Finding(waited > policy.verify_days, waited, policy.verify_days)


declare(
    PURCHASE,
    ("no_line", "none", no_line),
    ("soft_blocked", "dpd", soft_blocked),
    ("suspended", "dpd", suspended),
    ("closure_review", "none", in_closure_review),
    ("run_off", "none", in_run_off),
    ("closed", "none", closed),
    ("charged_off", "none", charged_off),
    ("locked", "none", locked),
    ("wrong_channel", "none", wrong_channel),
    ("over_limit", "fen", over_limit),
    ("over_cap", "fen", over_cap),
    ("under_min_plan", "fen", under_min_plan),
    ("plan_slots_full", "count", plan_slots_full),
    ("over_rate_cap", "ppm", over_rate_cap),
    ("monitor_hold", "score", monitor_hold),
    ("not_verified", "days", not_verified),
    ("monitor_suspend", "score", monitor_suspend),
)

MONITOR_HOLD_BIT = 1 << 14
MONITOR_SUSPEND_BIT = 1 << 16


@rule
def status_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What in the state of the line forbids any purchase."""
    if (account.status == ACTIVE) & (account.locked == 0):
        return 0
    return (
        bit(0, no_line(account, policy, ask))
        | bit(1, soft_blocked(account, policy, ask))
        | bit(2, suspended(account, policy, ask))
        | bit(3, in_closure_review(account, policy, ask))
        | bit(4, in_run_off(account, policy, ask))
        | bit(5, closed(account, policy, ask))
        | bit(6, charged_off(account, policy, ask))
        | bit(7, locked(account, policy, ask))
    )


@rule
def purchase_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What speaks against a purchase on the line, the monitor left out. RULES §3, §4."""
    return refusals_within(account, policy, ask, room_for(account, ask))


@rule
def refusals_within(account: Account, policy: PolicyRecord, ask: Ask, room_fen: int) -> int:
    """The same, where it is known what the limit leaves for the purchase."""
    state = status_refusals(account, policy, ask)
    if state:
        return state
    return (
        bit(8, wrong_channel(account, policy, ask))
        | bit(9, beyond(ask, room_fen))
        | bit(10, over_cap(account, policy, ask))
        | bit(11, under_min_plan(account, policy, ask))
        | bit(12, plan_slots_full(account, policy, ask))
        | bit(13, over_rate_cap(account, policy, ask))
    )


@rule
def buy(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Buy on the line: declined, held, or authorised. Every attempt takes an order number. RULES §3."""
    buy_within(account, policy, ask, room_for(account, ask), log)


@rule
def buy_within(account: Account, policy: PolicyRecord, ask: Ask, room_fen: int, log: Any) -> None:
    """The same, where it is known what the limit leaves for the purchase."""
    account.last_order += 1
    ask.order = account.last_order
    age_orders(account, ask.day)
    refusals = refusals_within(account, policy, ask, room_fen)
    if refusals:
        remember(log, account, ask)
        emit_order(log, PURCHASE_DECLINED, ask, refusals)
        return
    score = alert_score(account, policy, ask)
    if score >= policy.hold_score:
        alert(account, policy, ask, score, log)
        return
    authorise(account, policy, ask, log)


@rule
def emit_order(log: Any, event: int, ask: Ask, reasons: int) -> None:
    """Write what became of an order."""
    emit(
        log, event, ask.day, ask.order, ask.amount_fen, ask.merchant, ask.category, ask.hour,
        topic=PURCHASE, reasons=reasons,
    )  # fmt: skip


@rule
def alert(account: Account, policy: PolicyRecord, ask: Ask, score: int, log: Any) -> None:
    """Hold the purchase, or suspend the line and decline it. RULES §11."""
    remember(log, account, ask)
    reasons = alert_reasons(account, policy, ask)
    emit(log, MONITOR_ALERTED, ask.day, score, topic=MONITOR, reasons=reasons)
    if score >= policy.suspend_score:
        emit_order(log, PURCHASE_DECLINED, ask, MONITOR_SUSPEND_BIT)
        account.fraud_day = ask.day
        account.alert_score = score
        account.alert_answerable = answerable_score(account, policy, ask)
        suspend(account, BY_FRAUD, ask.day, log)
        return
    keep_order(account, ask, HELD_ORDER)
    account.waiting += 1
    account.frozen_fen += ask.amount_fen
    emit_order(log, PURCHASE_HELD, ask, MONITOR_HOLD_BIT)


@rule
def authorise(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Book a purchase on the line, as a whole or as a plan."""
    rate = 0
    if ask.terms > 1:
        rate = plan_rate_ppm(account, policy, ask.terms, ask.merchant_funded)
    emit(
        log, PURCHASE_AUTHORISED, ask.day, ask.order, ask.amount_fen, ask.terms, ask.channel, ask.merchant,
        ask.category, ask.hour, ask.known_device, rate, ask.merchant_funded,
    )  # fmt: skip
    account.exposure_fen += ask.amount_fen
    account.spent_this_month_fen += ask.amount_fen
    account.habit[0] = 1
    order = keep_order(account, ask, LINE_ORDER)
    if ask.terms > 1:
        order.planned = 1
        create_plan(account, policy, ask.day, ask.order, CHECKOUT_PLAN, ask.amount_fen, ask.terms,
                    ask.merchant_funded, log)  # fmt: skip
    else:
        order.unbilled_fen = ask.amount_fen


@rule
def buy_with_cash(account: Account, ask: Ask, log: Any) -> None:
    """Buy with cash: the store's record of purchases grows, the line is untouched."""
    account.last_order += 1
    ask.order = account.last_order
    age_orders(account, ask.day)
    emit(log, CASH_PURCHASE, ask.day, ask.order, ask.amount_fen, ask.merchant, ask.category, ask.hour)
    keep_order(account, ask, CASH_ORDER)


@rule
def release_held(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Identity was shown: each held order is bought today at today's rates, checked anew but for its
    own hold. RULES §3.
    """
    index = account.aged_orders
    while index < account.order_count:
        order = account.orders[index]
        if order.state != HELD_ORDER:
            index += 1
            continue
        recall_order(order, ask)
        account.waiting -= 1
        ask.verified = 1
        refusals = purchase_refusals(account, policy, ask)
        remember(log, account, ask)
        account.frozen_fen -= order.amount_fen
        if refusals:
            emit_order(log, PURCHASE_DECLINED, ask, refusals)
            order.state = NO_ORDER
            drop_order(account, index)
        else:
            emit_order(log, PURCHASE_RELEASED, ask, 0)
            authorise(account, policy, ask, log)
            index += 1
        ask.verified = 0


@rule
def lapse_held(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Held orders not verified in time are declined. RULES §3."""
    if account.frozen_fen == 0:
        return
    index = account.aged_orders
    while index < account.order_count:
        order = account.orders[index]
        if (order.state == HELD_ORDER) & waits_too_long(order, policy, ask.day).holds:
            recall_order(order, ask)
            remember(log, account, ask)
            emit_order(log, PURCHASE_DECLINED, ask, NOT_VERIFIED_BIT)
            account.waiting -= 1
            account.frozen_fen -= order.amount_fen
            order.state = NO_ORDER
            drop_order(account, index)
        else:
            index += 1


@rule
def can_use_fen(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What a purchase could be today: 0 where the state forbids buying. SCREENS, glance line."""
    if status_refusals(account, policy, ask):
        return 0
    room = available_fen(account)
    if account.cap_fen > 0:
        room = min(room, max(0, account.cap_fen - account.spent_this_month_fen))
    return room
