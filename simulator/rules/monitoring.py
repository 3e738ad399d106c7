"""Monitoring: the additive alert score of a purchase (RULES §11; FACTS §1.11, §4).

A rule here reads orders and the request, never intent.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.account import ORDER_SLOTS, Account, Order
from simulator.codes import HELD_ORDER
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import exposure_fen, frozen_fen
from simulator.rules.reasons import MONITOR, bit, declare
from simulator.rules.scoring import points_of

MONITOR_CHARACTERISTICS = (
    "orders_today", "amount_today_ppm", "resale_share_ppm", "emptied_ppm", "night", "same_merchant",
    "round_amount", "refund_loops", "unknown_device",
)  # fmt: skip
(ORDERS_TODAY, AMOUNT_TODAY, RESALE_SHARE, EMPTIED, NIGHT, SAME_MERCHANT, ROUND_AMOUNT, REFUND_LOOPS,
 UNKNOWN_DEVICE) = range(9)  # fmt: skip

WEEK_DAYS = 7
FRESH_LINE_DAYS = 2
"""48 hours is today or the two days before. RULES §1."""
ROUND_FEN = 50_000
HABIT_ORDERS = 3
HABIT_FLOOR_FEN = 50_000
"""A shopper with no orders yet is taken to have the habit of one order of ¥500."""


@rule
def habit_fen(earlier_fen: int, orders: int) -> int:
    """Three average orders by the orders of earlier days, at least three of ¥500."""
    if orders == 0:
        return HABIT_ORDERS * HABIT_FLOOR_FEN
    return HABIT_ORDERS * max(HABIT_FLOOR_FEN, earlier_fen // orders)


@rule
def in_full(order: Order) -> int:
    """1 for an order that was refunded in full."""
    return int(order.refunded_fen >= order.amount_fen)


@rule
def age_orders(account: Account, day: int) -> None:
    """Sum up the oldest orders once they are a week old and bought for good: no sign looks at each of them.

    Each new order, before it is looked at, lets two at most grow old: few are left to look at.
    """
    age_order(account, day)
    age_order(account, day)


@rule
def age_order(account: Account, day: int) -> None:
    """The same for the oldest order of those that are not summed up, if there is one and it is so far."""
    order = account.orders[min(account.aged_orders, ORDER_SLOTS - 1)]
    grown_old = (day - order.day >= WEEK_DAYS) & (order.state != HELD_ORDER)
    aged = int(grown_old & (account.aged_orders < account.order_count))
    account.aged_orders += aged
    account.aged_fen += aged * order.amount_fen
    account.aged_refunded += aged * in_full(order)


@rule
def leave_aged(account: Account, index: int) -> None:
    """Take an order that leaves its slot out of the sums of those a week old."""
    if index < account.aged_orders:
        account.aged_orders -= 1
        account.aged_fen -= account.orders[index].amount_fen
        account.aged_refunded -= in_full(account.orders[index])


@rule
def refund_order(account: Account, index: int, amount_fen: int) -> None:
    """Note on an order that so much of it, above 0, was refunded."""
    account.orders[index].refunded_fen += amount_fen
    if index < account.aged_orders:
        account.aged_refunded += in_full(account.orders[index])


class Signs(NamedTuple):
    """The values of the nine parts of the alert score, in the order of MONITOR_CHARACTERISTICS."""

    orders_today: int
    amount_today_ppm: int
    resale_share_ppm: int
    emptied_ppm: int
    night: int
    same_merchant: int
    round_amount: int
    refund_loops: int
    unknown_device: int


@rule
def signs_of(account: Account, ask: Ask) -> Signs:
    """What the parts of the alert score are worked out from, this purchase included."""
    orders_today = 1
    amount_today = ask.amount_fen
    week = ask.amount_fen
    resold = ask.amount_fen if ask.resale else 0
    same_merchant = 1
    round_amounts = int(ask.amount_fen % ROUND_FEN == 0)
    refunded = 0
    earlier = account.aged_orders
    earlier_fen = account.aged_fen
    for i in range(account.aged_orders, account.order_count):
        order = account.orders[i]
        before = int(order.day < ask.day)
        earlier += before
        earlier_fen += before * order.amount_fen
        other = int(order.order != ask.order)
        refunded += other * in_full(order)
        today = other * int(order.day == ask.day)
        orders_today += today
        amount_today += today * order.amount_fen
        this_week = other * int(ask.day - order.day < WEEK_DAYS)
        week += this_week * order.amount_fen
        resold += this_week * int(order.resale != 0) * order.amount_fen
        same_merchant += this_week * int(order.merchant == ask.merchant)
        round_amounts += this_week * int(order.amount_fen % ROUND_FEN == 0)
    emptied = 0
    if ask.day - account.opened_day <= FRESH_LINE_DAYS:
        emptied = ratio_ppm(exposure_fen(account) + frozen_fen(account) + ask.amount_fen, account.limit_fen)
    return Signs(
        orders_today, ratio_ppm(amount_today, habit_fen(earlier_fen, earlier)), ratio_ppm(resold, week), emptied,
        int(ask.hour < 6), same_merchant, round_amounts, account.aged_refunded + refunded, int(ask.known_device == 0),
    )  # fmt: skip


@rule
def monitor_value(account: Account, ask: Ask, index: int) -> int:
    """The value of one part of the alert score."""
    return signs_of(account, ask)[index]


@rule
def monitor_points(account: Account, policy: PolicyRecord, ask: Ask, index: int) -> int:
    """Points of one part."""
    return points_of(policy.monitor, index, monitor_value(account, ask, index))


@rule
def tells_nothing(policy: PolicyRecord, index: int, value: int) -> bool:
    """Whether a part is so low that it and all lower ones give no points."""
    return value <= policy.monitor.characteristics[index].pointless


@rule
def alert_score(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Sum of the parts. Most purchases are like those before, and at most earlier refunds give points."""
    signs = signs_of(account, ask)
    usual = (
        tells_nothing(policy, ORDERS_TODAY, signs.orders_today)
        & tells_nothing(policy, AMOUNT_TODAY, signs.amount_today_ppm)
        & tells_nothing(policy, RESALE_SHARE, signs.resale_share_ppm)
        & tells_nothing(policy, EMPTIED, signs.emptied_ppm)
        & tells_nothing(policy, NIGHT, signs.night)
        & tells_nothing(policy, SAME_MERCHANT, signs.same_merchant)
        & tells_nothing(policy, ROUND_AMOUNT, signs.round_amount)
        & tells_nothing(policy, UNKNOWN_DEVICE, signs.unknown_device)
    )
    refund_points = points_of(policy.monitor, REFUND_LOOPS, signs.refund_loops)
    if usual:
        return refund_points
    return (
        points_of(policy.monitor, ORDERS_TODAY, signs.orders_today)
        + points_of(policy.monitor, AMOUNT_TODAY, signs.amount_today_ppm)
        + points_of(policy.monitor, RESALE_SHARE, signs.resale_share_ppm)
        + points_of(policy.monitor, EMPTIED, signs.emptied_ppm)
        + points_of(policy.monitor, NIGHT, signs.night)
        + points_of(policy.monitor, SAME_MERCHANT, signs.same_merchant)
        + points_of(policy.monitor, ROUND_AMOUNT, signs.round_amount)
        + refund_points
        + points_of(policy.monitor, UNKNOWN_DEVICE, signs.unknown_device)
    )


