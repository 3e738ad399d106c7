"""Arrears: days past due, buckets, and suspension (RULES §7, §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import ACTIVE, BY_OVERDUE, CHARGED_OFF, SOFT_BLOCKED, SUSPENDED
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.balances import missing_fen
from simulator.rules.events import BUCKET_CHANGED, WAS_SUSPENDED, emit
from simulator.rules.transitions import move

WORST_BUCKET = 6


@rule
def bucket_of(dpd: int) -> int:
    """M0 is 0, M1 1..30, M2 31..60 … M6 from 151. RULES §7."""
    return min(WORST_BUCKET, (dpd + 29) // 30)


@rule
def days_past_due(account: Account, policy: PolicyRecord, day: int) -> int:
    """Days since the oldest due date whose minimum is unmet. RULES §7."""
    for i in range(account.statement_count):
        statement = account.statements[i]
        if (statement.due_day < day) & (statement.met == 0) and missing_fen(account, policy, i) > 0:
            return day - statement.due_day + account.dpd_before
    return 0


@rule
def dpd_after(account: Account, days: int) -> int:
    """Days past due after so many days on which nothing happened to the account. RULES §7."""
    if account.dpd > 0 and not account.hardship and account.status != CHARGED_OFF:
        return account.dpd + days
    return account.dpd


@rule
def set_dpd(account: Account, dpd: int, day: int, log: Any) -> None:
    """Record days past due, the bucket, and the end of an arrears episode."""
    account.dpd = dpd
    account.episode_worst_dpd = max(account.episode_worst_dpd, dpd)
    account.worst_dpd = max(account.worst_dpd, dpd)
    bucket = bucket_of(dpd)
    if bucket != account.bucket:
        emit(log, BUCKET_CHANGED, day, account.bucket, bucket, dpd)
        account.bucket = bucket
    if dpd == 0:
        account.dpd_before = 0
        account.episode_late_micro = 0
        account.episode_principal_fen = 0
        account.late_cut_done = 0


@rule
def suspend(account: Account, cause: int, day: int, log: Any) -> None:
    """Add a cause of suspension; one event a cause. A line that ends or runs off is not suspended."""
    if account.causes & cause or account.status not in (ACTIVE, SOFT_BLOCKED, SUSPENDED):
        return
    account.causes |= cause
    if account.status != SUSPENDED:
        move(account, SUSPENDED)
    place = 0
    while cause >> place != 1:
        place += 1
    emit(log, WAS_SUSPENDED, day, account.dpd, place, int((cause == BY_OVERDUE) & (account.hardship != 0)))
