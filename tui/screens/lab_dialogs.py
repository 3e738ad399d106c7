"""Dialogs of the Lab: what a measure is and how sure it is, and what differs between two policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from simulator.lab.measures import FEN, rule_of
from simulator.lab.shown import exact, exact_unit
from simulator.lab.words import count_text, verdict_text, worth_text
from simulator.money import money
from simulator.policy.edit import Change
from simulator.policy.titles import leaf_title
from simulator.policy.written import unit_text, value_text
from simulator.text import _, sentences
from tui.keys import keyed
from tui.lab.figure import Figure
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.page import Page


class CopyDialog(Dialog):
    """A dialog whose page can be copied."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "copy", id="lab.copy_dialog", show=False)]

    def action_copy(self) -> None:
        """Copy the page."""
        lines = self.query_one(Page).lines[:-1]
        self.app.copy_to_clipboard(
            "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in lines)
        )
        self.game.tell(_("Copied the page."))


class MeasureDialog(CopyDialog):
    """One measure: its meaning, both values and the difference to the fen, how sure it is, the sum and the rule."""

    def __init__(self, figure: Figure, of_what: str) -> None:
        """The measure with its figures, and what they are of."""
        super().__init__()
        self.about, self.measured, self.of_whom, self.parts = figure
        self.of_what = of_what

    def build(self, width: int) -> list[Line]:
        """Meaning, figures, what can be said, the sum, the rule, what it is of."""
        from simulator.explain.rulebook import rule_text

        each, name = self.measured, self.about.name
        told = exact(name, each)
        lines: list[Line] = [heading(self.about.title), *wrapped(self.about.meaning, width), blank()]
        if self.of_whom:
            lines += [*wrapped(self.of_whom, width), blank()]
        unit, difference = exact_unit(name).strip(), _("Difference")
        for label, text in (
            (_("Today's policy"), told.champion),
            (_("Trial"), told.challenger),
            (_("{title} ({number})").format(title=difference, number=unit) if unit else difference, told.difference),
            (_("95 % from"), told.low),
            (_("to"), told.high),
        ):
            lines.append([words("  " + label, 32, role="muted"), amount(text, None, 18)])
        lines += [
            blank(),
            *wrapped(self._sure(), width),
            blank(),
            *self._sum(width),
            *wrapped(rule_text(rule_of(name)), width, "muted"),
            *wrapped(self.of_what, width, "muted"),
        ]
        return [*lines, blank(), [words(keyed(_("{key_y} copy   {key_Esc} back"), type(self)), role="muted")]]

    def _sum(self, width: int) -> list[Line]:
        """What a ratio or a sum is of, under both policies."""
        if not self.parts:
            return []
        told = [(_figure(part.champion, part.unit), _figure(part.challenger, part.unit)) for part in self.parts]
        wide = 2 + max(cell_len(text) for pair in ((_("today"), _("trial")), *told) for text in pair)
        room = max(12, min(44, width - 2 * wide))
        lines: list[Line] = [
            [Cell(_("THE SUM"), room, bold=True), amount(_("today"), None, wide, "muted"), amount(_("trial"), None, wide, "muted")]
        ]
        for part, pair in zip(self.parts, told, strict=True):
            lines.append([words(f"{part.sign} {part.title}", room), *(amount(text, None, wide) for text in pair)])
        return [*lines, blank()]

    def _sure(self) -> str:
        each = self.measured
        told = {
            "same": _("Exactly the same: nobody's life differs in this."),
            "not clear": _("Not clear: the sample cannot tell the difference from none."),
        }.get(each.verdict) or _("{verdict}: chance among shoppers does not explain it.").format(
            verdict=verdict_text(each).capitalize()
        )
        if each.worth > 1:
            return sentences(told, worth_text(each.worth))
        return told


def _figure(value: int, unit: str) -> str:
    """An amount in yuan to the fen, or a count."""
    return money(value) if unit == FEN else count_text(value)


class DifferencesDialog(CopyDialog):
    """What differs between two policies, value by value."""

    def __init__(
        self, first: str, second: str, changes: Sequence[Change], warnings: Sequence[str] = (), effects: str = ""
    ) -> None:
        """The names of the two, what differs, what is warned of in the second, and how to see what they do."""
        super().__init__()
        self.first, self.second, self.changes, self.warnings = first, second, list(changes), list(warnings)
        self.effects = effects

    def build(self, width: int) -> list[Line]:
        """A line a value."""
        title = _("What differs: {first}, {second}").format(first=self.first, second=self.second)
        lines: list[Line] = [heading(title), blank()]
        if not self.changes:
            lines += wrapped(_("Nothing: the two decide alike in everything."), width)
        for change in self.changes:
            kind = change.kind
            before, after = value_text(kind, change.before), value_text(kind, change.after)
            told = f"{before} -> {after}" + (f"  {unit_text(kind)}" if unit_text(kind) else "")
            lines.append(
                [words(leaf_title(change.path), 32), words(told)]
                if len(told) < width - 34
                else [words(leaf_title(change.path))]
            )
            if len(told) >= width - 34:
                lines += wrapped(told, width, "ink", 4)
            lines.append([words("  " + change.path, role="muted")])
        for warning in self.warnings:
            lines += [blank(), *wrapped("[!] " + warning, width, "bad")]
        if self.changes and self.effects:
            lines += [blank(), *wrapped(self.effects, width, "muted")]
        return [*lines, blank(), [words(keyed(_("{key_y} copy   {key_Esc} back"), type(self)), role="muted")]]
