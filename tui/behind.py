"""Behind: threads that work for a screen let the screen go first."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

NICE = 10
SWITCH_SECONDS = 0.001
"""So long one thread may keep Python to itself while another works: a key waits for a few of such turns."""


def stand_back() -> None:
    """Let this thread, and those that it starts, run after those of the screen where they want the same core.

    Only Linux has priorities by thread; turns at Python get shorter everywhere.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            own = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + NICE)
