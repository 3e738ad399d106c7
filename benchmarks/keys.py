"""How long a key waits for its answer: `python -m benchmarks keys [OPTIONS] [-- COMMAND ...]`.

The command, by default `whiteslip play`, runs in a pseudo-terminal with folders of its own, so that no save
is touched. Steps are pressed in turn, again and again: `--step KEY` is answered by anything drawn (the screen
must rest between keys), `--step KEY=WORDS` by those words, which also works where the screen draws all the time.
Told are the 50th and the 99th percentile and the slowest.

    python -m benchmarks keys --step down --step up
    python -m benchmarks keys --ready Market --step f1=Esc --step f1=Market \\
        -- whiteslip play --screen market --speed max --shoppers 1000000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.pseudo_terminal import KEYS, PLAY, Terminal, Unanswered

READY = "Whiteslip"
STEPS = ("down", "up")
SAMPLES = 200
TARGET_SECONDS = 0.05


class Step(NamedTuple):
    """A key, and the words that are its answer; empty for anything."""

    key: bytes
    words: bytes

    @classmethod
    def told(cls, text: str) -> Step:
        """KEY, or KEY=WORDS."""
        key, _sign, words = text.partition("=") if text != "=" else (text, "", "")
        return cls(KEYS.get(key, key.encode()), words.encode())


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
        # Uneven rests, so that keys fall anywhere between two frames.
        time.sleep(0.03 + sample * 37 % 100 / 1000)
        waits.append(terminal.key(step.key, step.words, settled=not step.words))
    return Waits(tuple(sorted(waits)))


def run(options: argparse.Namespace) -> Waits:
    """Start the command, go where the keys count and press them; raises Unanswered."""
    columns, rows = (int(cells) for cells in options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder), options.command or PLAY, columns, rows)
        try:
            terminal.until(options.ready.encode(), options.wait)
            for text in options.before or ():
                measure(terminal, [Step.told(text)], 1)
            return measure(terminal, [Step.told(text) for text in options.step or STEPS], options.samples)
        finally:
            terminal.end()


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options from a command line."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks keys", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="80x24", metavar="COLUMNSxROWS", help="the window (80x24)")
    parser.add_argument("--samples", type=int, default=SAMPLES, help=f"keys that count ({SAMPLES})")
    parser.add_argument(
        "--ready", default=READY, metavar="WORDS", help=f"on the screen once it runs ({READY})"
    )
    parser.add_argument("--wait", type=float, default=60.0, metavar="SECONDS", help="for them at most (60)")
    parser.add_argument("--before", action="append", metavar="KEY[=WORDS]", help="a key that leads there")
    parser.add_argument("--step", action="append", metavar="KEY[=WORDS]", help="a key that counts")
    parser.add_argument("command", nargs="*", help="the command, after --")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the waits; 1 where they are too long or a key was not answered."""
    options = asked(arguments)
    try:
        waits = run(options)
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
