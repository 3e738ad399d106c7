"""Reporting: what the lender tells the bureau and learns from it at month-end (RULES §1, §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import BUREAU_MONTHS, Account
from simulator.codes import CHARGED_OFF, CLOSED
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.balances import owed_fen
from simulator.rules.events import BUREAU_REPORTED, SCORE_CHANGED, emit, remember
from simulator.rules.scoring import SCORED_FROM, behaviour_score, open_grade
from simulator.rules.transitions import line_is_open


@rule
def reported_dpd(policy: PolicyRecord, dpd: int) -> int:
    """DPD as reported: 0 within the grace. RULES §11."""
    if dpd <= policy.bureau_grace_days:
        return 0
    return dpd


@rule
def report_month(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Report the line at calendar month-end."""
    if ask.dom != ask.month_length:
        return
    reported = line_is_open(account) or account.status == CHARGED_OFF
    if reported or (account.status == CLOSED and owed_fen(account) > 0):
        emit(log, BUREAU_REPORTED, ask.day, reported_dpd(policy, account.dpd))


@rule
def turn_bureau_month(account: Account) -> None:
    """A new calendar month begins: what others reported moves on by one, and nothing is reported in the new one yet."""
    if account.clean_elsewhere == BUREAU_MONTHS:
        return
    account.clean_elsewhere = max(0, account.clean_elsewhere - 1)
    month = BUREAU_MONTHS - 1 - account.clean_elsewhere
    while month > 0:
        account.elsewhere_dpd[month] = account.elsewhere_dpd[month - 1]
        month -= 1
    account.elsewhere_dpd[0] = 0
    note_clean_elsewhere(account)


@rule
def note_clean_elsewhere(account: Account) -> None:
    """Count on in how many of the oldest months others reported nothing late."""
    while (
        account.clean_elsewhere < BUREAU_MONTHS
        and account.elsewhere_dpd[BUREAU_MONTHS - 1 - account.clean_elsewhere] == 0
    ):
        account.clean_elsewhere += 1


@rule
def report_elsewhere(account: Account, dpd: int) -> None:
    """Others report this month's days past due; the worst of a month stands."""
    if dpd > account.elsewhere_dpd[0]:
        account.elsewhere_dpd[0] = dpd
        account.clean_elsewhere = min(account.clean_elsewhere, BUREAU_MONTHS - 1)


@rule
def rescore(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The behavioural score on the morning after a statement, from the third one on. RULES §2, §10.

    The first one is the mark that a fall is counted from anew: the application score is of another scorecard.
    """
    if account.scored_statements < SCORED_FROM or not line_is_open(account):
        return
    remember(log, account, ask)
    account.score = behaviour_score(account, policy)
    account.grade = open_grade(policy, account.score)
    if account.scored_statements == SCORED_FROM:
        account.score_at_change = account.score
    emit(log, SCORE_CHANGED, ask.day, account.score, account.grade)
