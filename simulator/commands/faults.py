"""How a command ends badly: one plain sentence a fault on standard error, and its exit status."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from simulator.text import _

FAILED, WRONG_INPUT = 1, 2


class CommandFault(Exception):
    """A command that cannot be done."""

    def __init__(self, faults: Iterable[str], status: int = WRONG_INPUT) -> None:
        """Keep the sentences and the exit status."""
        self.faults = list(faults)
        self.status = status
        super().__init__(" ".join(self.faults))


def unwritten(path: Path, error: Exception, *more: str, status: int = FAILED) -> CommandFault:
    """That a place cannot hold what was made, and what to do; `more` sentences follow. A full disk is never the input's."""
    from simulator.disk import cause_of, is_full

    text = _("{file} cannot be written: {error}.")
    told = text.format(file=path, error=cause_of(error, path))
    return CommandFault([told, *more], FAILED if is_full(error, path) else status)


def say(*sentences: str) -> None:
    """Say something beside the command's own output, where anybody hears it."""
    with contextlib.suppress(OSError):
        for sentence in sentences:
            print(sentence, file=sys.stderr, flush=True)


def say_failure(error: Exception) -> None:
    """Say that the program failed, and where the details are for whoever mends it; a full disk is no fault of ours."""
    from simulator.disk import is_full
    from simulator.files import data_folder

    if is_full(error, data_folder()):
        say(_("The disk is full, so that was not done. Free some space, then do it again."))
        return
    told = f"{type(error).__name__}: {error}".rstrip(".: ").replace("\n", " ")
    say(_("Whiteslip failed: {error}.").format(error=told))
    log = _kept_details(error)
    if log is not None:
        say(_("Details are in {file}.").format(file=log))


def _kept_details(error: Exception) -> Path | None:
    """The file that the traceback was written to; None where it cannot be."""
    from simulator.files import cache_folder

    with contextlib.suppress(OSError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "last-failure.txt"
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return log
    return None
