"""Returning: an order goes back, and its money comes."""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import NEVER
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.plans import note_day
from simulator.population.months import Month
from simulator.population.shopper import Shopper
from simulator.random import between, chance, leaf
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.refunds import left_to_refund, open_return, refund
from simulator.rules.steps import return_refusals

IN_PART_PPM = 120_000
"""Returns of which a part is refunded; ours to calibrate."""
SHARES = 3
SOONEST, LATEST = 2, 9
"""Days until the shop refunds what was sent back."""


@rule
def send_back(
    account: Account, shopper: Shopper, policy: PolicyRecord, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """Open the return on its day; the refund follows some days later."""
    if shopper.return_on_day == ask.day:
        ask.order = shopper.return_order
        shopper.return_on_day = NEVER
        if return_refusals(account, policy, ask):
            shopper.return_order = 0
            return
        open_return(account, ask.day, shopper.return_order, log)
        shopper.refund_on_day = ask.day + between(leaf(word, purposes.RETURN, 128 + ask.dom), SOONEST, LATEST)
        note_day(shopper, month, shopper.refund_on_day)
    elif shopper.refund_on_day == ask.day:
        left = left_to_refund(account, shopper.return_order)
        if chance(leaf(word, purposes.RETURN_SHARE, ask.dom), IN_PART_PPM):
            left = left // SHARES
        if left > 0:
            refund(account, policy, ask.day, shopper.return_order, left, log)
        shopper.return_order = 0
        shopper.refund_on_day = NEVER
