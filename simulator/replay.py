"""Replay: whether a save holds what the rules give, by living its commands anew in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.ledger.contents import Contents
from simulator.ledger.postings import Books, policy_on
from simulator.ledger.save import Command, damaged
from simulator.past import policy_values
from simulator.text import _
from simulator.world import DAMAGE, World, began_under, policies_of, policy_change, records, relived


def replay_faults(contents: Contents) -> list[str]:
    """What a save holds otherwise than the rules make it, a sentence each. Raises SaveDamaged.

    Under another rulebook than that it was played under nothing is lived anew; postings are of their events still.
    """
    try:
        return _faults(contents)
    except DAMAGE as error:
        raise damaged(contents.save.path, error) from error


def _faults(contents: Contents) -> list[str]:
    if not contents.commands:
        return [_("The save holds no commands.")]
    if (wrong := next(_wrong_entries(contents), None)) is not None:
        return [_("The postings of entry {entry} are not what its event makes.").format(entry=wrong)]
    return _replayed(contents) if contents.is_of_this_rulebook else []


def _wrong_entries(contents: Contents) -> Iterator[int]:
    """Entries whose postings are not those of their event."""
    policies = records(policies_of(began_under(contents.commands[0].body), contents.events))
    books, kept = Books(), contents.save.postings()
    for event in contents.events:
        if books.take(event, policy_on(policies, event["day"])) != kept.pop(event["seq"], []):
            yield event["seq"]
    yield from kept


def _replayed(contents: Contents) -> list[str]:
    """What the replay gives otherwise: events, states, the policies."""
    states = {state.seq: state for state in contents.states}
    lived_states: dict[int, Any] = {}
    changes: list[dict[str, Any]] = []
    done = 0

    def after(command: Command, world: World) -> None:
        nonlocal done
        if command.seq in states:
            lived_states[command.seq] = _plain(world.state().body), world.day
        if not changes:
            changes.append({"day": 0, "field": "", "value": policy_values(world.policy)})
        elif (change := policy_change(world.events[done:], world.day)) is not None:
            changes.append({**change, "value": json.loads(change["value"])})
        done = len(world.events)

    world = relived(contents.meta, contents.commands, after=after)
    stored = contents.events
    for told, lived in zip(stored, world.events, strict=False):
        if told != _plain(lived):
            return [_("Event {seq} is not what the rules give.").format(seq=told["seq"])]
    if len(stored) != len(world.events):
        text = _("The save holds {stored} events, the rules give {lived}.")
        return [text.format(stored=len(stored), lived=len(world.events))]
    for seq, state in states.items():
        if (state.body, state.day) != lived_states.get(seq):
            return [_("The state after event {seq} is not what the rules give.").format(seq=seq)]
    kept = [{**row, "value": json.loads(row["value"])} for row in contents.save.policy_changes()]
    return [] if kept == _plain(changes) else [_("The policies that the save tells are not those it was lived under.")]


def _plain(value: Any) -> Any:
    """A value as a file gives it back."""
    return json.loads(json.dumps(value))
