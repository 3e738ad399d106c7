"""The options that commands over a market share, read and checked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from simulator.bounds import within_calendar
from simulator.calendar import START, WARM_UP_DAYS
from simulator.commands.typed import Typed
from simulator.extras import install_command
from simulator.policy.schema import Policy
from simulator.text import _

SHOPPERS, DAYS, SEED = 100_000, 365, 1
MOST_SHOPPERS, MOST_DAYS, MOST_WARM_UP, MOST_THREADS = 10_000_000, 3_650, 3_650, 256


@dataclass(frozen=True)
class Market:
    """A market as asked for."""

    policy: Policy
    shoppers: int
    days: int
    seed: int
    start: datetime.date
    warm_up_days: int


def read_market(
    typed: Typed, policy: str | None, shoppers: str | None, days: str | None, seed: str | None, start: str | None,
    warm_up: str | None,
) -> Market | None:  # fmt: skip
    """Read the options; what is wrong stands in `typed`. None where the policy cannot be used."""
    count = typed.whole("--shoppers", shoppers, 1, MOST_SHOPPERS)
    length = typed.whole("--days", days, 1, MOST_DAYS)
    own_seed = typed.seed(seed)
    date = typed.date("--start", start, START)
    before = typed.whole("--warm-up", warm_up, 0, MOST_WARM_UP)
    if not within_calendar(date, before or 0, length or 0):
        text = _("--start is {given}; with the days before and after it the run would leave the calendar.")
        typed.faults.append(text.format(given=date.isoformat()))
    chosen = typed.policy("standard" if policy is None else policy)
    if chosen is None:
        return None
    return Market(
        chosen,
        count if count is not None else SHOPPERS,
        length if length is not None else DAYS,
        own_seed if own_seed is not None else SEED,
        date,
        before if before is not None else WARM_UP_DAYS,
    )


def parquet_folder(typed: Typed, given: str | None) -> Path | None:
    """A new folder for Parquet files, and what writes them."""
    if given is None:
        return None
    from simulator.market.files import has_parquet

    if not has_parquet():
        typed.faults.append(_("--parquet needs the package pyarrow, which `{command}` installs.").format(command=install_command("pyarrow")))
    return typed.new_folder(given)
