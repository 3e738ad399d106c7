"""Every measurement, one table after another: `make bench`, or `python -m benchmarks`."""

from __future__ import annotations

import sys

from benchmarks import saving, screen, startup
from benchmarks.rows import table


def main() -> int:
    """Print the tables; 1 where a promise was not kept."""
    kept = True
    for title, part in (("Commands", startup), ("Screen", screen), ("Saving", saving)):
        rows = part.measure()
        kept = kept and all(each.held for each in rows)
        print(f"{title}\n{table(rows)}\n", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
