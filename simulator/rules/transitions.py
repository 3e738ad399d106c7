"""The states of a line and the table of what may follow what (RULES §11)."""

from __future__ import annotations

from simulator.account import Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    CHARGED_OFF,
    CLOSED,
    CLOSURE_REVIEW,
    DECLINED,
    NONE,
    RUN_OFF,
    SOFT_BLOCKED,
    SUSPENDED,
)  # fmt: skip
from simulator.registry import rule

TRANSITIONS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (NONE, (APPLIED,)),
    (APPLIED, (ACTIVE, DECLINED)),
    (DECLINED, (APPLIED,)),
    (ACTIVE, (SOFT_BLOCKED, SUSPENDED, CLOSURE_REVIEW, RUN_OFF, CLOSED)),
    (SOFT_BLOCKED, (ACTIVE, SUSPENDED, RUN_OFF, CLOSED)),
    (SUSPENDED, (ACTIVE, SOFT_BLOCKED, RUN_OFF, CLOSED)),
    (CLOSURE_REVIEW, (ACTIVE, CLOSED)),
    (RUN_OFF, (CLOSED, CHARGED_OFF)),
    (CLOSED, (APPLIED, CHARGED_OFF)),
    (CHARGED_OFF, (CLOSED,)),
)
"""(from, to …). The picture in the docs is drawn from this table."""

_ALLOWED = tuple(sum(1 << to for to in targets) for _, targets in TRANSITIONS)


@rule
def move(account: Account, to: int) -> None:
    """Change the state as the table allows; anything else is counted as a fault and not done."""
    if _ALLOWED[account.status] >> to & 1:
        account.status = to
    else:
        account.faults += 1


@rule
def line_is_open(account: Account) -> bool:
    """Whether the shopper has a line that has not ended (it may be blocked)."""
    status = account.status
    return status in (ACTIVE, SOFT_BLOCKED, SUSPENDED, CLOSURE_REVIEW, RUN_OFF)
