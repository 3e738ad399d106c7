"""Figures are read out of events' rows by the columns that are declared, never by a bare number."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import simulator
from simulator.rules import columns, events
from simulator.rules.events import EVENTS, FIRST_FIGURE, LIMIT_CHANGED, REFUNDED, TOPIC, UNTOLD, column

ROOT = Path(simulator.__file__).parent
ROWS = {"row", "told", "cash", "line", "made", "paid_rows", "back", "paid", "moved", "cures", "missed", "decided", "plans"}
"""What rows of events are called where they are read."""
READERS = (
    "engine/tally.py", "engine/personal.py", "population/behaviour/asking.py", "validation/shopping.py",
    "validation/bills.py", "validation/twins.py", "validation/scores.py", "validation/lines.py",
)  # fmt: skip


@pytest.mark.parametrize("place", READERS)
def test_no_figure_is_read_by_a_bare_number(place: str) -> None:
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    bare = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in ROWS
        and any(isinstance(part, ast.Constant) and part.value in range(FIRST_FIGURE, events.WIDTH) for part in _columns(node))
    ]  # fmt: skip
    assert bare == []


def _columns(node: ast.Subscript) -> list[ast.expr]:
    """What picks the column: the last part of an index, each of a list."""
    last = node.slice.elts[-1] if isinstance(node.slice, ast.Tuple) else node.slice
    return last.elts if isinstance(last, ast.List) else [last]


def test_a_column_is_where_its_event_declares_it() -> None:
    assert (columns.LIMIT_KIND, columns.LIMIT_FROM_FEN, columns.LIMIT_TO_FEN, columns.LIMIT_BY) == (2, 3, 4, 5)
    assert FIRST_FIGURE + len(EVENTS[REFUNDED][1]) == columns.REFUNDED_BOUGHT_FEN


def test_a_figure_that_events_have_in_different_places_has_no_column() -> None:
    with pytest.raises(ValueError, match="amount_fen is in the columns"):
        column("amount_fen", events.PURCHASE_AUTHORISED, events.FUND_YIELD)
    with pytest.raises(ValueError, match="amount_fen"):
        column("amount_fen", LIMIT_CHANGED)


def test_no_event_has_more_figures_than_a_row_holds() -> None:
    assert max(len(figures) + len(UNTOLD.get(kind, ())) for kind, (_name, figures) in EVENTS.items()) <= TOPIC - FIRST_FIGURE
