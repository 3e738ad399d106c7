"""Faulty: what was given and cannot be used, with everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.text import sentences


class Faulty(Exception):
    """What cannot be used; `faults` says why, a sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the sentences."""
        self.faults = list(faults)
        super().__init__(sentences(*self.faults))
