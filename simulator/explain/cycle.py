"""Cycle: what ran up to a bill, found by living its days anew: daily fees by what they ran on, and what of earlier
bills was unpaid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from simulator.account import Account
from simulator.engine.decode import Event
from simulator.rules.arithmetic import MILLION
from simulator.rules.balances import statement_fees
from simulator.world import World

LATE, CARRYING = "late_fee_charged", "revolving_fee_charged"


class Run(NamedTuple):
    """Days in a row on which a fee ran on one amount at one rate; the amount is 0 where the cap cut the fee short."""

    days: int
    principal_fen: int
    rate_ppm: int
    micro: int


@dataclass
class DailyFee:
    """One of the two fees in micro-fen: what the cycle began with, its days, and what was charged of it on no bill."""

    before_micro: int = 0
    runs: list[Run] = field(default_factory=list)
    charged_micro: int = 0

    @property
    def micro(self) -> int:
        """What has run and is not charged."""
        return self.before_micro + sum(run.micro for run in self.runs) - self.charged_micro

    def run_on(self, micro: int, rate_ppm: int, is_capped: bool) -> None:
        """Add a day's fee; a day like the one before lengthens its run."""
        if micro == 0:
            return
        principal = 0 if is_capped or micro % rate_ppm else micro // rate_ppm
        days, before = 1, 0
        if self.runs and self.runs[-1][1:3] == (principal, rate_ppm):
            days, _principal, _rate, before = self.runs.pop()
            days += 1
        self.runs.append(Run(days, principal, rate_ppm, before + micro))

    def begin_anew(self) -> None:
        """What was charged until now is on the bill that this cycle follows."""
        self.before_micro -= self.charged_micro
        self.charged_micro = 0

    def drop_to(self, micro: int) -> None:
        """What ran so far was dropped, as a hardship plan does."""
        self.before_micro, self.charged_micro = micro, 0
        self.runs.clear()


class Unpaid(NamedTuple):
    """What was unpaid of an earlier bill, by the day on which it was made; None for older ones, kept as a sum."""

    day: int | None
    carried: int
    unpaid_plan: int
    unpaid_fee: int


@dataclass(frozen=True)
class Cycle:
    """The days since a bill: both fees, and what was unpaid of each earlier bill at their end."""

    late: DailyFee
    carrying: DailyFee
    unpaid: list[Unpaid]


def cycle(world: World, since: int, until: int) -> Cycle | None:
    """From the evening of a day, with the bill made then, to that of another, before the bill made then. None where
    no save keeps the days.
    """
    kept = world.anew_from(since)
    if kept is None:
        return None
    lived, commands = kept
    late, carrying = DailyFee(), DailyFee()
    for command in commands:
        if command.body["do"] == "wait":
            for _night in range(min(command.day, until) - lived.day):
                if lived.day <= since:
                    late, carrying = DailyFee(lived.account.late_micro), DailyFee(lived.account.revolving_micro)
                _pass_night(lived, late, carrying, partial(lived.do, {"do": "wait", "days": 1}))
                if lived.day - 1 <= since:  # its bill charged what had run until then
                    late.begin_anew()
                    carrying.begin_anew()
        elif command.day <= until:
            _act(lived, command.body, late, carrying)
        if command.day > until:
            break
    return Cycle(late, carrying, list(_unpaid(lived.account)))


def nights_until(lived: World, until: int) -> tuple[DailyFee, DailyFee]:
    """A life goes on until the evening of a day: its late fee and its carrying fee, from what has run already."""
    late, carrying = DailyFee(lived.account.late_micro), DailyFee(lived.account.revolving_micro)
    while lived.day < until:
        _pass_night(lived, late, carrying, lived.next_day)
    return late, carrying


def _act(lived: World, step: dict[str, Any], late: DailyFee, carrying: DailyFee) -> None:
    """Something is done: it charges fees, or drops them."""
    events = lived.do(step)
    for fee, name, micro in ((late, LATE, lived.account.late_micro), (carrying, CARRYING, lived.account.revolving_micro)):
        fee.charged_micro += _charged(events, name)
        if fee.micro != micro:
            fee.drop_to(micro)


def _pass_night(lived: World, late: DailyFee, carrying: DailyFee, wait: Callable[[], list[Event]]) -> None:
    """A night passes, and the fees of the day after run."""
    events = wait()
    account, policy = lived.account, lived.life.record
    cap = account.episode_principal_fen * policy.late_fee_cap_ppm
    is_capped = account.episode_late_micro == cap
    for fee, name, micro, rate in (
        (late, LATE, account.late_micro, account.late_rate_ppm),
        (carrying, CARRYING, account.revolving_micro, account.revolving_rate_ppm),
    ):
        fee.charged_micro += _charged(events, name)
        ran = micro - fee.micro
        if ran < 0:
            fee.drop_to(micro)
        else:
            fee.run_on(ran, rate, is_capped and fee is late)


def _charged(events: Iterable[Event], name: str) -> int:
    return MILLION * sum(int(event["amount_fen"]) for event in events if event["event"] == name)


def _unpaid(account: Account) -> Iterable[Unpaid]:
    """What is on each bill, oldest first."""
    for day, bill in ((None, account.older), *((bill.day, bill) for bill in account.statements[: account.statement_count])):
        found = Unpaid(day, bill.principal_fen, bill.plan_principal_fen, statement_fees(bill))
        if any(found[1:]):
            yield found
