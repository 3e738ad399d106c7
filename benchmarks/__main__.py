"""Every measurement by name: `python -m benchmarks [NAME [OPTIONS]]`; without a name, those that take no minutes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks import keys, market, startup

NAMES: dict[str, Callable[[Sequence[str]], int]] = {
    "startup": startup.main,
    "keys": keys.main,
    "market": market.main,
}
QUICK = ("startup", "keys")


def main(arguments: Sequence[str]) -> int:
    """Run one by name with its options, or the quick ones in turn; 1 where a promise was not kept."""
    if not arguments:
        return max([_titled(name) for name in QUICK])
    if arguments[0] not in NAMES:
        print(f"usage: python -m benchmarks [{' | '.join(NAMES)}] [OPTIONS]", file=sys.stderr)
        return 2
    return NAMES[arguments[0]](arguments[1:])


def _titled(name: str) -> int:
    print(f"{name}:", flush=True)
    return NAMES[name]([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
