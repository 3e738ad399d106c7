"""The small model with Mesa: `python -m benchmarks.mesa_model SHOPPERS DAYS SEED` prints JSON.

Mesa is no part of Whiteslip. It may live in a virtual environment of its own; nothing else is needed there.
"""

from __future__ import annotations

import json
import sys
import time

import mesa

from benchmarks.small_model import (
    CHANCE,
    CUT_ABOVE_DPD,
    DUE_DAYS,
    HUNDRED_YUAN,
    LATE_PPM,
    LEAST_BASKET,
    MAX_LIMIT,
    MONTH,
    REVIEW_STATEMENTS,
    Totals,
    arrival,
    draw,
    folded,
    thought,
)


class Shopper(mesa.Agent):
    """One shopper with a credit line."""

    def __init__(self, model: mesa.Model, number: int, seed: int) -> None:
        """Arrive on day 0."""
        super().__init__(model)
        came = arrival(seed, number)
        self.key: int = came.key
        self.income: int = came.income
        self.pay_day: int = came.pay_day
        self.statement_day: int = came.statement_day
        self.attention: int = came.attention
        self.living: int = came.living
        self.limit: int = came.limit
        self.cash: int = came.cash
        self.due = -1
        self.unbilled = self.billed = self.minimum = 0
        self.statements = self.dpd = self.worst_dpd = self.streak = 0
        self.bought = self.paid = self.fees = 0
        self.late_days = self.raises = self.cuts = 0

    def live(self, day: int, month_day: int) -> None:
        """One day."""
        if month_day == self.pay_day:
            self.cash += self.income
        self.cash = self.cash - self.living if self.cash > self.living else 0

        drawn = draw(self.key, day)
        if self.dpd == 0 and (drawn & 0xFFFF) < CHANCE:
            self.buy(drawn)
        if month_day == self.statement_day:
            self.bill(day)
        if day == self.due or self.dpd:
            self.owe(drawn, day == self.due)

    def buy(self, drawn: int) -> None:
        """Buy if the limit allows it."""
        amount = LEAST_BASKET + ((drawn >> 16) * (self.income // 6) >> 16)
        if self.unbilled + self.billed + amount <= self.limit:
            self.unbilled += amount
            self.bought += amount

    def bill(self, day: int) -> None:
        """A statement."""
        self.billed += self.unbilled
        self.unbilled = 0
        self.minimum += (self.billed - self.minimum) // 10
        self.due = day + DUE_DAYS
        self.statements += 1

    def owe(self, drawn: int, due: bool) -> None:
        """A day on which something may be paid, on the due day or after."""
        attention = self.attention if due else self.attention // 4
        if self.billed > 0 and thought(drawn) < attention:
            self.pay()
        if self.minimum > 0:
            self.grow_late()
        else:
            self.dpd = 0
        if due:
            self.streak = self.streak + 1 if self.minimum == 0 else 0
            if self.statements % REVIEW_STATEMENTS == 0:
                self.review()

    def pay(self) -> None:
        """Pay in full, the minimum or nothing, by cash."""
        amount = self.billed if self.cash >= self.billed else self.minimum
        if self.cash >= amount:
            self.cash -= amount
            self.billed -= amount
            self.paid += amount
            self.minimum = 0

    def grow_late(self) -> None:
        """One more day past due, and its fee."""
        fee = self.minimum * LATE_PPM // 1_000_000
        self.dpd += 1
        self.late_days += 1
        self.worst_dpd = max(self.worst_dpd, self.dpd)
        self.billed += fee
        self.minimum += fee
        self.fees += fee

    def review(self) -> None:
        """Raise the limit, cut it or leave it."""
        if self.worst_dpd > CUT_ABOVE_DPD:
            self.limit = self.limit // 2 // HUNDRED_YUAN * HUNDRED_YUAN
            self.cuts += 1
        elif self.streak >= REVIEW_STATEMENTS:
            self.limit = min(self.limit * 6 // 5 // HUNDRED_YUAN * HUNDRED_YUAN, MAX_LIMIT)
            self.raises += 1
        self.worst_dpd = 0

    def checksum(self) -> int:
        """The shopper in one word."""
        tallies = (self.bought, self.paid, self.fees, self.late_days, self.raises, self.cuts)
        line = (self.cash, self.limit, self.unbilled, self.billed, self.minimum, self.dpd, self.streak)
        return int(folded(self.key, line + tallies))


class Market(mesa.Model):
    """Shoppers who live day by day."""

    def __init__(self, shoppers: int, seed: int) -> None:
        """So many shoppers on day 0."""
        super().__init__()
        self.day = 0
        for number in range(shoppers):
            Shopper(self, number, seed)

    def step(self) -> None:
        """One day of everybody."""
        self.agents.do("live", self.day, self.day % MONTH)
        self.day += 1

    def totals(self) -> Totals:
        """Sums over all shoppers."""
        names = ("bought", "paid", "fees", "late_days", "raises", "cuts")
        sums = [sum(self.agents.get(name)) for name in names]
        return Totals(sum(agent.checksum() for agent in self.agents), *sums)


def main() -> None:
    """Run and print the totals, the seconds of the days alone and Mesa's version."""
    shoppers, days, seed = (int(argument) for argument in sys.argv[1:4])
    market = Market(shoppers, seed)
    began = time.perf_counter()
    for _day in range(days):
        market.step()
    seconds = time.perf_counter() - began
    print(json.dumps({**market.totals()._asdict(), "seconds": seconds, "version": mesa.__version__}))


if __name__ == "__main__":
    main()
