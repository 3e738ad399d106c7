"""Contents: what a save holds, read as a whole to be checked; each part once, when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from simulator.ledger.save import Command, Event, Save, State
from simulator.version import rulebook_version


class Contents:
    """What an open save holds, as it was when a part was first asked for."""

    def __init__(self, save: Save) -> None:
        """Nothing is read yet."""
        self.save = save

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What the save says of itself."""
        return self.save.meta

    @cached_property
    def commands(self) -> list[Command]:
        """Every command in order."""
        return self.save.commands()

    @cached_property
    def events(self) -> list[Event]:
        """Every event in order."""
        return self.save.events()

    @cached_property
    def states(self) -> list[State]:
        """Every state that is kept, in order."""
        return self.save.states()

    @property
    def is_of_this_rulebook(self) -> bool:
        """Whether all of it was played under the rulebook in use."""
        return {self.meta["rulebook"], *(state.rulebook for state in self.states)} == {rulebook_version()}
