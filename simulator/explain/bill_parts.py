"""What a part of a bill is made of: each purchase, each plan's term or fee of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.explain.answer import MICRO, PPM, Input, value_text
from simulator.explain.cycle import Cycle, DailyFee, Run, cycle
from simulator.grounds import running_plan
from simulator.messages import what_was_bought
from simulator.money import money
from simulator.rules.arithmetic import MILLION, last_principal_fen, term_principal_fen
from simulator.text import _, date_text, one_day, percent_text
from simulator.world import World


def made_of(world: World, event: dict[str, Any], what: str) -> list[Input]:
    """An input for each thing on the bill, where the events alone add up to the part; else none.

    They do not where a refund or a pause has changed a plan since it was made.
    """
    found = list(
        {"purchases": _purchases, "plan_principal": _terms, "plan_fee": _fees}.get(what, _none)(world, event)
    )
    return found if found and sum(each.value for each in found) == event[f"{what}_fen"] else []


def _none(world: World, event: dict[str, Any]) -> Iterator[Input]:
    yield from ()


def _purchases(world: World, event: dict[str, Any]) -> Iterator[Input]:
    """Purchases without instalments since the bill before."""
    since = max(
        (each["seq"] for each in world.events[: event["seq"] - 1] if each["event"] == "statement_made"),
        default=0,
    )
    for each in world.events[since : event["seq"]]:
        if each["event"] == "purchase_authorised" and each["terms"] == 1:
            yield Input(f"order_{each['order']}", what_was_bought(each), each["amount_fen"])


def _terms(world: World, event: dict[str, Any]) -> Iterator[Input]:
    relief = _relief(world.events[: event["seq"]])
    if relief is not None:
        yield relief
    for plan, term in _billed(world, event):
        label = _("Term {number} of {terms} of {price}").format(
            price=money(plan["principal_fen"]), terms=len(plan["schedule"]), number=term["term"]
        )
        yield Input(f"order_{plan['order']}", label, term["principal_fen"])


def _relief(before: list[dict[str, Any]]) -> Input | None:
    """The part of a hardship plan that a bill holds: one more with every bill since it was agreed."""
    agreed = running_plan(before)
    if agreed is None:
        return None
    number = sum(each["event"] == "statement_made" for each in before[agreed["seq"] :])
    part = last_principal_fen if number == agreed["terms"] else term_principal_fen
    label = _("Part {number} of {terms} of {amount}, the hardship plan").format(
        number=number, terms=agreed["terms"], amount=money(agreed["amount_fen"])
    )
    return Input("relief", label, part(agreed["amount_fen"], agreed["terms"]))


def _fees(world: World, event: dict[str, Any]) -> Iterator[Input]:
    for plan, term in _billed(world, event):
        label = _("{rate} a month of {price}").format(
            price=money(plan["principal_fen"]), rate=value_text(plan["fee_rate_ppm"], PPM)
        )
        yield Input(f"order_{plan['order']}", label, term["fee_fen"])


def _billed(world: World, event: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each plan that runs at this bill, and the term that is on it: one more with every bill."""
    before = world.events[: event["seq"]]
    ended = {each["order"] for each in before if each["event"] == "plan_repaid_early"}
    relief = max((each["seq"] for each in before if each["event"] == "hardship_agreed"), default=0)  # it took in all others
    for plan in before[relief:]:
        if plan["event"] == "plan_created" and plan["order"] not in ended:
            bills = sum(each["event"] == "statement_made" for each in before[plan["seq"] :])
            if 0 < bills <= len(plan["schedule"]):
                yield plan, plan["schedule"][bills - 1]


EARLIER = ("carried", "unpaid_plan", "unpaid_fee")
FEES = {"late_fee": "late", "revolving_fee": "carrying"}


def lived_up_to(world: World, event: dict[str, Any]) -> Cycle | None:
    """The cycle that a bill ends; None where it cannot be lived anew."""
    since = began_on(world, event["seq"])
    return None if since is None else cycle(world, since, event["day"])


def began_on(world: World, seq: int) -> int | None:
    """The day of the last bill before an entry, or on which the line opened if that is later; None where neither was."""
    days = [each["day"] for each in world.events[: seq - 1] if each["event"] in ("statement_made", "line_opened")]
    return days[-1] if days else None


def put_on_terms(world: World, seq: int) -> dict[str, Any] | None:
    """The plan that a bill, by its entry, was put on; None where it was not."""
    for each in world.events[seq:]:
        if each["event"] == "statement_made":
            return None
        if each["event"] == "plan_created" and each["kind"] == "bill":
            return each
    return None


def on_terms_text(plan: dict[str, Any]) -> str:
    """That a bill was put on terms, and on how many."""
    return _("Put on {terms} terms").format(terms=len(plan["schedule"]))


def earlier_bills(world: World, event: dict[str, Any], what: str) -> list[Input]:
    """Of which bills something was left, where that adds up to the part; else none."""
    lived = lived_up_to(world, event)
    found = [] if lived is None else [(each.day, getattr(each, what)) for each in lived.unpaid if getattr(each, what)]
    if sum(fen for _day, fen in found) != event[f"{what}_fen"]:
        return []
    return [_earlier_bill(world, day, fen) for day, fen in found]


def _earlier_bill(world: World, day: int | None, fen: int) -> Input:
    if day is None:
        return Input("older", _("Of bills before that"), fen)
    date = date_text(world.calendar.date_of(day), weekday=False)
    return Input(f"bill_{day}", _("Of the bill of {date}").format(date=date), fen, figure=f"statement:{day}:balance")


def days_of_fee(world: World, event: dict[str, Any], what: str) -> tuple[str, list[Input]] | None:
    """The formula and inputs of a daily fee on a bill, run by run; None where they do not add up to it."""
    lived = lived_up_to(world, event)
    if lived is None:
        return None
    fee: DailyFee = getattr(lived, FEES[what])
    charged = (fee.charged_micro + fee.micro) // MILLION
    paid = charged - event[f"{what}_fen"]
    if paid < 0 or not fee.runs:
        return None
    kept = fee.micro % MILLION
    inputs = fee_inputs(fee)
    if kept:
        inputs.append(Input("kept", _("Under a fen, goes on to the next bill"), -kept, MICRO))
    formula = f"({' + '.join(each.name for each in inputs)}) // {MILLION}"
    if paid:
        inputs.append(Input("paid", _("Paid before this bill"), -paid))
        formula += " + paid"
    return formula, inputs


def fee_inputs(fee: DailyFee) -> list[Input]:
    """What a fee began with and each run of its days, in millionths of a fen."""
    before = [Input("before", _("Under a fen, from the bill before"), fee.before_micro, MICRO)] if fee.before_micro else []
    return [*before, *(Input(f"run_{place}", _run_text(run), run.micro, MICRO) for place, run in enumerate(fee.runs, 1))]


def _run_text(run: Run) -> str:
    if not run.principal_fen:
        return one_day(_("{days} days, up to the cap on late fees").format(days=run.days))
    told = _("{days} days on {amount}, {rate} a day")
    return one_day(told.format(days=run.days, amount=money(run.principal_fen), rate=percent_text(run.rate_ppm)))
