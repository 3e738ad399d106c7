"""Money of daily life: income, expenses, the fund (RULES §1 step 3, §3)."""

from __future__ import annotations

from typing import Any

from simulator.bits import how_many, lowest_place
from simulator.calendar import DAYS_A_YEAR
from simulator.population.shopper import FUND_SLOTS, Shopper
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION
from simulator.rules.ask import Ask
from simulator.rules.events import EXPENSES_PAID, FUND_MOVED, FUND_YIELD, INCOME_RECEIVED, emit

EXPENSE_DAYS = (1, 8, 15, 22)
"""Days of the month on which a quarter of the month's expenses is paid. RULES §1."""
EXPENSE_SET = 1 << EXPENSE_DAYS[0] | 1 << EXPENSE_DAYS[1] | 1 << EXPENSE_DAYS[2] | 1 << EXPENSE_DAYS[3]

INCOME_KINDS = ("pay", "windfall")
EXPENSE_KINDS = ("living", "shock", "other")
FROM_PAY, FROM_WINDFALL = 0, 1
LIVING, SHOCK, OTHER = 0, 1, 2
FUND_IN, FUND_OUT = 0, 1


@rule
def is_pay_day(shopper: Shopper, ask: Ask) -> bool:
    """The pay day, or the last day of a month that is shorter."""
    return ask.dom == min(shopper.pay_day, ask.month_length)


@rule
def receive_income(shopper: Shopper, ask: Ask, log: Any) -> None:
    """A month's income on the pay day."""
    if is_pay_day(shopper, ask):
        receive_pay(shopper, ask.day, log)


@rule
def receive_pay(shopper: Shopper, day: int, log: Any) -> None:
    """A month's income, as this month is; none while out of work."""
    if day < shopper.job_back_day:
        return
    paid = shopper.income_fen + shopper.income_fen * shopper.pay_ppm // MILLION
    if paid > 0:
        shopper.cash_fen += paid
        emit(log, INCOME_RECEIVED, day, paid, FROM_PAY)


@rule
def expenses_of(expenses_fen: int, days: int) -> int:
    """What a set of days of the month asks of its expenses: four equal parts, the last with the remainder."""
    part = expenses_fen // len(EXPENSE_DAYS)
    rest = expenses_fen - part * len(EXPENSE_DAYS)
    return how_many(days & EXPENSE_SET) * part + (days >> EXPENSE_DAYS[3] & 1) * rest


@rule
def living_before_pay_fen(shopper: Shopper, dom: int) -> int:
    """Expenses still to be paid after a day of the month and before pay comes; 0 is the month's eve."""
    before_pay, later = (1 << shopper.pay_day) - 1, ~((2 << dom) - 1)
    days = before_pay & later if dom < shopper.pay_day else before_pay | later
    return expenses_of(shopper.expenses_fen, days)


@rule
def next_living_fen(shopper: Shopper, dom: int) -> int:
    """The next quarter of the month's expenses, if it comes before pay."""
    return first_living_fen(shopper, living_before_pay_fen(shopper, dom))


