"""Threads: parts worked on side by side, and what comes of them in the order of the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def in_order(work: Callable[[Any], Any], parts: Sequence[Any], workers: int) -> Iterator[Any]:
    """What the work on each part gives, in the order of the parts, by so many threads."""
    if workers == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="engine") as pool:
        yield from in_order_by(pool, work, parts)


def in_order_by(pool: ThreadPoolExecutor, work: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[Any]:
    """The same by the threads of a pool. Where one part fails or nobody asks on, those not begun are left."""
    futures = [pool.submit(work, part) for part in parts]
    try:
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()
