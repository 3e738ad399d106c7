"""Standing: reasons in how a line stands that speak in several decisions, each under a code of its own there."""

from __future__ import annotations

from simulator.account import Account
from simulator.codes import CLOSURE_REVIEW, RUN_OFF
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask, Finding
from simulator.rules.scoring import days_since


@rule
def past_due(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Something is past due."""
    return Finding(account.dpd > 0, account.dpd, 0)


@rule
def identity_not_fresh(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Identity was not shown again of late, or the document has expired."""
    age = days_since(ask.day, account.identity_day)
    return Finding(age > policy.identity_days or account.identity_expired != 0, age, policy.identity_days)


@rule
def in_closure_review(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Waiting to be closed at the shopper's request."""
    return Finding(account.status == CLOSURE_REVIEW, 0, 0)


@rule
def in_run_off(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The product has ended."""
    return Finding(account.status == RUN_OFF, 0, 0)


@rule
def locked(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The shopper has locked the line."""
    return Finding(account.locked != 0, 0, 0)
