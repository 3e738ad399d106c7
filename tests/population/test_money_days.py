"""Money of daily life: pay and expenses on their days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.population.money_days import (
    EXPENSE_DAYS,
    expenses_of,
    living_before_pay_fen,
    pass_money_days,
    pay_expenses,
    receive_income,
)
from simulator.population.shopper import Shopper
from simulator.rules.ask import Ask
from simulator.rules.events import Log

MONTH_LENGTH = 30


@given(
    st.integers(1, 31),
    st.integers(1, MONTH_LENGTH).flatmap(lambda dom: st.tuples(st.just(dom), st.integers(0, dom - 1))),
    st.integers(0, 1_000),
    st.integers(0, 999),
    st.integers(-3, 3),
)
def test_money_comes_and_goes_the_same_told_or_not(
    pay_day: int, days: tuple[int, int], cash_fen: int, expenses_fen: int, out_of_work_days: int
) -> None:
    dom, slept = days
    ends = []
    for quiet in (0, 1):
        ask = Ask(day=500, dom=dom, month_length=MONTH_LENGTH)
        shopper = Shopper(
            pay_day=pay_day, cash_fen=cash_fen, income_fen=700, expenses_fen=expenses_fen,
            job_back_day=ask.day + out_of_work_days,
        )  # fmt: skip
        log = Log()
        log.quiet = quiet
        if not pass_money_days(shopper, ask, log, slept):
            receive_income(shopper, ask, log)
            pay_expenses(shopper, ask, log)
        assert (ask.day, ask.dom) == (500, dom)
        ends.append(shopper)
    assert ends[0] == ends[1]


@given(st.integers(1, 31), st.integers(0, 31), st.integers(0, 9_999))
def test_what_living_takes_is_what_its_days_ask(pay_day: int, dom: int, expenses_fen: int) -> None:
    a_month = [expenses_of(expenses_fen, 1 << day) for day in range(1, 32)]
    assert sum(a_month) == expenses_fen
    assert {day for day in range(1, 32) if a_month[day - 1]} <= set(EXPENSE_DAYS)

    shopper = Shopper(pay_day=pay_day, expenses_fen=expenses_fen)
    until = pay_day if dom < pay_day else 31 + pay_day
    asked = sum(a_month[(day - 1) % 31] for day in range(dom + 1, until))
    assert living_before_pay_fen(shopper, dom) == asked
