"""Relief: in how many parts a shopper who cannot pay may ask to pay, and what is to come of them (RULES §11)."""

from __future__ import annotations

from simulator.messages import reason_text
from simulator.money import money
from simulator.quote import quote
from simulator.rules.hardship import hardship_running, line_not_open, nothing_owed, too_many_terms
from simulator.text import _, date_text, one_day
from simulator.world import World

MOST_PARTS = 120
"""The most that a step and a policy can name."""
USUAL_PARTS = (6, 12, 18, 24, 36, 48, 60, 84, MOST_PARTS)
_WHATEVER_ITS_PARTS = (("line_not_open", line_not_open), ("nothing_owed", nothing_owed), ("hardship_running", hardship_running))


def relief_terms(world: World) -> list[int]:
    """The usual numbers of parts that the lender agrees to, and the most of all; none where it agrees to none."""
    ask, agreed = world.ask(), []
    for parts in range(1, MOST_PARTS + 1):
        ask.terms = parts
        if not too_many_terms(world.account, world.life.record, ask).holds:
            agreed.append(parts)
    return [parts for parts in agreed if parts in USUAL_PARTS or parts == agreed[-1]]


def relief_refusal(world: World) -> str:
    """Why no plan can be asked for at all, whatever its parts; "" where one can."""
    for code, leaf in _WHATEVER_ITS_PARTS:
        if leaf(world.account, world.life.record, world.ask()).holds:
            return reason_text({"code": code})
    return "" if relief_terms(world) else _("This lender agrees to no plan to pay in parts.")


def held_days_text(world: World) -> str:
    """How late a line is that a hardship plan suspends: the days stand still; "" where none runs or nothing was late."""
    if not world.account.hardship or not world.account.dpd:
        return ""
    return one_day(_("{days} days late, held while the plan runs.").format(days=world.account.dpd))


def parts_to_come(world: World) -> str:
    """What of a hardship plan is on no bill yet, and by when the last of it is due; "" where nothing is. It cannot be
    paid ahead.
    """
    plan = world.account.hardship_plan
    if not plan.unbilled_fen:
        return ""
    account, policy = world.account, world.life.record
    ahead = quote(plan.unbilled_fen, plan.terms - plan.billed, 0, world.date, account.statement_day, policy.due_offset_days)
    last = date_text(ahead.payments[-1].due_date, weekday=False)
    told = _("{amount} of the hardship plan comes later, the last of it by {date}.")
    return told.format(amount=money(plan.unbilled_fen), date=last)
