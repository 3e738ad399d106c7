"""Household: what is left at the month's end is spent elsewhere or put by; what was not paid shows elsewhere."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.thought import thought_ppm
from simulator.population.money_days import OTHER, living_before_pay_fen, move_into_fund, move_out_of_fund
from simulator.population.shopper import Shopper
from simulator.random import MILLION
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.events import EXPENSES_PAID, emit
from simulator.rules.repayment import acceptable_fen
from simulator.rules.reporting import report_elsewhere

MOST_DAYS_ELSEWHERE = 180
A_MONTH = 30


@rule
def close_month(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """On the month's last day: cash beyond the usual buffer goes, part into the fund, part on other things.

    Who is out of work lives on the fund.
    """
    if ask.day < shopper.job_back_day and shopper.fund_fen > 0 and shopper.cash_fen < shopper.expenses_fen:
        lacking = min(shopper.fund_fen, shopper.expenses_fen - shopper.cash_fen)
        move_out_of_fund(shopper, lacking, policy.fund_days, ask, log)
    excess = shopper.cash_fen - shopper.expenses_fen * shopper.buffer_ppm // MILLION
    if excess > 0:
        excess -= set_aside_fen(account, shopper)
    if (excess > 0) & (ask.day >= shopper.job_back_day):
        put_by = 0
        if shopper.fund_fen > 0 or shopper.discipline_ppm > 700_000:
            put_by = excess * (shopper.discipline_ppm // 2) // MILLION
        spent = (excess - put_by) * (MILLION - shopper.discipline_ppm // 3) // MILLION
        if put_by > 0:
            move_into_fund(shopper, put_by, ask, log)
        if spent > 0:
            shopper.cash_fen -= spent
            emit(log, EXPENSES_PAID, ask.day, spent, OTHER)
    if (shopper.short != 0) & (account.instalments_elsewhere_fen > 0):
        worse = min(MOST_DAYS_ELSEWHERE, account.elsewhere_dpd[1] + A_MONTH)
        report_elsewhere(account, worse)
    shopper.short = 0


@rule
def usual_cash_fen(shopper: Shopper) -> int:
    """Cash that is usually kept at hand, and living until the next pay."""
    return shopper.expenses_fen * shopper.buffer_ppm // MILLION + living_before_pay_fen(shopper, 0)


@rule
def set_aside_fen(account: Account, shopper: Shopper) -> int:
    """Cash that is spoken for until the next pay day: living, and the bill as far as it is thought of."""
    return living_before_pay_fen(shopper, 0) + acceptable_fen(account, True) * thought_ppm(shopper) // MILLION
