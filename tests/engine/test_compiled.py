"""The rules give the same compiled as plain: over random lives, and over rows that reach the edges."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from simulator import random as streams
from simulator.account import ORDER_SLOTS, PLAN_SLOTS, STATEMENT_SLOTS, Account
from simulator.engine.day import evening, morning
from simulator.policy.record import PolicyRecord
from simulator.population import money_days
from simulator.population.shopper import Shopper
from simulator.registry import RULES
from simulator.row import Row
from simulator.rules import (
    applications,
    arithmetic,
    balances,
    closure,
    delinquency,
    hardship,
    health,
    instalments,
    limits,
    purchases,
    refunds,
    repayment,
    steps,
    suspension,
)
from simulator.rules.ask import Ask
from simulator.rules.reasons import TOPICS
from tests.engine.both import Both, calls
from tests.rules.build import ask_on, policy

pytestmark = pytest.mark.slow

ASKED: tuple[Callable[..., None], ...] = (
    purchases.buy,
    hardship.request_hardship,
    closure.request_closure,
    closure.end_product,
    applications.apply_for_line,
    limits.request_limit,
    suspension.request_reinstatement,
    suspension.find_breach,
    suspension.verify_identity,
    suspension.expire_identity,
)
"""Rules of the shape (account, policy, ask, log) that may be called in any state."""

CHECKS: tuple[Callable[..., int], ...] = (
    steps.spend_cash_refusals, steps.take_from_fund_refusals, steps.repay_refusals, steps.settle_refusals,
    steps.settle_all_refusals, steps.convert_refusals, steps.return_refusals, steps.end_return_refusals,
    steps.refund_refusals, steps.offer_refusals, steps.lock_refusals, steps.unlock_refusals, steps.closure_refusals,
    steps.withdraw_refusals, steps.appeal_refusals, steps.line_refusals, steps.wait_refusals, purchases.can_use_fen,
)  # fmt: skip
"""Rules of the shape (account, policy, ask) that answer with a number."""

OTHERS: tuple[Callable[..., Any], ...] = (
    morning, evening, repayment.pay, refunds.refund, refunds.open_return, refunds.end_return, instalments.settle_plan,
    instalments.convert_bill, purchases.buy_with_cash, applications.accept_offer, closure.withdraw_closure,
    suspension.appeal, health.health_of, money_days.move_into_fund, money_days.move_out_of_fund, streams.draw,
    streams.between, streams.chance, arithmetic.floor_share, delinquency.accrue, balances.due_day,
)  # fmt: skip


GUARDS = {
    closure.request_closure: steps.closure_refusals,
    suspension.find_breach: steps.line_refusals,
    suspension.request_reinstatement: steps.line_refusals,
    limits.request_limit: steps.line_refusals,
}
"""What is asked before these are done."""


def leaves() -> list[Callable[..., Any]]:
    """Every reason's leaf."""
    return [reason.leaf for reasons in TOPICS.values() for reason in reasons]


def test_every_rule_is_compiled_somewhere_here() -> None:
    reached = calls([*ASKED, *CHECKS, *OTHERS, *leaves()], RULES)
    assert set(RULES) - reached == set()


def newcomer(seed: int) -> tuple[Account, Shopper]:
    """Someone who can get a line."""
    dice = random.Random(seed)
    account = Account(
        age=30, income_fen=dice.choice([300_000, 800_000, 2_000_000]), identity_day=0, record_orders=9,
        record_spend_fen=900_000, store_months=dice.randrange(60), job_months=30, address_months=40, bureau_months=60,
        profile_items=dice.randrange(6), trusted_contacts=dice.randrange(6), loans_elsewhere=1,
    )  # fmt: skip
    shopper = Shopper(
        income_fen=account.income_fen, pay_day=dice.randrange(1, 32), expenses_fen=account.income_fen * 3 // 4,
        cash_fen=dice.randrange(400_000), fund_fen=dice.randrange(300_000),
    )  # fmt: skip
    return account, shopper


POLICIES = (
    policy(),
    policy(
        early_settlement="all_remaining", minimum_ppm=200_000, hold_score=20, suspend_score=45, verify_days=1
    ),
    policy(
        suspend_dpd=10, close_dpd=20, charge_off_dpd=40, tolerance_fen=0, review_months=1, increase_streak=1
    ),
)


def wish(dice: random.Random, day: int) -> Ask:
    """A random request."""
    return ask_on(
        day, amount_fen=dice.choice([1, 999, 10_000, 50_000, 129_900, 700_000]), terms=dice.choice([1, 3, 6, 12, 24]),
        merchant=dice.randrange(3), merchant_kind=dice.randrange(3), channel=dice.randrange(3), resale=dice.randrange(2),
        hour=dice.randrange(24), known_device=dice.randrange(2), merchant_funded=dice.randrange(2), kind=dice.randrange(1, 6),
        statement_day=dice.choice([0, 1, 15, 28]), cash_fen=dice.choice([0, 10**6]), order=dice.randrange(12),
    )  # fmt: skip


