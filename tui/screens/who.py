"""Who: how a shopper of the market is named."""

from __future__ import annotations

from simulator.market.protocol import Snapshot
from simulator.population.jobs import job_name
from simulator.population.names import name_of
from simulator.text import language


def who_text(seen: Snapshot, shopper: int, with_job: bool = True) -> str:
    """A shopper's name, and the job."""
    row = shopper - 1
    name = name_of(int(seen.columns["surname"][row]), int(seen.columns["given"][row]), language())
    if not with_job:
        return name
    job = job_name(int(seen.columns["job"][row]), language())
    return f"{name}, {job}" if language() == "en" else f"{name}，{job}"
