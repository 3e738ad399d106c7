"""What tests of the rules build on: a policy record, a day, a life without random shopping."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from simulator.account import Account
from simulator.calendar import days_in_month
from simulator.engine.day import evening, morning
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import to_record
from simulator.policy.record import PolicyRecord
from simulator.population.shopper import Shopper
from simulator.rules.applications import open_line
from simulator.rules.ask import Ask
from simulator.rules.events import EVENTS, REASONS, Log
from simulator.rules.purchases import buy
from simulator.rules.repayment import pay

START = datetime.date(2025, 1, 1)


def policy(**fields: Any) -> PolicyRecord:
    """The standard policy, with some fields set by their flat names (dots as double underscores)."""
    given = load_policy("standard")
    for name, value in fields.items():
        given = set_field(given, name.replace("__", "."), value)
    return to_record(given)


def flat_fee(rate_ppm: int) -> dict[str, int]:
    """Fields that set one fee rate for every grade and number of terms."""
    return {f"fee_rate_ppm__{terms}__{grade}": rate_ppm for terms in (3, 6, 12, 24) for grade in "ABCDE"}


def ask_on(day: int, **values: Any) -> Ask:
    """A day counted from 1 January 2025, with what is asked."""
    date = START + datetime.timedelta(days=day)
    return Ask(
        day=day, year=date.year, month=date.month, dom=date.day, month_length=days_in_month(date), **values
    )  # fmt: skip


class Line:
    """An open line with plenty of cash, lived day by day."""

    def __init__(self, record: PolicyRecord, limit_fen: int = 5_000_000, statement_day: int = 1) -> None:
        """Open a line of grade C on day 0."""
        self.policy = record
        self.account = Account(income_fen=1_000_000, age=30, status=1, identity_day=0)
        self.shopper = Shopper(cash_fen=10**9, pay_day=31)
        self.log = Log()
        self.day = 0
        self.happened: list[tuple[int, str, list[int]]] = []
        self.decided: list[tuple[str, int]] = []
        open_line(self.account, record, 0, limit_fen, 650, statement_day, self.log)
        self.note()

    def note(self) -> None:
        """Move what was logged into `happened`."""
        for row in self.log.rows[: self.log.count]:
            name, fields = EVENTS[row[0]]
            self.happened.append((row[1], name, row[2 : 2 + len(fields)]))
            self.decided.append((name, row[REASONS]))
        self.log.clear()

    def buy(self, amount_fen: int, terms: int = 1, **values: Any) -> None:
        """Buy on the line at noon on a known device."""
        ask = ask_on(self.day, amount_fen=amount_fen, terms=terms, known_device=1, hour=12, **values)
        buy(self.account, self.policy, ask, self.log)
        self.note()

    def do(self, rule: Callable[..., Any], **values: Any) -> None:
        """Do what a rule of the shape (account, policy, ask, log) does, today."""
        rule(self.account, self.policy, ask_on(self.day, **values), self.log)
        self.note()

    def pay(self, amount_fen: int, prepay: bool = False) -> None:
        """Pay, and ahead where so asked."""
        pay(self.account, self.policy, self.day, amount_fen, 0, prepay, self.log)
        self.note()

    def tomorrow(self) -> None:
        """End the day and live the next morning."""
        evening(self.account, self.policy, ask_on(self.day), self.log)
        self.day += 1
        morning(self.account, self.shopper, self.policy, ask_on(self.day), self.log)
        self.note()

    def until(self, day: int) -> None:
        """Live until the morning of a day."""
        while self.day < day:
            self.tomorrow()

    def days_of(self, name: str) -> list[int]:
        """The days on which an event happened so far."""
        return [day for day, event, _figures in self.happened if event == name]

    def reasons(self, name: str) -> list[int]:
        """The reasons of every event of a name so far, as bits."""
        return [bits for event, bits in self.decided if event == name]

    def told(self, name: str) -> list[list[int]]:
        """The figures of every event of a name so far."""
        return [figures for _, event, figures in self.happened if event == name]
