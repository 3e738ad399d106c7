"""The small model with NumPy, day by day: `python -m benchmarks.numpy_model SHOPPERS DAYS SEED` prints JSON."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from numpy.typing import NDArray

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

Column = NDArray[np.int64]


class Market:
    """Shoppers as columns; `rows` are the numbers of those whom something concerns."""

    def __init__(self, shoppers: int, seed: int) -> None:
        """So many shoppers on day 0."""
        came = arrival(seed, np.arange(shoppers, dtype=np.int64))
        self.key, self.income, self.pay_day, self.statement_day = came[:4]
        self.attention, self.living, self.limit, self.cash = came[4:]
        self.unbilled, self.billed, self.minimum, self.statements = np.zeros((4, shoppers), np.int64)
        self.dpd, self.worst_dpd, self.streak = np.zeros((3, shoppers), np.int64)
        self.bought, self.paid, self.fees = np.zeros((3, shoppers), np.int64)
        self.late_days, self.raises, self.cuts = np.zeros((3, shoppers), np.int64)
        self.due = np.full(shoppers, -1, np.int64)
        self.payers = [np.flatnonzero(self.pay_day == day) for day in range(MONTH)]
        self.billers = [np.flatnonzero(self.statement_day == day) for day in range(MONTH)]

    def live(self, day: int) -> None:
        """One day of everybody."""
        paid_today = self.payers[day % MONTH]
        self.cash[paid_today] += self.income[paid_today]
        np.maximum(self.cash - self.living, 0, out=self.cash)

        drawn: Column = draw(self.key, day)
        self.buy(np.flatnonzero((drawn & 0xFFFF < CHANCE) & (self.dpd == 0)), drawn)
        self.bill(self.billers[day % MONTH], day)
        self.owe(np.flatnonzero((self.due == day) | (self.dpd > 0)), drawn, day)

    def buy(self, rows: Column, drawn: Column) -> None:
        """Buy where the limit allows it."""
        amount = LEAST_BASKET + ((drawn[rows] >> 16) * (self.income[rows] // 6) >> 16)
        allowed = self.unbilled[rows] + self.billed[rows] + amount <= self.limit[rows]
        rows, amount = rows[allowed], amount[allowed]
        self.unbilled[rows] += amount
        self.bought[rows] += amount

    def bill(self, rows: Column, day: int) -> None:
        """A statement."""
        self.billed[rows] += self.unbilled[rows]
        self.unbilled[rows] = 0
        self.minimum[rows] += (self.billed[rows] - self.minimum[rows]) // 10
        self.due[rows] = day + DUE_DAYS
        self.statements[rows] += 1

    def owe(self, rows: Column, drawn: Column, day: int) -> None:
        """A day on which something may be paid, on the due day or after."""
        due = self.due[rows] == day
        attention = np.where(due, self.attention[rows], self.attention[rows] // 4)
        self.pay(rows[(self.billed[rows] > 0) & (thought(drawn[rows]) < attention)])

        behind = self.minimum[rows] > 0
        self.dpd[rows[~behind]] = 0
        self.grow_late(rows[behind])
        self.streak[rows[due]] = np.where(behind[due], 0, self.streak[rows[due]] + 1)
        self.review(rows[due & (self.statements[rows] % REVIEW_STATEMENTS == 0)])

    def pay(self, rows: Column) -> None:
        """Pay in full, the minimum or nothing, by cash."""
        cash, billed = self.cash[rows], self.billed[rows]
        amount = np.where(cash >= billed, billed, self.minimum[rows])
        able = cash >= amount
        rows, amount = rows[able], amount[able]
        self.cash[rows] -= amount
        self.billed[rows] -= amount
        self.paid[rows] += amount
        self.minimum[rows] = 0

    def grow_late(self, rows: Column) -> None:
        """One more day past due, and its fee."""
        fee = self.minimum[rows] * LATE_PPM // 1_000_000
        self.dpd[rows] += 1
        self.late_days[rows] += 1
        self.worst_dpd[rows] = np.maximum(self.worst_dpd[rows], self.dpd[rows])
        self.billed[rows] += fee
        self.minimum[rows] += fee
        self.fees[rows] += fee

    def review(self, rows: Column) -> None:
        """Raise limits, cut them or leave them."""
        late = self.worst_dpd[rows] > CUT_ABOVE_DPD
        cut, raised = rows[late], rows[~late & (self.streak[rows] >= REVIEW_STATEMENTS)]
        self.limit[cut] = self.limit[cut] // 2 // HUNDRED_YUAN * HUNDRED_YUAN
        self.cuts[cut] += 1
        self.limit[raised] = np.minimum(self.limit[raised] * 6 // 5 // HUNDRED_YUAN * HUNDRED_YUAN, MAX_LIMIT)
        self.raises[raised] += 1
        self.worst_dpd[rows] = 0

    def totals(self) -> Totals:
        """Sums over all shoppers."""
        tallies = (self.bought, self.paid, self.fees, self.late_days, self.raises, self.cuts)
        line = (self.cash, self.limit, self.unbilled, self.billed, self.minimum, self.dpd, self.streak)
        return Totals(*(int(column.sum()) for column in (folded(self.key, line + tallies), *tallies)))


def main() -> None:
    """Run and print the totals, the seconds of the days alone and NumPy's version."""
    shoppers, days, seed = (int(argument) for argument in sys.argv[1:4])
    market = Market(shoppers, seed)
    began = time.perf_counter()
    for day in range(days):
        market.live(day)
    seconds = time.perf_counter() - began
    print(json.dumps({**market.totals()._asdict(), "seconds": seconds, "version": np.__version__}))


if __name__ == "__main__":
    main()
