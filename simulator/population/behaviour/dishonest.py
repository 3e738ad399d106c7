"""Dishonest: an account taken over by others, lines turned into cash, lines emptied and left.

A rule never reads intent: what gives these away is what they do.
"""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import ACTIVE, MERCHANT_ONLINE, NEVER, ONLINE
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.buying import CATEGORIES, GIFT_CARDS, GOLD, PHONES, priced
from simulator.population.behaviour.plans import note_day
from simulator.population.months import Month
from simulator.population.shopper import BUSTING_OUT, CASHING_OUT, HONEST, TAKEN_OVER, Shopper
from simulator.random import between, leaf
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.balances import available_fen
from simulator.rules.purchases import buy

LEAST_FEN = 20_000
ROUND_FEN = 50_000


@rule
def plan_intent(account: Account, shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """Once the line is open: the day on which the intent shows."""
    if shopper.intent == HONEST or shopper.intent_day != NEVER or account.status != ACTIVE:
        return
    days = between(leaf(word, purposes.FRAUD, 0), 20, 500)
    if shopper.intent == CASHING_OUT:
        days = between(leaf(word, purposes.FRAUD, 0), 1, 120)
    elif shopper.intent == BUSTING_OUT:
        days = between(leaf(word, purposes.FRAUD, 0), 150, 400)
    shopper.intent_day = ask.day + days
    note_day(shopper, month, shopper.intent_day)


@rule
def act_on_intent(
    account: Account, shopper: Shopper, policy: PolicyRecord, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """On its day: orders that nobody honest would make."""
    if shopper.intent_day != ask.day or account.status != ACTIVE or account.locked:
        return
    for attempt in range(4):
        room = available_fen(account)
        if room < LEAST_FEN or account.status != ACTIVE:
            break
        dress(shopper, ask, room, attempt, word)
        buy(account, policy, ask, log)
    shopper.bought_day = ask.day
    if shopper.intent == TAKEN_OVER:
        shopper.intent = HONEST
        shopper.intent_day = NEVER
    elif shopper.intent == CASHING_OUT:
        shopper.intent_day = ask.day + between(leaf(word, purposes.FRAUD, 64), 25, 60)
        note_day(shopper, month, shopper.intent_day)


@rule
def dress(shopper: Shopper, ask: Ask, room_fen: int, attempt: int, word: int) -> None:
    """Write the order of an intent into the request."""
    ask.terms = 1
    ask.channel = ONLINE
    ask.merchant_kind = MERCHANT_ONLINE
    ask.merchant_funded = 0
    ask.verified = 0
    ask.resale = 1
    ask.known_device = int(shopper.intent != TAKEN_OVER)
    ask.category = PHONES
    ask.hour = between(leaf(word, purposes.FRAUD, 32 + attempt), 9, 22)
    share = room_fen // 2
    if shopper.intent == TAKEN_OVER:
        ask.hour = between(leaf(word, purposes.FRAUD, 32 + attempt), 0, 5)
    elif shopper.intent == CASHING_OUT:
        ask.category = GIFT_CARDS
    else:
        ask.category = GOLD
        share = room_fen * 9 // 10
    ask.merchant = len(CATEGORIES) + ask.category
    ask.amount_fen = priced(share)
    if shopper.intent == CASHING_OUT:
        ask.amount_fen = max(ROUND_FEN, share // ROUND_FEN * ROUND_FEN)
