"""Wake: the next day on which the lender's side of an account does anything.

Between two such days nothing changes but fees, which run on evenly, and days past due, which count
up; so time may be passed in one step. Whoever adds to a day what depends on its date adds it here.
"""

from __future__ import annotations

from simulator.account import REFUND_SLOTS, Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    AUTOPAY_OFF,
    BY_BREACH,
    BY_FRAUD,
    BY_OVERDUE,
    CHARGED_OFF,
    CLOSURE_REVIEW,
    DECLINED,
    HELD_ORDER,
    NEVER,
    NONE,
    SOFT_BLOCKED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.decreases import review_follows
from simulator.rules.repayment import REMINDER_STAGES
from simulator.rules.seasons import days_to_season, may_open, season_month, season_opens

FAR = 1_000_000
"""A day that never comes: nothing is waited for."""
BUCKET_DAYS = 30


@rule
def sooner(found: int, day: int, today: int) -> int:
    """The sooner of two days, of those after today."""
    if today < day < found:
        return day
    return found


@rule
def once_over(found: int, day: int, today: int) -> int:
    """The sooner of two days, where what is over on or before today is seen to tomorrow morning."""
    return min(found, max(day, today + 1))


@rule
def next_morning_day(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """The next day after today on which the morning does more than let fees run. What every account does on the
    first and the last of a calendar month is left to the caller.
    """
    if account.cycle_day == ask.day and review_follows(account, policy, ask):
        return ask.day + 1
    found = FAR
    if account.waiting > 0:
        found = next_order_day(account, policy, ask, found)
    found = next_due_day(account, policy, ask, found)
    if account.status in (NONE, APPLIED, DECLINED):
        if account.status == APPLIED:
            found = once_over(found, account.offer_day + policy.offer_days + 1, ask.day)
        return found
    found = next_season_day(account, policy, ask, found)
    if account.status == ACTIVE and account.dpd == 0:  # under no appeal, cure or review, and nothing late
        return found
    found = next_arrears_day(account, policy, ask, found)
    return next_waiting_day(account, policy, ask, found)


@rule
def next_evening_day(account: Account, ask: Ask) -> int:
    """The next statement day after today, where there is or was a line."""
    if account.opened_day == NEVER or account.status == CHARGED_OFF:
        return FAR
    ahead = account.statement_day - ask.dom
    if ahead <= 0:
        ahead += ask.month_length
    return ask.day + ahead


@rule
def next_due_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """Due days with autopay; of what is not met, the day after each due day and reminders. That a met
    statement fell due is seen on whatever day is the next to be lived.
    """
    for i in range(account.statement_count):
        statement = account.statements[i]
        if account.autopay != AUTOPAY_OFF and not statement.checked:
            found = sooner(found, statement.due_day, ask.day)
        if statement.met:
            continue
        if not statement.checked:
            found = sooner(found, statement.due_day + 1, ask.day)
        if policy.reminders and statement.asks_fen > 0:
            found = next_reminder_day(statement.due_day, ask, found)
    return found


@rule
def next_reminder_day(due_day: int, ask: Ask, found: int) -> int:
    """The next day on which a reminder of a bill goes out."""
    for stage in REMINDER_STAGES:
        if due_day + stage > ask.day:
            return min(found, due_day + stage)
    return found


@rule
def next_arrears_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """Days on which days past due reach a threshold, and the morning after a cure."""
    if account.dpd > 0 and not account.hardship and account.status != CHARGED_OFF:
        reached = ask.day - account.dpd
        found = sooner(found, reached + account.bucket * BUCKET_DAYS + 1, ask.day)
        found = sooner(found, reached + policy.soft_block_dpd, ask.day)
        found = sooner(found, reached + policy.suspend_dpd, ask.day)
        found = sooner(found, reached + policy.close_dpd, ask.day)
        found = sooner(found, reached + policy.charge_off_dpd, ask.day)
        found = sooner(found, reached + policy.decrease_dpd + 1, ask.day)
    blocked = account.status == SOFT_BLOCKED or account.causes & BY_OVERDUE != 0
    if blocked and not account.hardship:
        if account.dpd == 0:
            found = ask.day + 1
        if account.reinstatement_day != NEVER:
            found = once_over(found, account.reinstatement_day + policy.reinstate_days, ask.day)
    return found


@rule
def next_season_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """The morning on which a temporary limit is gone, and the first day of a season for whom it opens, if it
    lies in this month: those of later months are seen to when the month begins.
    """
    if account.temporary_until_day != NEVER:
        found = sooner(found, account.temporary_until_day + 1, ask.day)
    if not season_month(policy, ask) or not season_opens(account, policy, ask).holds:
        return found
    for i in range(policy.season_count):
        if may_open(policy.season[i], ask):
            found = sooner(found, ask.day + days_to_season(policy.season[i], ask), ask.day)
    return found


@rule
def next_waiting_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """The ends of what is waited for: appeals, cures of a breach, closure reviews."""
    if account.causes & BY_FRAUD:
        if account.appeal_day == NEVER:
            found = once_over(found, account.fraud_day + policy.appeal_window_days + 1, ask.day)
        else:
            found = once_over(found, account.appeal_day + policy.appeal_days, ask.day)
    if account.causes & BY_BREACH:
        if account.breach_expired_day != NEVER:
            found = once_over(found, account.breach_expired_day + policy.breach_cure_days, ask.day)
        if account.breach_unreachable_day != NEVER:
            found = once_over(found, account.breach_unreachable_day + policy.breach_cure_days, ask.day)
    if account.status == CLOSURE_REVIEW:
        found = once_over(found, account.review_day + policy.closure_review_days, ask.day)
    return found


@rule
def next_order_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """Refunds that arrive, held orders that lapse, returns whose pause ends; those that wait are among the newest."""
    left = account.waiting
    i = account.free_refunds
    while left > 0 and i < REFUND_SLOTS:
        if account.refunds[i].order != 0:
            found = once_over(found, account.refunds[i].arrives_day, ask.day)
            left -= 1
        i += 1
    i = account.order_count - 1
    while left > 0 and i >= 0:
        order = account.orders[i]
        if order.state == HELD_ORDER:
            found = once_over(found, order.day + policy.verify_days + 1, ask.day)
            left -= 1
        if order.return_open:
            found = once_over(found, order.return_day + policy.return_pause_days, ask.day)
            left -= 1
        i -= 1
    return found

