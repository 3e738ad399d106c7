"""`whiteslip why`: sentence, formula, inputs and entries behind a figure of a save."""

from __future__ import annotations

import json
from pathlib import Path

from simulator.commands.faults import CommandFault
from simulator.explain import UnknownFigure, why
from simulator.explain.answer import value_text
from simulator.ledger.save import SaveError
from simulator.text import _
from simulator.world import World


def run(save: str, figure: str, day: int | None, as_json: bool) -> None:
    """Print the answer. Raises CommandFault."""
    try:
        world = World.open(Path(save), read_only=True)
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    try:
        told = why(world, figure, day)
    except UnknownFigure as error:
        raise CommandFault([str(error)]) from error
    finally:
        world.close()
    if as_json:
        body = {
            "figure": told.figure, "value": told.value, "unit": told.unit, "sentence": told.sentence,
            "formula": told.formula, "inputs": told.inputs, "entries": told.entries, "rule": told.rule,
            "fields": dict(told.fields),
        }  # fmt: skip
        print(json.dumps(body, ensure_ascii=False))
        return
    print(f"{told.title}: {value_text(told.value, told.unit)}\n{told.sentence}\n")
    for line in told.lines:
        print(f"  {line.label:<48} {line.value_text:>16}")
    print(f"\n  = {told.formula}\n  {told.rule}")
    for name, value in told.fields:
        print(f"  {name} = {value}")
    if told.entries:
        print(_("  Entries: {entries}").format(entries=", ".join(str(seq) for seq in told.entries)))
