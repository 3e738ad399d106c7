"""The rules give the same compiled as plain: over random lives, and over rows that reach the edges."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from simulator import random as streams
from simulator.account import BUREAU_MONTHS, ORDER_SLOTS, PLAN_SLOTS, REFUND_SLOTS, STATEMENT_SLOTS, Account
from simulator.engine.day import evening, morning
from simulator.engine.drive import await_change, be_born, live_day, rouse
from simulator.engine.tally import keep
from simulator.population import money_days, months
from simulator.population.behaviour.buying import priced
from simulator.population.shopper import Shopper
from simulator.registry import RULES
from simulator.row import Row
from simulator.rules import (
    applications,
    arithmetic,
    arrears,
    balances,
    closure,
    delinquency,
    health,
    instalments,
    purchases,
    refunds,
    repayment,
    suspension,
)
from simulator.rules.events import empty
from simulator.rules.reasons import TOPICS
from tests.engine.both import Both, calls
from tests.engine.lives import ASKED, CHECKS, POLICIES, Alone, live, newcomer, wish
from tests.engine.people import LAST, any_policy, born, town
from tests.rules.build import ask_on

pytestmark = pytest.mark.slow

OTHERS: tuple[Callable[..., Any], ...] = (
    morning, evening, repayment.pay, refunds.refund, refunds.open_return, refunds.end_return, instalments.settle_plan,
    instalments.convert_bill, purchases.buy_with_cash, applications.accept_offer, closure.withdraw_closure,
    suspension.appeal, health.health_of, money_days.move_into_fund, money_days.move_out_of_fund, streams.draw,
    streams.between, streams.chance, arithmetic.floor_share, delinquency.accrue, balances.due_day, live_day, be_born, keep,
    await_change, rouse, arrears.dpd_after, empty, months.month_at, months.tell_day,
)  # fmt: skip


def leaves() -> list[Callable[..., Any]]:
    """Every reason's leaf."""
    return [reason.leaf for reasons in TOPICS.values() for reason in reasons]


def test_every_rule_is_compiled_somewhere_here() -> None:
    reached = calls([*ASKED, *CHECKS, *OTHERS, *leaves()], RULES)
    assert set(RULES) - reached == set()


LONG, SHORT = 260, 100
"""Days that a life is lived: every tenth sees charge-off and reopening."""


@pytest.mark.parametrize("seed", range(200))
def test_a_random_life_is_the_same_compiled(seed: int) -> None:
    both = Both(*newcomer(seed))
    live(both, seed, SHORT if seed % 10 else LONG)
    income = both.shopper.income_fen
    both.call(health.health_of, "account", income, both.shopper.expenses_fen, both.shopper.cash_fen)
    assert both.account.faults == 0


class Forwards(list[Any]):
    """A list whose places are counted from its beginning: compiled, nobody asks whether one is counted from the end."""

    def __getitem__(self, place: Any) -> Any:
        """What stands at a place."""
        assert isinstance(place, slice) or place >= 0
        return super().__getitem__(place)

    def __setitem__(self, place: Any, value: Any) -> None:
        """Put something at a place."""
        assert isinstance(place, slice) or place >= 0
        super().__setitem__(place, value)


class Table(tuple[int, ...]):
    """A table of whole numbers that is looked into at its own places alone: compiled, nobody asks whether it is one."""

    def __getitem__(self, place: Any) -> Any:
        """What stands at a place."""
        assert isinstance(place, slice) or 0 <= place < len(self)
        return super().__getitem__(place)


def lay_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all rules look into such tables."""
    for rule in RULES.values():
        for name, value in list(rule.__globals__.items()):
            if type(value) is tuple and all(isinstance(part, int) for part in value):
                monkeypatch.setitem(rule.__globals__, name, Table(value))


def forwards(value: Any) -> Any:
    """The same with every list in it counted from its beginning."""
    if isinstance(value, Row):
        for name, _kind, _shape in type(value).layout:
            setattr(value, name, forwards(getattr(value, name)))
    return Forwards(forwards(part) for part in value) if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(10))
def test_no_rule_counts_a_place_from_the_end(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_tables(monkeypatch)
    account, shopper = newcomer(seed)
    live(Alone(forwards(account), forwards(shopper), lambda rule: None), seed, LONG)
    somebody = born(seed + 1, town(seed))
    forwards(somebody.account), forwards(somebody.shopper)
    somebody.log.rows = forwards(somebody.log.rows)
    record = forwards(any_policy(random.Random(seed)).copy())
    while somebody.shopper.wake_day <= LAST:
        somebody.live(somebody.shopper.wake_day, record)


def edge(dice: random.Random, kind: str) -> int:
    """A value at or near an edge of what a field may hold, small enough for sums in 63 bits."""
    most = {"i1": 127, "i2": 32_767, "i4": 2**31 - 1, "i8": 2**45}[kind]
    return dice.choice([0, 1, 2, 5, most, most - 1, most // 2, -1, -most])


COUNTS = {
    "statement_count": STATEMENT_SLOTS,
    "paid_statements": STATEMENT_SLOTS,
    "order_count": ORDER_SLOTS,
    "aged_orders": ORDER_SLOTS,
    "billed_orders": ORDER_SLOTS,
    "free_plans": PLAN_SLOTS,
    "free_refunds": REFUND_SLOTS,
    "clean_elsewhere": BUREAU_MONTHS,
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
        # fen-days times a rate have to fit into 64 bits
        plan.counted_day, plan.settle_daily_ppm = abs(plan.counted_day) % 20_000, abs(plan.settle_daily_ppm) % 1_000
    both = Both(account, shopper)
    record = POLICIES[seed % len(POLICIES)]
    ask = wish(dice, dice.choice([0, 1, 4_000, 20_000]))
    for check in CHECKS:
        both.call(check, "account", record, ask)
    for leaf in dice.sample(leaves(), 12) if seed else leaves():
        both.call(leaf, "account", record, ask)


def whole_millions(number: int) -> int:
    """How many whole millions a number holds."""
    return arithmetic.floor_share(number, 1)


def test_what_is_divided_is_rounded_down_the_same_compiled() -> None:
    """About every multiple of a divisor, on either side of zero and as far as the rules may ever multiply."""
    dice = random.Random(4)
    both = Both(Account(), Shopper())
    for divide, divisor in (
        (whole_millions, 1_000_000), (arithmetic.down_to_hundred_yuan, 10_000), (priced, 1_000), (priced, 100),
    ):  # fmt: skip
        for bits in range(60):
            multiple = dice.randint(-(2**bits), 2**bits) // divisor * divisor
            for number in (multiple - 1, multiple, multiple + 1, -multiple, multiple + divisor // 2):
                both.call(divide, number)


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
