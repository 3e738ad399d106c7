"""Memory: whether a run fits into what is free, before it is begun."""

from __future__ import annotations

import contextlib
from pathlib import Path

from simulator.engine.run import TooLarge
from simulator.text import _

RECORD_BYTES = 1_400
"""What the records of a shopper take at most, on average, after years lived day by day."""
SHOWN_BYTES = 500
"""What a market takes besides to show a shopper: columns, twice while they are renewed, and what orders them."""
HEADROOM_BYTES = 350_000_000
"""What the compiled engine and the books of chunks take besides; with a tenth of the records' own size."""
_MEGABYTE = 1_000_000


def needed_bytes(shoppers: int, shown: bool) -> int:
    """Memory of a run of so many shoppers; `shown`: of a market that is looked at."""
    records = shoppers * (RECORD_BYTES + SHOWN_BYTES * shown)
    return records + records // 10 + HEADROOM_BYTES


def free_bytes() -> int | None:
    """Memory that is free now, as the system and the group of processes have it; None where neither tells."""
    known = [each for each in (_free_of_system(), _free_of_group()) if each is not None]
    return min(known) if known else None


def check_memory(shoppers: int, *, shown: bool = False) -> None:
    """Raise TooLarge where a run would not fit; `shown`: a market that is looked at."""
    needed, free = needed_bytes(shoppers, shown), free_bytes()
    if free is None or needed <= free:
        return
    text = _("{shoppers} shoppers need {needed} MB of memory, and {free} MB are free; take fewer.")
    raise TooLarge(
        text.format(
            shoppers=f"{shoppers:,}", needed=f"{needed // _MEGABYTE:,}", free=f"{free // _MEGABYTE:,}"
        )
    )


def _free_of_system() -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _free_of_group() -> int | None:
    """What a container may still take."""
    group = Path("/sys/fs/cgroup")
    with contextlib.suppress(OSError, ValueError):
        most = int((group / "memory.max").read_text(encoding="ascii"))
        return most - int((group / "memory.current").read_text(encoding="ascii"))
    return None