def act(both: Both, record: PolicyRecord, dice: random.Random, day: int) -> None:
    """Do something that the checks allow."""
    ask = wish(dice, day)
    account = both.account
    for check in CHECKS:
        if dice.random() < 0.1:
            both.call(check, "account", record, ask)
    choice = dice.random()
    if choice < 0.55:
        both.call(purchases.buy, "account", record, ask, "log")
    elif choice < 0.75:
        prepay = dice.random() < 0.3
        most = repayment.acceptable_fen(account, prepay)
        if most > 0:
            amount = dice.choice([most, max(1, most // 7), max(1, balances.minimum_fen(account))])
            both.call(repayment.pay, "account", record, day, min(most, amount), 0, prepay, "log")
    elif choice < 0.90:
        _about_an_order(both, record, dice, day, ask)
    else:
        asked = dice.choice(ASKED)
        if asked not in GUARDS or not GUARDS[asked](account, record, ask):
            both.call(asked, "account", record, ask, "log")


def _about_an_order(both: Both, record: PolicyRecord, dice: random.Random, day: int, ask: Ask) -> None:
    account = both.account
    left = refunds.left_to_refund(account, ask.order)
    slot = instalments.plan_of(account, ask.order)
    if dice.random() < 0.4 and left > 0:
        both.call(refunds.refund, "account", record, day, ask.order, dice.randint(1, left), "log")
    elif slot >= 0 and account.dpd == 0 and account.plans[slot].unbilled_fen > 0:
        both.call(instalments.settle_plan, "account", record, day, slot, "log")
    elif ask.terms > 1 and not steps.convert_refusals(account, record, ask):
        both.call(instalments.convert_bill, "account", record, day, ask.terms, "log")
    elif not steps.return_refusals(account, record, ask):
        both.call(refunds.open_return, "account", day, ask.order, "log")
    elif not steps.end_return_refusals(account, record, ask):
        both.call(refunds.end_return, "account", day, ask.order, "log")
    elif not steps.appeal_refusals(account, record, ask):
        both.call(suspension.appeal, "account", record, ask, "log")
    elif not steps.withdraw_refusals(account, record, ask):
        both.call(closure.withdraw_closure, "account", record, ask, "log")
    elif not steps.offer_refusals(account, record, ask):
        both.call(applications.accept_offer, "account", record, ask, "log")


LONG, SHORT = 260, 100
"""Days that a life is lived: every tenth sees charge-off and reopening."""


@pytest.mark.parametrize("seed", range(200))
def test_a_random_life_is_the_same_compiled(seed: int) -> None:
    dice = random.Random(seed)
    record = POLICIES[seed % len(POLICIES)]
    both = Both(*newcomer(seed))
    both.call(applications.apply_for_line, "account", record, wish(dice, 0), "log")
    for day in range(1, SHORT if seed % 10 else LONG):
        both.call(morning, "account", "shopper", record, ask_on(day), "log")
        while dice.random() < 0.35:
            act(both, record, dice, day)
        both.call(evening, "account", record, ask_on(day), "log")
    income = both.shopper.income_fen
    both.call(health.health_of, "account", income, both.shopper.expenses_fen, both.shopper.cash_fen)
    assert both.account.faults == 0


def edge(dice: random.Random, kind: str) -> int:
    """A value at or near an edge of what a field may hold, small enough for sums in 63 bits."""
    most = {"i1": 127, "i2": 32_767, "i4": 2**31 - 1, "i8": 2**45}[kind]
    return dice.choice([0, 1, 2, 5, most, most - 1, most // 2, -1, -most])


COUNTS = {
    "statement_count": STATEMENT_SLOTS,
    "order_count": ORDER_SLOTS,
    "grade": 4,
    "status": 9,
    "autopay": 2,
    "locked": 1,
}


def at_the_edges(dice: random.Random, row: Row) -> Row:
    """The same row with values at their edges; counts and codes stay within what they may be."""
    for name, kind, shape in type(row).layout:
        if name in COUNTS:
            setattr(row, name, dice.randint(0, COUNTS[name]))
        elif isinstance(kind, str) and not shape:
            setattr(row, name, edge(dice, kind))
        elif isinstance(kind, str):
            setattr(
                row,
                name,
                [edge(dice, kind) for _place in range(shape[0])] if len(shape) == 1 else getattr(row, name),
            )
        elif shape:
            for slot in getattr(row, name):
                at_the_edges(dice, slot)
        else:
            at_the_edges(dice, getattr(row, name))
    return row


@pytest.mark.parametrize("seed", range(60))
def test_answers_at_the_edges_of_every_field_are_the_same_compiled(seed: int) -> None:
    """Leaves and checks read rows that no life would reach; nothing overflows differently on either side."""
    dice = random.Random(seed)
    account, shopper = Account(), Shopper()
    at_the_edges(dice, account)
    for plan in account.plans:
        plan.terms, plan.billed = abs(plan.terms) % 25, abs(plan.billed) % 25
        plan.mode = abs(plan.mode) % 3
    both = Both(account, shopper)
    record = POLICIES[seed % len(POLICIES)]
    ask = wish(dice, dice.choice([0, 1, 4_000, 20_000]))
    for check in CHECKS:
        both.call(check, "account", record, ask)
    for leaf in dice.sample(leaves(), 12) if seed else leaves():
        both.call(leaf, "account", record, ask)


def test_draws_are_the_same_compiled() -> None:
    both = Both(Account(), Shopper())
    for key in ((0, 0, 0, 0, 0), (2**62, 10**6, -720, 31, 9), (1, 1, 1, 1, 1)):
        drawn = both.call(streams.draw, *key)
        both.call(streams.between, drawn, 3, 900)
        both.call(streams.chance, drawn, 500_000)
    assert len(Account().plans) == PLAN_SLOTS


def test_money_moves_the_same_compiled() -> None:
    both = Both(*newcomer(3))
    both.shopper.cash_fen = 10**6
    both = Both(both.account, both.shopper)
    both.call(money_days.move_into_fund, "shopper", 5_000, ask_on(1), "log")
    for day, wait in ((1, 1), (1, 0), (2, 3), (2, 3), (4, 9)):
        both.call(money_days.move_out_of_fund, "shopper", 700, wait, ask_on(day), "log")
    both.call(purchases.buy_with_cash, "account", ask_on(2, amount_fen=500), "log")
    both.call(arithmetic.floor_share, 12_345, 678)
    both.call(delinquency.accrue, "account", POLICIES[0], 3, 40)
