"""Hang-up: a window that went away without a word ends the program, as one that says so does.

Closed windows send SIGHUP, but to the window's first program alone; where that one waits for us (`make`
does), nothing would ever come, and reading keys from what is gone would go round and round.
"""

from __future__ import annotations

import asyncio
import signal
import sys

from textual.app import App

LOOK_SECONDS = 1.0


def end_with_window(app: App[None]) -> None:
    """Look now and then whether the window that the app was started in is still there. Who is told to end by SIGTERM
    leaves as by the key, and the window is as it was before.
    """
    keys = sys.__stdin__
    if sys.platform == "win32" or app.is_headless or keys is None or not keys.isatty():
        return
    app.set_interval(LOOK_SECONDS, lambda: _end_if_gone(keys.fileno()))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.call_next, app.run_action, "leave")


def _end_if_gone(keys: int) -> None:
    """End as SIGHUP ends a program, where its window is gone: whatever was done is on the disk."""
    import termios

    try:
        termios.tcgetattr(keys)
    except termios.error:
        signal.raise_signal(signal.SIGHUP)
