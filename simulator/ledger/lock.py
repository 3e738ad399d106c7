"""One writer: an operating-system lock on a file beside the save, released when its process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class WriterLock:
    """The lock of one save. `acquire` says whether this process now is its only writer."""

    def __init__(self, save_path: Path) -> None:
        """The lock lies beside the save, as FILE.lock."""
        self.path = save_path.with_name(save_path.name + ".lock")
        self._file: int | None = None

    def acquire(self) -> bool:
        """Try to become the writer. Raises OSError where there can be no lock at all."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        if _try_lock(descriptor):
            self._file = descriptor
            return True
        os.close(descriptor)
        return False

    def release(self) -> None:
        """Let the save go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
