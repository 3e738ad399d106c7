"""About the value under the cursor: its meaning, unit, bounds and source, what is changed, and what breaks a cap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.cells import cell_len

from simulator.lab.unmet import unmet_text
from simulator.policy.edit import excess_at
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.scaling import leaves_of, tables_of
from simulator.policy.spoken import excess_text
from simulator.policy.written import bounds_text, unit_text
from simulator.text import _
from tui.keys import key_as_set, keyed
from tui.lab.state import LabState
from tui.widgets.cells import Cell, Line, mark, words, wrapped


def about_lines(state: LabState, fault: str, width: int, opens: Callable[[], object]) -> list[Line]:
    """The value's meaning and facts; then a fault, a broken cap, or what is changed with the way to the menu."""
    kind = policy_leaves()[state.path]
    field = policy_fields()[state.path.partition(".")[0]]
    source = _("source: {source}").format(source=field.meaning.source.spoken())
    facts = [text for text in (unit_text(kind), bounds_text(kind), source, _of_table(state.path)) if text]
    lines = [
        *wrapped(field.meaning.spoken(), width, indent=2),
        *wrapped(_("; ").join(facts), width, "muted", 2),
    ]
    if kind.item is not None:
        for each in state.draft.value(state.path)[:1]:
            lines += wrapped(_written_text(each), width, "muted", 2)
    if unmet := unmet_text(state.path):
        lines += wrapped(unmet, width, "watch", 2)
    over = excess_at(state.draft.excesses, state.path)
    if fault:
        return [*lines, *wrapped(fault, width, "watch", 2)]
    if over is not None:
        return [*lines, *wrapped("[!] " + excess_text(over), width, "bad", 2)]
    return [*lines, _changed(state, width, opens)]


def _of_table(path: str) -> str:
    """That the value is one of several, which can be moved together."""
    tables = tables_of(path)
    if not tables:
        return ""
    return keyed(_("one of {count} values, which {key_e} moves together"), count=len(leaves_of(tables[-1])))


def _written_text(festival: Mapping[str, Any]) -> str:
    """What the parts of a festival are, by one of them."""
    told = _("{day} {before} {after} is: the extra begins {before} days before {day}, and its last day is {after} days after.")
    return told.format(**festival)


def _changed(state: LabState, width: int, opens: Callable[[], object]) -> Line:
    """How much is changed, and the way to keep, load and compare."""
    count, over = len(state.draft.changes), len(state.draft.excesses)
    told = _("{count} changed").format(count=count) if count else _("as today")
    line: Line = [
        words("  "),
        Cell(_("Trial"), bold=True),
        words(f"  {told}   ", role="accent" if count else "muted"),
        mark(),
        Cell(_("save, load, compare, export"), role="accent", action=opens),
        words("  " + key_as_set("e"), role="muted"),
    ]
    if over:
        line.append(words("   [!] " + _("{count} above the legal cap").format(count=over), role="bad"))
    name = f"   {state.path}"
    used = sum(cell_len(cell.fitted()) for cell in line)
    return [*line, words(name, role="muted")] if used + cell_len(name) <= width else line
