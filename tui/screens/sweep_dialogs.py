"""Dialogs of the sweep: which field is varied."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from simulator.policy.edit import Draft
from simulator.policy.fields import policy_leaves
from simulator.policy.titles import leaf_title, section_title
from simulator.policy.written import value_text
from simulator.text import _, language
from tui.keys import keyed
from tui.lab.fields import best_of, sections_of
from tui.lab.sweep_plan import can_vary
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Cell, Line, blank, heading, words


class FieldDialog(Dialog):
    """Choose a number of the policy; typing narrows the list."""

    def __init__(self, title: str, draft: Draft, take: Callable[[str], object], none: Callable[[], object] | None) -> None:
        """What it is for; today's values; what is done with the choice, and with none where that can be."""
        super().__init__()
        self.about, self.draft, self.take, self.none = title, draft, take, none
        self.find = ""

    def fields(self) -> ComposeResult:
        """What is looked for."""
        yield Static(self.about, id="about", markup=False)
        yield Input(placeholder=_("part of a value's name or meaning"), id="text")

    def build(self, width: int) -> list[Line]:
        """Every number by topic, with today's value."""
        lines: list[Line] = []
        if self.none is not None and not self.find:
            lines += [[Cell(_("none: a line, no map"), role="accent", action=partial(self._choose, self.none))], blank()]
        for section, paths in sections_of(self.find, language()).items():
            numbers = [path for path in paths if can_vary(path)]
            if numbers:
                lines.append(heading(section_title(section)))
                lines += [self._line(path) for path in numbers]
        if not lines:
            lines = [[words(_("Nothing is called so."), role="muted")]]
        return [*lines, blank(), [words(keyed(_("Tab to the list   Enter choose   {key_Esc} back"), type(self)), role="muted")]]

    def _line(self, path: str) -> Line:
        value = value_text(policy_leaves()[path], self.draft.todays(path))
        return [words("  "), Cell(leaf_title(path), 40, action=partial(self._choose, partial(self.take, path))), words(value, role="muted")]

    def _choose(self, run: Callable[[], object]) -> None:
        self.dismiss()
        self.app.call_later(self.game.controller.guarded(run))

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Only what holds the words is listed."""
        self.find = event.value
        self.rebuild()

    @on(Input.Submitted)
    def submitted(self) -> None:
        """The one that is called so, else the first that was found."""
        found = [path for paths in sections_of(self.find, language()).values() for path in paths if can_vary(path)]
        if self.find and found:
            self._choose(partial(self.take, best_of(self.find, found)))
