"""Delinquency: daily fees, days past due, and what they trigger (RULES §1 steps 1 and 2, §7)."""

from __future__ import annotations

from typing import Any

from simulator.account import STATEMENT_SLOTS, TIMELY_STATEMENTS, Account
from simulator.codes import (
    ACTIVE,
    BY_OVERDUE,
    CHARGED_OFF,
    CLOSED,
    CLOSED_OVERDUE,
    RUN_OFF,
    SOFT_BLOCKED,
    SUSPENDED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import capped_daily_ppm
from simulator.rules.arrears import days_past_due, set_dpd, suspend
from simulator.rules.ask import Ask
from simulator.rules.balances import (
    billed_fees_fen,
    charged_fen,
    due_principal_fen,
    exposure_fen,
    missing_fen,
    note_due_from,
    past_due_principal_fen,
    statement_principal,
    still_asked,
)  # fmt: skip
from simulator.rules.ending import close_line, drop_limit, wipe_debt
from simulator.rules.events import PAYMENT_MISSED, WAS_CHARGED_OFF, WAS_SOFT_BLOCKED, emit
from simulator.rules.hardship import end_missed_hardship
from simulator.rules.transitions import move


@rule
def cheapen_rates(account: Account, policy: PolicyRecord) -> None:
    """A cheaper daily fee holds from the day after the change. RULES §15."""
    late, revolving = policy.late_fee_ppm, policy.revolving_fee_ppm
    account.late_rate_ppm = min(account.late_rate_ppm, capped_daily_ppm(late, policy.rate_cap_ppm))
    account.revolving_rate_ppm = min(account.revolving_rate_ppm, capped_daily_ppm(revolving, policy.rate_cap_ppm))


@rule
def renew_rates(account: Account, policy: PolicyRecord) -> None:
    """A dearer daily fee holds from the next statement on. RULES §15."""
    account.late_rate_ppm = capped_daily_ppm(policy.late_fee_ppm, policy.rate_cap_ppm)
    account.revolving_rate_ppm = capped_daily_ppm(policy.revolving_fee_ppm, policy.rate_cap_ppm)


@rule
def accrue(account: Account, policy: PolicyRecord, day: int, days: int) -> None:
    """Let the fees of `days` days run, the first of them `day`, on what was owed the day before.

    In micro-fen; a + b days equal a and then b. Ask `fees_may_run` of the last of them first. RULES §7.
    """
    first = day
    last = day + days
    while first < last:
        until = last
        newest = account.statement_count - 1
        while newest >= 0 and account.statements[newest].due_day >= first:
            until = min(until, account.statements[newest].due_day + 1)
            newest -= 1
        _accrue_span(account, policy, first, until - first)
        first = until


@rule
def fees_may_run(account: Account, day: int) -> bool:
    """Whether a daily fee may run by a day: not before the due day of the oldest statement not paid has passed."""
    oldest = account.paid_statements
    fell_due = account.statements[min(oldest, STATEMENT_SLOTS - 1)].due_day < day
    return ((oldest < account.statement_count) & fell_due) | (statement_principal(account.older) > 0)


@rule
def may_have_fallen_due(account: Account, day: int) -> bool:
    """Whether before a day a statement fell due that is unpaid or not looked at: otherwise no fees run, and nothing
    is met, missed or late.
    """
    return account.due_from_day < day


@rule
def _accrue_span(account: Account, policy: PolicyRecord, day: int, days: int) -> None:
    """Fees of days in which no due date passes."""
    due = due_principal_fen(account, day)
    if due == 0:
        return
    late_base = past_due_principal_fen(account, policy, day)
    account.episode_principal_fen = max(account.episode_principal_fen, late_base)
    cap_micro = account.episode_principal_fen * policy.late_fee_cap_ppm
    room_micro = max(0, cap_micro - account.episode_late_micro)
    late_micro = min(late_base * account.late_rate_ppm * days, room_micro)
    account.late_micro += late_micro
    account.episode_late_micro += late_micro
    account.revolving_micro += (due - late_base) * account.revolving_rate_ppm * days


@rule
def check_due(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Look at statements that were due yesterday: met, or missed. RULES §1 step 1."""
    if not may_look_at_due(account, ask.day):
        return
    first = account.statement_count - 1
    while first > 0 and not account.statements[first - 1].checked:
        first -= 1
    while first < account.statement_count and account.statements[first].due_day < ask.day:
        look_at_due(account, policy, first, ask, log)
        first += 1
    note_due_from(account)


@rule
def may_look_at_due(account: Account, day: int) -> bool:
    """Whether the last statement was not looked at, and it or one before it may have fallen due."""
    count = account.statement_count
    last = account.statements[max(0, count - 1)]
    before = account.statements[max(0, count - 2)]
    waits = (last.due_day >= day) & ((before.checked != 0) | (count == 1))
    return (count > 0) & (last.checked == 0) & (not waits)


@rule
def look_at_due(account: Account, policy: PolicyRecord, index: int, ask: Ask, log: Any) -> None:
    """Look at one statement whose due day has passed."""
    statement = account.statements[index]
    statement.checked = 1
    in_time = missing_fen(account, policy, index) == 0
    remember_timely(account, in_time)
    trifle = statement.minimum_fen <= policy.tolerance_fen
    if in_time:
        statement.met = 1
        account.last_minimum_met = 1
        if not trifle:
            account.streak += 1
    else:
        account.last_minimum_met = 0
        account.streak = 0
        account.months_since_late = 0
        emit(log, PAYMENT_MISSED, ask.day, statement.due_day, still_asked(account, index))
        if account.hardship:
            end_missed_hardship(account, index, ask, log)


@rule
def remember_timely(account: Account, met: bool) -> None:
    """Note whether a statement was met in time, for the last twelve."""
    for back in range(TIMELY_STATEMENTS - 1):
        place = TIMELY_STATEMENTS - 1 - back
        account.timely[place] = account.timely[place - 1]
    account.timely[0] = 1 if met else -1


@rule
def count_arrears(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Days past due for this morning, and what they trigger. RULES §1 step 1, §11."""
    if (account.hardship != 0) | (account.status == CHARGED_OFF):
        return
    dpd = days_past_due(account, policy, ask.day)
    if (dpd == 0) & (account.dpd == 0):
        return
    set_dpd(account, dpd, ask.day, log)
    if account.status == ACTIVE and dpd >= policy.soft_block_dpd:
        move(account, SOFT_BLOCKED)
        emit(log, WAS_SOFT_BLOCKED, ask.day, dpd)
    if dpd >= policy.suspend_dpd:
        suspend(account, BY_OVERDUE, ask.day, log)
    if account.status in (ACTIVE, SOFT_BLOCKED, SUSPENDED) and dpd >= policy.close_dpd:
        close_line(account, CLOSED_OVERDUE, ask.day, log)
    if dpd >= policy.charge_off_dpd:
        charge_off(account, ask.day, log)


@rule
def charge_off(account: Account, day: int, log: Any) -> None:
    """Write off all principal and charged fees; what only accrued is dropped. RULES §7."""
    if account.status not in (RUN_OFF, CLOSED):
        return
    principal = exposure_fen(account)
    fees = billed_fees_fen(account) + charged_fen(account)
    wipe_debt(account)
    account.charged_off_fen = principal + fees
    account.recovered_fen = 0
    move(account, CHARGED_OFF)
    emit(log, WAS_CHARGED_OFF, day, principal + fees, principal, fees)
    drop_limit(account, day, log)
