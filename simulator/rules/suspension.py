"""Suspension: breaches, appeals, reinstatement (RULES §11; FACTS §1.11)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import (
    ACTIVE,
    BY_BREACH,
    BY_FRAUD,
    BY_OVERDUE,
    CLOSED_BREACH,
    CLOSED_FRAUD,
    CLOSED_FRAUD_NOT_ANSWERED,
    EXPIRED_IDENTITY,
    NEVER,
    SOFT_BLOCKED,
    SUSPENDED,
    UNREACHABLE,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arrears import suspend
from simulator.rules.ask import Ask, Finding
from simulator.rules.ending import close_line
from simulator.rules.events import (
    APPEAL_DECIDED,
    APPEALED,
    BREACH_FOUND,
    IDENTITY_EXPIRED,
    IDENTITY_VERIFIED,
    REINSTATED,
    REINSTATEMENT_DECLINED,
    REINSTATEMENT_REQUESTED,
    emit,
    remember,
)  # fmt: skip
from simulator.rules.purchases import release_held
from simulator.rules.reasons import APPEAL, REINSTATEMENT, REINSTATEMENT_REFUSED, bit, declare
from simulator.rules.scoring import days_since
from simulator.rules.standing import identity_not_fresh, past_due
from simulator.rules.transitions import line_is_open, move

OVERDUE_PLACE, FRAUD_PLACE, BREACH_PLACE = 0, 1, 2
LIFTS_BY_ITSELF_DPD = 30
LIFTS_ON_REQUEST_DPD = 90
"""By the highest DPD since the line was last active: up to 30 lifted the next day, up to 90 on
request, beyond only by reopening. RULES §11; FACTS §1.11 [S37].
"""
CURED_QUICKLY, REQUEST_GRANTED, APPEAL_UPHELD, BREACH_CURED = 1, 2, 4, 8


@rule
def nothing_to_lift(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line is neither blocked nor suspended for arrears."""
    late = account.status == SOFT_BLOCKED or account.causes & BY_OVERDUE != 0
    return Finding(not late or account.hardship != 0, 0, 0)


