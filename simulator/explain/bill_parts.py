"""What a part of a bill is made of: each purchase, each plan's term or fee of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.explain.answer import PPM, Input, value_text
from simulator.messages import what_was_bought
from simulator.money import money
from simulator.text import _
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
    for plan, term in _billed(world, event):
        label = _("Term {number} of {terms} of {price}").format(
            price=money(plan["principal_fen"]), terms=len(plan["schedule"]), number=term["term"]
        )
        yield Input(f"order_{plan['order']}", label, term["principal_fen"])


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
    for plan in before:
        if plan["event"] == "plan_created" and plan["order"] not in ended:
            bills = sum(each["event"] == "statement_made" for each in before[plan["seq"] :])
            if 0 < bills <= len(plan["schedule"]):
                yield plan, plan["schedule"][bills - 1]
