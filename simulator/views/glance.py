"""The glance line: date, cash, what is owed and by when, what can be used, status."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator import codes
from simulator.messages import status_mark, status_text
from simulator.rules.balances import billed_fen, due_day, exposure_fen, frozen_fen
from simulator.rules.repayment import recoverable_fen
from simulator.text import _
from simulator.world import World

SOON_DAYS = 3


@dataclass(frozen=True)
class Glance:
    """Row 1 of every screen. `owe_words` says by when, or how late."""

    date: datetime.date
    cash_fen: int
    owe_fen: int
    due_date: datetime.date | None
    days_late: int
    can_use_fen: int
    status: str
    mark: str


def glance(world: World) -> Glance:
    """How things stand right now."""
    account = world.account
    status = codes.STATUSES[account.status]
    owe = billed_fen(account) + recoverable_fen(account)
    due = (
        world.calendar.date_of(due_day(account)) if account.statement_count and billed_fen(account) else None
    )
    soon = due is not None and 0 <= (due - world.date).days <= SOON_DAYS
    text = status_text(status)
    if account.locked and account.status == codes.ACTIVE:
        text = _("Locked")
    mark = status_mark(status, bool(account.locked), soon, frozen_fen(account) > 0)
    if account.dpd > 0 and account.status not in (codes.SUSPENDED, codes.CHARGED_OFF):
        mark = "[!!]"
    return Glance(world.date, world.shopper.cash_fen, owe, due, account.dpd, world.can_use_fen(), text, mark)


def owes_unbilled_alone(world: World) -> bool:
    """Whether what is owed stands on no bill yet: then no bill asks for anything, though something is owed."""
    account = world.account
    return not billed_fen(account) and not recoverable_fen(account) and exposure_fen(account) > 0
