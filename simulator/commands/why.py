"""`whiteslip why`: sentence, formula, inputs and entries behind a figure of a save."""

from __future__ import annotations

import json

from simulator.commands.faults import CommandFault
from simulator.commands.table import table
from simulator.commands.typed import Typed
from simulator.explain import Explanation, UnknownFigure, why
from simulator.explain.answer import value_text
from simulator.explain.rulebook import rule_text
from simulator.ledger.care import check_save
from simulator.ledger.save import SaveError, damaged
from simulator.policy.titles import field_title
from simulator.replay import replay_faults
from simulator.text import ENGLISH, _, language, listed
from simulator.world import DAMAGE, World

LAST_DAY = 999_999


def run(save: str, figure: str, day: str | None, as_json: bool) -> None:
    """Print the answer. Raises CommandFault."""
    typed = Typed()
    path = typed.save(save)
    of_day = typed.whole("--day", day, 0, LAST_DAY)
    typed.check()
    try:
        world = World.open(path, read_only=True)
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    try:
        told = why(world, figure, of_day)
    except (UnknownFigure, SaveError) as error:
        raise CommandFault([str(error)]) from error
    except DAMAGE as error:
        if check_save(path, replay_faults).faults:
            raise CommandFault([str(damaged(path, error))]) from error
        raise
    finally:
        world.close()
    print(json.dumps(as_dict(told), ensure_ascii=False) if as_json else as_text(told))


def as_dict(told: Explanation) -> dict[str, object]:
    """The answer as JSON: anybody can work the formula out on the inputs."""
    return {
        "figure": told.figure,
        "value": told.value,
        "unit": told.unit,
        "sentence": told.sentence,
        "formula": told.formula,
        "inputs": told.inputs,
        "entries": told.entries,
        "rule": told.rule,
        "fields": dict(told.fields),
    }


def _formula(told: Explanation) -> list[str]:
    """The formula, whose names are English words; in another language it stands in the JSON alone."""
    return [f"  = {told.formula}"] if language() == ENGLISH else []


def _head(told: Explanation) -> str:
    """What is asked about and its value; a decision has none but what it says."""
    if told.is_of_event:
        return told.title
    return _("{title}: {told}").format(title=told.title, told=value_text(told.value, told.unit))


def as_text(told: Explanation) -> str:
    """The answer for people."""
    blocks = [
        [_head(told), told.sentence],
        table([(line.label, line.value_text) for line in told.lines], "<>", indent="  ")
        if told.lines
        else [],
        [*([] if told.is_of_event else _formula(told)), f"  {rule_text(told.rule)}", *(f"  {field_title(name)} ({name}): {value}" for name, value in told.fields)],
        [_("Events behind it: {entries}").format(entries=listed(map(str, told.entries)))]
        if told.entries
        else [],
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)
