"""How a command ends badly: one plain sentence a fault on standard error, and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterable

FAILED, WRONG_INPUT = 1, 2


class CommandFault(Exception):
    """A command that cannot be done."""

    def __init__(self, faults: Iterable[str], status: int = WRONG_INPUT) -> None:
        """Keep the sentences and the exit status."""
        self.faults = list(faults)
        self.status = status
        super().__init__(" ".join(self.faults))


def say(*sentences: str) -> None:
    """Say something beside the command's own output."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
