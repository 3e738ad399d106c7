"""Replay: whether a save holds what the rules give, by living its commands anew in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.ledger.postings import Books, policy_on
from simulator.ledger.save import Command, Save, damaged
from simulator.past import policy_values
from simulator.text import _
from simulator.version import rulebook_version
from simulator.world import DAMAGE, World, began_under, policies_of, policy_change, records, relived


def replay_faults(save: Save) -> list[str]:
    """What a save holds otherwise than the rules make it, a sentence each. Raises SaveDamaged.

    Under another rulebook than that it was played under nothing is lived anew; postings are of their events still.
    """
    try:
        return _faults(save)
    except DAMAGE as error:
        raise damaged(save.path, error) from error


def can_replay(save: Save) -> bool:
    """Whether all of it was played under the rulebook in use."""
    return {save.meta["rulebook"], *(state.rulebook for state in save.states())} == {rulebook_version()}


def _faults(save: Save) -> list[str]:
    if not save.commands():
        return [_("The save holds no commands.")]
    if (wrong := next(_wrong_entries(save), None)) is not None:
        return [_("The postings of entry {entry} are not what its event makes.").format(entry=wrong)]
    return _replayed(save) if can_replay(save) else []


def _wrong_entries(save: Save) -> Iterator[int]:
    """Entries whose postings are not those of their event."""
    events = save.events()
    policies = records(policies_of(began_under(save.commands()[0].body), events))
    books, kept = Books(), save.postings()
    for event in events:
        if books.take(event, policy_on(policies, event["day"])) != kept.pop(event["seq"], []):
            yield event["seq"]
    yield from kept


def _replayed(save: Save) -> list[str]:
    """What the replay gives otherwise: events, states, the policies."""
    states = {state.seq: state for state in save.states()}
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

    world = relived(save, after=after)
    stored = save.events()
    for told, lived in zip(stored, world.events, strict=False):
        if told != _plain(lived):
            return [_("Event {seq} is not what the rules give.").format(seq=told["seq"])]
    if len(stored) != len(world.events):
        text = _("The save holds {stored} events, the rules give {lived}.")
        return [text.format(stored=len(stored), lived=len(world.events))]
    for seq, state in states.items():
        if (state.body, state.day) != lived_states.get(seq):
            return [_("The state after event {seq} is not what the rules give.").format(seq=seq)]
    kept = [{**row, "value": json.loads(row["value"])} for row in save.policy_changes()]
    return [] if kept == _plain(changes) else [_("The policies that the save tells are not those it was lived under.")]


def _plain(value: Any) -> Any:
    """A value as a file gives it back."""
    return json.loads(json.dumps(value))
