"""The benchmark of keys, on small programs of the test's own in a real pseudo-terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import keys
from benchmarks.keys import Step, Waits
from benchmarks.pseudo_terminal import Terminal, Unanswered

ECHO = """
import os, threading, tty
tty.setraw(0)
{busy}
os.write(1, b"ready")
while key := os.read(0, 8):
    os.write(1, b"\\x1b[1mgot \\x1b[0m" + key.hex().encode() + b".")
"""
BUSY = "threading.Thread(target=lambda: [os.write(1, b'~' * 80) for _ in iter(int, 1)], daemon=True).start()"


@pytest.fixture(params=["", BUSY], ids=["still", "busy"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    program = ECHO.format(busy=request.param)
    started = Terminal(tmp_path, [sys.executable, "-c", program])
    started.until(b"ready")
    yield started
    started.end()


def test_words_are_found_behind_control_sequences_though_the_screen_never_rests(terminal: Terminal) -> None:
    waits = keys.measure(terminal, [Step.told("down=got 1b5b42."), Step.told("x=got 78.")], 4)

    assert len(waits.seconds) == 4
    assert all(0 < wait < 20 for wait in waits.seconds)


def test_a_program_that_ends_is_told_by_its_last_words(tmp_path: Path) -> None:
    ended = Terminal(tmp_path, [sys.executable, "-c", "print('no room')"])
    with pytest.raises(Unanswered, match="ended; its last words: no room"):
        ended.until(b"ready")
    ended.end()


def test_percentiles_are_waits_that_were_measured() -> None:
    waits = Waits(tuple(number / 1000 for number in range(1, 201)))

    assert (waits.percentile(50), waits.percentile(99)) == (0.1, 0.198)
    assert not waits.held


def test_a_step_is_a_key_by_name_or_as_typed_and_the_words_it_brings() -> None:
    assert Step.told("f1=Help") == (b"\x1bOP", b"Help")
    assert Step.told("q") == (b"q", b"")
    assert Step.told("=") == (b"=", b"")
