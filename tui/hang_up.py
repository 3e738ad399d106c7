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
    """Look now and then whether the window that the app was started in is still there. Who is told to end by SIGTERM,
    or by SIGHUP while the window is there, leaves as by the key, and the window is as it was before.
    """
    keys = sys.__stdin__
    if sys.platform == "win32" or app.is_headless or keys is None or not keys.isatty():
        return
    loop = asyncio.get_running_loop()
    window = keys.fileno()

    def leave() -> None:
        app.call_next(app.run_action, "leave")

    def end_if_gone() -> None:
        """End as SIGHUP ends a program, where its window is gone: whatever was done is on the disk."""
        if not _is_there(window):
            loop.remove_signal_handler(signal.SIGHUP)
            signal.raise_signal(signal.SIGHUP)

    def hung_up() -> None:
        end_if_gone()
        leave()

    app.set_interval(LOOK_SECONDS, end_if_gone)
    loop.add_signal_handler(signal.SIGTERM, leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
        loop.add_signal_handler(signal.SIGHUP, hung_up)


def _is_there(window: int) -> bool:
    import termios

    try:
        termios.tcgetattr(window)
    except termios.error:
        return False
    return True
