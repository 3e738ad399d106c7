"""`whiteslip story`: runs a story without a screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.commands.faults import FAILED, CommandFault, say
from simulator.ledger.save import SaveError
from simulator.messages import sentence
from simulator.policy.faults import PolicyError
from simulator.story import StoryError, run_story
from simulator.text import _


def run(source: str, policy: str | None, seed: int | None, save: str | None, as_json: bool) -> None:
    """Run a story and print its events as they are kept. Raises CommandFault."""

    def tell(event: dict[str, Any]) -> None:
        print(json.dumps(event, ensure_ascii=False) if as_json else line_of(event), flush=True)

    if seed is not None and seed < 0:
        raise CommandFault([_("--seed: a whole number from 0.")])
    try:
        result = run_story(source, policy, seed, Path(save) if save else None, tell)
    except (StoryError, PolicyError) as error:
        raise CommandFault(error.faults) from error
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    if result.failures:
        raise CommandFault(result.failures, FAILED)
    if not as_json:
        say(_("Every expectation of the story held."))


def line_of(event: dict[str, Any]) -> str:
    """One line of the account for people."""
    if event["event"] == "summary":
        return "\n" + "\n".join(f"  {key:<14} {value}" for key, value in event.items() if key not in ("event", "seq"))
    return f"{event['date']}  {sentence(event)}"
