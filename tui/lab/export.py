"""Copies and exports: the view that is shown as text, and the whole answer as a table in a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.disk import cause_of, write_whole
from simulator.files import data_folder
from simulator.lab.answer import Answer, Measured
from simulator.policy.edit import Change
from simulator.text import _
from tui.widgets.cells import Line

if TYPE_CHECKING:
    from tui.app import WhiteslipApp

COLUMNS = (
    "part", "measure", "champion", "challenger", "difference", "standard_error", "low", "high", "verdict",
)  # fmt: skip


def format_words() -> dict[str, tuple[str, str]]:
    """Kinds of files, what each is called and what it is good for."""
    return {
        "csv": ("CSV", _("a table for programs: names that stay, fen and ppm")),
        "json": ("JSON", _("everything, for a program")),
        "md": ("Markdown", _("a table in a page of text")),
    }


def as_text(lines: Sequence[Line]) -> str:
    """The lines of a page as plain text."""
    return "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in lines)


def records(answer: Answer) -> Iterator[dict[str, Any]]:
    """Every measure of an answer: all shoppers, each group, gaps, rolls, vintages."""
    for name, each in answer.metrics.items():
        yield _record("all", name, each)
    for group in answer.groups:
        for name, each in group.metrics.items():
            yield _record(f"{group.by}={group.key}", name, each)
    for gap in answer.gaps:
        yield _record(f"gap {gap.by} {gap.most}-{gap.least}", gap.metric, gap.gap)
    for roll in answer.rolls:
        yield _record(f"{roll.start}>{roll.end}", "roll_ppm", roll.share)
    for vintage in answer.vintages:
        yield _record(f"{vintage.opened} age {vintage.age}", "vintage_90_ppm", vintage.ever_90)


def _record(part: str, name: str, each: Measured) -> dict[str, Any]:
    figures = (
        part, name, each.champion, each.challenger, each.difference, each.standard_error, each.low, each.high, each.verdict,
    )  # fmt: skip
    return dict(zip(COLUMNS, figures, strict=True))


def exported(answer: Answer, changes: Sequence[Change], kind: str) -> str:
    """An answer as CSV, JSON or Markdown; the last two say what it is of, and what was changed."""
    rows = list(records(answer))
    of_what = {
        "shoppers": answer.shoppers,
        "days": answer.days,
        "first_day": answer.since.isoformat() if answer.since is not None else None,
        "seed": answer.seed,
        "timeline": answer.timeline,
        "done_ppm": answer.done_ppm,
        "changes": [{"field": each.path, "from": each.before, "to": each.after} for each in changes],
    }
    if kind == "json":
        return json.dumps({**of_what, "measures": rows}, ensure_ascii=False, indent=1) + "\n"
    if kind == "md":
        told = [f"- {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in of_what.items()]
        table = [COLUMNS, ("---",) * len(COLUMNS), *(tuple(row.values()) for row in rows)]
        return "\n".join([*told, "", *(f"| {' | '.join(map(str, row))} |" for row in table)]) + "\n"
    file = io.StringIO()
    writer = csv.DictWriter(file, [*of_what, *COLUMNS], lineterminator="\n")
    writer.writeheader()
    changed = json.dumps(of_what.pop("changes"), ensure_ascii=False)
    writer.writerows({**of_what, "changes": changed, **row} for row in rows)
    return file.getvalue()


def keep(text: str, kind: str, stem: str = "lab") -> Path:
    """Write an export into the user's folder under a name of its own. Raises OSError."""
    folder = data_folder() / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (path := folder / f"{stem}-{number}.{kind}").exists():
        number += 1
    write_whole(path, text)
    return path


def not_kept(game: WhiteslipApp, error: Exception) -> None:
    """Say why an export could not be kept; the screen that asked may have been left meanwhile."""
    if isinstance(error, OSError):
        game.tell(_("It could not be kept: {error}.").format(error=cause_of(error, data_folder())), "watch")
    else:
        game.failed(error)
