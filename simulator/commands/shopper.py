"""`whiteslip shopper`: the whole life of one synthetic shopper."""

from __future__ import annotations

import json

from simulator.calendar import Calendar
from simulator.commands.faults import say
from simulator.commands.market_options import MOST_SHOPPERS, read_market
from simulator.commands.story import line_of
from simulator.commands.typed import Typed
from simulator.engine.decode import Event
from simulator.messages import is_told_beside
from simulator.person import of_another
from simulator.text import _, date_text


def run(
    number: str, policy: str | None, from_today: str | None, seed: str | None, start: str | None, days: str | None, shoppers: str | None,
    warm_up: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Live one shopper alone and print every event. Raises CommandFault."""
    typed = Typed()
    market = read_market(typed, policy, shoppers, days, seed, start, warm_up)
    most = market.shoppers if market is not None and not typed.faults else MOST_SHOPPERS
    own = typed.whole("ID", number, 1, most)
    other = typed.policy(from_today) if from_today is not None else None
    typed.check()
    assert market is not None and own is not None
    from simulator.lone import lone_life, summary
    from simulator.policy.numeric import to_record
    from simulator.population.months import town_of

    calendar, last = Calendar(market.start), market.days - 1
    policies = [(-market.warm_up_days, to_record(market.policy))]
    if other is not None:
        policies.append((0, to_record(other)))
    life = lone_life(policies, own, calendar, last, town_of(market.seed, market.warm_up_days))
    with of_another():
        _print([*life.events, summary(life, calendar, last)], as_json)
    if not life.events:
        arrives = date_text(calendar.date_of(life.shopper.arrival_day), weekday=False)
        text = _("Shopper {number} comes to the store only on {date}; nothing has happened yet.")
        say(text.format(number=own, date=arrives))


def _print(events: list[Event], as_json: bool) -> None:
    for event in events:
        if not as_json and is_told_beside(event):
            continue
        print(json.dumps(event, ensure_ascii=False) if as_json else line_of(event))
