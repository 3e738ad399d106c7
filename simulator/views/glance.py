"""The glance line: date, cash, what is owed and by when, what can be used, status."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator import codes
from simulator.messages import status_mark, status_text
from simulator.rules.balances import billed_fen, due_day, frozen_fen, owed_fen, recoverable_fen
from simulator.text import _
from simulator.views.bills import carried
from simulator.world import World

SOON_DAYS = 3


@dataclass(frozen=True)
class Glance:
    """Row 1 of every screen. What is owed is due, late, carried to the next bill, or on no bill yet."""

    date: datetime.date
    cash_fen: int
    owe_fen: int
    due_date: datetime.date | None
    days_late: int
    carried: bool
    unbilled: bool
    can_use_fen: int
    status: str
    mark: str


def glance(world: World) -> Glance:
    """How things stand right now."""
    account = world.account
    status = codes.STATUSES[account.status]
    asked_fen = billed_fen(account) + recoverable_fen(account)
    owe = asked_fen or owed_fen(account)
    rolls = carried(world) is not None
    asked = account.statement_count > 0 and billed_fen(account) > 0 and not rolls
    due = world.calendar.date_of(due_day(account)) if asked else None
    soon = due is not None and 0 <= (due - world.date).days <= SOON_DAYS
    text = status_text(status)
    if account.locked and account.status == codes.ACTIVE:
        text = _("Locked")
    mark = status_mark(status, bool(account.locked), soon, frozen_fen(account) > 0)
    if account.dpd > 0 and account.status not in (codes.SUSPENDED, codes.CHARGED_OFF):
        mark = "[!!]"
    return Glance(world.date, world.shopper.cash_fen, owe, due, 0 if account.hardship else account.dpd, rolls, owe > asked_fen, world.can_use_fen(), text, mark)
