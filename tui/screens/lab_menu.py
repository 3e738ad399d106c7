"""The Lab's menu: keep, load, compare and export the trial; also in the palette."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from simulator.disk import cause_of
from simulator.extras import install_command
from simulator.files import data_folder
from simulator.lab.answer import Answer
from simulator.lab.setting import Setting
from simulator.policy.edit import differences
from simulator.policy.faults import PolicyError
from simulator.policy.fields import policy_leaves
from simulator.policy.load import load_policy
from simulator.policy.own import PolicyNameError, own_file, save_own
from simulator.policy.scaling import WHOLE_PPM, leaves_of, read_factor, tables_of
from simulator.policy.schema import Policy
from simulator.policy.spoken import warning_texts
from simulator.policy.titles import leaf_title
from simulator.policy.written import WrittenError, value_text
from simulator.text import _, percent_text, sentences
from tui.keys import keyed
from tui.lab.charts_page import can_be_made, charts_page
from tui.lab.export import exported, format_words, keep, not_kept
from tui.lab.told_table import told_table
from tui.policy_choice import policy_dialog
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog, Entry, menu_dialog
from tui.screens.lab_dialogs import DifferencesDialog
from tui.widgets.cells import words

if TYPE_CHECKING:
    from tui.screens.lab import LabScreen


MOST_TOLD = 2
"""So many values that stop at a bound are told by name."""


class LabMenu:
    """What can be done with the whole trial."""

    def __init__(self, screen: LabScreen) -> None:
        """The screen whose trial it is."""
        self.screen = screen

    def entries(self) -> list[Entry]:
        """English name, shown name, what it does."""
        return [
            ("lab: Save the trial", _("lab: Save the trial"), self.save),
            ("lab: Load a policy", _("lab: Load a policy"), self.load),
            ("lab: What is changed", _("lab: What is changed"), self.show_changes),
            ("lab: Compare two policies", _("lab: Compare two policies"), self.compare),
            ("lab: All back to today", _("lab: All back to today"), self.reset),
            *self._scalings(),
            ("lab: From today or as if always", self._timeline_text(), self.screen.switch_timeline),
            ("file: Export the answer", _("file: Export the answer"), self.export),
        ]

    def _scalings(self) -> list[Entry]:
        """Where the value under the cursor is one of a table: all of the row or of the table moved together."""
        path = self.screen.state.path
        told = _("lab: {title}: all {count} values by the same per cent")
        return [
            (
                f"lab: All of {table} by the same per cent",
                told.format(title=leaf_title(table), count=len(leaves_of(table))),
                partial(self._ask_factor, table),
            )
            for table in tables_of(path)
        ]

    def _ask_factor(self, table: str) -> None:
        title = _("{title}: all {count} values by how many per cent?").format(title=leaf_title(table), count=len(leaves_of(table)))
        hint = _("-20 takes a fifth off each of them as the trial has them now; +5 adds a twentieth")
        self.screen.app.push_screen(AskDialog(title, hint, "", partial(self._take_factor, table)))

    def _take_factor(self, table: str, given: str) -> str:
        draft = self.screen.draft
        try:
            factor_ppm = read_factor(given)
            found = draft.scale(table, factor_ppm)
        except WrittenError as error:
            return str(error)
        told = _("{title}: all {count} values by {change}; {key_u} takes it back.")
        change = ("+" if factor_ppm >= WHOLE_PPM else "") + percent_text(factor_ppm - WHOLE_PPM)
        stops = [
            _("{title} stops at its bound, {value}.").format(title=leaf_title(path), value=value_text(policy_leaves()[path], found.values[path]))
            for path in found.stopped[:MOST_TOLD]
        ]
        if more := len(found.stopped) - len(stops):
            stops.append(_("{count} more stop at theirs.").format(count=more))
        self.screen.game.tell(sentences(keyed(told, title=leaf_title(table), count=len(found.values), change=change), *stops))
        self.screen.show_change()
        return ""

    def _timeline_text(self) -> str:
        """The other timeline."""
        if self.screen.state.timeline == "from_today":
            return _("lab: As if the trial had always held")
        return _("lab: The trial from today on")

    def open(self) -> None:
        """The same as a dialog."""
        self.screen.app.push_screen(menu_dialog(_("The trial"), self.entries()))

    # Keep

    def save(self) -> None:
        """Keep the trial under a name."""
        self.screen.app.push_screen(
            AskDialog(_("Save the trial as a policy of your own"), _("a name"), "", self._take_name)
        )

    def _take_name(self, name: str) -> str:
        try:
            path = own_file(name)
        except PolicyNameError as error:
            return str(error)
        if os.path.exists(path):
            self.screen.app.call_later(self._ask_to_replace, name)
            return ""
        return self._saved(name)

    def _ask_to_replace(self, name: str) -> None:
        told = _("There is a policy {name} already.").format(name=name)
        self.screen.app.push_screen(
            ConfirmDialog([[words(told)]], _("Replace it"), lambda: self._replaced(name))
        )

    def _replaced(self, name: str) -> None:
        if fault := self._saved(name):
            self.screen.game.tell(fault, "watch")

    def _saved(self, name: str) -> str:
        """Keep it; "" or what went wrong."""
        try:
            path = save_own(self.screen.draft.policy, name)
        except OSError as error:
            return _("It could not be kept: {error}.").format(error=cause_of(error, data_folder()))
        self.screen.state.saved = name, self.screen.draft.policy
        self.screen.game.tell(
            sentences(
                _("Kept in {file}.").format(file=path),
                keyed(_("To put it into force in the market: {key_k}, {key_t}, Another policy.")),
            )
        )
        return ""

    # Load and compare

    def load(self) -> None:
        """Go on from another policy."""
        self._choose(_("Load which policy?"), self._take)

    def _take(self, name: str) -> None:
        policy = self._loaded(name)
        if policy is not None and self.screen.draft.take(policy):
            self.screen.end_finding()
            self.screen.show_change()

    def _loaded(self, name: str) -> Policy | None:
        """A policy by name; None, and its faults told, if it cannot be used."""
        try:
            return load_policy(name)
        except PolicyError as error:
            self.screen.game.tell(sentences(*error.faults), "watch")
            return None

    def _choose(self, title: str, run: Callable[[str], object]) -> None:
        self.screen.app.push_screen(policy_dialog(title, run))

    def show_changes(self) -> None:
        """What the trial changes in today's policy."""
        draft = self.screen.draft
        self.screen.app.push_screen(
            DifferencesDialog(_("today"), _("trial"), draft.changes, warning_texts(draft.policy))
        )

    def compare(self) -> None:
        """Two policies, value by value."""
        self._choose(_("Compare which policy?"), self._compare_with)

    def _compare_with(self, first: str) -> None:
        self._choose(_("Compare {name} with which?").format(name=first), partial(self._compared, first))

    def _compared(self, first: str, second: str) -> None:
        before, after = self._loaded(first), self._loaded(second)
        if before is not None and after is not None:
            self.screen.app.push_screen(
                DifferencesDialog(first, second, differences(before, after), warning_texts(after), _effects_text(first, second))
            )

    def reset(self) -> None:
        """Everything back to today's policy."""
        if self.screen.draft.reset():
            self.screen.show_change()
        else:
            self.screen.game.tell(_("Nothing is changed."))

    # Export

    def export(self) -> None:
        """The whole answer as a file."""
        if self.screen.answer is None:
            self.screen.game.tell(_("There is no answer to export yet."))
            return
        choices: list[tuple[str, str, Callable[[], object]]] = [
            (_("Table in words"), _("as the screen has it, in yuan and per cent, for a spreadsheet"), partial(self._exported, "told"))
        ]
        choices += [
            (name, what, partial(self._exported, kind)) for kind, (name, what) in format_words().items()
        ]
        choices.append(("HTML", _("a page with charts, for a browser"), self.make_page))
        self.screen.app.push_screen(ChoiceDialog(_("Export the answer as"), choices))

    def _exported(self, kind: str) -> None:
        answer, changes = self.screen.answer, self.screen.draft.changes
        assert answer is not None
        try:
            if kind == "told":
                path = keep(told_table(answer, changes, self.screen.of_sample(answer)), "csv", "lab-table")
            else:
                path = keep(exported(answer, changes, kind), kind)
        except OSError as error:
            not_kept(self.screen.game, error)
            return
        self.screen.game.tell(_("Kept in {file}.").format(file=path))

    def make_page(self) -> None:
        """The answer as a page with charts, made off the loop."""
        screen, answer = self.screen, self.screen.answer
        if answer is None:
            screen.game.tell(_("There is no answer to export yet."))
        elif not can_be_made():
            screen.game.tell(_("A page with charts needs the package plotly, which `{command}` installs.").format(command=install_command("plotly")), "watch")
        else:
            screen.game.tell(_("Making the page ..."))
            game, setting, trial = screen.game, self._setting(answer), self._named()
            screen.behind(
                "page with charts",
                lambda: keep(charts_page(answer, setting, trial), "html"),
                lambda path: game.tell(_("Kept in {file}.").format(file=path)),
                partial(not_kept, game),
            )

    def _named(self) -> Policy:
        """The trial by the name that it was saved under, where it is still the same."""
        trial, saved = self.screen.draft.policy, self.screen.state.saved
        if saved is None or saved[1].flat() != trial.flat():
            return trial
        return trial.model_copy(update={"name": saved[0]})

    def _setting(self, answer: Answer) -> Setting:
        """What the answer is of: the day on which the trial begins is that of when it was asked."""
        game = self.screen.game
        setting = game.lab_setting(self.screen.draft.today, answer.timeline)
        day = game.asked_of[1] if game.asked_of is not None else setting.today
        return replace(setting, days=answer.days, seed=answer.seed, today=day)


def _effects_text(first: str, second: str) -> str:
    """The ways to see what two policies do, beside how they differ."""
    told = _("These are the values alone. What a policy does to people is seen when it is loaded as the trial; `whiteslip compare {first} {second}` tells it of these two.")
    return told.format(first=first, second=second)