@rule
def answerable_score(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """The parts that a fresh identity answers: velocity, night, device. RULES §11."""
    signs = signs_of(account, ask)
    total = 0
    for i in (ORDERS_TODAY, AMOUNT_TODAY, NIGHT, UNKNOWN_DEVICE):
        total += points_of(policy.monitor, i, signs[i])
    return total


@rule
def orders_today(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Many orders in one day."""
    points = monitor_points(account, policy, ask, ORDERS_TODAY)
    return Finding(points > 0, points, 0)


@rule
def amount_today(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Far more in one day than is the habit."""
    points = monitor_points(account, policy, ask, AMOUNT_TODAY)
    return Finding(points > 0, points, 0)


@rule
def resale_share(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Mostly goods that are easily resold."""
    points = monitor_points(account, policy, ask, RESALE_SHARE)
    return Finding(points > 0, points, 0)


@rule
def emptied(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A new limit emptied within 48 hours."""
    points = monitor_points(account, policy, ask, EMPTIED)
    return Finding(points > 0, points, 0)


@rule
def night(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Between midnight and six."""
    points = monitor_points(account, policy, ask, NIGHT)
    return Finding(points > 0, points, 0)


@rule
def same_merchant(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Again and again at one merchant."""
    points = monitor_points(account, policy, ask, SAME_MERCHANT)
    return Finding(points > 0, points, 0)


@rule
def round_amount(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Round amounts."""
    points = monitor_points(account, policy, ask, ROUND_AMOUNT)
    return Finding(points > 0, points, 0)


@rule
def refund_loops(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Orders bought and refunded over and over."""
    points = monitor_points(account, policy, ask, REFUND_LOOPS)
    return Finding(points > 0, points, 0)


@rule
def unknown_device(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A device not seen before."""
    points = monitor_points(account, policy, ask, UNKNOWN_DEVICE)
    return Finding(points > 0, points, 0)


declare(
    MONITOR,
    ("orders_today", "score", orders_today),
    ("amount_today_ppm", "score", amount_today),
    ("resale_share_ppm", "score", resale_share),
    ("emptied_ppm", "score", emptied),
    ("night", "score", night),
    ("same_merchant", "score", same_merchant),
    ("round_amount", "score", round_amount),
    ("refund_loops", "score", refund_loops),
    ("unknown_device", "score", unknown_device),
)


@rule
def alert_reasons(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """The parts that gave points."""
    return (
        bit(0, orders_today(account, policy, ask))
        | bit(1, amount_today(account, policy, ask))
        | bit(2, resale_share(account, policy, ask))
        | bit(3, emptied(account, policy, ask))
        | bit(4, night(account, policy, ask))
        | bit(5, same_merchant(account, policy, ask))
        | bit(6, round_amount(account, policy, ask))
        | bit(7, refund_loops(account, policy, ask))
        | bit(8, unknown_device(account, policy, ask))
    )
