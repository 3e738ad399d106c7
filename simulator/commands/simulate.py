"""`whiteslip simulate`: runs a population."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.commands.faults import CommandFault, say, unwritten
from simulator.commands.market_options import MOST_THREADS, Market, parquet_folder, read_market
from simulator.commands.progress import Progress
from simulator.commands.typed import Typed
from simulator.compiled import MARKET, is_compiled
from simulator.text import _


@dataclass(frozen=True)
class Targets:
    """Where the tables go, each None where not asked for."""

    out: Path | None
    csv: Path | None
    parquet: Path | None

    @property
    def any(self) -> bool:
        """Whether tables are wanted at all."""
        return any((self.out, self.csv, self.parquet))


def run(
    policy: str | None, shoppers: str | None, days: str | None, seed: str | None, start: str | None, warm_up: str | None,
    threads: str | None, out: str | None, csv: str | None, parquet: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Run a population and print what came of it. Raises CommandFault."""
    typed = Typed()
    market = read_market(typed, policy, shoppers, days, seed, start, warm_up)
    workers = typed.whole("--threads", threads, 1, MOST_THREADS)
    targets = _targets(typed, out, csv, parquet)
    typed.check()
    assert market is not None
    with Progress(_("Loading the engine")) as progress:
        simulation, changes = _live(market, workers, targets, progress)
        if targets.any:
            progress.say(_("Writing tables"))
            _write(simulation, changes, targets)
    from simulator.market.ready import unkept

    if told := unkept():
        say(told)
    if as_json:
        print(json.dumps(simulation.as_dict(), ensure_ascii=False))
    else:
        from simulator.commands.simulate_text import as_text

        print(as_text(simulation))
    for path in filter(None, (targets.out, targets.csv, targets.parquet)):
        say(_("Written: {file}.").format(file=path))


def _targets(typed: Typed, out: str | None, csv: str | None, parquet: str | None) -> Targets:
    return Targets(
        typed.new_file(out) if out is not None else None,
        typed.new_folder(csv) if csv is not None else None,
        parquet_folder(typed, parquet),
    )


def _live(market: Market, threads: int | None, targets: Targets, progress: Progress) -> tuple[Any, list[Any]]:
    """The simulation, and its limit changes where tables are wanted."""
    from simulator.engine.run import TooLarge
    from simulator.market.simulation import LIVING, MAKING, SUMMING, simulate

    if not is_compiled(MARKET):
        progress.say(_("Preparing the engine, once on this machine (half a minute to a minute)"))
    changes: list[Any] = []
    count = f"{market.shoppers:,}"
    doing = {
        MAKING: _("Making {shoppers} shoppers").format(shoppers=count),
        LIVING: _("Living {shoppers} lives").format(shoppers=count), SUMMING: _("Adding up"),
    }  # fmt: skip

    def tell(stage: str, done: int, of: int) -> None:
        progress.say(doing[stage], done, of)

    try:
        simulation = simulate(
            market.policy, shoppers=market.shoppers, days=market.days, seed=market.seed, start=market.start,
            warm_up_days=market.warm_up_days, threads=threads, progress=tell,
            on_news=_kept(changes) if targets.any else None,
        )  # fmt: skip
    except (TooLarge, MemoryError) as error:
        told = str(error) or _("There is not enough memory for so many shoppers; take fewer.")
        raise CommandFault([told]) from error
    return simulation, changes


def _kept(changes: list[Any]) -> Callable[[Any], None]:
    """Keeps the limit changes among the news."""
    from simulator.market.tables import limit_rows

    return lambda news: changes.append(limit_rows(news))


def _write(simulation: Any, changes: list[Any], targets: Targets) -> None:
    """Write the tables. Raises CommandFault where a place cannot hold them."""
    from simulator.market import files
    from simulator.market.tables import tables

    made = tables(simulation, changes)
    writers: tuple[tuple[Path | None, Callable[[Path, Any], None]], ...] = (
        (targets.out, files.write_database),
        (targets.csv, files.write_csv),
        (targets.parquet, files.write_parquet),
    )
    for path, write in writers:
        if path is None:
            continue
        try:
            write(path, made)
        except (OSError, sqlite3.Error) as error:
            raise unwritten(path, error) from error
