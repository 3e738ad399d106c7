"""Shopping: when people buy and what they send back. An *order* is bought with cash or on the line."""

from __future__ import annotations

import datetime

import numpy as np
from numpy.typing import NDArray

from simulator.calendar import START
from simulator.population.behaviour.buying import CATEGORIES
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.validation.parts import Part, percent, ratio
from simulator.validation.watch import Watched, Whole

CLOTHES = CATEGORIES.index("clothes")
FESTIVALS = (((6, 1), (6, 20)), ((10, 21), (11, 11)))
MORE_PERCENT = 125


def _orders(seen: Watched) -> Whole:
    """Orders: shopper, day, order, amount, category, whether on the line."""
    cash, line = seen.rows[e.CASH_PURCHASE], seen.rows[e.PURCHASE_AUTHORISED]
    return np.concatenate([
        np.column_stack([cash[:, [0, 1, c.ORDER, c.ORDER_FEN, c.CASH_CATEGORY]], np.zeros(len(cash), np.int64)]),
        np.column_stack([line[:, [0, 1, c.ORDER, c.ORDER_FEN, c.LINE_CATEGORY]], np.ones(len(line), np.int64)]),
    ])  # fmt: skip


def _dates(seen: Watched) -> list[datetime.date]:
    return [START + datetime.timedelta(days=day) for day in range(seen.first_day(seen.months))]


def _in_festival(dates: list[datetime.date]) -> NDArray[np.bool_]:
    return np.array([any(a <= (d.month, d.day) <= b for a, b in FESTIVALS) for d in dates])


def payday(seen: Watched) -> list[Part]:
    """People who spend over 25 % more on their pay day than on their mean day."""
    orders, dates = _orders(seen), _dates(seen)
    dom = np.array([d.day for d in dates])
    last = np.array([(d + datetime.timedelta(days=1)).day == 1 for d in dates])
    pay = seen.people.shoppers["pay_day"].astype(np.int64)
    day, who = orders[:, 1], orders[:, 0]
    paid = (dom[day] == pay[who]) | (last[day] & (pay[who] > dom[day]))
    total = np.bincount(who, orders[:, 3], seen.count)
    on_pay_day = np.bincount(who[paid], orders[paid, 3], seen.count)
    spent = total > 0
    more = on_pay_day / seen.months > total / len(dates) * MORE_PERCENT / 100
    return [percent((more & spent).sum(), spent.sum())]


def weekday(seen: Watched) -> list[Part]:
    """The weekday with most orders over that with fewest, outside festivals."""
    dates = _dates(seen)
    plain = ~_in_festival(dates)
    days = np.array([d.weekday() for d in dates])
    a_day = np.bincount(_orders(seen)[:, 1], minlength=len(dates))
    by_weekday = [a_day[plain & (days == place)].mean() for place in range(7)]
    return [ratio(max(by_weekday), min(by_weekday))]


def singles_day(seen: Watched) -> list[Part]:
    """Orders on 11 November, and a day from 21 October to 11 November, over those of a day outside festivals."""
    dates = _dates(seen)
    a_day = np.bincount(_orders(seen)[:, 1], minlength=len(dates))
    plain = a_day[~_in_festival(dates)].mean()
    peak = np.array([(d.month, d.day) == (11, 11) for d in dates])
    season = np.array([(10, 21) <= (d.month, d.day) <= (11, 11) for d in dates])
    return [ratio(a_day[peak].mean(), plain), ratio(a_day[season].mean(), plain)]


def returns(seen: Watched) -> list[Part]:
    """Orders that were refunded: women's wear (clothes), all, those on the line."""
    orders = _orders(seen)
    back = seen.rows[e.REFUNDED]
    refunded = np.isin(orders[:, 0] * 1_000_000 + orders[:, 2], back[:, 0] * 1_000_000 + back[:, c.ORDER])
    clothes, line = orders[:, 4] == CLOTHES, orders[:, 5] == 1
    return [
        percent(refunded[clothes].sum(), clothes.sum()), percent(refunded.sum(), len(orders)),
        percent(refunded[line].sum(), line.sum()),
    ]  # fmt: skip
