"""Lab: what if the lender decided otherwise? A value of the policy moves, and what becomes of everybody."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from simulator.lab.measures import measure
from simulator.lab.words import brought_text
from simulator.policy.fields import policy_leaves
from simulator.policy.titles import leaf_title
from simulator.policy.written import value_text
from simulator.text import _, sentences
from tui.keys import keyed
from tui.lab.export import as_text
from tui.lab.fairness import fair_measures
from tui.lab.keys import VIEWS, LabKeys
from tui.lab.mine import mine_view
from tui.lab.short import MILLION, effect_lines
from tui.lab.views import Ways, answer_lines, view_title, views_line, waiting_lines
from tui.screens.base import NARROWEST, SHORTEST, Key
from tui.screens.dialogs import ChoiceDialog
from tui.screens.lab_answers import LabAnswers
from tui.screens.lab_menu import LabMenu
from tui.screens.sweep import SweepScreen
from tui.widgets.cells import Line, blank, words, wrapped
from tui.widgets.page import Page

WAIT_SECONDS = 0.5


class LabScreen(LabAnswers):
    """The question, the keys, and the views of the answer."""

    BINDINGS: ClassVar[list[BindingType]] = LabKeys.BINDINGS

    def __init__(self) -> None:
        """With its menu."""
        super().__init__()
        self.menu = LabMenu(self)
        self._follows = False
        self.began = time.monotonic()
        self._told = ""

    def title_text(self) -> str:
        """The place."""
        return _("Lab")

    def question(self) -> str:
        """The question, with the value that is moved in it."""
        state = self.state
        value = state.draft.value(state.path)
        kind = policy_leaves()[state.path]
        told = _("{field}: what if it were {value}?").format(
            field=leaf_title(state.path), value=value_text(kind, value)
        )
        if value == state.draft.todays(state.path) or cell_len(told) > 70:
            return _("What if the lender decided otherwise?")
        return told

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Choose a value of the policy, move it with left and right or type it after Enter, and see at once what becomes of everybody: the same people, the same luck, under today's policy and under your trial."),
            _("A trial holds from today on, and what was before stays as it was; or as if it had always held, as `whiteslip compare` has it unless told otherwise. The menu changes between the two, and the line over the figures says which it is."),
            keyed(_("Each figure shows the difference first, then the interval in which it lies with 95 % certainty. Where that holds nothing and something alike, it says: not clear. Enter or {key_w} on a figure explains it."), type(self)),
            _("What happened, such as approvals or losses, is counted over all days of the trial; the Market counts its last days alone. What is owed here is all principal, billed or not; the line on top tells what is billed."),
            _("Figures are rounded, so that today's and the difference make the trial's. Where they are explained, and in exports, they are exact."),
            keyed(_("A value that is one of a table, such as a plan fee for each number of terms and grade, can be moved with the rest of its row or of the table by the same per cent: the menu, {key_e}, asks by how much. One undo takes all of it back."), type(self)),
            keyed(_("{key_e} opens the menu of the trial: save it, load another policy, compare two by their values, go back to today's, export. To see what a saved policy does, load it."), type(self)),
            keyed(_("To put a trial into force, save it, then choose it in the market: {key_k}, {key_t}, Another policy. It holds there from the next day on, and in the next life that you begin where you choose so; a life in play keeps the policy that it began with."), type(self)),
            keyed(_("At 80 columns {key_Tab} goes between the values, with the main figures below them, and the whole answer. Nothing here changes the lender's real policy or your life."), type(self)),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Find and take back; the arrows, Enter and the views stand in the help."""
        draft = self.draft
        return [
            Key("f", _("Find")),
            Key("u", _("Undo"), "" if draft.can_undo else _("There is no change to take back.")),
            Key("e", _("Menu")),
            Key("1-8", _("Views")),
            Key(_("left right"), _("move the value; with shift by more")),
            Key("Enter", _("type the value, on a value; open, on a figure")),
            Key(
                "U",
                _("make again what was taken back"),
                "" if draft.can_redo else _("Nothing was taken back."),
            ),
            Key("Backspace", _("this value back to today's")),
        ]

    def footer_keys(self) -> list[Key]:
        """Own keys, the pane and help."""
        if self.game.clock.running:
            return super().footer_keys()
        return [*self.own_keys()[:4], Key("Tab", _("Pane")), Key("w", _("Why")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Find, take back, or the menu."""
        if key == "f":
            self.begin_to_find()
        elif key == "u":
            self.take_back()
        elif key == "e":
            self.menu.open()

    def on_mount(self) -> None:
        """Where there is no market one's own life is seen."""
        super().on_mount()
        if self.estimator is None:
            self.state.view = "me"
        self.set_interval(WAIT_SECONDS, self._still_waiting)

    def rebuild(self) -> None:
        """Show the draft and the answer as they are."""
        super().rebuild()
        if self.is_up and self.size.width >= NARROWEST and self.size.height >= SHORTEST:
            self.ask()
            self.game.controller.guarded(self._show_parts)()

    def show_moved(self) -> None:
        """What is under way for an older value ends; the slider is drawn, then the trial is asked about."""
        self.runner.ask([])
        self.asked, self.standing = (), "asking"
        if not self._follows:
            self._follows = True
            self.call_after_refresh(self.game.controller.guarded(self._follow))

    def _follow(self) -> None:
        """What a value that has moved changes at once; where it has moved on since, that is drawn instead."""
        self._follows = False
        if self.is_mounted and self.settled:
            self.ask()
            self.show_question()
            self._show_parts()

    def _show_parts(self) -> None:
        """The trial, and the names of the views."""
        self.show_trial(self.menu.open)
        acts: list[Callable[[], object]] = [*(partial(self.action_view, place) for place in range(len(VIEWS))), self.action_sweep]
        room = self.main_width(self.size.width, False)
        self.query_one("#views", Page).show([views_line(self.state.view, acts, room)])
        self._show_effect()

    def show_answer(self) -> None:
        """The answer, and the little of it that stands by the values."""
        super().show_answer()
        self.game.controller.guarded(self._show_effect)()

    def _show_effect(self) -> None:
        """What a moved value does, where the answer itself is behind the values."""
        if self.broad:
            return
        effect, width = self.query_one("#effect", Page), self.size.width - 1
        lines: list[Line] = []
        if self.answer is not None:
            lines = effect_lines(self.answer, self.unanswered, width, self.seconds)
        elif self.estimator is not None:
            lines = waiting_lines(self.estimator.state, self._under_way(), width, int(time.monotonic() - self.began))
        effect.styles.height = len(lines)
        effect.show(lines)

    # The answer

    def build(self, width: int) -> list[Line]:
        """The view, and what it is of."""
        if self.state.view == "me":
            return self._build_mine(width)
        if self.estimator is None:
            return wrapped(
                keyed(_("The market is not there, so nobody can be asked. {key_7} shows your own life under the trial."), type(self)),
                width,
                "muted",
            )
        if self.answer is None:
            return waiting_lines(self.estimator.state, self._under_way(), width, int(time.monotonic() - self.began))
        ways = Ways(self.open_lives, self._choose_fair)
        lines = answer_lines(
            self.state, self.answer, self.of_sample(self.answer), self._under_way(), self.mine, width, self.game.settings.ascii, ways,
            self.seconds,
        )
        return [*wrapped(self.whose, width, "muted"), *lines] if self.whose else lines

    def _under_way(self) -> str:
        """What takes long, in words; nothing where everybody is there."""
        brought = self.estimator.brought if self.estimator is not None else None
        self._told = brought_text(brought) if brought is not None else ""
        return self._told

    def _still_waiting(self) -> None:
        """Say what is waited for, until there is a whole answer."""
        if self.estimator is None:
            return
        told = self._told
        grows = self.answer is None or (self.answer.done_ppm < MILLION and self.standing not in ("failed", "cut short"))
        if grows or self._under_way() != told:
            show = self._show_effect if self.state.view == "me" else self.show_answer
            self.game.controller.guarded(show)()

    def _build_mine(self, width: int) -> list[Line]:
        if self.played is None:
            return wrapped(_("Only a saved life can be lived again under another policy."), width, "muted")
        if self.mine is None:
            return wrapped(_("Living your life again ..."), width, "muted")
        head = wrapped(self.of_mine(), width, "muted")
        if self.whose:
            head += wrapped(sentences(self.whose, _("What the trial changes in it is changed in yours.")), width, "muted")
        if not self.draft.changes:
            return [
                *head,
                *wrapped(_("Nothing is changed yet: move a value with left and right."), width, "accent"),
            ]
        return [*head, blank(), *mine_view(self.mine, width, self.open_mine)]

    # Going about

    def action_sweep(self) -> None:
        """Many values at once, the one under the cursor first."""
        self.app.push_screen(SweepScreen())

    def switch_timeline(self) -> None:
        """The trial from today on, or as if it had always held."""
        self.state.timeline = "as_if_always" if self.state.timeline == "from_today" else "from_today"
        self.answer = None
        self.rebuild()

    def action_view(self, place: int) -> None:
        """Another view of the answer."""
        self.state.view = VIEWS[place]
        self.rebuild()
        main = self.query_one("#main", Page)
        main.scroll_to(y=0, animate=False)
        if not self.broad:
            main.focus()

    def _choose_fair(self) -> None:
        """Another measure to look at by groups."""
        known = fair_measures(self.answer) if self.answer is not None else []
        choices = [
            (measure(name).title, measure(name).meaning, partial(self._look_at, name)) for name in known
        ]
        self.app.push_screen(ChoiceDialog(_("Which measure by groups?"), choices))

    def _look_at(self, name: str) -> None:
        self.state.fair = name
        self.rebuild()

    def action_copy(self) -> None:
        """Copy the view that is seen, with what it is of."""
        lines: Sequence[Line] = self.query_one("#main", Page).lines
        told = [[words(f"{self.title_text()} - {self.question()}")], *lines]
        self.app.copy_to_clipboard(as_text(told))
        self.game.tell(
            _("Copied: {text}").format(
                text=_("{view}, {count} lines").format(view=view_title(self.state.view), count=len(lines))
            )
        )

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here."""
        return self.menu.entries()
