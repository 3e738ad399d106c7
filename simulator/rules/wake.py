"""Wake: the next day on which the lender's side of an account does anything.

Between two such days nothing changes but fees, which run on evenly, and days past due, which count
up; so time may be passed in one step. Whoever adds to a day what depends on its date adds it here.
"""

from __future__ import annotations

from simulator.account import REFUND_SLOTS, Account
from simulator.bits import lowest_place
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
    FAR,
    HELD_ORDER,
    NEVER,
    NONE,
    SOFT_BLOCKED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.decreases import review_follows
from simulator.rules.repayment import LONG_AFTER, REMINDER_EVE, REMINDER_SET
from simulator.rules.seasons import days_to_season, may_open, season_month, season_opens

BUCKET_DAYS = 30


@rule
def sooner(found: int, day: int, today: int) -> int:
    """The sooner of two days, of those after today, as `NEVER` is not."""
    return min(found, day if day > today else FAR)


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
    return ask.day + ahead + ask.month_length * int(ahead <= 0)


@rule
def next_due_day(account: Account, policy: PolicyRecord, ask: Ask, found: int) -> int:
    """Due days with autopay; of what is not met, the day after each due day and reminders. That a met
    statement fell due is seen on whatever day is the next to be lived.
    """
    if account.due_from_day == FAR:  # all are paid and were looked at
        return found
    for i in range(account.statement_count):
        statement = account.statements[i]
        due_day = statement.due_day
        reminder_day = next_reminder_day(due_day, ask.day)
        unchecked = statement.checked == 0
        unmet = statement.met == 0
        reminded = unmet & (policy.reminders != 0) & (statement.asks_fen > 0)
        # Days chosen without a branch: hardly two statements in a row ask for the same of them
        found = sooner(found, due_day if unchecked & (account.autopay != AUTOPAY_OFF) else FAR, ask.day)
        found = sooner(found, due_day + 1 if unchecked & unmet else FAR, ask.day)
        found = min(found, reminder_day if reminded else FAR)
    return found


@rule
def next_reminder_day(due_day: int, today: int) -> int:
    """The next day after today on which a reminder of a bill goes out."""
    eve = due_day + REMINDER_EVE
    start = max(eve, today + 1)
    left = REMINDER_SET >> min(start - eve, LONG_AFTER)
    return start + lowest_place(left) if left != 0 else FAR


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
    for i in range(account.free_refunds, REFUND_SLOTS):
        arrives_day = account.refunds[i].arrives_day
        taken = account.refunds[i].order != 0
        found = once_over(found, arrives_day if taken else FAR, ask.day)
        left -= int(taken)
    i = account.order_count - 1
    while left > 0 and i >= 0:
        order = account.orders[i]
        if order.state == HELD_ORDER:
            found = once_over(found, order.day + policy.verify_days + 1, ask.day)
            left -= 1
        pause_ends = order.return_day + policy.return_pause_days
        returned = order.return_open != 0
        found = once_over(found, pause_ends if returned else FAR, ask.day)
        left -= int(returned)
        i -= 1
    return found

