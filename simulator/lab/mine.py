"""Mine: the player's life so far, lived again under another policy by the same actions on the same days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.lab.twin import Event, TwinLives
from simulator.ledger.save import Command
from simulator.past import Past, policy_of
from simulator.policy.edit import Change, differences
from simulator.policy.faults import PolicyError
from simulator.policy.load import set_fields
from simulator.policy.schema import Policy
from simulator.population.people import Person
from simulator.world import World

FEES = ("plan_fee_fen", "revolving_fee_fen", "late_fee_fen")
AT_A_TIME = 10
"""Days that are lived before it is asked again whether to stop."""
STANDING = ("limit_fen", "available_fen", "exposure_fen", "cash_fen", "fund_fen", "score", "dpd", "health")
"""What the two lives are compared by at their end, beside what happened on the way."""


@dataclass(frozen=True)
class MyFigure:
    """One figure of the player's life under both policies: fen where the name says so, else a number."""

    name: str
    champion: int
    challenger: int


@dataclass(frozen=True)
class Mine:
    """The player's two lives: how they stand today, and all that happened."""

    statuses: tuple[str, str]
    figures: tuple[MyFigure, ...]
    twin: TwinLives


@dataclass(frozen=True)
class Played:
    """What was done in a saved life, read once, so that it can be lived again off the screen's thread."""

    seed: int
    start: datetime.date
    mode: str
    commands: tuple[Command, ...]
    events: tuple[Event, ...]
    summary: Event

    @classmethod
    def of(cls, world: World) -> Played | None:
        """The deeds of a world; None where it has no save that holds them."""
        if world.save is None:
            return None
        commands = tuple(world.save.commands())
        start = world.calendar.date_of(0)
        return cls(world.seed, start, world.mode, commands, tuple(world.events), world.summary())


def mine(played: Played, today: Policy, trial: Policy, cancel: Callable[[], bool]) -> Mine | None:
    """The player's life under the trial beside what it was; None once `cancel` says so.

    What the trial changes in today's policy is changed from the life's first day and stays so; every
    other change of policy on the way is in both lives. Raises PolicyError where the two do not fit.
    """
    other = _lived(played, differences(today, trial), cancel)
    if other is None:
        return None
    summary = other.summary()
    pairs = [(name, played.summary[name], summary[name]) for name in STANDING]
    pairs += [
        ("fees_paid_fen", fees_paid_fen(played.events), fees_paid_fen(other.events)),
        ("declined", _count(played.events, "purchase_declined"), _count(other.events, "purchase_declined")),
        ("missed", _count(played.events, "payment_missed"), _count(other.events, "payment_missed")),
    ]
    return Mine(
        (played.summary["status"], summary["status"]),
        tuple(MyFigure(*pair) for pair in pairs),
        TwinLives(played.events, tuple(other.events)),
    )


def fees_paid_fen(events: Sequence[Event]) -> int:
    """All fees that payments and early settlements have paid."""
    return sum(
        sum(event["applied"].get(fee, 0) for fee in FEES)
        if event["event"] == "payment_received"
        else event["settlement_fee_fen"]
        for event in events
        if event["event"] in ("payment_received", "plan_repaid_early")
    )


def _count(events: Sequence[Event], name: str) -> int:
    return sum(event["event"] == name for event in events)


def _lived(played: Played, changes: Sequence[Change], cancel: Callable[[], bool]) -> World | None:
    """The same deeds on the same days under another policy; None once cancelled."""
    begin, *deeds = played.commands
    world = _begun(begin.body, {change.path: change.after for change in changes}, played)
    changed = {change.path for change in changes}
    for deed in deeds:
        if cancel():
            return None
        if deed.body["do"] == "wait":
            while world.day < deed.day:
                if cancel():
                    return None
                world.do({"do": "wait", "days": min(AT_A_TIME, deed.day - world.day)})
        elif not (deed.body["do"] == "policy" and deed.body["field"] in changed):
            _do_if_it_can_be(world, deed)
    return world


def _begun(begin: Mapping[str, Any], after: Mapping[str, Any], played: Played) -> World:
    """The life's first day; a past before it is lived under the changed policies too."""
    if "past" in begin:
        past = Past.from_dict(begin["past"])
        policies = [(day, set_fields(policy, after)) for day, policy in past.policies]
        return World.take_over(replace(past, policies=policies), played.start)
    policy = set_fields(policy_of(begin["policy"]), after)
    return World.begin(Person.from_dict(begin["person"]), policy, played.seed, played.start, played.mode)


def _do_if_it_can_be(world: World, deed: Command) -> None:
    """The same step; a change of policy that does not fit the other one is left out."""
    try:
        world.do(deed.body)
    except PolicyError:
        return
