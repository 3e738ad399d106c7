"""Bills: statement by statement, plans, and what paying so or so would mean."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from simulator import codes
from simulator.account import Plan
from simulator.codes import TERMS
from simulator.explain.bill_parts import on_terms_text, put_on_terms
from simulator.explain.buying import next_bill as bill_to_come
from simulator.explain.statements import PARTS, part_label
from simulator.messages import what_was_bought
from simulator.money import money
from simulator.quote import quote
from simulator.rules.arithmetic import share
from simulator.rules.balances import (
    billed_fen,
    due_day,
    due_principal_fen,
    minimum_fen,
    missing_fen,
    owes,
)
from simulator.rules.instalments import convertible_fen, plan_rate_ppm, settlement_of
from simulator.rules.repayment import acceptable_fen
from simulator.rules.steps import convert_refusals, settle_all_fen, settle_refusals
from simulator.text import _, capital, date_text
from simulator.world import World


@dataclass(frozen=True)
class BillLine:
    """One part of a bill; `figure` answers w."""

    label: str
    amount_fen: int
    figure: str


@dataclass(frozen=True)
class PaidOnBill:
    """A payment made while a bill was the newest."""

    date: datetime.date
    amount_fen: int
    figure: str


@dataclass(frozen=True)
class CarriedOver:
    """What was left of a bill on the next one, and the daily fees that this one holds."""

    date: datetime.date
    left_fen: int
    fees: list[BillLine]


@dataclass(frozen=True)
class BillView:
    """One bill as it was made, and how it stands if it is the newest."""

    day: int
    date: datetime.date
    due_date: datetime.date
    lines: list[BillLine]
    balance_fen: int
    minimum_fen: int
    newest: bool
    left_fen: int
    asked_fen: int
    days_to_due: int
    on_terms: BillLine | None
    paid: list[PaidOnBill]
    carried_over: CarriedOver | None


@dataclass(frozen=True)
class NextBill:
    """What stands on the next bill so far, whatever is left of this one aside."""

    date: datetime.date
    due_date: datetime.date
    parts: list[BillLine]
    total_fen: int


def next_bill(world: World) -> NextBill | None:
    """The next bill if what is billed is paid today and nothing more is bought; None where none is made."""
    if not owes(world.account):
        return None
    _life, made = bill_to_come(world)
    if made is None:
        return None
    parts = [BillLine(part_label(part), made[part], f"next:{part.removesuffix('_fen')}") for part in PARTS if made[part]]
    date, due = datetime.date.fromisoformat(made["date"]), datetime.date.fromisoformat(made["due_date"])
    return NextBill(date, due, parts, made["balance_fen"])


def _made(world: World) -> list[dict[str, Any]]:
    return [event for event in world.events if event["event"] == "statement_made"]


def bills(world: World) -> list[int]:
    """The days on which bills were made, oldest first."""
    return [event["day"] for event in _made(world)]


def bill_view(world: World, day: int | None = None) -> BillView | None:
    """A bill by its day, the newest if none is given; None while there is no bill."""
    made = _made(world)
    if not made:
        return None
    event = made[-1] if day is None else next(each for each in made if each["day"] == day)
    lines: list[BillLine] = []
    for part in PARTS:
        if event[part] == 0:
            continue
        figure = f"statement:{event['day']}:{part.removesuffix('_fen')}"
        lines.append(BillLine(part_label(part), event[part], figure))
    newest = event is made[-1]
    due = datetime.date.fromisoformat(event["due_date"])
    return BillView(
        event["day"], datetime.date.fromisoformat(event["date"]), due, lines, event["balance_fen"], event["minimum_fen"],
        newest, billed_fen(world.account) if newest else 0, minimum_fen(world.account) if newest else 0,
        (due - world.date).days, _on_terms(world, event["seq"]), *_since(world, event, made),
    )  # fmt: skip


def _since(world: World, bill: dict[str, Any], made: list[dict[str, Any]]) -> tuple[list[PaidOnBill], CarriedOver | None]:
    """What was paid from a bill until the next one, as far as there was something on it, and what went over to that."""
    after = next((each for each in made if each["seq"] > bill["seq"]), None)
    between = world.events[bill["seq"] : after["seq"] - 1 if after else None]
    paid = [
        PaidOnBill(datetime.date.fromisoformat(event["date"]), event["amount_fen"], f"event:{event['seq']}:amount_fen")
        for event in between
        if event["event"] == "payment_received"
    ]
    if after is None:
        return paid, None
    left = sum(after[part] for part in ("carried_fen", "unpaid_plan_fen", "unpaid_fee_fen"))
    fees = [
        BillLine(part_label(part), after[part], f"statement:{after['day']}:{part.removesuffix('_fen')}")
        for part in ("revolving_fee_fen", "late_fee_fen")
        if after[part]
    ]
    return paid, CarriedOver(datetime.date.fromisoformat(after["date"]), left, fees) if left or fees else None


def _on_terms(world: World, seq: int) -> BillLine | None:
    """What of a bill was put on terms since."""
    plan = put_on_terms(world, seq)
    return None if plan is None else BillLine(on_terms_text(plan), plan["principal_fen"], f"event:{plan['seq']}:principal_fen")


@dataclass(frozen=True)
class Carried:
    """What stays on bills whose minimum was met and whose due day has passed, and about what it costs a day."""

    owed_fen: int
    fee_fen: int


def carried(world: World) -> Carried | None:
    """What is carried to the next bill; None where a bill is still due, is late, or leaves nothing."""
    account = world.account
    owed = billed_fen(account)
    late = account.dpd > 0 or account.hardship or account.status == codes.CHARGED_OFF
    if not owed or not account.statement_count or late or due_day(account) >= world.day:
        return None
    return Carried(owed, share(due_principal_fen(account, world.day + 1), account.revolving_rate_ppm))


def carried_text(seen: Carried) -> str:
    """What is carried, in a sentence."""
    if not seen.fee_fen:
        return _("{amount} is carried to your next bill.").format(amount=money(seen.owed_fen))
    told = _("{amount} is carried to your next bill, at about {fee} a day.")
    return told.format(amount=money(seen.owed_fen), fee=money(seen.fee_fen))


@dataclass(frozen=True)
class PlanView:
    """A running plan."""

    order: int
    name: str
    kind: int
    terms: int
    billed: int
    term_fen: int
    fee_fen: int
    left_fen: int
    fees_to_come_fen: int
    settlement_fen: int
    saved_fen: int
    can_settle: bool


def plan_views(world: World) -> list[PlanView]:
    """Running plans, oldest order first."""
    bought = ("purchase_authorised", "purchase_released")
    names = {event["order"]: what_was_bought(event) for event in world.events if event["event"] in bought}
    found, ask = [], world.ask()
    ask.cash_fen = ENOUGH_FEN
    for plan in sorted(world.account.plans, key=lambda plan: plan.order):
        if plan.order == 0:
            continue
        settlement, ask.order = settlement_of(plan, world.day), plan.order
        found.append(
            PlanView(
                plan.order,
                _plan_name(plan, names.get(plan.order, "")),
                plan.kind,
                plan.terms,
                plan.billed,
                plan.term_principal_fen,
                plan.term_fee_fen,
                plan.unbilled_fen,
                settlement.fee + settlement.saved,
                settlement.principal + settlement.fee,
                settlement.saved,
                settle_refusals(world.account, world.life.record, ask) == 0,
            )
        )
    return found


def _plan_name(plan: Plan, bought: str) -> str:
    """What a plan pays for: a bill, or what was bought."""
    if plan.kind == codes.BILL_PLAN:
        return _("Bill on terms")
    named = bought or _("order {order}").format(order=plan.order)
    return capital(named)


@dataclass(frozen=True)
class Conversion:
    """The open bill over some terms: what a month takes, the fees in all, and the simple rate a year."""

    terms: int
    month_fen: int
    fee_fen: int
    simple_percent: Decimal


def convertible_terms(world: World) -> list[int]:
    """The numbers of terms over which the rules let the open bill be spread today."""
    account, policy = world.account, world.life.record
    return [terms for terms in TERMS if convert_refusals(account, policy, world.ask(terms=terms)) == 0]


def conversions(world: World) -> list[Conversion]:
    """What each of them costs."""
    account, policy, fen = world.account, world.life.record, convertible_fen(world.account)
    found = []
    for terms in convertible_terms(world):
        rate = plan_rate_ppm(account, policy, terms, 0)
        made = quote(fen, terms, rate, world.date, account.statement_day, policy.due_offset_days)
        month = made.payments[0].total_fen
        found.append(Conversion(terms, month, made.total_fee_fen, made.rates.simple_rate_percent))
    return found


def late_fen(world: World) -> int:
    """What has to be paid today so that nothing is late: the most that a bill whose due day has passed still asks, for
    a payment counts towards each.
    """
    account, policy = world.account, world.life.record
    if account.dpd == 0:
        return 0
    asked = [
        missing_fen(account, policy, place)
        for place in range(account.statement_count)
        if account.statements[place].due_day < world.day
    ]
    return max(asked, default=0)


ENOUGH_FEN = 10**12
"""Cash that is enough for anything: what the player lacks of it is said when a plan is chosen to be settled."""


def autopay_words(world: World) -> str:
    """What autopay will pay of the open bill, which the ways to pay leave out; "" where it will pay nothing."""
    account = world.account
    if account.autopay == codes.AUTOPAY_OFF or not account.statement_count or due_day(account) <= world.day:
        return ""
    full = account.autopay == codes.AUTOPAY_FULL
    if not (billed_fen(account) if full else minimum_fen(account)):
        return ""
    told = (
        _("Counted with autopay off. It is on: on {date} it pays what is left of this bill, as far as your cash goes.")
        if full
        else _("Counted with autopay off. It is on: on {date} it pays what is left of the minimum, as far as your cash goes.")
    )
    return told.format(date=date_text(world.calendar.date_of(due_day(account)), year=False, weekday=False))


def payable_fen(world: World) -> int:
    """The most that a payment can be today, ahead of bills included."""
    return acceptable_fen(world.account, True)


def clear_all_fen(world: World) -> int:
    """What it takes to owe nothing today: fees so far and early settlement of plans included."""
    return settle_all_fen(world.account, world.day)


def cash_after_fen(world: World, amount_fen: int) -> int:
    """Cash after a payment today; below 0 where there is not enough."""
    return world.shopper.cash_fen - amount_fen
