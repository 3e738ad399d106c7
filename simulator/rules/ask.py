"""Ask: the day on which a rule is asked, and what is asked of it.

One small record of context goes with `account` and `policy` through every rule, so that each
reason is a leaf of one shape: `leaf(account, policy, ask) -> Finding`.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.row import I1, I2, I4, I8, Row


class Ask(Row):
    """A day and a request. Fields that a request does not use are 0."""

    # The day
    day: I4
    year: I2
    month: I1
    dom: I1  # day of the month, 1..31
    month_length: I1

    # The request
    order: I4
    amount_fen: I8
    terms: I1
    channel: I1
    merchant: I4
    merchant_kind: I1
    category: I2
    resale: I1
    hour: I1
    known_device: I1
    merchant_funded: I1
    cash_fen: I8
    statement_day: I1  # asked for at opening; 0 is the policy's
    kind: I1  # of breach, of shock
    verified: I1  # a held purchase that has been verified


class Finding(NamedTuple):
    """What a leaf rule found: whether it holds, and the two figures that it turned on."""

    holds: bool
    actual: int
    threshold: int
