"""A window that goes away ends the program, also where another program of that window waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WAITING = """
import fcntl, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, lambda *_: None)
sys.exit(-subprocess.call([sys.executable, "-m", "tui", "play"]))
"""
"""The window's first program: it hears that the window is closed, and goes on waiting, as `make` does."""

LEFT = b"\x1b[?1049l"
"""What gives a window its former content back."""


@pytest.mark.skipif(sys.platform == "win32", reason="windows of a terminal are told apart otherwise there")
def test_the_program_ends_with_its_window(tmp_path: Path) -> None:
    window, inside = os.openpty()
    leader = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
        env={**os.environ, "WHITESLIP_HOME": str(tmp_path), "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(inside)
    try:
        seen = b""
        while b"Whiteslip" not in seen:
            seen += os.read(window, 4096)
        os.close(window)
        assert leader.wait(30) == signal.SIGHUP
    finally:
        if leader.poll() is None:
            os.killpg(leader.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="windows of a terminal are told apart otherwise there")
@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP"])
def test_who_is_told_to_end_gives_the_window_back_as_it_was(tmp_path: Path, told: str) -> None:
    window, inside = os.openpty()
    player = subprocess.Popen(
        [sys.executable, "-m", "tui", "play"], stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
        env={**os.environ, "WHITESLIP_HOME": str(tmp_path), "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(inside)
    try:
        seen = b""
        while b"Whiteslip" not in seen:
            seen += os.read(window, 4096)
        player.send_signal(getattr(signal, told))
        while LEFT not in seen:
            seen += os.read(window, 4096)
        assert player.wait(30) == 0
    finally:
        player.kill()
        os.close(window)
