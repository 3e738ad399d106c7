"""Paying: what it would mean to pay the open bill so or so, lived on a copy with autopay off, and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from simulator.calendar import next_statement_day
from simulator.explain.answer import MICRO, Explanation, Input, Line, UnknownFigure, answer, value_text
from simulator.explain.bill_parts import fee_inputs
from simulator.explain.cycle import DailyFee, nights_until
from simulator.money import money
from simulator.rules.arithmetic import MILLION
from simulator.rules.balances import accrued_fen, billed_fen, charged_fen, due_day, minimum_fen
from simulator.text import _, date_text
from simulator.world import World

FULL, MINIMUM, NOTHING = "full", "minimum", "nothing"
MOST_BILLS = 60


class MinimumBill(NamedTuple):
    """A bill to come where only minimums are paid: what it asks, and the carrying fee on it."""

    date: datetime.date
    minimum_fen: int
    carrying_fen: int


@dataclass(frozen=True)
class Minimums:
    """What paying only minimums means, each on its due day, and today where that has passed: how many bills are still to
    come and the carrying fees on them, what the first of them asks, and whether nothing is left after them.
    """

    bills: int
    carrying_fen: int
    next_minimum_fen: int
    next_due: datetime.date
    missed: bool
    ends: bool
    each: tuple[MinimumBill, ...]


@dataclass(frozen=True)
class Outcome:
    """What one way of paying means: now, still on bills, and the fees on the next bill. Where it ends a hardship plan,
    all that is left falls due on `ends_plan_on`.
    """

    way: str
    now_fen: int
    left_fen: int
    next_fee_fen: int
    minimums: Minimums | None
    ends_plan_on: datetime.date | None


def outcomes(world: World) -> list[Outcome]:
    """In full, the minimum where it asks for anything, or nothing."""
    if billed_fen(world.account) == 0:
        return []
    return [outcome_of(world, way) for way in (FULL, MINIMUM, NOTHING) if way != MINIMUM or minimum_fen(world.account)]


def _now_fen(world: World, way: str) -> int:
    return {FULL: billed_fen(world.account), MINIMUM: minimum_fen(world.account), NOTHING: 0}[way]


def _alone(world: World) -> World:
    """A quiet copy; chance and autopay are left out."""
    trial = world.trial()
    trial.live_quietly()
    trial.do({"do": "autopay", "mode": "off"})
    return trial


def _paid(world: World, way: str) -> World:
    """A quiet copy that has paid so."""
    trial = _alone(world)
    trial.shopper.cash_fen = max(trial.shopper.cash_fen, 10 * _now_fen(world, way))
    if way != NOTHING:
        trial.do({"do": "repay", "amount": way})
    return trial


def outcome_of(world: World, way: str) -> Outcome:
    """One way lived until the next bill; paying only minimums until nothing is left."""
    trial, now = _paid(world, way), _now_fen(world, way)
    left = billed_fen(trial.account)
    minimums = _minimums(_alone(world)) if way == MINIMUM and left else None
    events = trial.until_bill()  # nothing else happens
    fees = sum(
        event["amount_fen"] for event in events if event["event"] in ("late_fee_charged", "revolving_fee_charged")
    )
    for event in events:
        if event["event"] == "hardship_ended" and event["reasons"][0]["code"] == "term_missed":
            return Outcome(way, now, event["amount_fen"], fees, minimums, datetime.date.fromisoformat(event["date"]))
    return Outcome(way, now, left, fees, minimums, None)


def _pay_minimum_when_due(trial: World) -> None:
    """Pay the minimum of the open bill, and no more, on its due day; at once where that has passed."""
    days = due_day(trial.account) - trial.day
    if days > 0:
        trial.do({"do": "wait", "days": days})
    trial.shopper.cash_fen += minimum_fen(trial.account)
    trial.do({"do": "repay", "amount": "minimum"})


def _minimums(trial: World) -> Minimums | None:
    """A life that pays nothing but minimums, from a copy that has an open bill; None where no bill follows."""
    missed = False
    _pay_minimum_when_due(trial)
    made: list[dict[str, Any]] = []
    each: list[MinimumBill] = []
    while len(made) < MOST_BILLS and _carries(trial):
        events = trial.until_bill()
        missed = missed or not trial.account.last_minimum_met
        bills = [event for event in events if event["event"] == "statement_made"]
        fees = sum(event["amount_fen"] for event in events if event["event"] == "revolving_fee_charged")
        made += bills
        each += [MinimumBill(datetime.date.fromisoformat(bill["date"]), bill["minimum_fen"], fees) for bill in bills]
        if billed_fen(trial.account):
            _pay_minimum_when_due(trial)
    if not made:
        return None
    due = datetime.date.fromisoformat(made[0]["due_date"])
    carrying = sum(bill.carrying_fen for bill in each)
    return Minimums(len(made), carrying, made[0]["minimum_fen"], due, missed, not _carries(trial), tuple(each))


def _carries(world: World) -> bool:
    """Whether anything is left of what is billed, or a fee of it is on no bill yet."""
    account = world.account
    return billed_fen(account) + accrued_fen(account) + charged_fen(account) > 0


def outcome(world: World, key: str) -> Explanation:
    """`outcome:WAY:left`, `:fee`, and of minimums alone `:bills`: what paying `full`, `minimum` or `nothing` means."""
    way, _sep, what = key.partition(":")
    answers = {"left": _left, "fee": _fee, "bills": _bills}
    if what not in answers or all(each.way != way for each in outcomes(world)):
        raise UnknownFigure(_("There is no such way to pay the open bill."))
    return answers[what](world, outcome_of(world, way))


def _left(world: World, found: Outcome) -> Explanation:
    if found.ends_plan_on is not None:
        sentence = _("A part that is missed ends the hardship plan, and all that is left of it is late.")
        inputs, formula = [Input("amount", _("Left of the plan, billed or not"), found.left_fen)], "amount"
    else:
        sentence = _("What is on your bills, less what you pay now.")
        inputs = [
            Input("billed", _("On your bills, unpaid"), billed_fen(world.account), figure="owe"),
            Input("paid", _("Paid now"), found.now_fen, figure="minimum" if found.way == MINIMUM else None),
        ]
        formula = "billed - paid"
    return answer(f"outcome:{found.way}:left", _("Still owed then"), sentence, found.left_fen, formula, inputs, rule="RULES 6, 11")


def _fee(world: World, found: Outcome) -> Explanation:
    """Both fees as they will stand on the evening of the next bill, with the days on which they run."""
    trial = _paid(world, found.way)
    until = next_statement_day(world.calendar, world.day, world.account.statement_day)
    late, carrying = nights_until(trial, until)
    sentence = _("The daily fees on the bill of {date}, if you pay so today and nothing more until then.")
    told = answer(
        f"outcome:{found.way}:fee", _("Fee on the next bill"),
        sentence.format(date=date_text(world.calendar.date_of(until), weekday=False)), found.next_fee_fen,
        f"late // {MILLION} + carrying // {MILLION}",
        [Input("late", _("Late fee"), late.micro, MICRO), Input("carrying", _("Carrying fee"), carrying.micro, MICRO)],
        rule="RULES 7", policy=world.policy, fields=("late_fee_ppm", "revolving_fee_ppm"),
    )  # fmt: skip
    first, second = told.lines
    return replace(told, lines=[first, *_days(late), second, *_days(carrying)])


def _days(fee: DailyFee) -> list[Line]:
    """What has run until today, and the days to come."""
    so_far = [Line("  " + _("so far"), value_text(fee.before_micro, MICRO), "accrued")] if fee.before_micro else []
    runs = [each for each in fee_inputs(fee) if each.name != "before"]
    return [*so_far, *(Line(f"  {each.label}", value_text(each.value, each.unit)) for each in runs)]


def _bills(world: World, found: Outcome) -> Explanation:
    if found.minimums is None:
        raise UnknownFigure(_("There is no such way to pay the open bill."))
    label = _("Bill of {date}, minimum {amount}")
    inputs = [
        Input(
            f"bill_{place}", label.format(date=date_text(bill.date, weekday=False), amount=money(bill.minimum_fen)), bill.carrying_fen
        )
        for place, bill in enumerate(found.minimums.each, 1)
    ]
    return answer(
        f"outcome:{found.way}:bills", _("Carrying fees in all"),
        _("Bill by bill, if only the minimum is paid, each on its due day, and nothing more is bought: the carrying fee on it."),
        found.minimums.carrying_fen, " + ".join(each.name for each in inputs), inputs,
        rule="RULES 5, 7", policy=world.policy, fields=("minimum_ppm", "small_balance_fen", "revolving_fee_ppm"),
    )  # fmt: skip