@rule
def only_by_reopening(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too long past due to be lifted on request."""
    worst = account.episode_worst_dpd
    return Finding(worst > LIFTS_ON_REQUEST_DPD, worst, LIFTS_ON_REQUEST_DPD)


@rule
def cured_quickly(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Paid within thirty days."""
    worst = account.episode_worst_dpd
    return Finding(account.dpd == 0 and worst <= LIFTS_BY_ITSELF_DPD, worst, LIFTS_BY_ITSELF_DPD)


@rule
def request_granted(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The wait after the request is over, and nothing is late."""
    waited = days_since(ask.day, account.reinstatement_day)
    asked = account.reinstatement_day != NEVER
    return Finding(
        asked and account.dpd == 0 and waited >= policy.reinstate_days, waited, policy.reinstate_days
    )


@rule
def alert_rest(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What is left of the alert score: less what a fresh identity answers, where it is fresh."""
    if identity_not_fresh(account, policy, ask).holds:
        return account.alert_score
    return account.alert_score - account.alert_answerable


@rule
def explained(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """What is left of the alert is under the hold score."""
    rest = alert_rest(account, policy, ask)
    return Finding(rest < policy.hold_score, rest, policy.hold_score)


@rule
def still_suspicious(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """What is left of the alert is at the hold score or above."""
    rest = alert_rest(account, policy, ask)
    return Finding(rest >= policy.hold_score, rest, policy.hold_score)


@rule
def breach_cured(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """No breach is open."""
    open_breach = account.breach_expired_day != NEVER or account.breach_unreachable_day != NEVER
    return Finding(not open_breach, 0, 0)


declare(
    REINSTATEMENT_REFUSED,
    ("nothing_to_lift", "none", nothing_to_lift),
    ("still_past_due", "dpd", past_due),
    ("only_by_reopening", "dpd", only_by_reopening),
)
declare(
    REINSTATEMENT,
    ("cured_quickly", "dpd", cured_quickly),
    ("request_granted", "days", request_granted),
    ("appeal_upheld", "score", explained),
    ("breach_cured", "none", breach_cured),
)
declare(
    APPEAL,
    ("explained", "score", explained),
    ("still_suspicious", "score", still_suspicious),
    ("identity_not_fresh", "days", identity_not_fresh),
)


@rule
def reinstatement_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What speaks against lifting a suspension for arrears on request."""
    return (
        bit(0, nothing_to_lift(account, policy, ask))
        | bit(1, past_due(account, policy, ask))
        | bit(2, only_by_reopening(account, policy, ask))
    )


@rule
def request_reinstatement(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Ask to lift a suspension for arrears; it is decided after `reinstate_days`. RULES §11."""
    emit(log, REINSTATEMENT_REQUESTED, ask.day, OVERDUE_PLACE)
    refusals = reinstatement_refusals(account, policy, ask)
    if refusals:
        remember(log, account, ask)
        emit(
            log, REINSTATEMENT_DECLINED, ask.day, OVERDUE_PLACE, topic=REINSTATEMENT_REFUSED, reasons=refusals
        )
        return
    account.reinstatement_day = ask.day


@rule
def follow_reinstatement(account: Account, policy: PolicyRecord, ask: Ask, log: Any, was_late: bool = False) -> None:
    """Lift what may be lifted this morning. RULES §1 step 5, §11.

    What `was_late` last night and is cured this morning, as by autopay, is lifted the next day.
    """
    if was_late or nothing_to_lift(account, policy, ask).holds:
        return
    if cured_quickly(account, policy, ask).holds:
        lift(account, BY_OVERDUE, OVERDUE_PLACE, CURED_QUICKLY, policy, ask, log)
        account.reinstatement_day = NEVER
        return
    if account.reinstatement_day == NEVER or ask.day - account.reinstatement_day < policy.reinstate_days:
        return
    refusals = reinstatement_refusals(account, policy, ask)
    if refusals:
        remember(log, account, ask)
        emit(
            log, REINSTATEMENT_DECLINED, ask.day, OVERDUE_PLACE, topic=REINSTATEMENT_REFUSED, reasons=refusals
        )
    else:
        lift(account, BY_OVERDUE, OVERDUE_PLACE, REQUEST_GRANTED, policy, ask, log)
    account.reinstatement_day = NEVER


@rule
def is_blocked_at(dpd: int, policy: PolicyRecord) -> bool:
    """Whether a line that is no longer suspended is blocked still, so many days past due. RULES §11."""
    return dpd > 0 and dpd >= policy.soft_block_dpd


@rule
def lift(
    account: Account, cause: int, place: int, reason: int, policy: PolicyRecord, ask: Ask, log: Any
) -> None:
    """Take one cause out of the set; the line is active when none is left and nothing is late."""
    remember(log, account, ask)
    was_suspended = int(account.status == SUSPENDED)
    account.causes &= ~cause
    emit(log, REINSTATED, ask.day, place, was_suspended, topic=REINSTATEMENT, reasons=reason)
    if account.causes != 0:
        return
    if is_blocked_at(account.dpd, policy):
        move(account, SOFT_BLOCKED)
        return
    move(account, ACTIVE)
    account.episode_worst_dpd = 0


@rule
def appeal(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Appeal against a suspension for fraud. RULES §11."""
    account.appeal_day = ask.day
    emit(log, APPEALED, ask.day, FRAUD_PLACE)


@rule
def follow_fraud(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Decide an appeal on its day; close what was not answered. RULES §11."""
    if not account.causes & BY_FRAUD:
        return
    if account.appeal_day == NEVER:
        if ask.day - account.fraud_day > policy.appeal_window_days:
            account.fraud_day = NEVER
            close_line(account, CLOSED_FRAUD_NOT_ANSWERED, ask.day, log)
        return
    if ask.day - account.appeal_day < policy.appeal_days:
        return
    remember(log, account, ask)
    reasons = (
        bit(0, explained(account, policy, ask))
        | bit(1, still_suspicious(account, policy, ask))
        | bit(2, identity_not_fresh(account, policy, ask))
    )
    emit(log, APPEAL_DECIDED, ask.day, FRAUD_PLACE, topic=APPEAL, reasons=reasons)
    won = explained(account, policy, ask).holds
    account.appeal_day = NEVER
    account.fraud_day = NEVER
    if won:
        lift(account, BY_FRAUD, FRAUD_PLACE, APPEAL_UPHELD, policy, ask, log)
    else:
        account.fraud_confirmed = 1
        close_line(account, CLOSED_FRAUD, ask.day, log)


@rule
def find_breach(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """A breach of terms of kind `ask.kind`: grave ones close, others suspend until cured. RULES §11."""
    grave = ask.kind < EXPIRED_IDENTITY
    emit(log, BREACH_FOUND, ask.day, ask.kind, int(grave))
    if grave:
        account.grave_breach = 1
        if line_is_open(account):
            close_line(account, CLOSED_BREACH, ask.day, log)
        return
    if ask.kind == EXPIRED_IDENTITY:
        account.breach_expired_day = ask.day
    if ask.kind == UNREACHABLE:
        account.breach_unreachable_day = ask.day
    suspend(account, BY_BREACH, ask.day, log)


@rule
def follow_breach(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """A breach not cured within `breach_cure_days` closes the line. RULES §11."""
    if not account.causes & BY_BREACH:
        return
    over = (
        account.breach_expired_day != NEVER
        and ask.day - account.breach_expired_day >= policy.breach_cure_days
    ) or (
        account.breach_unreachable_day != NEVER
        and ask.day - account.breach_unreachable_day >= policy.breach_cure_days
    )
    if over:
        account.breach_expired_day = NEVER
        account.breach_unreachable_day = NEVER
        close_line(account, CLOSED_BREACH, ask.day, log)


@rule
def verify_identity(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Show identity anew: cures a breach of identity or contact, releases what is on hold."""
    account.identity_day = ask.day
    account.identity_expired = 0
    emit(log, IDENTITY_VERIFIED, ask.day)
    account.breach_expired_day = NEVER
    account.breach_unreachable_day = NEVER
    if account.causes & BY_BREACH:
        lift(account, BY_BREACH, BREACH_PLACE, BREACH_CURED, policy, ask, log)
    release_held(account, policy, ask, log)


@rule
def expire_identity(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """The identity document has expired."""
    account.identity_expired = 1
    emit(log, IDENTITY_EXPIRED, ask.day)
