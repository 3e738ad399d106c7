"""Decreases: for what the lender cuts a limit of its own accord, and by how much (RULES §10)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import ACTIVE, LENDER, PERMANENT, SOFT_BLOCKED, SUSPENDED
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import down_to_hundred_yuan, share
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import newest_place
from simulator.rules.events import LIMIT_CHANGED, emit, remember
from simulator.rules.reasons import LIMIT_CUT, bit, declare


@rule
def late(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Days past due have passed what is allowed, once an episode."""
    passed = (account.dpd > policy.decrease_dpd) & (account.late_cut_done == 0)
    return Finding(passed, account.dpd, policy.decrease_dpd)


@rule
def score_fell(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The score has fallen too far since the last change or review of the limit, or since the first of its scorecard."""
    fall = account.score_at_change - account.score
    return Finding(fall > policy.decrease_score_drop, fall, policy.decrease_score_drop)


@rule
def high_use(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """High use with the minimum alone paid, for too many cycles."""
    months = account.stretched_months
    return Finding(months >= max(1, policy.decrease_months), months, policy.decrease_months)


@rule
def dormant(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The line has not been used for too long."""
    return Finding(
        account.dormant_months > policy.dormant_months, account.dormant_months, policy.dormant_months
    )


declare(
    LIMIT_CUT,
    ("late", "dpd", late),
    ("score_fell", "score", score_fell),
    ("high_use", "months", high_use),
    ("dormant", "months", dormant),
)


@rule
def review_down(account: Account, policy: PolicyRecord, ask: Ask, after_cycle: bool, log: Any) -> None:
    """Cut the limit for what holds today: the largest cut, all causes listed. RULES §10."""
    causes = bit(0, late(account, policy, ask))
    if after_cycle:
        causes |= cycle_causes(account, policy, ask)
    if causes == 0 or account.status not in (ACTIVE, SOFT_BLOCKED, SUSPENDED):
        return
    remember(log, account, ask)
    lowered = decreased_limit(account, policy, causes)
    if causes & 1:
        account.late_cut_done = 1
    if lowered < account.limit_fen:
        emit(log, LIMIT_CHANGED, ask.day, PERMANENT, account.limit_fen, lowered, LENDER,
             topic=LIMIT_CUT, reasons=causes)  # fmt: skip
        account.limit_fen = lowered
        account.last_decrease_cycle = account.cycles
        account.score_at_change = account.score


@rule
def cycle_causes(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """What speaks for a cut after a cycle, where the last cut is long enough ago. RULES §10."""
    causes = (
        bit(1, score_fell(account, policy, ask))
        | bit(2, high_use(account, policy, ask))
        | bit(3, dormant(account, policy, ask))
    )
    return causes if account.cycles - account.last_decrease_cycle >= policy.decrease_gap_months else 0


@rule
def review_month_ends(account: Account, policy: PolicyRecord) -> bool:
    """Whether the last cycle ended months after which the lender reviews the limit upwards."""
    return policy.review_months > 0 and account.cycles > 0 and account.cycles % policy.review_months == 0


@rule
def review_follows(account: Account, policy: PolicyRecord, ask: Ask) -> bool:
    """On a statement day's evening: whether the next morning finds a statement to score or a limit to look at."""
    billed = (account.statement_count > 0) & (account.statements[newest_place(account)].day == ask.day)
    return billed or review_month_ends(account, policy) or cycle_causes(account, policy, ask) != 0


@rule
def largest_cut_ppm(policy: PolicyRecord, causes: int) -> int:
    """The largest cut among the causes."""
    cut = 0
    if causes & 1:
        cut = max(cut, policy.decrease_ppm.late)
    if causes & 2:
        cut = max(cut, policy.decrease_ppm.score)
    if causes & 4:
        cut = max(cut, policy.decrease_ppm.utilisation)
    if causes & 8:
        cut = max(cut, policy.decrease_ppm.dormant)
    return cut


@rule
def decreased_limit(account: Account, policy: PolicyRecord, causes: int) -> int:
    """The limit after a decrease: down to ¥100, then within the policy's bounds."""
    cut = share(account.limit_fen, largest_cut_ppm(policy, causes))
    return max(policy.min_limit_fen, min(policy.max_limit_fen, down_to_hundred_yuan(account.limit_fen - cut)))
