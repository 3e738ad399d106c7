"""Plans: the days on which a shopper means to do something, and how a month begins."""

from __future__ import annotations

from simulator import purposes
from simulator.account import Account
from simulator.bits import lowest_place
from simulator.population.life_events import kind_of_month
from simulator.population.months import Month, Town
from simulator.population.shopper import MOST_OCCASIONS, Shopper
from simulator.random import MILLION, chance, leaf, quantile
from simulator.registry import rule
from simulator.rules.ask import Ask

PAY_DAY_PPM = 48_000
"""Occasions that wait for the pay day. Targets, `payday`."""
EVERY_DAY = (1 << 31) - 1
"""The set of all days of the longest month."""
_MOOD = (350, 650, 850, 1_000, 1_150, 1_400, 1_900)


@rule
def occasions(shopper: Shopper, month: Month, word: int) -> int:
    """How many occasions to buy this month brings, whatever the account is like."""
    mean = shopper.orders_ppm * month.season_ppm // MILLION
    mean = mean * quantile(leaf(word, purposes.OCCASIONS, 0), _MOOD) // 1_000
    count = mean // MILLION
    if chance(leaf(word, purposes.OCCASIONS, 1), mean % MILLION):
        count += 1
    return min(MOST_OCCASIONS, count)


@rule
def occasion_dom(shopper: Shopper, month: Month, word: int, occasion: int) -> int:
    """The day of the month of an occasion: by weekday and festival, or the pay day."""
    if chance(leaf(word, purposes.ON_PAY_DAY, occasion), PAY_DAY_PPM):
        return min(shopper.pay_day, month.length)
    return month.days_by_draw[leaf(word, purposes.OCCASION_DAY, occasion) >> 24]


@rule
def begin_month(account: Account, shopper: Shopper, town: Town, month: Month, word: int) -> None:
    """Look over the month: occasions, what life brings, and what was put off until now."""
    buying = 0
    shopper.occasions = occasions(shopper, month, word)
    for occasion in range(shopper.occasions):
        dom = occasion_dom(shopper, month, word, occasion)
        shopper.occasion_doms[occasion] = dom
        buying |= 1 << dom - 1
    shopper.buy_days = buying
    life = kind_of_month(word, month.length, shopper.job_loss_ppm)
    shopper.life_kind = life % 8
    shopper.life_dom = life // 8
    planned = 1 << shopper.life_dom >> 1
    planned |= bit_of(month, shopper.pay_on_day)
    planned |= bit_of(month, shopper.verify_on_day)
    planned |= bit_of(month, shopper.ask_on_day)
    planned |= bit_of(month, shopper.appeal_on_day)
    planned |= bit_of(month, shopper.return_on_day)
    planned |= bit_of(month, shopper.refund_on_day)
    planned |= bit_of(month, shopper.intent_day)
    planned |= bit_of(month, town.arm_day)
    if shopper.fund_moves > 0:
        for move in shopper.fund_out:
            planned |= bit_of(month, move.arrives_day)
    shopper.own_days = buying | planned | 1 | 1 << month.length - 1
    shopper.unplanned_days = EVERY_DAY & ~planned


@rule
def note_day(shopper: Shopper, month: Month, day: int) -> None:
    """Something is planned for a day: wake on it if it lies in this month; later months look again when they begin."""
    bit = bit_of(month, day)
    shopper.own_days |= bit
    shopper.unplanned_days &= ~bit


@rule
def bit_of(month: Month, day: int) -> int:
    """A day in a set of the days of a month; none where it lies in another."""
    place = day - month.first_day
    return int((place >= 0) & (place < month.length)) << (place & 31)


@rule
def is_planned(shopper: Shopper, ask: Ask) -> bool:
    """Whether today may bring what was planned for it, or a life event."""
    return shopper.unplanned_days >> ask.dom - 1 & 1 == 0


@rule
def next_own_day(shopper: Shopper, month: Month, ask: Ask) -> int:
    """The next day of the shopper's own, the next month's first at the latest."""
    days = shopper.own_days >> ask.dom
    if days == 0:
        return month.first_day + month.length
    return ask.day + 1 + lowest_place(days)


@rule
def arrival_of(town: Town, shopper: Shopper, word: int) -> int:
    """The day on which a shopper comes to the store: most in the warm-up, the others after it, ever fewer."""
    drawn = leaf(word, purposes.ARRIVAL, 1)
    if chance(leaf(word, purposes.ARRIVAL, 0), town.arrivals_ppm):
        return town.warm_up_days * quantile(drawn, _BEFORE) // 1_000 - town.warm_up_days
    return quantile(drawn, _LATER)


_BEFORE = (0, 62, 126, 195, 269, 349, 436, 534, 648, 789, 1_000)
"""When the first come, per mille of the warm-up: a young store wins many, on its last day as many as after it."""
_LATER = (0, 76, 161, 257, 368, 499, 660, 867, 1_159, 1_658, 3_650)
"""Days until the others come: half of those still missing come in 500 days. Ours: no store wins new people for ever."""
