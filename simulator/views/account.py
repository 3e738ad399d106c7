"""The account: closing with what stands in the way, suspension with its cure, coming back."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from simulator import codes
from simulator.explain.advice import advice_text
from simulator.explain.standing import suspended_for
from simulator.messages import closure_text, met_text, reason_text, remedy_text, status_text
from simulator.money import money
from simulator.rules.applications import (
    closed_too_recently,
    condition_refusals,
    cooling_off,
    debt_paid_too_recently,
    reopening_refusals,
)
from simulator.rules.balances import accrued_fen, owed_fen
from simulator.rules.closure import closure_blockers
from simulator.rules.reasons import APPLICATION, CLOSURE, REOPENING, TOPICS, Leaf, Reason, findings
from simulator.rules.scoring import is_on_record
from simulator.rules.suspension import cured_quickly, request_granted
from simulator.rules.wake import next_waiting_day
from simulator.text import _, date_text, one_day, sentences
from simulator.views.bills import clear_all_fen, plan_views
from simulator.world import World

MET_OR_NOT = ("identity_not_verified", "too_few_orders", "too_little_spend", "cooling_off", "bureau_record")

STORE_RECORD = ("too_few_orders", "too_little_spend")
WAITS = ("cooling_off", "closed_too_recently", "debt_paid_too_recently")
"""Conditions that days alone meet."""
SAID_OF_RETURN = {"identity_not_verified": "identity_stale", "bureau_record": "elsewhere_record"}
"""Conditions of an application that a condition of a return says already where it is not met."""


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way of closing."""

    code: str
    text: str
    remedy: str
    amount_fen: int


@dataclass(frozen=True)
class Condition:
    """A condition of asking for a line or for it back, met or not; one that `waits` can be judged only after another."""

    code: str
    met: bool
    text: str
    remedy: str
    waits: bool = False


@dataclass(frozen=True)
class AccountView:
    """Everything on the account screen."""

    status: int
    status_words: str
    locked: bool
    hardship: bool
    opened: datetime.date | None
    closed: datetime.date | None
    closure_words: str
    causes: list[str]
    dpd: int
    blockers: list[Blocker]
    clear_all_fen: int
    accrued_fen: int
    owed_fen: int
    review_ends: datetime.date | None
    conditions: list[Condition]
    earliest_return: datetime.date | None
    offer_fen: int
    offer_until: datetime.date | None
    appeal_until: datetime.date | None
    appeal_waits: bool
    breach_until: datetime.date | None
    """The last day on which a small breach of the terms can be put right; then the line closes."""
    reinstatement_on: datetime.date | None
    lifts_by_itself: bool
    autopay: str
    cap_fen: int
    limit_fen: int


def _told(reason: Reason, actual: int, threshold: int) -> dict[str, Any]:
    return {"code": reason.code, "unit": reason.unit, "actual": actual, "threshold": threshold}


def account_view(world: World) -> AccountView:
    """How the account stands."""
    account, policy = world.account, world.life.record
    date = world.calendar.date_of
    on = {
        "opened": date(account.opened_day) if account.opened_day != codes.NEVER else None,
        "closed": _closed_on(world),
    }
    blocked = account.status in (codes.SUSPENDED, codes.SOFT_BLOCKED)
    cure = cured_quickly(account, policy, world.ask())
    fraud_open = bool(account.causes & codes.BY_FRAUD)
    return AccountView(
        account.status, status_text(codes.STATUSES[account.status]), bool(account.locked), bool(account.hardship),
        on["opened"], on["closed"], _closure_words(world),
        suspended_for(world),
        account.dpd, blockers(world), clear_all_fen(world), accrued_fen(account), owed_fen(account),
        date(next_waiting_day(account, policy, world.ask(), codes.FAR)) if account.status == codes.CLOSURE_REVIEW else None,
        conditions(world), earliest_return(world), account.offer_fen,
        date(account.offer_day + policy.offer_days) if account.offer_day != codes.NEVER else None,
        date(account.fraud_day + policy.appeal_window_days) if fraud_open and account.appeal_day == codes.NEVER else None,
        fraud_open and account.appeal_day != codes.NEVER,
        _breach_until(world),
        _over(world, request_granted) if blocked and account.reinstatement_day != codes.NEVER else None,
        cure.actual <= cure.threshold, codes.AUTOPAYS[account.autopay], account.cap_fen, account.limit_fen,
    )  # fmt: skip


