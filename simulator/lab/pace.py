"""Pace: how long a sweep will take here, from its first pieces, lived once to see.

What was lived stays with the process, so that a sweep that begins afterwards need not live it again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from simulator.lab.grid import points_of
from simulator.lab.outcomes import BASE
from simulator.lab.pieces import ranges_of, run_strip
from simulator.lab.ready import make_ready
from simulator.lab.recipe import Asked
from simulator.lab.sweeper import Pace
from simulator.policy.schema import Policy

TRIED = 4
"""Policies that are tried, evenly out of all."""


def pace_of(asked: Asked, cancel: Callable[[], bool]) -> Pace:
    """Live a range on each thread, under the base and under a few policies. Raises SweepError, Cancelled."""
    policies = [(each.number, each.policy) for each in points_of(asked.varied, asked.axes) if each.policy is not None]
    make_ready()
    every = ranges_of(asked.shoppers)
    ranges = every[: min(os.cpu_count() or 1, len(every))]
    tried = [policies[place * (len(policies) - 1) // (TRIED - 1)] for place in range(TRIED)]
    with ThreadPoolExecutor(len(ranges), thread_name_prefix="pace") as pool:

        def seconds(asked_for: Sequence[tuple[int, Policy]]) -> float:
            began = time.perf_counter()
            list(pool.map(lambda own: list(run_strip(asked.setting, own, asked_for, cancel)), ranges))
            return (time.perf_counter() - began) / len(ranges)

        base = seconds([(BASE, asked.setting.champion)])
        return Pace(base, seconds(tried) / len(tried))
