"""Dialogs of the Lab: what a measure is and how sure it is, and what differs between two policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from simulator.lab.shown import exact, exact_unit
from simulator.lab.words import verdict_text
from simulator.policy.edit import Change
from simulator.policy.titles import leaf_title
from simulator.policy.written import unit_text, value_text
from simulator.text import _
from tui.keys import keyed
from tui.lab.figure import Figure
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Line, amount, blank, heading, words, wrapped
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
    """One measure: its meaning, both values and the difference to the fen, and how sure it is."""

    def __init__(self, figure: Figure, of_what: str) -> None:
        """The measure with its figures, and what they are of."""
        super().__init__()
        self.about, self.measured, self.of_whom = figure
        self.of_what = of_what

    def build(self, width: int) -> list[Line]:
        """Meaning, figures, what can be said, what it is of."""
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
            *wrapped(self.of_what, width, "muted"),
        ]
        return [*lines, blank(), [words(keyed(_("{key_y} copy   {key_Esc} back"), type(self)), role="muted")]]

    def _sure(self) -> str:
        each = self.measured
        told = {
            "same": _("Exactly the same: nobody's life differs in this."),
            "not clear": _("Not clear: the sample cannot tell the difference from none."),
        }.get(each.verdict) or _("{verdict}: chance among shoppers does not explain it.").format(
            verdict=verdict_text(each).capitalize()
        )
        if each.worth > 1:
            worth = _(
                "As both policies meet the same people and the same luck, this is as good as {times} times the shoppers."
            )
            return f"{told} {worth.format(times=each.worth)}"
        return told


class DifferencesDialog(CopyDialog):
    """What differs between two policies, value by value."""

    def __init__(
        self, first: str, second: str, changes: Sequence[Change], warnings: Sequence[str] = ()
    ) -> None:
        """The names of the two, what differs, and what is warned of in the second."""
        super().__init__()
        self.first, self.second, self.changes, self.warnings = first, second, list(changes), list(warnings)

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
        return [*lines, blank(), [words(keyed(_("{key_y} copy   {key_Esc} back"), type(self)), role="muted")]]
