"""The menu of the sweep: choose and type what is varied, open what is kept, copy, export, go on at the command."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.lab.grid import SweepError
from simulator.lab.recipe import around_text
from simulator.lab.shelf import Shelved, place_of, read_shelved, shelved
from simulator.lab.words import count_text
from simulator.policy.titles import leaf_title
from simulator.policy.written import WrittenError, read_value, unit_text
from simulator.text import _, sentences
from tui.lab.export import format_words, keep
from tui.lab.sweep_export import exported_sweep
from tui.lab.sweep_form import Row, row_text
from tui.lab.sweep_plan import MOST_MONTHS, MOST_PEOPLE, axis_plan
from tui.screens.dialogs import AskDialog, ChoiceDialog, Entry, menu_dialog
from tui.screens.sweep_dialogs import FieldDialog

if TYPE_CHECKING:
    from tui.screens.sweep import SweepScreen


class SweepMenu:
    """What can be done with a plan and with what it came to."""

    def __init__(self, screen: SweepScreen) -> None:
        """The screen whose plan it is."""
        self.screen = screen

    def entries(self) -> list[Entry]:
        """English name, shown name, what it does."""
        return [
            ("sweep: Copy the picture", _("sweep: Copy the picture"), self.copy_picture),
            ("sweep: Copy the command that goes on", _("sweep: Copy the command that goes on"), self.copy_command),
            ("file: Export the sweep", _("file: Export the sweep"), self.export),
            ("sweep: Sweeps that are kept", _("sweep: Sweeps that are kept"), self.open_kept),
            ("sweep: Open a sweep's file", _("sweep: Open a sweep's file"), self.ask_file),
        ]

    def open(self) -> None:
        """The same as a dialog."""
        self.screen.app.push_screen(menu_dialog(_("The sweep"), self.entries()))

    # The plan

    def choose(self, row: Row) -> None:
        """Enter on a row of the plan."""
        part, place, label = row
        plan = self.screen.plan
        if part == "field":
            title = _("Which value along the side?") if place == 0 else _("Which value across?")
            none = partial(self._vary, place, None) if place else None
            draft = self.screen.game.lab_state().draft
            self.screen.app.push_screen(FieldDialog(title, draft, partial(self._vary, place), none))
            return
        if part == "start":
            plan.from_trial = not plan.from_trial
            self.screen.planned()
            return
        hint = unit_text(plan.axes[place].kind) if part in ("first", "last", "step") else ""
        alone = part in ("people", "months")
        title = label if alone else _("{title}: {told}").format(title=leaf_title(plan.axes[place].path), told=label)
        self.screen.app.push_screen(AskDialog(title, hint, row_text(plan, row), partial(self._typed, row)))

    def _vary(self, place: int, path: str | None) -> None:
        plan = self.screen.plan
        draft = self.screen.game.lab_state().draft
        plan.vary(place, axis_plan(plan.start(draft, path), path) if path is not None else None)
        self.screen.planned()

    def _typed(self, row: Row, text: str) -> str:
        """Take a number; "" or what is wrong with it."""
        part, place, _label = row
        plan = self.screen.plan
        if part in ("people", "months"):
            most = MOST_PEOPLE if part == "people" else MOST_MONTHS
            given = text.replace(",", "").replace("_", "")
            if not given.isdecimal() or not 1 <= int(given) <= most:
                return _("{given} is not allowed here; allowed is {bounds}.").format(
                    given=text or '""', bounds=_("{low} to {high}").format(low=1, high=count_text(most))
                )
            setattr(plan, part, int(given))
        else:
            axis = plan.axes[place]
            kind = replace(axis.kind, low=0) if part == "step" else axis.kind
            try:
                value = int(read_value(kind, text))
            except WrittenError as error:
                return str(error)
            if part == "step" and value < 1:
                return _("A step of nothing goes nowhere; type more.")
            plan.axes[place] = axis.with_value(part, value)
        self.screen.app.call_later(self.screen.planned)
        return ""

    # Kept sweeps

    def open_kept(self) -> None:
        """Sweeps of the user's folder, the last first."""
        found = shelved()
        if not found:
            self.screen.game.tell(_("No sweep is kept yet."))
            return
        choices = [(self._title(each), self._note(each), partial(self._go_on, each)) for each in found]
        self.screen.app.push_screen(ChoiceDialog(_("Go on with which sweep?"), choices))

    def _title(self, each: Shelved) -> str:
        return _(" and ").join(leaf_title(axis.path) for axis in each.asked.axes)

    def _note(self, each: Shelved) -> str:
        setting, count = each.asked.setting, 1
        for axis in each.asked.axes:
            count *= len(axis.values)
        told = _("{count} policies around {policy}, {people} people, {days} days, seed {seed}; {file}").format(
            count=count_text(count), policy=around_text(setting.champion, each.asked.trial), people=count_text(each.asked.shoppers), days=setting.days,
            seed=setting.seed, file=each.path.name,
        )  # fmt: skip
        return told if each.same_rules else _("{told}. Made under older rules: it would begin anew.").format(told=told)

    def ask_file(self) -> None:
        """A file that the command keeps a sweep in."""
        self.screen.app.push_screen(AskDialog(_("Open a sweep's file"), _("the file of `whiteslip sweep --out`"), "", self._opened))

    def _opened(self, text: str) -> str:
        try:
            each = read_shelved(Path(text).expanduser())
        except SweepError as error:
            return sentences(*error.faults)
        self.screen.app.call_later(self._go_on, each)
        return ""

    def _go_on(self, each: Shelved) -> None:
        """Take a kept sweep's plan, and go on with it."""
        screen = self.screen
        screen.plan.take(each.asked)
        screen.results.at = None
        screen.planned()
        screen.run(each.asked, each.path if each.same_rules else place_of(each.asked))

    # Copies and files

    def copy_picture(self) -> None:
        """The picture as text."""
        if self.screen.found is None:
            self.screen.game.tell(_("There is no picture to copy yet."))
            return
        text = self.screen.copied()
        self.screen.app.copy_to_clipboard(text)
        told = _("{view}, {count} lines").format(view=self.screen.title_text(), count=text.count("\n") + 1)
        self.screen.game.tell(_("Copied: {text}").format(text=told))

    def copy_command(self) -> None:
        """The command that goes on with this sweep, or shows it."""
        desk = self.screen.desk
        if desk is None or desk.work.path is None or not desk.work.path.is_file():
            self.screen.game.tell(_("Run it first; the command goes on with its file."))
            return
        text = f"whiteslip sweep {shlex.quote(str(desk.work.path))}"
        self.screen.app.copy_to_clipboard(text)
        self.screen.game.tell(_("Copied: {text}").format(text=text))

    def export(self) -> None:
        """Every figure of every policy as a file."""
        if self.screen.found is None:
            self.screen.game.tell(_("There is no sweep to export yet."))
            return
        choices = [(name, what, partial(self._exported, kind)) for kind, (name, what) in format_words().items()]
        self.screen.app.push_screen(ChoiceDialog(_("Export the sweep as"), choices))

    def _exported(self, kind: str) -> None:
        found = self.screen.found
        assert found is not None
        try:
            path = keep(exported_sweep(found, kind), kind, "sweep")
        except OSError as error:
            self.screen.game.tell(_("It could not be kept: {error}.").format(error=error.strerror), "watch")
            return
        self.screen.game.tell(_("Kept in {file}.").format(file=path))