def _breach_until(world: World) -> datetime.date | None:
    account = world.account
    found = [day for day in (account.breach_expired_day, account.breach_unreachable_day) if day != codes.NEVER]
    return world.calendar.date_of(min(found) + world.life.record.breach_cure_days - 1) if found else None


def _closed_on(world: World) -> datetime.date | None:
    """When the line closed; the day on which a debt that was written off is paid closes it once more."""
    if world.account.closed_day == codes.NEVER:
        return None
    found = world.calendar.date_of(world.account.closed_day)
    for event in reversed(world.events):
        if event["event"] == "line_opened":
            break
        if event["event"] == "closed":
            found = datetime.date.fromisoformat(event["date"])
    return found


def _closure_words(world: World) -> str:
    """Why the line closed, and since when a debt that closed it is paid."""
    account = world.account
    cause = closure_text(codes.CLOSURE_CAUSES[account.closure_cause])
    if account.closure_cause != codes.CLOSED_OVERDUE or account.status != codes.CLOSED or account.debt_paid_day == codes.NEVER:
        return cause
    paid = date_text(world.calendar.date_of(account.debt_paid_day), weekday=False)
    return _("not paid; paid in full on {date}").format(date=paid)


def blockers(world: World) -> list[Blocker]:
    """What would stand in the way of closing today, as the request itself would find it."""
    if world.account.status not in (codes.ACTIVE, codes.SOFT_BLOCKED, codes.SUSPENDED, codes.CLOSURE_REVIEW):
        return []
    trial = world.trial()
    if world.account.status != codes.CLOSURE_REVIEW:
        trial.do({"do": "request_closure"})
    account, policy, ask = trial.account, trial.life.record, trial.ask()
    found = []
    for reason, finding in findings(CLOSURE, closure_blockers(account, policy, ask), account, policy, ask):
        told = _told(reason, finding.actual, finding.threshold)
        remedy = _settling(world) if reason.code == "open_plan" else remedy_text(told)
        found.append(Blocker(reason.code, reason_text(told), remedy, finding.actual))
    return found


def _settling(world: World) -> str:
    """What it takes to settle every plan today; what is left of a plan is not all that it costs."""
    plans = plan_views(world)
    return _("Settling today takes {amount} in all, and saves {saved} of fees.").format(
        amount=money(sum(plan.settlement_fen for plan in plans)),
        saved=money(sum(plan.saved_fen for plan in plans)),
    )


def conditions(world: World) -> list[Condition]:
    """The conditions of a line, or of a closed one's return, each with how it stands.

    Who comes back is judged by the conditions of returning and then by those of every application.
    """
    account, policy, ask = world.account, world.life.record, world.ask()
    if account.status not in (codes.NONE, codes.CLOSED, codes.DECLINED):
        return []
    refused = condition_refusals(account, policy, ask)
    if account.closed_day == codes.NEVER:
        return _stand(world, APPLICATION, refused, MET_OR_NOT)
    overdue = account.closure_cause == codes.CLOSED_OVERDUE
    other_wait = "closed_too_recently" if overdue else "debt_paid_too_recently"
    returning = [reason.code for reason in TOPICS[REOPENING] if reason.code not in ("not_closed", other_wait)]
    found = _stand(world, REOPENING, reopening_refusals(account, policy, ask), returning)
    unmet = {each.code for each in found if not each.met}
    if "identity_stale" in unmet and not identity_helps(world):
        told = _("Shown today it would be too old again when you can ask; asking for the line back checks it too.")
        found = [replace(each, remedy=told) if each.code == "identity_stale" else each for each in found]
    if "still_owed" in unmet:
        amended = {"debt_paid_too_recently": _waiting, "still_owed": _to_clear}
        found = [amended[each.code](world, each) if each.code in amended else each for each in found]
    said = {code for code, of_return in SAID_OF_RETURN.items() if of_return in unmet}
    return [*found, *_stand(world, APPLICATION, refused, STORE_RECORD, said)]


