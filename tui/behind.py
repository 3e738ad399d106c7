"""Behind: threads that work for a screen let the screen go first."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import threading
import time

NICE = 10
SWITCH_SECONDS = 0.001
"""So long one thread may keep Python to itself while another works: a key waits for a few of such turns."""
ANSWER_SECONDS = 0.1
"""So long after a key most answers have been drawn."""
LONGEST_SECONDS = 0.25
"""So long at most work waits at one stop, however fast keys come: it goes on, only slower."""


def stand_back() -> None:
    """Let this thread, and those that it starts, run after those of the screen where they want the same core.

    Only Linux has priorities by thread; turns at Python get shorter everywhere.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            own = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + NICE)


class RightOfWay:
    """The machine is the screen's from a key until its answer is drawn."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._until = 0.0

    def claim(self, of_work: bool) -> None:
        """A key came, on the loop. Python looks for garbage after the answer and, where the screen claims the way
        `of_work` too, who works behind it stops for a moment.
        """
        if of_work:
            self._until = time.monotonic() + ANSWER_SECONDS
        if gc.isenabled():
            gc.disable()
            asyncio.get_running_loop().call_later(ANSWER_SECONDS, gc.enable)

    def give_way(self) -> None:
        """Wait while an answer is drawn. For the threads that work, between two pieces of work."""
        end = time.monotonic() + LONGEST_SECONDS
        while (rest := min(self._until, end) - time.monotonic()) > 0:
            time.sleep(rest)

    def release(self) -> None:
        """The screen is gone."""
        self._until = 0.0
        gc.enable()
