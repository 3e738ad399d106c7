"""History: the statuses that a line passed through, and the purchases that count before there is one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator import codes
from simulator.explain.standing import turns
from simulator.messages import news_reason_text, sentence, what_was_bought
from simulator.rules.reasons import REOPENING, TOPICS
from simulator.rules.scoring import is_on_record, orders_on_record, spend_on_record
from simulator.rules.suspension import is_blocked_at
from simulator.world import World

Event = Mapping[str, Any]
BECOMES = {
    "line_opened": codes.ACTIVE, "soft_blocked": codes.SOFT_BLOCKED, "suspended": codes.SUSPENDED,
    "closure_requested": codes.CLOSURE_REVIEW, "closed": codes.CLOSED, "charged_off": codes.CHARGED_OFF,
    "offer_lapsed": codes.DECLINED,
}  # fmt: skip
"""Events after which a line always has this status."""
DECIDED = {"declined": codes.DECLINED, "counter_offer": codes.APPLIED}
JUDGED = (codes.NONE, codes.DECLINED, codes.CLOSED)
"""Statuses in which a request for a line is judged; in any other it is only refused."""
RUNNING = (codes.ACTIVE, codes.SOFT_BLOCKED, codes.SUSPENDED, codes.CLOSURE_REVIEW)


@dataclass(frozen=True)
class Stay:
    """A status: the event that brought it, since when, for how many days until the next or today, and why."""

    seq: int
    date: datetime.date
    status: int
    days: int
    why: str


def stays(world: World) -> list[Stay]:
    """Every status since the first request for a line, oldest first."""
    found: list[tuple[Event, int]] = []
    causes: set[str] = set()
    on_time_until: int | None = None
    status = before_review = codes.NONE
    for event in turns(world.events, {each["event"] for each in world.events}):
        name = event["event"]
        if name == "bucket_changed":
            on_time_until = event["day"] - event["dpd"] if event["dpd"] else None
        elif name == "suspended":
            causes.add(event["cause"])
        elif name == "closed":
            causes.clear()
        elif name == "reinstated":
            causes.discard(event["cause"])
        becomes = BECOMES.get(name, status)
        if name in ("application_decided", "reopening_decided") and status in JUDGED and not _is_too_early(event):
            becomes = DECIDED.get(event["decision"], status)
        elif name == "reinstated" and not causes:
            late = event["day"] - on_time_until if on_time_until is not None else 0
            becomes = codes.SOFT_BLOCKED if is_blocked_at(late, world.life.record) else codes.ACTIVE
        elif name in ("closure_withdrawn", "closure_blocked") and status == codes.CLOSURE_REVIEW:
            becomes = before_review
        elif name == "product_ended" and status in RUNNING:
            becomes = codes.RUN_OFF
        if becomes != status:
            before_review = status
            found.append((event, becomes))
            status = becomes
    ends = [*(event["day"] for event, _status in found), world.day][1:]
    return [
        Stay(
            event["seq"], datetime.date.fromisoformat(event["date"]), becomes, end - event["day"],
            news_reason_text(event) or sentence(event),
        )
        for (event, becomes), end in zip(found, ends, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True)
class Bought:
    """A purchase that counts when a line is asked for, less what was refunded of it."""

    seq: int
    date: datetime.date
    what: str
    amount_fen: int


@dataclass(frozen=True)
class StoreRecord:
    """The purchases that count, oldest first; before them those of which only number and sum are kept."""

    earlier: int
    earlier_fen: int
    bought: list[Bought]


def store_record(world: World) -> StoreRecord:
    """What the store knows of the shopper's purchases."""
    account, policy = world.account, world.life.record
    told = {
        event["order"]: event for event in world.events if event["event"] in ("cash_purchase", "purchase_authorised")
    }
    bought = [
        Bought(
            told[order.order]["seq"], world.calendar.date_of(order.day), what_was_bought(told[order.order]),
            order.amount_fen - order.refunded_fen,
        )
        for order in account.orders[: account.order_count]
        if is_on_record(order, policy, world.day)
    ]  # fmt: skip
    return StoreRecord(
        orders_on_record(account, policy, world.day) - len(bought),
        spend_on_record(account, policy, world.day) - sum(each.amount_fen for each in bought), bought,
    )  # fmt: skip


def _is_too_early(event: Event) -> bool:
    """Whether a return was refused by its own conditions: then the line stays closed, and is not declined."""
    of_return = {reason.code for reason in TOPICS[REOPENING]}
    return any(reason["code"] in of_return for reason in event["reasons"])
