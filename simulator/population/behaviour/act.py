"""Act: all that a synthetic shopper does on a day, in order (RULES §1 step 6)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import NEVER, NONE, SOFT_BLOCKED, SUSPENDED
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.asking import (
    answer_lender,
    ask_for_line,
    monthly_wishes,
    seek_reinstatement,
    seek_relief,
)
from simulator.population.behaviour.buying import shop
from simulator.population.behaviour.dishonest import act_on_intent, plan_intent
from simulator.population.behaviour.household import close_month
from simulator.population.behaviour.paying import heed_reminder, pay_bill, plan_payment
from simulator.population.behaviour.plans import is_planned
from simulator.population.behaviour.returning import send_back
from simulator.population.life_events import live_through
from simulator.population.months import Month, Town
from simulator.population.shopper import HONEST, Shopper
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.events import REMINDED

WISHING_DAY = 1
"""A day on which everybody is awake, whatever the lender does."""


@rule
def act(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, word: int, log: Any,
    lender: bool, told: int,
) -> None:  # fmt: skip
    """Do today's own actions; returns nothing, the log tells. Bills come on the lender's days alone; `told` is the
    set of what was told in the morning.
    """
    planned = is_planned(shopper, ask)
    if planned and ask.dom == shopper.life_dom and shopper.life_kind > 0:
        live_through(account, shopper, shopper.life_kind, ask, word, log)
    if account.status != NONE:
        if lender:
            plan_payment(account, shopper, policy, month, ask, word, log)
            if told >> REMINDED & 1:
                heed_reminder(account, shopper, month, ask, word)
            planned = is_planned(shopper, ask)
        if planned:
            pay_bill(account, shopper, policy, month, ask, word, log)
            answer_lender(account, shopper, policy, ask, log)
        if account.status in (SUSPENDED, SOFT_BLOCKED):
            seek_reinstatement(account, policy, ask, log)
        if account.dpd > 0 and not 1 < ask.dom < ask.month_length:
            seek_relief(account, shopper, policy, ask, word, log)
        if ask.dom == WISHING_DAY:
            monthly_wishes(account, shopper, policy, month, ask, word, log)
    if planned:
        send_back(account, shopper, policy, month, ask, word, log)
        ask_for_line(account, shopper, policy, town, month, ask, word, log)
    if shopper.buy_days >> ask.dom - 1 & 1:
        shop(account, shopper, policy, town, month, ask, log)
    if shopper.intent != HONEST:
        plan_intent(account, shopper, month, ask, word)
        if shopper.intent_day == ask.day and shopper.intent_day != NEVER:
            act_on_intent(account, shopper, policy, month, ask, word, log)
    if ask.dom == ask.month_length:
        close_month(account, shopper, policy, ask, log)
