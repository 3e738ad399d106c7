"""One day of one shopper, in the order of RULES §1; the same for the player and for the market."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import ACTIVE, APPLIED, CHARGED_OFF, CLOSED, DECLINED, NEVER, NONE
from simulator.policy.record import PolicyRecord
from simulator.population.money_days import fund_arrivals, fund_yield, pay_expenses, receive_income
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.rules.applications import lapse_offer
from simulator.rules.ask import Ask
from simulator.rules.balances import accrued_fen, owed_fen
from simulator.rules.closure import follow_closure
from simulator.rules.decreases import review_down
from simulator.rules.delinquency import (
    accrue,
    cheapen_rates,
    check_due,
    count_arrears,
    fees_may_run,
    may_have_fallen_due,
)  # fmt: skip
from simulator.rules.limits import review_up
from simulator.rules.purchases import lapse_held
from simulator.rules.refunds import lapse_returns, refunds_arriving
from simulator.rules.repayment import autopay, remind
from simulator.rules.reporting import report_month, rescore, turn_bureau_month
from simulator.rules.scoring import pass_month
from simulator.rules.seasons import temporary_limits
from simulator.rules.statements import end_cycle
from simulator.rules.suspension import follow_breach, follow_fraud, follow_reinstatement


@rule
def morning(
    account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any, slept: int = 0, settled: bool = False
) -> None:
    """Steps 1 to 5 of a day: arrears, fees, money that comes and goes, autopay, the lender's reviews.

    `slept` days of this month were slept through before it: their fees and the fund's yield come first. `settled`:
    the day's pay came and its expenses went already.
    """
    fell_due = may_have_fallen_due(account, ask.day)
    was_late = account.dpd > 0
    if fell_due & (slept > 0) and fees_may_run(account, ask.day - 1):
        accrue(account, policy, ask.day - slept, slept)
    turn_account_month(account, ask)
    cheapen_rates(account, policy)
    if fell_due | (account.dpd > 0):
        check_due(account, policy, ask, log)
        count_arrears(account, policy, ask, log)
        if fees_may_run(account, ask.day):
            accrue(account, policy, ask.day, 1)
    if not settled:
        receive_income(shopper, ask, log)
    shopper.cash_fen += refunds_arriving(account, ask.day, log)
    money_of_the_day(shopper, policy, ask, log, slept, settled)
    ask.cash_fen = shopper.cash_fen
    shopper.cash_fen -= autopay(account, policy, ask, log)
    reviews(account, shopper, policy, ask, was_late, log)


@rule
def quiet_morning(
    account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any, slept: int, settled: bool
) -> None:
    """A morning on which the lender's side does nothing but let time pass (`rules.wake` says when that is so)."""
    turn_account_month(account, ask)
    if may_have_fallen_due(account, ask.day):
        check_due(account, policy, ask, log)
        if fees_may_run(account, ask.day):
            accrue(account, policy, ask.day - slept, slept + 1)
    if not settled:
        receive_income(shopper, ask, log)
    money_of_the_day(shopper, policy, ask, log, slept, settled)
    note_fund(account, shopper, ask)
    report_month(account, policy, ask, log)


@rule
def turn_account_month(account: Account, ask: Ask) -> None:
    """A new calendar month begins for the account."""
    if ask.dom == 1:
        account.spent_this_month_fen = 0
        if account.record_day < ask.day:  # the life did not begin today
            pass_month(account)
        turn_bureau_month(account)


@rule
def note_fund(account: Account, shopper: Shopper, ask: Ask) -> None:
    """The lender sees at a month's end what the fund holds."""
    if ask.dom == ask.month_length:
        account.fund_fen = shopper.fund_fen


@rule
def money_of_the_day(shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any, slept: int, settled: bool) -> None:
    """The end of step 3: fund money, the fund's yield of today and `slept` days before, expenses."""
    fund_arrivals(shopper, ask)
    fund_yield(shopper, policy.fund_yield_ppm, slept + 1, ask, log)
    if not settled:
        pay_expenses(shopper, ask, log)


@rule
def reviews(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, was_late: bool, log: Any) -> None:
    """Step 5: what the lender looks at this morning; `was_late` last night."""
    note_fund(account, shopper, ask)
    after_cycle = account.cycle_day == ask.day - 1
    if after_cycle and account.statement_count > 0 and account.statements[account.statement_count - 1].day == ask.day - 1:
        rescore(account, policy, ask, log)
    limit_before = account.limit_fen
    review_down(account, policy, ask, after_cycle, log)
    if after_cycle and account.limit_fen == limit_before:
        review_up(account, policy, ask, log)
    temporary_limits(account, policy, ask, log)
    if account.status == APPLIED:
        lapse_offer(account, policy, ask, log)
    if account.waiting > 0:
        lapse_held(account, policy, ask, log)
        lapse_returns(account, policy, ask, log)
    if account.status != ACTIVE:  # an active line is under no appeal, cure or review
        follow_fraud(account, policy, ask, log)
        follow_breach(account, policy, ask, log)
        follow_reinstatement(account, policy, ask, log, was_late)
        follow_closure(account, policy, ask, log)
    report_month(account, policy, ask, log)
    remind(account, policy, ask, log)


@rule
def evening(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Step 7: on a statement day, the end of the cycle."""
    if account.opened_day == NEVER or ask.dom != account.statement_day:
        return
    if account.status in (NONE, APPLIED, DECLINED, CHARGED_OFF):
        return
    if account.status == CLOSED and owed_fen(account) + accrued_fen(account) == 0:
        return
    end_cycle(account, policy, ask, log)
