"""`whiteslip validate`: the standard population against published facts."""

from __future__ import annotations

import json
from pathlib import Path

from simulator.commands.faults import say, unwritten
from simulator.commands.typed import Typed
from simulator.disk import write_whole
from simulator.text import _

MOST_SEEDS = 1_000


def run(seeds: str | None, as_json: bool, report: str | None) -> None:
    """Measure every target over seeds 1 to N; print a table or JSON; write a report where asked."""
    typed = Typed()
    count = typed.whole("--seeds", seeds, 1, MOST_SEEDS) or 1
    path = typed.new_file(report) if report is not None else None
    typed.check()
    from simulator.validation.measured import measure_seed, results
    from simulator.validation.report import as_data, markdown

    by_seed = []
    for seed in range(1, count + 1):
        say(_("Seed {seed} of {count}: living and measuring…").format(seed=seed, count=count))
        by_seed.append(measure_seed(seed))
    found = results(by_seed)
    if as_json:
        print(json.dumps(as_data(found, count), ensure_ascii=False))
    else:
        from simulator.commands.validate_text import as_text

        print(as_text(found, count))
    if path is not None:
        _write(path, markdown(found, count))
        say(_("Written: {file}.").format(file=path))


def _write(path: Path, told: str) -> None:
    try:
        write_whole(path, told)
    except OSError as error:
        raise unwritten(path, error) from error
