"""Lone: the whole life of one synthetic shopper, lived again by the plain path with every event told.

Draws depend on their keys alone, so that a life lived alone is the one lived among a million.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import Account
from simulator.calendar import Calendar
from simulator.engine.books import blank_books
from simulator.engine.decode import Decoder, Event
from simulator.engine.drive import await_change, born_alone, live_day, rouse
from simulator.engine.summary import summary_of
from simulator.engine.tally import keep
from simulator.grounds import with_grounds
from simulator.ledger.postings import Timeline
from simulator.policy.lookup import bin_label
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.buying import CATEGORIES, MERCHANTS
from simulator.population.months import Town, month_at, months_between, tell_day
from simulator.population.people import draw_person
from simulator.population.shopper import Shopper
from simulator.rules.ask import Ask
from simulator.rules.events import Log

NAMES = (*CATEGORIES, *MERCHANTS)
"""What behaviour buys and where, by the numbers that it writes into orders."""


class LoneLife(NamedTuple):
    """A life up to a day: its events, numbered from 1, and the two records as they stand."""

    events: list[Event]
    account: Account
    shopper: Shopper


def lone_life(
    policies: PolicyRecord | Timeline, number: int, calendar: Calendar, until_day: int, town: Town
) -> LoneLife:
    """Live a shopper from the day of arrival to `until_day`, included; no events before arrival."""
    account, shopper = born_alone(town, number)
    ask, log, books = Ask(), Log(), blank_books()
    if shopper.arrival_day > until_day:
        return LoneLife([], account, shopper)
    timeline = [(shopper.arrival_day, policies)] if isinstance(policies, PolicyRecord) else list(policies)
    months = months_between(calendar, shopper.arrival_day, until_day)
    decoder = Decoder(calendar, NAMES, bin_label)
    events: list[Event] = [_began(town.seed, number, shopper, calendar)]

    def live(last: int, policy: PolicyRecord) -> None:
        while shopper.wake_day <= last:
            month = months[month_at(months, shopper.wake_day)]
            tell_day(ask, month, shopper.wake_day)
            log.clear()
            live_day(account, shopper, policy, town, month, ask, log)
            keep(books, log, account, shopper, policy, ask)
            events.extend(decoder.events(log, account, policy))

    for place, (_from_day, policy) in enumerate(timeline):
        changes = timeline[place + 1][0] if place + 1 < len(timeline) else until_day + 1
        last = min(until_day, changes - 1)
        live(last, policy)
        if rouse(shopper, last):
            live(last, policy)
        if last == until_day:
            break
        await_change(shopper, changes)
    return LoneLife([{"seq": seq, **event} for seq, event in enumerate(with_grounds(events), 1)], account, shopper)


def _began(seed: int, number: int, shopper: Shopper, calendar: Calendar) -> Event:
    """The person as drawn, but for cash: the life begins with the usual part of what was saved."""
    day, person = shopper.arrival_day, draw_person(seed, number).keys()
    date = calendar.date_of(day).isoformat()
    return {"day": day, "date": date, "event": "life_began", "shopper": number, **person, "cash_fen": shopper.cash_fen}


def summary(life: LoneLife, calendar: Calendar, day: int) -> dict[str, Any]:
    """The `summary` that ends a life."""
    return summary_of(life.account, life.shopper, len(life.events) + 1, day, calendar.date_of(day))
