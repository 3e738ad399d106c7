"""`whiteslip story`: runs a story without a screen."""

from __future__ import annotations

import json
from typing import Any

from simulator.commands.faults import FAILED, CommandFault, say
from simulator.commands.table import table
from simulator.commands.typed import Typed
from simulator.ledger.save import SaveError, SaveExists
from simulator.messages import sentence, short_date, status_text
from simulator.money import money
from simulator.story import Story, StoryError, load_story, run_loaded, story_titles
from simulator.text import _


def run(source: str, policy: str | None, seed: str | None, save: str | None, as_json: bool) -> None:
    """Run a story and print its events as they are kept. Raises CommandFault."""
    typed = Typed()
    chosen_seed = typed.seed(seed)
    path = typed.new_file(save) if save is not None else None
    story = _loaded(typed, source, policy, chosen_seed)
    typed.check()
    assert story is not None
    say(*story.remarks)

    def tell(event: dict[str, Any]) -> None:
        print(json.dumps(event, ensure_ascii=False) if as_json else line_of(event), flush=True)

    try:
        failures = run_loaded(story, path, tell).failures
    except SaveExists as error:
        raise CommandFault([str(error)]) from error
    except SaveError as error:
        raise CommandFault([str(error)], FAILED) from error
    if failures:
        raise CommandFault(failures, FAILED)
    if not as_json:
        say(_("Every expectation of the story held."))


def list_all() -> None:
    """Print the stories that come with the program, each with its title."""
    print("\n".join(table(list(story_titles().items()), "<<")))


def _loaded(typed: Typed, source: str, policy: str | None, seed: int | None) -> Story | None:
    """The story, every step of it checked; what is wrong stands in `typed`."""
    try:
        return load_story(source, policy, None if typed.faults else seed)
    except StoryError as error:
        typed.faults += error.faults
        return None


def line_of(event: dict[str, Any]) -> str:
    """What people read of an event; of the summary, a small table."""
    if event["event"] == "summary":
        return "\n".join(["", *table(_summary(event), "<>", indent="  ")])
    return f"{event['date']}  {sentence(event)}"


def _summary(event: dict[str, Any]) -> list[tuple[str, str]]:
    """How a story ended, as rows."""
    status = status_text(event["status"])
    score = f"{event['score']} {event['grade']}" if event["grade"] else "-"
    return [
        (_("last day"), short_date(event["date"])),
        (_("the line"), _("{status}, locked").format(status=status) if event["locked"] else status),
        (_("limit"), money(event["limit_fen"])),
        (_("left of the limit"), money(event["available_fen"])),
        (_("owed, without fees"), money(event["exposure_fen"])),
        (_("days past due"), f"{event['dpd']} ({event['bucket']})"),
        (_("in cash"), money(event["cash_fen"])),
        (_("in the fund"), money(event["fund_fen"])),
        (_("score and grade"), score),
        (_("financial health"), f"{event['health']} / 100"),
    ]
