"""Closure: at the shopper's request, with its blockers and review, and the product's end (RULES §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    CLOSED_BY_SHOPPER,
    CLOSED_PRODUCT_ENDED,
    CLOSURE_REVIEW,
    HELD_ORDER,
    NEVER,
    ON_CLOSURE,
    RUN_OFF,
    SOFT_BLOCKED,
    SUSPENDED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.applications import end_offer
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import (
    billed_fen,
    charged_fen,
    frozen_fen,
    owed_fen,
    unbilled_plans_fen,
    unbilled_purchases_fen,
)  # fmt: skip
from simulator.rules.ending import close_line, end_if_paid
from simulator.rules.events import (
    CLOSURE_BLOCKED,
    CLOSURE_REQUESTED,
    CLOSURE_WITHDRAWN,
    PRODUCT_ENDED,
    emit,
    remember,
)  # fmt: skip
from simulator.rules.reasons import CLOSURE, bit, declare
from simulator.rules.statements import charge_accrued
from simulator.rules.transitions import move


@rule
def billed_balance(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Something billed is unpaid."""
    amount = billed_fen(account)
    return Finding(amount > 0, amount, 0)


@rule
def unpaid_fees(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Fees are charged that stand on no statement."""
    amount = charged_fen(account)
    return Finding(amount > 0, amount, 0)


@rule
def unbilled_balance(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Purchases are not billed yet."""
    amount = unbilled_purchases_fen(account)
    return Finding(amount > 0, amount, 0)


@rule
def open_plan(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A plan still runs."""
    amount = unbilled_plans_fen(account)
    return Finding(amount > 0, amount, 0)


@rule
def purchase_on_hold(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A purchase waits for verification."""
    amount = frozen_fen(account)
    held = 0
    for i in range(account.order_count):
        if account.orders[i].state == HELD_ORDER:
            held += 1
    return Finding(held > 0, amount, 0)


@rule
def refund_on_its_way(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A refund of an order on the line has not arrived; those of cash orders do not count."""
    amount = 0
    for refund in account.refunds:
        if refund.order != 0 and not refund.of_cash_order:
            amount += refund.amount_fen
    return Finding(amount > 0, amount, 0)


@rule
def return_is_open(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A return is open."""
    count = 0
    for i in range(account.order_count):
        if account.orders[i].return_open:
            count += 1
    return Finding(count > 0, 0, 0)


@rule
def suspension(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is blocked or suspended."""
    return Finding(account.status in (SOFT_BLOCKED, SUSPENDED), 0, 0)


declare(
    CLOSURE,
    ("billed_balance", "fen", billed_balance),
    ("unpaid_fees", "fen", unpaid_fees),
    ("unbilled_balance", "fen", unbilled_balance),
    ("open_plan", "fen", open_plan),
    ("purchase_on_hold", "fen", purchase_on_hold),
    ("refund_on_its_way", "fen", refund_on_its_way),
    ("open_return", "none", return_is_open),
    ("suspension", "none", suspension),
)


@rule
def closure_blockers(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What stands in the way of closing, every item."""
    return (
        bit(0, billed_balance(account, policy, ask))
        | bit(1, unpaid_fees(account, policy, ask))
        | bit(2, unbilled_balance(account, policy, ask))
        | bit(3, open_plan(account, policy, ask))
        | bit(4, purchase_on_hold(account, policy, ask))
        | bit(5, refund_on_its_way(account, policy, ask))
        | bit(6, return_is_open(account, policy, ask))
        | bit(7, suspension(account, policy, ask))
    )


@rule
def request_closure(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Ask to close: fees so far are charged first; then blocked with reasons, or under review."""
    charge_accrued(account, ask.day, ON_CLOSURE, log)
    if owed_fen(account) == 0:
        account.late_micro = 0
        account.revolving_micro = 0
    emit(log, CLOSURE_REQUESTED, ask.day)
    blockers = closure_blockers(account, policy, ask)
    if blockers:
        remember(log, account, ask)
        emit(log, CLOSURE_BLOCKED, ask.day, topic=CLOSURE, reasons=blockers)
        return
    account.status_before_review = account.status
    account.review_day = ask.day
    move(account, CLOSURE_REVIEW)


@rule
def withdraw_closure(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Take the request back: the line is as before."""
    account.review_day = NEVER
    move(account, account.status_before_review)
    emit(log, CLOSURE_WITHDRAWN, ask.day)


@rule
def follow_closure(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """At the review's end the blockers are checked again, then the line closes. RULES §11."""
    if account.status != CLOSURE_REVIEW or ask.day - account.review_day < policy.closure_review_days:
        return
    blockers = closure_blockers(account, policy, ask)
    if blockers:
        remember(log, account, ask)
        emit(log, CLOSURE_BLOCKED, ask.day, topic=CLOSURE, reasons=blockers)
        account.review_day = NEVER
        move(account, account.status_before_review)
    else:
        close_line(account, CLOSED_BY_SHOPPER, ask.day, log)


@rule
def end_product(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The product ends: open lines run off, one under review closes, one without debt closes, offers lapse."""
    emit(log, PRODUCT_ENDED, ask.day)
    if account.status == APPLIED:
        end_offer(account, policy, ask, log)
    elif account.status == CLOSURE_REVIEW:
        close_line(account, CLOSED_PRODUCT_ENDED, ask.day, log)
    elif account.status in (ACTIVE, SOFT_BLOCKED, SUSPENDED):
        account.causes = 0
        move(account, RUN_OFF)
        end_if_paid(account, CLOSED_PRODUCT_ENDED, CLOSED_PRODUCT_ENDED, ask.day, log)
