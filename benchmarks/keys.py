"""How long a key waits for its answer: `python -m benchmarks keys [OPTIONS] [-- COMMAND ...]`.

The command, by default `whiteslip play`, runs in a pseudo-terminal with folders of its own, so that no save
is touched. Steps are pressed in turn, again and again: `--step KEY` is answered by anything drawn (the screen
must rest between keys), `--step KEY=TEXT` by that text, which also works where the screen draws all the time.
Told are the 50th and the 99th percentile and the slowest.

    python -m benchmarks keys --step down --step up
    python -m benchmarks keys --ready Market --step f1=Esc --step f1=Market \\
        -- whiteslip play --screen market --speed max --shoppers 1000000
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.comparators import ROOT
from benchmarks.pseudo_terminal import Terminal, Unanswered

PLAY = (sys.executable, "-m", "tui", "play", "--seed", "1")
READY = "Whiteslip"
STEPS = ("down", "up")
SAMPLES = 200
TARGET_SECONDS = 0.05
PATIENCE_SECONDS = 5.0
STILL_SECONDS = 0.3


class Step(NamedTuple):
    """A key, and the text that is its answer; empty for anything."""

    key: str
    answer: str

    @classmethod
    def told(cls, text: str) -> Step:
        """KEY, or KEY=TEXT."""
        key, _sign, answer = text.partition("=")
        return cls(key or text, answer)


class Waits(NamedTuple):
    """How long keys waited, in seconds, sorted."""

    seconds: tuple[float, ...]

    def percentile(self, percent: int) -> float:
        """The least wait that so many percent of the keys did not pass."""
        return self.seconds[max(0, -(-len(self.seconds) * percent // 100) - 1)]

    @property
    def held(self) -> bool:
        """Whether the target was met at the 99th percentile."""
        return self.percentile(99) <= TARGET_SECONDS


def measure(terminal: Terminal, steps: Sequence[Step], samples: int) -> Waits:
    """Press the steps in turn until there are so many samples; raises Unanswered."""
    waits = []
    for sample in range(samples):
        step = steps[sample % len(steps)]
        if step.answer:
            # Uneven rests, so that keys fall anywhere between two frames.
            time.sleep(0.03 + sample * 37 % 100 / 1000)
        else:
            terminal.wait_until_still(STILL_SECONDS, PATIENCE_SECONDS)
        pressed = terminal.press(step.key)
        waits.append(terminal.wait_for(step.answer, PATIENCE_SECONDS) - pressed)
    return Waits(tuple(sorted(waits)))


def environment(folder: str) -> dict[str, str]:
    """The surroundings of the command: a common terminal, English, and folders of its own."""
    own = {f"XDG_{name}_HOME": os.path.join(folder, name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    return {**os.environ, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options from a command line."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks keys", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="80x24", metavar="COLUMNSxROWS", help="the window (80x24)")
    parser.add_argument("--samples", type=int, default=SAMPLES, help=f"keys that count ({SAMPLES})")
    parser.add_argument(
        "--ready", default=READY, metavar="TEXT", help=f"on the screen once it runs ({READY})"
    )
    parser.add_argument("--wait", type=float, default=60.0, metavar="SECONDS", help="for that text (60)")
    parser.add_argument("--before", default="", metavar="KEY[=TEXT],…", help="keys that lead there")
    parser.add_argument("--step", action="append", metavar="KEY[=TEXT]", help="a key that counts")
    parser.add_argument("command", nargs="*", help="the command, after --")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the waits; 1 where they are too long or a key was not answered."""
    options = asked(arguments)
    columns, rows = (int(cells) for cells in options.size.split("x"))
    steps = [Step.told(text) for text in options.step or STEPS]
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(options.command or PLAY, columns, rows, str(ROOT), environment(folder))
        try:
            with terminal:
                terminal.wait_for(options.ready, options.wait)
                for step in (Step.told(text) for text in options.before.split(",") if text):
                    measure(terminal, [step], 1)
                waits = measure(terminal, steps, options.samples)
        except Unanswered as reason:
            print(reason, file=sys.stderr)
            return 1
    p50, p99, slowest = (
        seconds * 1000 for seconds in (waits.percentile(50), waits.percentile(99), waits.seconds[-1])
    )
    over = "" if waits.held else f"  over {TARGET_SECONDS * 1000:.0f}"
    print(f"{'':<20} {'keys':>6} {'p50':>8} {'p99':>8} {'slowest':>8}  ms")
    print(f"{options.size:<20} {len(waits.seconds):>6} {p50:>8.1f} {p99:>8.1f} {slowest:>8.1f}{over}")
    return 0 if waits.held else 1


if __name__ == "__main__":
    sys.exit(main())
