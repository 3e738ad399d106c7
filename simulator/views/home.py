"""Home: where do I stand? What comes next, the limit, known amounts ahead, what is new."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from simulator import codes
from simulator.messages import life_text
from simulator.money import money, yuan
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.balances import (
    accrued_fen,
    billed_fen,
    due_day,
    exposure_fen,
    frozen_fen,
    minimum_fen,
    owed_fen,
)
from simulator.rules.scoring import orders_on_record, spend_on_record
from simulator.text import _, date_text, one_day, sentences
from simulator.views.account import STORE_RECORD, WAITS, Condition, earliest_return, unmet_conditions
from simulator.views.bills import carried, carried_text, clear_all_fen, late_fen, payable_fen
from simulator.views.health import health_points
from simulator.views.held import held, held_text
from simulator.views.inbox import Message, inbox
from simulator.world import World

AHEAD_DAYS = 40
ASKING = (codes.NONE, codes.DECLINED)
"""Who has no line, and none to ask back."""


@dataclass(frozen=True)
class Coming:
    """A known amount ahead: in or out of cash, cash after it, the figure that it is, if it is one that is known, and
    what of living the cash will not pay.
    """

    date: datetime.date
    label: str
    amount_fen: int
    cash_after_fen: int
    figure: str | None = None
    living_short_fen: int = 0


@dataclass(frozen=True)
class HomeView:
    """Everything on Home."""

    status: int
    locked: bool
    in_plan: bool
    next_words: str
    next_date: datetime.date | None
    full_fen: int
    clear_fen: int
    minimum_fen: int
    autopay: str
    limit_fen: int
    temporary_fen: int
    used_fen: int
    use_ppm: int
    on_hold_fen: int
    can_use_fen: int
    coming: list[Coming]
    fund_fen: int
    news: list[Message]
    health: int
    health_quarters: tuple[int, int, int, int]
    orders: int
    orders_needed: int
    spend_fen: int
    spend_needed_fen: int
    may_ask: bool
    record_lacks: bool


def home(world: World) -> HomeView:
    """How the player stands."""
    account, policy = world.account, world.life.record
    owed = billed_fen(account)
    unmet = unmet_conditions(world)
    return HomeView(
        account.status,
        bool(account.locked),
        bool(account.hardship),
        _next_words(world, unmet),
        world.calendar.date_of(due_day(account)) if owed and account.statement_count else None,
        owed,
        clear_all_fen(world),
        minimum_fen(account),
        codes.AUTOPAYS[account.autopay],
        account.limit_fen,
        account.temporary_fen,
        exposure_fen(account),
        ratio_ppm(exposure_fen(account), account.limit_fen),
        frozen_fen(account),
        world.can_use_fen(),
        coming(world),
        world.shopper.fund_fen,
        list(reversed(inbox(world)))[:6],
        *health_points(world),
        orders_on_record(account, policy, world.day),
        policy.min_orders,
        spend_on_record(account, policy, world.day),
        policy.min_spend_fen,
        account.status in ASKING and not unmet,
        any(each.code in STORE_RECORD for each in unmet),
    )


def _asking_words(world: World, unmet: list[Condition]) -> str:
    """Whether a line can be asked for; else what speaks most against it: what days and purchases do not change, then
    what days do, then what purchases do.
    """
    if not unmet:
        return _("You can ask for a credit line now.")
    for each in unmet:
        if each.code not in (*WAITS, *STORE_RECORD):
            return sentences(each.text, each.remedy)
    earliest = earliest_return(world)
    if earliest is not None and any(each.code in WAITS for each in unmet):
        told = _("You can ask for a credit line again from {date} on, not before.")
        return told.format(date=date_text(earliest, weekday=False))
    return _("First buy with cash: a record of purchases is needed before a line can be asked for.")


def _next_words(world: World, unmet: list[Condition]) -> str:
    """The one thing that comes next; `unmet` is what an application would lack."""
    account = world.account
    status = account.status
    if status in ASKING:
        return _asking_words(world, unmet)
    if status == codes.APPLIED:
        return _("An offer waits for your answer.")
    if account.hardship:
        return _plan_words(world)
    if status == codes.SUSPENDED:
        return _("Your line is suspended. Your account says what lifts it.")
    if status == codes.CHARGED_OFF:
        told = _("Your debt was written off, and {amount} of it is still yours to pay.")
        return told.format(amount=money(payable_fen(world)))
    if status == codes.CLOSURE_REVIEW:
        return _("Your request to close is being looked at.")
    if status == codes.CLOSED and billed_fen(account) == 0 and clear_all_fen(world):
        told = _("Your line is closed, and {amount} is still to pay, fees so far included.")
        return told.format(amount=money(clear_all_fen(world)))
    if status == codes.CLOSED and billed_fen(account) == 0:
        return _("Your line is closed. Your account says when it can be asked for again.")
    waiting = held(world)
    if waiting is not None and not late_or_due(world):
        return held_text(waiting)
    if billed_fen(account) and account.statement_count:
        days = due_day(account) - world.day
        if account.dpd > 0:
            return one_day(_("{days} days late: pay what is late.").format(days=account.dpd))
        left = carried(world)
        if left is not None:
            return carried_text(left)
        if days == 0:
            return _("Your bill is due today.")
        return one_day(_("Your bill is due in {days} days.").format(days=days))
    if account.locked:
        return _("You have locked the line: nothing can be bought on it.")
    if owed_fen(account) + accrued_fen(account) > 0:
        return _("Nothing to pay now. The next bill comes by itself.")
    if account.statement_count:
        return _("Nothing is owed. The next bill comes once you have bought something on the line.")
    return _("No bill yet. Buy something on the line to see one.")


def late_or_due(world: World) -> bool:
    """Whether a bill is late or due today: nothing comes before it."""
    account = world.account
    due_today = billed_fen(account) > 0 and account.statement_count > 0 and due_day(account) == world.day
    return account.dpd > 0 or due_today


def _plan_words(world: World) -> str:
    """What comes next while a hardship plan runs: days late stand still, and nothing but its parts is asked."""
    asked = minimum_fen(world.account)
    if not asked:
        return _("Your hardship plan runs: no buying until it is paid. Its next part comes with the next bill.")
    date = date_text(world.calendar.date_of(due_day(world.account)), year=False, weekday=False)
    told = _("Your hardship plan asks for {amount} by {date}; one miss ends it. No buying until it is paid.")
    return told.format(amount=money(asked), date=date)


def coming(world: World) -> list[Coming]:
    """Known amounts of the next weeks, lived on a trial copy that pays what is late, and its bill on the due day, be it
    today, as far as its cash goes.
    """
    trial = world.trial()
    trial.live_quietly()
    found = _bill_due(trial) or _late(trial)
    for _day in range(AHEAD_DAYS):
        from_fund, evening, cash = _from_fund(trial), trial.date, trial.shopper.cash_fen
        events = trial.next_day()
        found += [Coming(evening, label, 0, cash) for label in _shops_refund(events, evening)]
        paid = any(event["event"] == "payment_received" for event in events)
        found += _of_a_day(trial, from_fund, events)
        found += _bill_due(trial, paid) or (_late(trial) if trial.shopper.cash_fen else [])
    known = _known(world)
    return [replace(each, figure=known.get((each.date, each.label, abs(each.amount_fen)))) for each in found]


def _known(world: World) -> dict[tuple[datetime.date, str, int], str]:
    """Figures of today that come again among the amounts ahead, by the day, words and amount of their rows."""
    account, date = world.account, world.calendar.date_of
    found: dict[tuple[datetime.date, str, int], str] = {}
    for ahead in range(1, AHEAD_DAYS + 1):
        found[date(world.day + ahead), _("pay"), world.shopper.income_fen] = "income"
    if billed_fen(account) and account.statement_count:
        due, asked = date(due_day(account)), minimum_fen(account)
        found[due, _("bill, in full"), billed_fen(account)] = "owe"
        found[due, _("autopay"), asked] = "minimum"
        found[due, _("autopay"), billed_fen(account)] = "owe"
    for event in world.events:
        if event["event"] == "refunded":
            arrives = datetime.date.fromisoformat(event["cash_date"])
            found[arrives, _("refund"), event["cash_fen"]] = f"event:{event['seq']}:cash_fen"
    return found


def _from_fund(trial: World) -> int:
    """What arrives tomorrow of money taken out of the fund: no event tells of it."""
    return sum(move.amount_fen for move in trial.shopper.fund_out if move.amount_fen and move.arrives_day <= trial.day + 1)


def _of_a_day(trial: World, from_fund_fen: int, events: list[dict[str, Any]]) -> list[Coming]:
    """What came and went on the day that was just lived, in the order of RULES 1, each with the cash right after it."""
    found: list[tuple[str, int, int]] = []
    for event in events:
        if event["event"] == "income_received":
            found.append((_("pay") if event["kind"] == "pay" else life_text("windfall"), event["amount_fen"], 0))
        elif event["event"] == "refund_arrived":
            found.append((_("refund"), event["amount_fen"], 0))
    if from_fund_fen:
        found.append((_("out of the fund"), from_fund_fen, 0))
    for event in events:
        if event["event"] == "expenses_paid":
            short = event.get("short_fen", 0)
            label = _short(_("living, short {amount}"), short) if short else _("daily life")
            found.append((label, -event["amount_fen"], short))
    for event in events:
        if event["event"] == "payment_received":
            found.append((_("autopay"), -event["amount_fen"], 0))
    found += [(label, 0, 0) for label in _shops_refund(events, trial.date)]
    rows: list[Coming] = []
    after = trial.shopper.cash_fen
    for label, amount, short in reversed(found):
        rows.append(Coming(trial.date, label, amount, after, living_short_fen=short))
        after -= amount
    return rows[::-1]


def _shops_refund(events: list[dict[str, Any]], date: datetime.date) -> list[str]:
    """What shops refund on a day by themselves, in words; it comes to the cash later, if at all."""
    of_day = (event for event in events if event["event"] == "refunded" and event["date"] == date.isoformat())
    return [_short(_("shop refunds {amount}"), event["amount_fen"]) for event in of_day]


def _bill_due(trial: World, of_autopay: bool = False) -> list[Coming]:
    """The bill that is due on the trial's day, or what autopay left of it, paid in full or as far as the cash goes."""
    account = trial.account
    amount = billed_fen(account)
    if not account.statement_count or due_day(account) != trial.day or not amount:
        return []
    label = _("rest of the bill") if of_autopay else _("bill, in full")
    return [_paid(trial, amount, label, _("bill, short {amount}"))]


def _late(trial: World) -> list[Coming]:
    """What is late on the trial's day, paid in full or as far as the cash goes."""
    amount = late_fen(trial)
    return [_paid(trial, amount, _("what is late"), _("late, short {amount}"))] if amount else []


def _paid(trial: World, amount_fen: int, label: str, short: str) -> Coming:
    """Pay so much, or all the cash there is."""
    paid = min(amount_fen, trial.shopper.cash_fen)
    if paid:
        trial.do({"do": "repay", "amount": yuan(paid)})
    lacks = amount_fen - paid
    return Coming(trial.date, _short(short, lacks) if lacks else label, -paid, trial.shopper.cash_fen)


def _short(label: str, lacking_fen: int) -> str:
    return label.format(amount=money(lacking_fen))

