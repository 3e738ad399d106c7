"""The states of a line as a picture and a table, drawn from the table of transitions itself.

`python -m simulator.rules.drawing` writes `docs/states.md`.
"""

from __future__ import annotations

from pathlib import Path

from simulator.codes import NONE, STATUSES
from simulator.rules.transitions import TRANSITIONS

PAGE = Path(__file__).parents[2] / "docs" / "states.md"

_OPENING = """\
# States of a line

Every change of state that the rules allow, drawn by `python -m simulator.rules.drawing` from the table
in `simulator/rules/transitions.py`: the same table by which the engine refuses any other change. Locked
and hardship are flags beside the state. Causes of suspension are a set; the line is active again when
the set is empty and nothing is late.
"""


def page() -> str:
    """The whole page."""
    return f"{_OPENING}\n{picture()}\n{table()}"


def picture() -> str:
    """A Mermaid diagram; its names may not hold hyphens, so each state has an alias."""
    names = [f'    state "{name}" as {_alias(status)}' for status, name in enumerate(STATUSES)]
    arrows = [f"    {_alias(start)} --> {_alias(to)}" for start, targets in TRANSITIONS for to in targets]
    lines = ["```mermaid", "stateDiagram-v2", *names, f"    [*] --> {_alias(NONE)}", *arrows, "```"]
    return "\n".join(lines) + "\n"


def table() -> str:
    """The same as rows."""
    rows = [
        f"| {STATUSES[start]} | {', '.join(STATUSES[to] for to in targets)} |"
        for start, targets in TRANSITIONS
    ]
    return "\n".join(["| from | may become |", "|---|---|", *rows]) + "\n"


def _alias(status: int) -> str:
    return STATUSES[status].replace("-", "_")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
