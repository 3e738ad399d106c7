"""For use from Python: policies by name or as they are, and every option by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.calendar import START, WARM_UP_DAYS
from simulator.policy.load import load_policy, set_fields
from simulator.policy.schema import Policy

if TYPE_CHECKING:
    from simulator.lab.compare import Comparison
    from simulator.lab.swept import Sweep
    from simulator.market.simulation import Simulation



def _policy(given: Policy | str) -> Policy:
    return load_policy(given) if isinstance(given, str) else given


def change(policy: Policy | str, values: Mapping[str, Any]) -> Policy:
    """A policy with values changed, by their paths: {"grade_cutoffs.E": 530}. Raises PolicyError."""
    return set_fields(_policy(policy), values)


def simulate(
    policy: Policy | str = "standard",
    *,
    shoppers: int = 100_000,
    days: int = 365,
    seed: int = 1,
    start: datetime.date = START,
    warm_up_days: int = WARM_UP_DAYS,
    threads: int | None = None,
) -> Simulation:
    """Live a market of synthetic shoppers under one policy. Raises TooLarge where memory is short."""
    from simulator.market.simulation import simulate as run

    return run(
        _policy(policy), shoppers=shoppers, days=days, seed=seed, start=start, warm_up_days=warm_up_days, threads=threads
    )


def compare(
    champion: Policy | str,
    challenger: Policy | str,
    *,
    shoppers: int = 100_000,
    days: int = 365,
    seed: int = 1,
    start: datetime.date = START,
    warm_up_days: int = WARM_UP_DAYS,
    from_today: bool = False,
    threads: int | None = None,
) -> Comparison:
    """Live the same shoppers with the same luck under two policies, as if always or `from_today` (day 0) on."""
    from simulator.lab.compare import compare as run

    return run(
        _policy(champion), _policy(challenger), shoppers=shoppers, threads=threads, days=days, seed=seed, start=start,
        warm_up_days=warm_up_days, timeline=_timeline(from_today),
    )  # fmt: skip


def sweep(
    policy: Policy | str,
    fields: Mapping[str, Iterable[int]],
    *,
    shoppers: int = 20_000,
    days: int = 365,
    seed: int = 1,
    start: datetime.date = START,
    warm_up_days: int = WARM_UP_DAYS,
    from_today: bool = False,
    out: Path | None = None,
    scheduler: str | None = None,
    threads: int | None = None,
) -> Sweep:
    """A grid of policies: one or two values varied, {"income_multiple_ppm": range(400_000, 900_000, 100_000)}."""
    from simulator.lab.grid import Axis
    from simulator.lab.setting import Setting
    from simulator.lab.sweep import sweep as run

    setting = Setting(_policy(policy), seed, start, days, warm_up_days, _timeline(from_today))
    axes = [Axis(path, tuple(values)) for path, values in fields.items()]
    return run(setting, axes, shoppers=shoppers, out=out, scheduler=scheduler, threads=threads)


def _timeline(from_today: bool) -> Any:
    return "from_today" if from_today else "as_if_always"
