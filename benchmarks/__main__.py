"""Every measurement, one table after another: `make bench`, or `python -m benchmarks`; `python -m benchmarks lab` for one."""

from __future__ import annotations

import sys

from benchmarks import lab, saving, screen, startup
from benchmarks.rows import table

PARTS = {"startup": startup, "screen": screen, "saving": saving, "lab": lab}
TITLES = {"startup": "Commands", "screen": "Screen", "saving": "Saving", "lab": "Lab"}


def main(names: list[str]) -> int:
    """Print the tables; 1 where a promise was not kept, 2 where there is no such measurement."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    kept = True
    for name in names or PARTS:
        rows = PARTS[name].measure()
        kept = kept and all(each.held for each in rows)
        print(f"{TITLES[name]}\n{table(rows)}\n", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
