"""`whiteslip sweep`: a grid of policies around one policy, or the one that a file keeps."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.commands.faults import CommandFault, say, unwritten
from simulator.commands.market_options import MOST_THREADS, Market, read_market
from simulator.commands.progress import Progress
from simulator.commands.typed import Typed
from simulator.compiled import LAB, is_compiled
from simulator.lab.answer import Timeline
from simulator.lab.grid import SweepError, axes_of, unreached
from simulator.lab.left_out import left_out
from simulator.lab.recipe import Asked, recipe_of
from simulator.lab.setting import Setting
from simulator.lab.shelf import read_shelved
from simulator.text import _

SHOPPERS, KEPT = "20000", ".db"


def run(
    policy: str, fields: Sequence[str], shoppers: str | None, days: str | None, seed: str | None, start: str | None,
    warm_up: str | None, threads: str | None, from_today: bool, scheduler: str | None, out: str | None, csv: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Work out a grid and print what each policy comes to. Raises CommandFault."""
    typed = Typed()
    workers = typed.whole("--threads", threads, 1, MOST_THREADS)
    if policy.endswith(KEPT):
        decides = (shoppers, days, seed, start, warm_up, out, from_today or None, *fields)
        asked, target = _kept(typed, policy, any(each is not None for each in decides))
    else:
        market = read_market(typed, policy, SHOPPERS if shoppers is None else shoppers, days, seed, start, warm_up)
        asked, target = _asked(typed, market, fields, from_today), _file(typed, out)
    folder = typed.new_folder(csv) if csv is not None else None
    typed.check()
    assert asked is not None
    with Progress(_("Loading the engine")) as progress:
        found = _swept(asked, workers, scheduler, target, progress)
        if folder is not None:
            _write_csv(folder, found)
    for note in filter(None, map(unreached, fields)):
        say(note)
    if as_json:
        print(json.dumps(as_dict(found), ensure_ascii=False))
    else:
        from simulator.commands.sweep_text import as_text

        print(as_text(found))
    for path in filter(None, (target, folder)):
        say(_("Written: {file}.").format(file=path))


def _asked(typed: Typed, market: Market | None, fields: Sequence[str], from_today: bool) -> Asked | None:
    """The sweep that the options tell; what is wrong stands in `typed`."""
    try:
        axes = axes_of(fields)
    except SweepError as error:
        typed.faults += error.faults
        return None
    if market is None:
        return None
    timeline: Timeline = "from_today" if from_today else "as_if_always"
    setting = Setting(market.policy, market.seed, market.start, market.days, market.warm_up_days, timeline)
    return Asked(setting, axes, market.shoppers)


def _kept(typed: Typed, given: str, decides: bool) -> tuple[Asked | None, Path | None]:
    """The sweep that a file keeps, wherever it was begun; the file says all that decides what it comes to."""
    path = Path(given)
    if decides:
        typed.faults.append(_("{file} says itself what is varied and over whom; give only --threads, --scheduler, --csv or --json with it.").format(file=given))
    try:
        found = read_shelved(path)
    except SweepError as error:
        typed.faults += error.faults
        return None, path
    if not found.same_rules:
        typed.faults.append(_("{file} was made under other rules; begin the sweep anew.").format(file=given))
    return found.asked, path


def _file(typed: Typed, given: str | None) -> Path | None:
    """The file that keeps results: a new one, or the one of the same sweep that was stopped."""
    if given is None:
        return None
    return typed.file(given)


def _swept(asked: Asked, threads: int | None, scheduler: str | None, out: Path | None, progress: Progress) -> Any:
    from simulator.engine.run import TooLarge
    from simulator.lab.sweep import sweep

    if not is_compiled(LAB):
        progress.say(_("Preparing the Lab, once on this machine (a minute or two)"))
    count = math.prod(len(axis.values) for axis in asked.axes)
    doing = _("Trying {count} policies").format(count=f"{count:,}")
    try:
        return sweep(
            asked.setting, asked.axes, trial=asked.trial, shoppers=asked.shoppers, out=out, threads=threads, scheduler=scheduler,
            progress=lambda done, of: progress.say(doing, done, of),
        )  # fmt: skip
    except SweepError as error:
        raise CommandFault(error.faults) from error
    except (TooLarge, MemoryError) as error:
        told = str(error) or _("There is not enough memory for so many shoppers; take fewer.")
        raise CommandFault([told]) from error
    except (OSError, sqlite3.Error) as error:
        if out is None:
            raise
        more = [_("What was done is kept; the same command goes on with it.")] if out.exists() else []
        raise unwritten(out, error, *more) from error
    except KeyboardInterrupt:
        if out is not None and out.exists():
            say(_("What was done is kept; the same command goes on with it."))
        raise


def _write_csv(folder: Path, found: Any) -> None:
    from simulator.market.files import write_csv
    from simulator.market.tables import Table

    rows = found.rows()
    try:
        write_csv(folder, [Table("points", {name: [row[name] for row in rows] for name in rows[0]})])
    except OSError as error:
        raise unwritten(folder, error) from error


def as_dict(found: Any) -> dict[str, Any]:
    """The object of `sweep --json`."""
    recipe = recipe_of(found.setting, found.axes, found.shoppers)
    del recipe["policy"]
    if "before" in recipe:
        recipe["before"] = [{"day": day, "policy": name} for day, _text, name in recipe["before"]]
    if found.trial is not None:
        recipe["changes"] = {each.path: each.after for each in found.changes}
    return {
        "policy": recipe.pop("name"),
        **recipe,
        "points": [
            {
                "values": {axis.path: value for axis, value in zip(found.axes, each.point.values, strict=True)},
                "metrics": {
                    name: {
                        "value": measured.challenger, "difference": measured.difference,
                        "standard_error": measured.standard_error,
                    }
                    for name, measured in each.metrics.items()
                },
            }
            for each in found.outcomes
        ],
        "left_out": [
            {
                "values": {axis.path: value for axis, value in zip(found.axes, each.values, strict=True)},
                "reasons": each.faults,
            }
            for each in left_out(found)
        ],
        "frontier": {name: frontier_values(found, name) for name in ("over_indebted", "charged_off_fen")},
        "timing": {"seconds": round(found.seconds, 3)},
    }  # fmt: skip


def frontier_values(found: Any, worse: str) -> list[dict[str, int]]:
    """The policies that no other one beats in profit and in one harm, by their values."""
    by_number = {each.point.number: each.point for each in found.outcomes}
    return [
        {axis.path: value for axis, value in zip(found.axes, by_number[number].values, strict=True)}
        for number in found.frontier("profit_fen", worse)
    ]
