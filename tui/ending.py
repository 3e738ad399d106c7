"""Ending: threads that were told to stop end on their own; whoever told them so does not wait.

On the loop a wait would hold up the screen. Only when the program ends are they waited for, a while, so that none of
them is cut off in the midst of something.
"""

from __future__ import annotations

import atexit
import threading
import time
import weakref

WAIT_SECONDS = 5.0

_ending: weakref.WeakSet[threading.Thread] = weakref.WeakSet()


def let_end(thread: threading.Thread | None) -> None:
    """A thread that was told to stop, if there is one."""
    if thread is not None:
        _ending.add(thread)


@atexit.register
def see_them_end() -> None:
    """Wait for all of them together."""
    until = time.monotonic() + WAIT_SECONDS
    for thread in list(_ending):
        thread.join(max(0.0, until - time.monotonic()))
