"""Random lives by the rules alone: somebody who can get a line, and what they might ask for, day by day."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Protocol

from simulator.account import Account
from simulator.codes import CLOSURE_REVIEW
from simulator.engine.day import evening, morning
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.rules import (
    applications,
    balances,
    closure,
    hardship,
    instalments,
    limits,
    purchases,
    refunds,
    repayment,
    steps,
    suspension,
)
from simulator.rules.ask import Ask
from simulator.rules.events import Log
from tests.rules.build import ask_on, policy


class Caller(Protocol):
    """One shopper's records, and a way to call rules on them."""

    account: Account
    shopper: Shopper

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a rule with the words "account", "shopper", "log" for the records."""

    def set(self, field: str, value: int) -> None:
        """Let something be recorded of the account."""


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

GUARDS = {
    closure.request_closure: steps.closure_refusals,
    suspension.find_breach: steps.line_refusals,
    suspension.request_reinstatement: steps.line_refusals,
    limits.request_limit: steps.line_refusals,
}
"""What is asked before these are done."""


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
    policy(suspend_dpd=60, close_dpd=70, charge_off_dpd=90, soft_block_dpd=5, reinstate_days=1),
    policy(
        **{f"grade_cutoffs__{grade}": 1000 for grade in "ABCDE"}, counter_cutoff=0, starter_limit_fen=700_000
    ),
)


def wish(dice: random.Random, day: int) -> Ask:
    """A random request."""
    return ask_on(
        day, amount_fen=dice.choice([1, 999, 10_000, 50_000, 129_900, 700_000]), terms=dice.choice([1, 3, 6, 12, 24]),
        merchant=dice.randrange(3), merchant_kind=dice.randrange(3), channel=dice.randrange(3), resale=dice.randrange(2),
        hour=dice.randrange(24), known_device=dice.randrange(2), merchant_funded=dice.randrange(2),
        kind=dice.choice([1, 2, 3, 4, 4, 4, 5, 5, 5]),
        statement_day=dice.choice([0, 1, 15, 28]), cash_fen=dice.choice([0, 10**6]), order=dice.randrange(12),
    )  # fmt: skip


def act(both: Caller, record: PolicyRecord, dice: random.Random, day: int) -> None:
    """Do something that the checks allow."""
    ask = wish(dice, day)
    account = both.account
    for check in CHECKS:
        if dice.random() < 0.1:
            both.call(check, "account", record, ask)
    choice = dice.random()
    if balances.frozen_fen(account) and choice < 0.5:
        both.call(suspension.verify_identity, "account", record, ask, "log")
    elif account.status == CLOSURE_REVIEW and choice < 0.3:
        both.call(closure.withdraw_closure, "account", record, ask, "log")
    elif account.dpd and choice < 0.1:
        both.set("shock", 1)
        both.set("shock_day", day)
        both.call(hardship.request_hardship, "account", record, ask, "log")
    elif choice < 0.55:
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


def _about_an_order(both: Caller, record: PolicyRecord, dice: random.Random, day: int, ask: Ask) -> None:
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


class Alone:
    """One shopper lived by the plain rules; `after` is called with the rule once each has run."""

    def __init__(self, account: Account, shopper: Shopper, after: Callable[[str], None]) -> None:
        """Take over the records."""
        self.account, self.shopper, self.log, self.after = account, shopper, Log(), after

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a rule."""
        self.log.clear()
        records = {"account": self.account, "shopper": self.shopper, "log": self.log}
        result = function(*(records[part] if isinstance(part, str) else part for part in arguments))
        self.after(function.__name__)
        return result

    def set(self, field: str, value: int) -> None:
        """Let something be recorded of the account."""
        setattr(self.account, field, value)


def live(both: Caller, seed: int, days: int) -> None:
    """Live so many days by the dice of a seed."""
    dice = random.Random(seed)
    record = POLICIES[seed % len(POLICIES)]
    both.call(applications.apply_for_line, "account", record, wish(dice, 0), "log")
    for day in range(1, days):
        both.call(morning, "account", "shopper", record, ask_on(day), "log")
        while dice.random() < 0.35:
            act(both, record, dice, day)
        both.call(evening, "account", record, ask_on(day), "log")
