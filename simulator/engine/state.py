"""State: where one shopper's life stands, in memory.

It knows its day, its two records, the policy in force and the one that holds from tomorrow, and passes time by
the plain path of the rules; nothing is saved here.
"""

from __future__ import annotations

from typing import Any, Self

from simulator.account import Account
from simulator.calendar import Calendar, days_in_month
from simulator.engine import day as days
from simulator.engine.decode import Decoder, Event
from simulator.policy.lookup import bin_label
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.shopper import Shopper
from simulator.rules import closure
from simulator.rules.ask import Ask
from simulator.rules.events import STEP_REFUSED, Log, emit, remember
from simulator.rules.reasons import STEP


class State:
    """The state of one shopper under one lender."""

    def __init__(
        self,
        account: Account,
        shopper: Shopper,
        policy: Policy,
        calendar: Calendar,
        day: int,
        names: list[str],
    ) -> None:
        """Take over the records; `names` are the merchants and categories met so far."""
        self.account = account
        self.shopper = shopper
        self.calendar = calendar
        self.day = day
        self.names = names
        self.log = Log()
        self.decoder = Decoder(calendar, names, bin_label)
        self.coming: Policy | None = None
        self.use_policy(policy)

    def use_policy(self, policy: Policy) -> None:
        """Put a policy in force now."""
        self.policy = policy
        self.record = to_record(policy)

    def copy(self) -> Self:
        """An independent copy."""
        other = object.__new__(type(self))
        other.account = self.account.copy()
        other.shopper = self.shopper.copy()
        other.calendar = self.calendar
        other.day = self.day
        other.names = list(self.names)
        other.log = Log()
        other.decoder = Decoder(self.calendar, other.names, bin_label)
        other.policy, other.record, other.coming = self.policy, self.record, self.coming
        return other

    def ask(self, **values: Any) -> Ask:
        """Today as the rules are told of it, with what is asked."""
        date = self.calendar.date_of(self.day)
        return Ask(
            day=self.day, year=date.year, month=date.month, dom=date.day,
            month_length=days_in_month(date), cash_fen=self.shopper.cash_fen, **values,
        )  # fmt: skip

    def flush(self) -> list[Event]:
        """Decode and empty the log."""
        events = self.decoder.events(self.log, self.account, self.record)
        self.log.clear()
        return events

    def name_number(self, name: str) -> int:
        """The number of a merchant's or category's name in this life."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def told(self, event: str, **figures: Any) -> Event:
        """An event of today that no rule writes."""
        return {
            "day": self.day,
            "date": self.calendar.date_of(self.day).isoformat(),
            "event": event,
            **figures,
        }

    def refused(self, step_name: str, ask: Ask, bits: int) -> list[Event]:
        """The event of a step that cannot be done, with its reasons."""
        remember(self.log, self.account, ask)
        emit(self.log, STEP_REFUSED, self.day, topic=STEP, reasons=bits)
        events = self.flush()
        events[-1] = {**_head(events[-1]), "do": step_name, "reasons": events[-1]["reasons"]}
        return events

    def start(self) -> list[Event]:
        """The morning of the day on which this life begins."""
        days.morning(self.account, self.shopper, self.record, self.ask(), self.log)
        return self.flush()

    def next_day(self) -> list[Event]:
        """End this day and live the next one's morning."""
        days.evening(self.account, self.record, self.ask(), self.log)
        events = self.flush()
        self.day += 1
        ended = False
        if self.coming is not None:
            was_open = self.record.product_open
            self.use_policy(self.coming)
            self.coming = None
            ended = bool(was_open and not self.record.product_open)
        days.morning(self.account, self.shopper, self.record, self.ask(), self.log)
        if ended:
            closure.end_product(self.account, self.record, self.ask(), self.log)
        return events + self.flush()


def _head(event: Event) -> Event:
    return {key: event[key] for key in ("day", "date", "event")}