@rule
def first_living_fen(shopper: Shopper, before_pay_fen: int) -> int:
    """The first part of expenses that are still to be paid before pay."""
    return min(shopper.expenses_fen // 4, before_pay_fen)


@rule
def pay_expenses(shopper: Shopper, ask: Ask, log: Any) -> None:
    """Pay the day's part of the expenses, as far as cash goes; what is short is told with what the fund held. RULES §3."""
    if EXPENSE_SET >> ask.dom & 1 == 0:
        return
    asked = expenses_of(shopper.expenses_fen, 1 << ask.dom)
    paid = min(asked, shopper.cash_fen)
    shopper.cash_fen -= paid
    if paid < asked:
        shopper.short = 1
        emit(log, EXPENSES_PAID, ask.day, paid, LIVING, asked - paid, shopper.fund_fen)
    elif paid > 0:
        emit(log, EXPENSES_PAID, ask.day, paid, LIVING)


@rule
def pass_money_days(shopper: Shopper, ask: Ask, log: Any, slept: int) -> bool:
    """Let pay come and expenses go on so many days slept through before the one that `ask` tells of, in their
    order; the first and the last day of a month are never slept through. Returns whether today's came and went
    as well: where cash covers what is asked, the order is all the same to those who are not told of it.
    """
    day, dom = ask.day, ask.dom
    pay_dom = min(shopper.pay_day, ask.month_length)
    days = (2 << dom) - (1 << dom - slept)
    asked = expenses_of(shopper.expenses_fen, days)
    if log.quiet and asked <= shopper.cash_fen:
        if days >> pay_dom & 1:
            receive_pay(shopper, day - dom + pay_dom, log)
        shopper.cash_fen -= asked
        return True
    days &= (EXPENSE_SET | 1 << pay_dom) & (1 << dom) - 1
    while days > 0:
        ask.dom = lowest_place(days)
        ask.day = day - dom + ask.dom
        receive_income(shopper, ask, log)
        pay_expenses(shopper, ask, log)
        days &= days - 1
    ask.dom, ask.day = dom, day
    return False


@rule
def fund_arrivals(shopper: Shopper, ask: Ask) -> None:
    """Money taken out of the fund arrives as cash."""
    if shopper.fund_moves == 0:
        return
    for i in range(FUND_SLOTS):
        move = shopper.fund_out[i]
        if move.amount_fen > 0 and move.arrives_day <= ask.day:
            shopper.cash_fen += move.amount_fen
            move.amount_fen = 0
            move.arrives_day = 0
            shopper.fund_moves -= 1


@rule
def next_arrival_day(shopper: Shopper, found: int) -> int:
    """The sooner of a day and the next on which money out of the fund arrives."""
    if shopper.fund_moves == 0:
        return found
    for i in range(FUND_SLOTS):
        if shopper.fund_out[i].amount_fen > 0:
            found = min(found, shopper.fund_out[i].arrives_day)
    return found


@rule
def pass_fund_days(shopper: Shopper, yield_ppm: int, days: int) -> None:
    """Let the fund earn for so many days, each down to the micro-fen. RULES §3."""
    if shopper.fund_fen > 0:
        shopper.fund_micro += shopper.fund_fen * yield_ppm // DAYS_A_YEAR * days


@rule
def fund_yield(shopper: Shopper, yield_ppm: int, days: int, ask: Ask, log: Any) -> None:
    """So many days' yield on yesterday's end, down to the micro-fen; credited on the month's last day."""
    pass_fund_days(shopper, yield_ppm, days)
    if ask.dom != ask.month_length:
        return
    credited = shopper.fund_micro // MILLION
    if credited > 0:
        shopper.fund_micro -= credited * MILLION
        shopper.fund_fen += credited
        emit(log, FUND_YIELD, ask.day, credited)


@rule
def move_into_fund(shopper: Shopper, amount_fen: int, ask: Ask, log: Any) -> None:
    """Cash goes into the fund at once."""
    shopper.cash_fen -= amount_fen
    shopper.fund_fen += amount_fen
    emit(log, FUND_MOVED, ask.day, amount_fen, FUND_IN, ask.day)


@rule
def move_out_of_fund(shopper: Shopper, amount_fen: int, fund_days: int, ask: Ask, log: Any) -> None:
    """Money leaves the fund at once and arrives as cash after `fund_days`."""
    shopper.fund_fen -= amount_fen
    arrives = ask.day + fund_days
    emit(log, FUND_MOVED, ask.day, amount_fen, FUND_OUT, arrives)
    if fund_days == 0:
        shopper.cash_fen += amount_fen
        return
    chosen = 0
    for i in range(FUND_SLOTS):
        move = shopper.fund_out[i]
        if move.amount_fen == 0 or move.arrives_day == arrives:
            chosen = i
            break
        if move.arrives_day > shopper.fund_out[chosen].arrives_day:
            chosen = i
    if shopper.fund_out[chosen].amount_fen == 0:
        shopper.fund_moves += 1
    shopper.fund_out[chosen].amount_fen += amount_fen
    shopper.fund_out[chosen].arrives_day = arrives
