"""Every measurement: `python -m benchmarks` those of a few seconds, `python -m benchmarks market` one by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks import keys, lab, market, saving, screen, startup
from benchmarks.rows import table

QUICK = {"Commands": startup, "Screen": screen, "Saving": saving}
NAMED: dict[str, Callable[[Sequence[str]], int]] = {
    "market": market.main,
    "keys": keys.main,
    "lab": lambda _arguments: lab.main(),
}


def main(arguments: Sequence[str]) -> int:
    """Print the tables of the quick ones, or run one by name; 1 where a promise was not kept."""
    if arguments and arguments[0] in NAMED:
        return NAMED[arguments[0]](arguments[1:])
    if arguments:
        print(f"usage: python -m benchmarks [{' | '.join(NAMED)}] [OPTIONS]", file=sys.stderr)
        return 2
    kept = True
    for title, part in QUICK.items():
        rows = part.measure()
        kept = kept and all(each.held for each in rows)
        print(f"{title}\n{table(rows)}\n", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
