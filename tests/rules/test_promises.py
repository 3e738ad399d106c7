"""One property per promise of the rulebook."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.account import Account
from simulator.rules import applications, closure, hardship, limits, monitoring, purchases, suspension
from simulator.rules.arithmetic import (
    MILLION,
    down_to_hundred_yuan,
    last_principal_fen,
    round_half_up,
    share,
    term_fee_fen,
    term_principal_fen,
)
from simulator.rules.arrears import bucket_of
from simulator.rules.balances import minimum_fen
from simulator.rules.delinquency import accrue
from simulator.rules.instalments import settlement_of
from simulator.rules.reasons import (
    APPLICATION,
    CLOSURE,
    HARDSHIP_REFUSED,
    LIMIT_REFUSED,
    MONITOR,
    PURCHASE,
    REINSTATEMENT_REFUSED,
    REOPENING,
    TOPICS,
)
from simulator.rules.refunds import refund
from simulator.rules.statements import minimum_of
from simulator.rules.transitions import TRANSITIONS, move
from tests.rules.build import Line, ask_on, policy

POLICY = policy()
fen = st.integers(1, 5_000_000)
terms = st.sampled_from([3, 6, 12, 24])


@given(fen, terms)
def test_the_terms_of_a_plan_add_up_to_its_principal(principal: int, count: int) -> None:
    part, last = term_principal_fen(principal, count), last_principal_fen(principal, count)
    assert part * (count - 1) + last == principal
    assert part <= last < part + count


@given(st.integers(0, 10**12), st.integers(1, 10**9))
def test_rounding_is_half_up_and_never_off_by_more_than_half(numerator: int, denominator: int) -> None:
    rounded = round_half_up(numerator, denominator)
    assert abs(2 * (rounded * denominator - numerator)) <= denominator


def late_line(bought: int, bill_paid: bool) -> Line:
    """A line with a statement that is past due, or carried past its due day."""
    line = Line(POLICY)
    line.until(5)
    line.buy(bought)
    line.until(33)
    if bill_paid:
        line.pay(minimum_fen(line.account))
    return line


@given(
    bought=st.integers(40_000, 900_000), paid=st.booleans(), start=st.integers(34, 60), first=st.integers(0, 400), then=st.integers(0, 400)
)  # fmt: skip
def test_fees_of_a_plus_b_days_are_those_of_a_and_then_b(
    bought: int, paid: bool, start: int, first: int, then: int
) -> None:
    """To the micro-fen, across due days and the cap of the late fee. RULES §7, ARCHITECTURE "Time"."""
    line = late_line(bought, paid)
    at_once, in_two = line.account.copy(), line.account.copy()
    accrue(at_once, POLICY, start, first + then)
    accrue(in_two, POLICY, start, first)
    accrue(in_two, POLICY, start + first, then)
    assert at_once == in_two


@given(
    bought=st.integers(40_000, 900_000), autopay=st.integers(0, 2), cash=st.integers(0, 90_000), start=st.integers(61, 130),
    first=st.integers(0, 60), then=st.integers(0, 400),
)  # fmt: skip
def test_fees_split_the_same_over_several_statements(
    bought: int, autopay: int, cash: int, start: int, first: int, then: int
) -> None:
    """Some met, some missed, some not due yet: due days pass within either part."""
    line = late_line(bought, False)
    line.account.autopay, line.shopper.cash_fen = autopay, cash
    line.buy(bought // 2, terms=3)
    line.until(start)
    at_once, in_two = line.account.copy(), line.account.copy()
    accrue(at_once, POLICY, start, first + then)
    accrue(in_two, POLICY, start, first)
    accrue(in_two, POLICY, start + first, then)
    assert at_once == in_two


@given(bought=st.integers(40_000, 900_000), days=st.integers(0, 600))
def test_late_fees_of_an_episode_stop_at_the_cap(bought: int, days: int) -> None:
    line = late_line(bought, False)
    accrue(line.account, POLICY, 42, days)
    most = line.account.episode_principal_fen * POLICY.late_fee_cap_ppm
    assert line.account.late_micro <= most


@given(
    principal=st.integers(10_000, 3_000_000),
    count=terms,
    day=st.integers(0, 700),
    mode=st.sampled_from([0, 1, 2]),
)
def test_settling_early_never_costs_more_than_keeping_to_term(
    principal: int, count: int, day: int, mode: int
) -> None:
    line = Line(POLICY)
    line.buy(principal, terms=count)
    line.shopper.cash_fen = 10**12
    line.account.autopay = 2
    plan = line.account.plans[0]
    plan.mode = mode
    line.until(day)
    if plan.order:
        settlement = settlement_of(plan, line.day)
        to_come = plan.term_fee_fen * (plan.terms - plan.billed)
        assert 0 <= settlement.fee <= to_come
        assert settlement.saved == to_come - settlement.fee


@given(fen, terms, st.integers(0, 30_000))
def test_a_term_fee_is_a_share_of_the_whole_price(principal: int, count: int, rate: int) -> None:
    assert term_fee_fen(principal, rate) == share(principal, rate)
    assert abs(term_fee_fen(principal, rate) * MILLION - principal * rate) <= MILLION // 2


@given(
    new=st.integers(0, 10**7),
    carried=st.integers(0, 10**7),
    met=st.booleans(),
    always=st.integers(0, 10**7),
    extra=st.integers(0, 10**7),
)
def test_a_minimum_is_within_the_balance_and_takes_all_that_is_always_due(
    new: int, carried: int, met: bool, always: int, extra: int
) -> None:
    asked = minimum_of(POLICY, new, carried, met, always, extra)
    assert always <= asked <= new + carried + always
    if not met:
        assert asked >= carried + always
    if new + carried + always - asked > 0:
        assert new + carried - (asked - always) + extra >= POLICY.small_balance_fen or extra


@given(
    principal=st.integers(10_000, 2_000_000),
    count=terms,
    day=st.integers(0, 500),
    part=st.integers(1, MILLION),
)
def test_a_refund_never_makes_money(principal: int, count: int, day: int, part: int) -> None:
    """What is taken off the debt and what comes as cash are the refund; the plan still adds up."""
    line = Line(POLICY)
    line.buy(principal, terms=count)
    line.account.autopay = day % 3
    line.until(day)
    amount = max(1, principal * part // MILLION)
    refund(line.account, POLICY, line.day, 1, amount, line.log)
    line.note()
    order, told, owed, cash, _fee_cut, _date = line.told("refunded")[0]
    assert (order, told, owed + cash) == (1, amount, amount)
    assert owed >= 0 and cash >= 0
    plan = line.account.plans[0]
    if plan.order and plan.unbilled_fen:
        left = plan.terms - plan.billed
        assert plan.term_principal_fen * (left - 1) + plan.last_principal_fen == plan.unbilled_fen


@given(limit=st.integers(0, 5_000_000), ppm=st.integers(0, MILLION), bound=st.integers(0, 6_000_000))
def test_a_raised_limit_is_whole_hundreds_within_its_bound(limit: int, ppm: int, bound: int) -> None:
    raised = limits.increased_limit(limit, ppm, bound)
    assert raised % 10_000 == 0
    assert raised <= bound
    if down_to_hundred_yuan(bound) >= limit + 10_000:
        assert raised > limit - 10_000


@given(st.integers(0, 400))
def test_buckets_are_thirty_days_each(dpd: int) -> None:
    """M0 0, M1 1..30, M2 31..60 … M6 from 151. RULES §7."""
    bucket = bucket_of(dpd)
    assert bucket == (0 if dpd == 0 else min(6, (dpd - 1) // 30 + 1))


def test_only_the_table_moves_a_line() -> None:
    allowed = dict(TRANSITIONS)
    for before in range(10):
        for after in range(10):
            account = Account(status=before)
            move(account, after)
            moved = after in allowed.get(before, ())
            assert (account.status == after) is (moved or before == after)
            assert account.faults == (0 if moved else 1)


DECIDING = (
    (APPLICATION, applications.condition_refusals, range(10)),
    (REOPENING, applications.reopening_refusals, range(8)),
    (PURCHASE, purchases.status_refusals, range(8)),
    (LIMIT_REFUSED, limits.raise_refusals, range(9)),
    (MONITOR, monitoring.alert_reasons, range(9)),
    (CLOSURE, closure.closure_blockers, range(8)),
    (HARDSHIP_REFUSED, hardship.hardship_refusals, range(6)),
    (REINSTATEMENT_REFUSED, suspension.reinstatement_refusals, range(3)),
)


@given(
    status=st.integers(0, 9), age=st.integers(0, 99), day=st.integers(0, 900), income=st.integers(0, 3_000_000), limit=st.integers(0, 2_000_000),
    dpd=st.integers(0, 200), grade=st.integers(0, 4), streak=st.integers(0, 12), amount=fen, hour=st.integers(0, 23),
)  # fmt: skip
def test_the_bits_of_a_decision_are_what_its_leaves_find(
    status: int,
    age: int,
    day: int,
    income: int,
    limit: int,
    dpd: int,
    grade: int,
    streak: int,
    amount: int,
    hour: int,
) -> None:
    account = Account(
        status=status, age=age, income_fen=income, limit_fen=limit, dpd=dpd, grade=grade, streak=streak, causes=status % 2,
        identity_day=0, opened_day=0, student=age % 2, locked=hour % 2, hardship=streak % 2,
    )  # fmt: skip
    ask = ask_on(day, amount_fen=amount, hour=hour, terms=12)
    for topic, decide, places in DECIDING:
        bits = decide(account, POLICY, ask)
        for place in places:
            reason = TOPICS[topic][place]
            assert bool(bits >> place & 1) is bool(reason.leaf(account, POLICY, ask).holds), reason.code
