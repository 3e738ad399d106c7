"""Buying: occasions become purchases, with cash or on the line, at once or on terms."""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.bits import lowest_place, places_of
from simulator.codes import (
    ACTIVE,
    BILLS,
    FLASH,
    HELD_ORDER,
    MERCHANT_OFFLINE,
    MERCHANT_ONLINE,
    MERCHANT_UNKNOWN,
    NEVER,
    ONLINE,
    TERMS,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.plans import note_day
from simulator.population.behaviour.thought import thought_ppm
from simulator.population.money_days import first_living_fen, living_before_pay_fen
from simulator.population.months import Month, Town
from simulator.population.shopper import Shopper
from simulator.random import MILLION, between, chance, leaf, quantile
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.balances import available_fen, minimum_fen
from simulator.rules.instalments import has_free_slot
from simulator.rules.purchases import buy_with_cash, buy_within

CATEGORIES = (
    "phones", "computers", "gold", "gift_cards", "appliances", "sound", "clothes", "home", "beauty", "food", "books",
    "sports", "baby", "eating_out", "going_out", "utilities",
)  # fmt: skip
"""The catalogue's categories, by number; what follows stands in the same order."""
MERCHANTS = (
    "northlight", "greenleaf", "goldhouse", "cardcorner", "greenleaf", "greenleaf", "wardrobe", "homely", "glow",
    "freshbox", "papermill", "stride", "tinyfeet", "hotpot", "cinema", "power",
)  # fmt: skip
GOLD, GIFT_CARDS, PHONES = 2, 3, 0
_SIZE_PERCENT = (1_400, 2_000, 1_500, 300, 700, 330, 110, 130, 85, 60, 50, 120, 110, 60, 70, 90)
"""Size of a basket against the shopper's usual one."""
_RETURN_PPM = (
    60_000, 60_000, 10_000, 5_000, 60_000, 90_000, 580_000, 100_000, 100_000, 30_000, 30_000, 180_000, 90_000, 0, 5_000, 0,
)  # fmt: skip
"""Share of orders sent back. FACTS §5; targets, `returns`."""
_RESALE = (1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
_CHANNEL = (
    ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, ONLINE, FLASH, FLASH, BILLS,
)  # fmt: skip
_KINDS = {ONLINE: MERCHANT_ONLINE, FLASH: MERCHANT_OFFLINE, BILLS: MERCHANT_UNKNOWN}
_MERCHANT_KIND = tuple(_KINDS[channel] for channel in _CHANNEL)
_FUNDED_PPM = (250_000, 350_000, 0, 0, 350_000, 250_000, 0, 100_000, 0, 0, 0, 0, 0, 0, 0, 0)
"""How often a merchant offers a plan whose fee it pays."""
_SIZE = (250, 450, 620, 800, 1_000, 1_250, 1_700, 2_600, 5_000)
UNKNOWN_DEVICE_PPM = 12_000
"""Orders from a device the store does not know; ours to calibrate."""
CENT_ENDING_FEN, YUAN_ENDING_FEN = 90, 900
ROUND_FROM_FEN = 10_000


@rule
def shop(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, log: Any
) -> None:
    """Meet today's occasions, one after the other.

    The month's word is taken from the record each time: as a given of the loop, the compiler would have all draws
    that an occasion may ever need begun before the first.
    """
    today = places_of(ask.dom, shopper.occasion_doms) & (1 << shopper.occasions) - 1
    while today != 0:
        meet(account, shopper, policy, town, month, ask, shopper.month_word, lowest_place(today), log)
        today &= today - 1


@rule
def meet(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, word: int,
    occasion: int, log: Any,
) -> None:  # fmt: skip
    """One occasion: what, how large, how paid; or nothing, where neither cash nor the line reaches."""
    category = town.category_by_draw[leaf(word, purposes.CATEGORY, occasion) >> 24]
    usual = shopper.basket_fen * _SIZE_PERCENT[category] // 100
    size = usual * quantile(leaf(word, purposes.SIZE, occasion), _SIZE) // 1_000
    room = 0
    felt_room = 0
    if account.status == ACTIVE and not account.locked:
        room = available_fen(account)
        felt_room = max(0, room - max(0, account.limit_fen - shopper.felt_fen))
    living = living_before_pay_fen(shopper, ask.dom)
    loose = max(0, shopper.cash_fen - first_living_fen(shopper, living))
    at_hand = loose
    if chance(leaf(word, purposes.WANT, 128 + occasion), shopper.discipline_ppm * 6 // 10):
        at_hand = spare_fen(account, shopper, living)
    amount = within_reach(priced(tempted(shopper, size, felt_room, at_hand)), max(room, at_hand), word, occasion)
    wish = leaf(word, purposes.WANT, occasion)
    would_borrow = chance(wish, borrows_ppm(shopper)) & (amount > loose)
    wants_line = (room > 0) & (chance(wish, shopper.credit_taste_ppm) | would_borrow)
    describe(ask, town, word, occasion, category, amount)
    if wants_line & (amount <= room):
        ask.terms = chosen_terms(account, shopper, policy, ask, word, occasion, category, at_hand)
        buy_within(account, policy, ask, room, log)
    elif amount <= at_hand:
        shopper.cash_fen -= amount
        buy_with_cash(account, ask, log)
    else:
        if wants_line and chance(leaf(word, purposes.WANT, 64 + occasion), OVERREACH_PPM):
            buy_within(account, policy, ask, room, log)
        return
    after_buying(account, shopper, month, ask, word, occasion, category)


@rule
def borrows_ppm(shopper: Shopper) -> int:
    """The chance to take the line for what cash does not reach: the disciplined let much pass, if they do not pay with
    the line anyway.
    """
    forgoes = shopper.discipline_ppm * FORGOES_PERCENT // 100
    return MILLION - (MILLION - shopper.credit_taste_ppm) * forgoes // MILLION


FORGOES_PERCENT = 50
"""What the most disciplined let pass. Ours to calibrate by `spend_lift`."""
OVERREACH_PPM = 120_000
"""Of those whose line does not reach, these try all the same."""


@rule
def within_reach(amount_fen: int, reach_fen: int, word: int, occasion: int) -> int:
    """Some who cannot have what they looked at take the largest that they can pay."""
    if (amount_fen <= reach_fen) | (reach_fen < LEAST_BASKET_FEN):
        return amount_fen
    if chance(leaf(word, purposes.SIZE, 64 + occasion), TAKES_LESS_PPM):
        return priced(reach_fen)
    return amount_fen


LEAST_BASKET_FEN = 2_000
TAKES_LESS_PPM = 820_000
"""Of those whom neither cash nor line reaches: take less; ours to calibrate by `mpc_cli` and `util_shape`."""


@rule
def tempted(shopper: Shopper, size_fen: int, room_fen: int, at_hand_fen: int) -> int:
    """A basket grows with what the line leaves, most for those with little at hand. FACTS §5 [S100, S101]."""
    income = max(1, shopper.income_fen)
    if (room_fen == 0) | (at_hand_fen >= income):
        return size_fen
    bare_ppm = MILLION - at_hand_fen * MILLION // income
    share = min(MILLION, room_fen * MILLION // income) * bare_ppm // MILLION
    return size_fen + size_fen * (shopper.spread_ppm * share // MILLION) // MILLION


@rule
def priced(amount_fen: int) -> int:
    """An amount as shops ask it: 59.90, 1,299.00."""
    small = max(500, amount_fen // 100 * 100 - 100 + CENT_ENDING_FEN)
    large = amount_fen // 1_000 * 1_000 - 1_000 + YUAN_ENDING_FEN
    return small if amount_fen < ROUND_FROM_FEN else large


@rule
def spare_fen(account: Account, shopper: Shopper, living_fen: int) -> int:
    """Cash beyond what living takes until pay, and what a bill asks, as far as they are thought of."""
    spoken_for = living_fen + minimum_fen(account)
    return max(0, shopper.cash_fen - spoken_for * thought_ppm(shopper) // MILLION)


@rule
def describe(ask: Ask, town: Town, word: int, occasion: int, category: int, amount_fen: int) -> None:
    """Write the order into the request."""
    ask.amount_fen = amount_fen
    ask.terms = 1
    ask.category = category
    ask.merchant = len(CATEGORIES) + category
    ask.channel = _CHANNEL[category]
    ask.merchant_kind = _MERCHANT_KIND[category]
    ask.resale = _RESALE[category]
    ask.hour = town.hour_by_draw[leaf(word, purposes.HOUR, occasion) >> 24]
    ask.known_device = int(not chance(leaf(word, purposes.DEVICE, occasion), UNKNOWN_DEVICE_PPM))
    ask.merchant_funded = 0
    ask.verified = 0


@rule
def chosen_terms(
    account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, word: int, occasion: int, category: int,
    at_hand_fen: int,
) -> int:  # fmt: skip
    """Terms by need, taste and price: large baskets, little at hand, a low fee, a plan without fee."""
    if ask.amount_fen < policy.min_plan_fen or not has_free_slot(account) or account.grade < 0:
        return 1
    heavy_ppm = min(MILLION, ask.amount_fen * MILLION // max(1, shopper.income_fen // 4 + at_hand_fen))
    drawn = leaf(word, purposes.TERMS, occasion)
    if chance(leaf(word, purposes.FUNDED, occasion), _FUNDED_PPM[category]):
        ask.merchant_funded = int(chance(drawn, 200_000 + shopper.instalment_taste_ppm // 2 + heavy_ppm // 4))
        return 3 + 3 * (leaf(word, purposes.FUNDED, 64 + occasion) & 1) if ask.merchant_funded else 1
    longest = (heavy_ppm > 850_000) & (ask.amount_fen > shopper.income_fen // 2)
    place = int(heavy_ppm > 200_000) + int(heavy_ppm > 400_000) + int(longest)
    if policy.plan_simple_rate_ppm[place][account.grade] > policy.rate_cap_ppm:
        return 1
    dear_ppm = policy.fee_rate_ppm[place][account.grade] * shopper.price_sense_ppm // MILLION * DEAR_TIMES
    likes = shopper.instalment_taste_ppm * (MILLION + heavy_ppm) // MILLION - dear_ppm
    return TERMS[place] if chance(drawn, max(0, likes)) else 1


DEAR_TIMES = 10
"""How many times the monthly fee weighs against a plan for the most price-conscious; ours to calibrate."""


@rule
def after_buying(
    account: Account, shopper: Shopper, month: Month, ask: Ask, word: int, occasion: int, category: int
) -> None:
    """Note the purchase, the answer to a hold, and what will be sent back."""
    shopper.bought_day = ask.day
    newest = account.orders[max(0, account.order_count - 1)]
    if newest.state == HELD_ORDER and newest.order == ask.order:
        wait = max(1, quantile(leaf(word, purposes.VERIFY, occasion), _VERIFY_DAYS))
        shopper.verify_on_day = ask.day + wait
        note_day(shopper, month, shopper.verify_on_day)
    back_ppm = _RETURN_PPM[category] * (500_000 + account.return_share_ppm * 3) // MILLION
    if (shopper.return_order == 0) & chance(leaf(word, purposes.RETURN, occasion), back_ppm):
        shopper.return_order = ask.order
        shopper.return_on_day = ask.day + between(leaf(word, purposes.RETURN, 64 + occasion), 2, 6)
        shopper.refund_on_day = NEVER
        note_day(shopper, month, shopper.return_on_day)


_VERIFY_DAYS = (0, 0, 1, 1, 1, 2, 3, 8)