def _waiting(world: World, each: Condition) -> Condition:
    """How long ago a debt was paid says nothing while it is owed."""
    days = world.life.record.reopen_overdue_days
    told = _("{days} days must pass from the day on which the debt is paid.").format(days=days)
    return Condition(each.code, False, one_day(told), "", waits=True)


def identity_helps(world: World) -> bool:
    """Whether identity shown today is still fresh on the first day on which the line can be asked back."""
    policy, earliest = world.life.record, earliest_return(world)
    days = policy.reopen_overdue_days if earliest is None else (earliest - world.date).days
    return days <= policy.identity_days


def _to_clear(world: World, each: Condition) -> Condition:
    """What is still owed, with the fees so far: paying less would leave something owed."""
    told = _("{amount} clears what is still owed, fees so far included.").format(amount=money(clear_all_fen(world)))
    return Condition(each.code, False, told, each.remedy)


def unmet_conditions(world: World) -> list[Condition]:
    """What an application, or asking for a line back, would be refused for today."""
    return [each for each in conditions(world) if not each.met and not each.waits]


def no_wait_to_fear(world: World) -> bool:
    """Whether a no today would begin no wait: the request is turned down before it is judged as an application."""
    of_return = {reason.code for reason in TOPICS[REOPENING]} - {"identity_stale"}
    return world.life.record.decline_cooling_days == 0 or any(each.code in of_return for each in unmet_conditions(world))


def _stand(
    world: World, topic: int, bits: int, always: Collection[str], never: Collection[str] = ()
) -> list[Condition]:
    """How conditions of a topic stand: some always, others only where they are not met."""
    account, policy, ask = world.account, world.life.record, world.ask()
    found = []
    for place, reason in enumerate(TOPICS[topic]):
        met = not bits >> place & 1
        if reason.code in never or (met and reason.code not in always):
            continue
        finding = reason.leaf(account, policy, ask)
        told = _told(reason, finding.actual, finding.threshold)
        text = sentences(met_text(reason.code) if met else reason_text(told), _more(world, reason.code, met))
        found.append(Condition(reason.code, met, text, advice_text(world, told)))
    return found


def _more(world: World, code: str, met: bool) -> str:
    """What a condition's sentence leaves open: of what time the record is, and on which day one was checked."""
    account, date = world.account, world.calendar.date_of
    if code == "identity_stale" and not met and account.identity_day != codes.NEVER:
        told = _("That was on {date}.") if account.identity_day >= 0 else _("That was on {date}, before you began here.")
        return told.format(date=date_text(date(account.identity_day), weekday=False))
    if code != "too_few_orders":
        return ""
    days = world.life.record.record_days
    kept = [order.day for order in account.orders[: account.order_count] if is_on_record(order, world.life.record, world.day)]
    if account.record_orders and world.day - account.record_day <= days:
        kept.append(account.record_day)
    if not kept:
        return _("The record holds the last {days} days.").format(days=days)
    told = _("The record holds the last {days} days; the oldest order leaves it on {date}.")
    return told.format(days=days, date=date_text(date(min(kept) + days + 1), weekday=False))


def earliest_return(world: World) -> datetime.date | None:
    """The first day on which the waits of a reopening or of a decline are over."""
    account = world.account
    if not world.policy.product_open:
        return None
    if account.status == codes.DECLINED:
        return _over(world, cooling_off)
    if account.status != codes.CLOSED:
        return None
    if account.closure_cause == codes.CLOSED_OVERDUE:
        return _over(world, debt_paid_too_recently) if account.debt_paid_day != codes.NEVER else None
    return _over(world, closed_too_recently)


def _over(world: World, wait: Leaf) -> datetime.date:
    """The day on which so many days are over as a rule asks for."""
    days = wait(world.account, world.life.record, world.ask())
    return world.calendar.date_of(world.day + days.threshold - days.actual)
