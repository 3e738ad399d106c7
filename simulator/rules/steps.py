"""Steps: what a shopper's own action needs before it can be done.

Each step has one function that ORs what speaks against it; what fails is said in a `step_refused`
event with these leaves' figures. `ask.amount_fen`, `ask.order`, `ask.terms`, `ask.cash_fen` and
`ask.kind` carry the request.
"""

from __future__ import annotations

from simulator.account import Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    BY_FRAUD,
    CASH_ORDER,
    CLOSURE_REVIEW,
    LINE_ORDER,
    NEVER,
    RUN_OFF,
    SOFT_BLOCKED,
    SUSPENDED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import carried_fen, due_day, plan_slots, unbilled_plans_fen
from simulator.rules.instalments import has_free_slot, plan_of, settlement_of, terms_index
from simulator.rules.orders import order_of
from simulator.rules.reasons import STEP, bit, declare
from simulator.rules.refunds import left_to_refund
from simulator.rules.repayment import acceptable_fen
from simulator.rules.standing import in_closure_review, in_run_off, locked, past_due

PREPAY = 1
LAST_DAY_OF_WAIT = 92
"""A `wait until` stops here at the latest. INTERFACE, Stories."""


@rule
def not_enough_cash(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """More than the cash at hand; where the fund is asked, `ask.cash_fen` is the fund's balance."""
    return Finding(ask.amount_fen > ask.cash_fen, ask.amount_fen, ask.cash_fen)


@rule
def nothing_to_pay(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Nothing is owed that this payment could go to; what is still to come of plans is asked part by part."""
    nothing = acceptable_fen(account, ask.kind == PREPAY) == 0 or ask.amount_fen == 0
    return Finding(nothing, unbilled_plans_fen(account), 0)


@rule
def more_than_accepted(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """More than would be accepted. RULES §6."""
    accepted = acceptable_fen(account, ask.kind == PREPAY)
    return Finding(ask.amount_fen > accepted, ask.amount_fen, accepted)


@rule
def no_such_order(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The account holds no such order."""
    index = order_of(account, ask.order)
    bought = index >= 0 and account.orders[index].state in (CASH_ORDER, LINE_ORDER)
    return Finding(not bought and plan_of(account, ask.order) < 0, ask.order, account.last_order)


@rule
def no_such_plan(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No plan of this order has terms that are not billed."""
    slot = plan_of(account, ask.order)
    return Finding(slot < 0 or account.plans[slot].unbilled_fen == 0, ask.order, account.last_order)


@rule
def too_old(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The order is too old for a return, or no longer among the last ones. RULES §9."""
    index = order_of(account, ask.order)
    age = policy.return_days + 1
    if index >= 0:
        age = ask.day - account.orders[index].day
    return Finding(age > policy.return_days, age, policy.return_days)


@rule
def has_left(account: Account, order: int) -> bool:
    """Whether an order is older than all that the account still holds."""
    return order > 0 and account.order_count > 0 and order < account.orders[0].order


@rule
def return_already_open(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A return of this order is open."""
    index = order_of(account, ask.order)
    return Finding(index >= 0 and account.orders[index].return_open != 0, 0, 0)


@rule
def no_open_return(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No return of this order is open."""
    index = order_of(account, ask.order)
    return Finding(index < 0 or account.orders[index].return_open == 0, 0, 0)


@rule
def refund_too_large(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """More than what is not yet refunded of the order."""
    left = left_to_refund(account, ask.order)
    return Finding(ask.amount_fen > left, ask.amount_fen, left)


@rule
def no_statement(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No statement holds anything that could be put on instalments."""
    return Finding(account.statement_count == 0 or carried_fen(account) == 0, carried_fen(account), 0)


@rule
def after_due_day(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The due day of the newest statement has passed."""
    late_days = 0
    if account.statement_count > 0:
        late_days = ask.day - due_day(account)
    return Finding(late_days > 0, late_days, 0)


@rule
def bill_already_converted(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """This bill was put on instalments before."""
    done = account.statement_count > 0 and account.statements[account.statement_count - 1].converted != 0
    return Finding(done, 0, 0)


@rule
def plan_slots_full(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No more plans at once."""
    return Finding(not has_free_slot(account), len(account.plans), len(account.plans))


@rule
def under_min_plan(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too small an amount for instalments."""
    amount = carried_fen(account)
    return Finding(amount < policy.min_plan_fen, amount, policy.min_plan_fen)


@rule
def over_rate_cap(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A plan of these terms would pass the legal cap."""
    index = terms_index(ask.terms)
    rate = 0
    if account.grade >= 0 and index >= 0:
        rate = policy.plan_simple_rate_ppm[index][account.grade]
    return Finding(rate > policy.rate_cap_ppm, rate, policy.rate_cap_ppm)


@rule
def no_offer(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No offer waits."""
    return Finding(account.status != APPLIED or account.offer_day == NEVER, 0, 0)


@rule
def not_locked(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is not locked."""
    return Finding(account.locked == 0, 0, 0)


@rule
def no_line(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """There is no line that this could be done to."""
    open_line = account.status in (ACTIVE, SOFT_BLOCKED, SUSPENDED, CLOSURE_REVIEW, RUN_OFF)
    return Finding(not open_line, 0, 0)


@rule
def no_review(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No request to close is under review."""
    return Finding(account.status != CLOSURE_REVIEW, 0, 0)


@rule
def nothing_to_appeal(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is not suspended for fraud."""
    return Finding(account.causes & BY_FRAUD == 0, 0, 0)


@rule
def appeal_waits(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """An appeal waits for its decision."""
    return Finding(account.appeal_day != NEVER, 0, 0)


@rule
def not_reached(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """What was waited for did not come in time."""
    return Finding(True, LAST_DAY_OF_WAIT, LAST_DAY_OF_WAIT)


declare(
    STEP,
    ("not_enough_cash", "fen", not_enough_cash),
    ("not_enough_fund", "fen", not_enough_cash),
    ("nothing_owed", "fen", nothing_to_pay),
    ("more_than_accepted", "fen", more_than_accepted),
    ("no_such_order", "none", no_such_order),
    ("no_such_plan", "none", no_such_plan),
    ("too_old", "days", too_old),
    ("return_already_open", "none", return_already_open),
    ("no_open_return", "none", no_open_return),
    ("refund_too_large", "fen", refund_too_large),
    ("past_due", "dpd", past_due),
    ("no_statement", "none", no_statement),
    ("after_due_day", "days", after_due_day),
    ("bill_already_converted", "none", bill_already_converted),
    ("plan_slots_full", "count", plan_slots_full),
    ("under_min_plan", "fen", under_min_plan),
    ("over_rate_cap", "ppm", over_rate_cap),
    ("no_offer", "none", no_offer),
    ("already_locked", "none", locked),
    ("not_locked", "none", not_locked),
    ("no_line", "none", no_line),
    ("no_review", "none", no_review),
    ("nothing_to_appeal", "none", nothing_to_appeal),
    ("appeal_waits", "none", appeal_waits),
    ("already_so", "none", in_closure_review),
    ("not_reached", "days", not_reached),
    ("product_over", "none", in_run_off),
)


@rule
def spend_cash_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against spending cash."""
    return bit(0, not_enough_cash(account, policy, ask))


@rule
def take_from_fund_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against taking money out of the fund."""
    return bit(1, not_enough_cash(account, policy, ask))


@rule
def repay_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against a payment of `ask.amount_fen`."""
    nothing = bit(2, nothing_to_pay(account, policy, ask))
    if nothing:
        return nothing
    return bit(0, not_enough_cash(account, policy, ask)) | bit(3, more_than_accepted(account, policy, ask))


@rule
def settle_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against settling the plan of `ask.order`; `ask.amount_fen` is set to what it takes."""
    missing = bit(5, no_such_plan(account, policy, ask))
    if missing:
        return missing
    settlement = settlement_of(account.plans[plan_of(account, ask.order)], ask.day)
    ask.amount_fen = settlement.principal + settlement.fee
    return bit(0, not_enough_cash(account, policy, ask)) | bit(10, past_due(account, policy, ask))


@rule
def settle_all_fen(account: Account, day: int) -> int:
    """What it takes to pay everything: billed, fees so far, unbilled purchases, every plan settled.

    The hardship plan's unbilled terms are not in it: they fall due term by term.
    """
    total = acceptable_fen(account, True)
    for i in range(plan_slots(account)):
        plan = account.plans[i]
        if plan.order != 0 and plan.unbilled_fen > 0:
            settlement = settlement_of(plan, day)
            total += settlement.principal + settlement.fee
    return total


@rule
def settle_all_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against settling everything; `ask.amount_fen` is set to what it takes."""
    ask.amount_fen = settle_all_fen(account, ask.day)
    if ask.amount_fen == 0:
        return 1 << 2
    return bit(0, not_enough_cash(account, policy, ask))


@rule
def convert_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against putting the bill on instalments, once a statement. RULES §4."""
    done = bit(13, bill_already_converted(account, policy, ask))
    if done:
        return done
    missing = bit(11, no_statement(account, policy, ask))
    if missing:
        return missing
    return (
        bit(10, past_due(account, policy, ask))
        | bit(12, after_due_day(account, policy, ask))
        | bit(14, plan_slots_full(account, policy, ask))
        | bit(15, under_min_plan(account, policy, ask))
        | bit(16, over_rate_cap(account, policy, ask))
    )


@rule
def return_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against opening a return."""
    missing = bit(4, no_such_order(account, policy, ask))
    if missing:
        return bit(6, too_old(account, policy, ask)) if has_left(account, ask.order) else missing
    return bit(6, too_old(account, policy, ask)) | bit(7, return_already_open(account, policy, ask))


@rule
def end_return_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against ending a return."""
    return bit(8, no_open_return(account, policy, ask))


@rule
def refund_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against a refund."""
    missing = bit(4, no_such_order(account, policy, ask))
    if missing:
        return missing
    return bit(9, refund_too_large(account, policy, ask))


@rule
def offer_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against accepting an offer."""
    return bit(17, no_offer(account, policy, ask))


@rule
def lock_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against locking."""
    return bit(20, no_line(account, policy, ask)) | bit(18, locked(account, policy, ask))


@rule
def unlock_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against unlocking."""
    return bit(19, not_locked(account, policy, ask))


@rule
def closure_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against a request to close; what is owed is a blocker, not a refusal."""
    return (
        bit(20, no_line(account, policy, ask))
        | bit(24, in_closure_review(account, policy, ask))
        | bit(26, in_run_off(account, policy, ask))
    )


@rule
def withdraw_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against taking a request to close back."""
    return bit(21, no_review(account, policy, ask))


@rule
def appeal_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against an appeal."""
    nothing = bit(22, nothing_to_appeal(account, policy, ask))
    if nothing:
        return nothing
    return bit(23, appeal_waits(account, policy, ask))


@rule
def line_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Against what needs a line."""
    return bit(20, no_line(account, policy, ask))


@rule
def wait_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """A wait that ended without what it waited for."""
    return bit(25, not_reached(account, policy, ask))
