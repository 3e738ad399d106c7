"""`whiteslip compare`: two policies over the same people and the same luck."""

from __future__ import annotations

import importlib.util
import json
import shlex
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.commands.faults import CommandFault, say, unwritten
from simulator.commands.market_options import MOST_THREADS, Market, parquet_folder, read_market
from simulator.commands.progress import Progress
from simulator.commands.typed import Typed
from simulator.compiled import LAB, is_compiled
from simulator.disk import write_whole
from simulator.extras import install_command
from simulator.policy.schema import Policy
from simulator.text import _


@dataclass(frozen=True)
class Targets:
    """Where the outcome goes, each None where not asked for."""

    report: Path | None
    out: Path | None
    csv: Path | None
    parquet: Path | None


def run(
    first: str, second: str, shoppers: str | None, days: str | None, seed: str | None, start: str | None, warm_up: str | None,
    threads: str | None, from_today: bool, report: str | None, out: str | None, csv: str | None, parquet: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Compare two policies and print what differs. Raises CommandFault."""
    typed = Typed()
    market = read_market(typed, first, shoppers, days, seed, start, warm_up)
    challenger = typed.policy(second)
    workers = typed.whole("--threads", threads, 1, MOST_THREADS)
    targets = Targets(
        typed.new_file(report) if report is not None else None,
        typed.new_file(out) if out is not None else None,
        typed.new_folder(csv) if csv is not None else None,
        parquet_folder(typed, parquet),
    )
    if report is not None and importlib.util.find_spec("plotly") is None:
        typed.faults.append(_("--report needs the package plotly, which `{command}` installs.").format(command=install_command("plotly")))
    typed.check()
    assert market is not None and challenger is not None
    with Progress(_("Loading the engine")) as progress:
        comparison = compared(market, challenger, workers, from_today, progress)
        command = command_line(first, second, market, from_today)
        _write(comparison, targets, command, progress)
    if as_json:
        print(json.dumps(comparison.as_dict(), ensure_ascii=False))
    else:
        from simulator.commands.compare_text import as_text

        print(as_text(comparison))
    for path in filter(None, (targets.report, targets.out, targets.csv, targets.parquet)):
        say(_("Written: {file}.").format(file=path))


def compared(market: Market, challenger: Policy, threads: int | None, from_today: bool, progress: Progress) -> Any:
    """The comparison, with words of progress. Raises CommandFault where memory is short."""
    from simulator.engine.run import TooLarge
    from simulator.lab.compare import compare

    if not is_compiled(LAB):
        progress.say(_("Preparing the Lab, once on this machine (a minute or two)"))
    doing = _("Living {shoppers} lives twice").format(shoppers=f"{market.shoppers:,}")
    try:
        return compare(
            market.policy, challenger, shoppers=market.shoppers, days=market.days, seed=market.seed, start=market.start,
            warm_up_days=market.warm_up_days, threads=threads, timeline="from_today" if from_today else "as_if_always",
            progress=lambda done, of: progress.say(doing, done, of),
        )  # fmt: skip
    except (TooLarge, MemoryError) as error:
        told = str(error) or _("There is not enough memory for so many shoppers; take fewer.")
        raise CommandFault([told]) from error


def command_line(first: str, second: str, market: Market, from_today: bool) -> str:
    """The command that gives the same figures, every option written out."""
    words = [
        "whiteslip", "compare", first, second, "--shoppers", str(market.shoppers), "--days", str(market.days), "--seed",
        str(market.seed), "--start", market.start.isoformat(), "--warm-up", str(market.warm_up_days),
    ]  # fmt: skip
    return shlex.join([*words, *(["--from-today"] if from_today else [])])


def _write(comparison: Any, targets: Targets, command: str, progress: Progress) -> None:
    """Write what was asked for. Raises CommandFault where a place cannot hold it."""
    if not any((targets.report, targets.out, targets.csv, targets.parquet)):
        return
    from simulator import __version__
    from simulator.lab.report import report
    from simulator.lab.tables import tables
    from simulator.market import files

    progress.say(_("Writing tables"))

    def page(path: Path) -> None:
        write_whole(path, report(comparison, command, __version__))

    writers: tuple[tuple[Path | None, Callable[[Path], None]], ...] = (
        (targets.report, page),
        (targets.out, lambda path: files.write_database(path, tables(comparison, command), {})),
        (targets.csv, lambda path: files.write_csv(path, tables(comparison, command))),
        (targets.parquet, lambda path: files.write_parquet(path, tables(comparison, command))),
    )
    for path, write in writers:
        if path is None:
            continue
        try:
            write(path)
        except (OSError, sqlite3.Error) as error:
            raise unwritten(path, error) from error
