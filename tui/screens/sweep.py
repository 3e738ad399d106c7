"""Sweep: one or two values of the policy take many values at once, and what becomes of everybody is a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from simulator.lab.grid import SweepError
from simulator.lab.left_out import left_out_text
from simulator.lab.measures import measure
from simulator.lab.recipe import Asked
from simulator.lab.setting import Setting
from simulator.lab.swept import Sweep
from simulator.policy.titles import leaf_title
from simulator.text import _, sentences
from tui.keys import keyed
from tui.lab.export import as_text
from tui.lab.figure import Figure
from tui.lab.sweep_desk import Changed, SweepDesk
from tui.lab.sweep_form import Row, form_lines, guess_text, rows_of
from tui.lab.sweep_picture import Looks
from tui.lab.sweep_plan import SweepPlan, axis_plan, can_vary
from tui.lab.sweep_progress import progress_lines
from tui.lab.sweep_words import FIGURES, of_what, point_text
from tui.lab_runner import LabRunner
from tui.screens.base import NARROWEST, WIDE, GameScreen, Key
from tui.screens.lab_dialogs import MeasureDialog
from tui.screens.lab_place import LabPlace
from tui.screens.sweep_menu import SweepMenu
from tui.screens.sweep_results import BEST, PREFIX, SweepResults
from tui.widgets.cells import Cell, Line, blank, mark, words, wrapped
from tui.widgets.page import Page

PLAN_WIDTH = 40
LEFT_OUT_ROWS = 3
SETTLED_SECONDS = 0.6
"""How long a plan must stay as it is before it is measured."""


class SweepScreen(GameScreen):
    """The plan, and the picture of what it came to; side by side where there is room."""

    DEFAULT_CSS = """
    SweepScreen #head { height: 1; }
    SweepScreen.tall #told { margin-top: 1; }
    SweepScreen #plan { width: 1fr; height: 1fr; }
    SweepScreen #results { width: 1fr; display: none; }
    SweepScreen.looking #results { display: block; }
    SweepScreen.looking #plan { display: none; }
    SweepScreen.broad #plan { display: block; width: 40; margin-right: 2; }
    SweepScreen.broad #results { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str((place + 1) % 10), f"figure({place})", show=False, id=f"sweep.figure_{(place + 1) % 10}")
            for place in range(BEST + 1)
        ),
        Binding("tab", "other_pane", show=False, id="sweep.pane"),
        Binding("j", "other_pane", show=False, id="always.jump"),
        Binding("f6", "other_pane", show=False, id="always.pane"),
    ]

    def __init__(self) -> None:
        """The desk is the world's own; a sweep goes on while nobody looks."""
        super().__init__()
        self.menu = SweepMenu(self)
        self.rows: list[Row] = []
        self.fault = ""
        self.awaited = False
        """Whether the first picture of a sweep that was begun here still has to be gone to."""
        self._settling: Timer | None = None

    # What it is about

    @property
    def desk(self) -> SweepDesk | None:
        """Who works; None where there is no market."""
        return self.game.open_sweeps()

    @property
    def plan(self) -> SweepPlan:
        """What is to be swept: at first the value that was under the Lab's cursor."""
        state = self.game.lab_state()
        if state.plan is None:
            state.plan = SweepPlan()
            if can_vary(state.path):
                state.plan.vary(0, axis_plan(state.plan.start(state.draft, state.path), state.path))
        return state.plan

    @property
    def setting(self) -> Setting:
        """Around which policy, and on whose days: the Lab's."""
        state = self.game.lab_state()
        return self.game.lab_setting(state.draft.today, state.timeline)

    @property
    def found(self) -> Sweep | None:
        """What is known."""
        return self.desk.work.found if self.desk is not None else None

    def asked(self) -> Asked | None:
        """The plan as a sweep; None, and `fault`, where it is none."""
        try:
            asked = self.plan.asked(self.setting, self.game.lab_state().draft)
        except SweepError as error:
            self.fault = sentences(*error.faults)
            return None
        self.fault = ""
        return asked

    def title_text(self) -> str:
        """The place."""
        return _("Sweep")

    def question(self) -> str:
        """The question, with the fields in it where they fit."""
        names = [leaf_title(axis.path) for axis in self.plan.axes]
        if not names:
            return _("What if a value of the policy took many values?")
        told = _("What becomes of everybody along {fields}?").format(fields=_(" and ").join(names))
        room = (self.size.width or NARROWEST) - cell_len(self.title_text()) - 4
        for text in (told, _(" and ").join(names)):
            if cell_len(text) <= room:
                return text
        return _("What if a value of the policy took many values?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Vary one or two values of the policy in even steps. Each policy of the grid meets the same people and the same luck, and its figures stand beside today's policy."),
            _("It starts from the trial as it stands in the Lab, or from today's policy; which, is chosen on the plan. Figures stand beside today's policy either way."),
            _("One field gives a line with the band in which it lies with 95 % certainty; two give a map, on which a value, or a digit from 0 for low to 8 for high, stands in each cell. Arrows move on it, and what a policy comes to is told below; Enter takes it into the Lab as the trial."),
            _("A dot in the pictures of profit against harm is a policy. Those with letters are not beaten: no other one has more profit with no more harm, or as much with less; those that tie exactly share a letter. Policies close to each other may differ by chance alone."),
            keyed(_("Results are kept as they come. A sweep that was stopped goes on with {key_g}, here or with the command that the menu copies; it also goes on while you are elsewhere.")),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Run or stop, figures, panes."""
        running = self.desk is not None and self.desk.work.under_way
        nobody = "" if self.desk is not None else _("The market is not there, so nobody can be asked.")
        return [
            Key("g", _("Stop") if running else _("Run"), nobody),
            Key("1-9", _("Figure")),
            Key("0", _("Best")),
            Key("e", _("Menu")),
            Key(_("left right"), _("change the number under the cursor, on the plan")),
            Key("Enter", _("type it, on the plan; take the policy as the trial, on a picture")),
            Key("w", _("how sure the figure of the policy under the cursor is")),
        ]

    def footer_keys(self) -> list[Key]:
        """Own keys, the pane and help."""
        if self.game.clock.running:
            return super().footer_keys()
        return [*self.own_keys()[:4], Key("Tab", _("Pane")), Key("w", _("Why")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Run or stop, or the menu."""
        if key == "g":
            self.run_or_stop()
        elif key == "e":
            self.menu.open()

    # Layout

    def compose(self) -> ComposeResult:
        """What it is of; the plan; figures, picture, the policy under the cursor."""
        for name in ("glance", "rule", "title", "head"):
            yield Page(id=name)
        with Horizontal(id="body"):
            yield Page(id="plan", sideways=True)
            yield SweepResults(id="results")
        yield Page(id="keys")

    def on_mount(self) -> None:
        """The head has no cursor; what is known is shown, the plan is measured."""
        super().on_mount()
        head = self.query_one("#head", Page)
        head.can_focus = False
        head.show_vertical_scrollbar = False
        head.styles.scrollbar_size_vertical = 0
        if self.desk is not None:
            self.desk.listener = self.post_message
            work = self.desk.work
            if work.found is not None:
                self.look()
            else:
                self.awaited = work.under_way
        self.call_after_refresh(self._place_focus)
        self.settle()

    def on_unmount(self) -> None:
        """The sweep goes on; nobody here hears of it."""
        desk = self.desk
        if desk is not None and desk.listener == self.post_message:
            desk.listener = None

    @property
    def results(self) -> SweepResults:
        """The picture and what is around it."""
        return self.query_one(SweepResults)

    @property
    def main(self) -> Page:
        """The picture."""
        return self.results.main

    @property
    def form(self) -> Page:
        """The plan."""
        return self.query_one("#plan", Page)

    @property
    def broad(self) -> bool:
        """Whether plan and picture stand side by side."""
        return self.size.width >= WIDE

    def main_width(self, width: int, wide: bool) -> int:
        """The picture has what the plan leaves."""
        return width - PLAN_WIDTH - 3 if self.broad else width - 1

    def _place_focus(self) -> None:
        (self.main if self.has_class("looking") else self.form).focus()

    def look(self) -> None:
        """To the picture."""
        self.awaited = False
        self.add_class("looking")

    def rebuild(self) -> None:
        """Show the plan and what is known."""
        if self.is_mounted:
            self.set_class(self.broad, "broad")
        super().rebuild()

    def fill(self, room: int, beside: int) -> None:
        """All parts."""
        self._show_head()
        width = (PLAN_WIDTH if self.broad else self.size.width) - 1
        self.rows = rows_of(self.plan)
        self.form.show(self._plan_lines(width))
        desk = self.desk
        empty = keyed(_("Nothing has been swept yet: choose what is varied, and press {key_g}."))
        if desk is not None and desk.work.under_way:
            empty = _("The picture comes with the first people.")
        self.results.show(self.found, self.looks, empty, room, self.broad, self.game.settings.ascii)

    def _show_head(self) -> None:
        width = self.size.width - 2
        lines: list[Line] = []
        if self.desk is not None:
            work = self.desk.work
            if work.found is not None:
                whole = work.asked.shoppers if work.asked is not None else work.found.shoppers
                lines += wrapped(of_what(work.found, whole), width, "muted")
                if told := left_out_text(work.found):
                    lines += wrapped(told, width, "watch")[:LEFT_OUT_ROWS]
            lines += progress_lines(work, width)
        head = self.query_one("#head", Page)
        head.styles.height = len(lines)
        head.show(lines)

    # The plan

    def _plan_lines(self, width: int) -> list[Line]:
        desk = self.desk
        lines = form_lines(self.plan, self.game.lab_state().draft, width, self.menu.choose)
        if desk is None:
            return [*lines, blank(), *wrapped(_("The market is not there, so nobody can be asked."), width, "muted")]
        work = desk.work
        known = work.asked is not None and work.asked == self.asked()
        if self.fault:
            lines += wrapped(self.fault, width, "bad")
        elif known and work.stage == "done" and work.path is not None:
            lines += wrapped(_("Done, and kept in {file}.").format(file=work.path.name), width, "muted")
        elif not work.under_way:
            lines += wrapped(guess_text(desk), width, "muted")
        if work.found is not None and not known:
            lines += wrapped(keyed(_("What is shown is of another plan; {key_g} runs this one.")), width, "watch")
        run = _("Stop") if work.under_way else _("Go on") if known and work.stage == "stopped" else _("Run")
        lines += [
            blank(),
            self._todo(run, self.run_or_stop, "g"),
            self._todo(_("Sweeps that are kept"), self.menu.open_kept),
            self._todo(_("Copy, export, go on at the command"), self.menu.open, "e"),
        ]
        if not self.broad and work.found is not None:
            lines.append(self._todo(_("The picture"), self.to_picture, "Tab"))
        return lines

    def _todo(self, label: str, run: Callable[[], object], key: str = "") -> Line:
        return [mark(), Cell(label, role="accent", bold=True, action=run), words("  " + key, role="muted")]

    @on(Page.Sideways)
    def nudged(self, message: Page.Sideways) -> None:
        """Left or right on a number of the plan."""
        here = self.form.current
        if self.focused is not self.form or here is None or here.line >= len(self.rows):
            return
        part, place, _label = self.rows[here.line]
        if part == "people":
            self.plan.more_people(message.by)
        elif part == "months":
            self.plan.more_months(message.by)
        elif part == "start":
            self.plan.from_trial = not self.plan.from_trial
        elif part != "field":
            self.plan.axes[place] = self.plan.axes[place].moved(part, message.by)
        self.planned()

    def planned(self) -> None:
        """The plan has changed: who is at it is not led away from it."""
        self.awaited = False
        self.asked()
        self.rebuild()
        self.settle()

    def settle(self) -> None:
        """Once the plan stays as it is, find out how long it will take."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED_SECONDS, self.measure)

    def measure(self) -> None:
        """Ask the desk how long it will take."""
        asked = self.asked()
        if self.desk is not None and asked is not None:
            self.desk.measure(asked)
            self.rebuild()

    def run_or_stop(self) -> None:
        """Begin, go on, or stop with everything kept."""
        desk = self.desk
        if desk is None:
            return
        if desk.work.under_way:
            self.awaited = False
            desk.stop()
            self.rebuild()
        elif (asked := self.asked()) is not None:
            self.run(asked, desk.work.path if desk.work.asked == asked else None)
        else:
            self.rebuild()

    def run(self, asked: Asked, path: Path | None) -> None:
        """Begin a sweep or go on with it; its first picture is gone to, however early a rebuild has drawn it."""
        if self.desk is not None:
            self.awaited = True
            self.desk.run(asked, path)
        self.rebuild()

    @on(Changed)
    def heard(self) -> None:
        """The desk knows more."""
        if self.awaited and self.found is not None:
            self.to_picture()
        self.rebuild()

    @on(LabRunner.Failed)
    def not_done(self, message: LabRunner.Failed) -> None:
        """A sentence for what went wrong."""
        self.game.failed(message.error)

    # The picture

    @property
    def looks(self) -> Looks:
        """What is looked at."""
        return self.game.lab_state().looks

    @on(SweepResults.Wanted)
    def wanted(self, message: SweepResults.Wanted) -> None:
        """A click on a figure's name."""
        self.action_figure(message.place)

    def action_figure(self, place: int) -> None:
        """Another figure, or the best policies."""
        self.looks.best = place == BEST
        if place < BEST:
            self.looks.figure = FIGURES[place]
        if self.found is not None:
            self.to_picture()
        self.main.scroll_to(y=0, animate=False)
        self.rebuild()

    def to_picture(self) -> None:
        """Look at the picture, with the cursor on it."""
        self.look()
        self.main.focus()
        self.rebuild()

    def action_other_pane(self) -> None:
        """Between the plan and the picture."""
        self.awaited = False
        if self.broad:
            (self.form if self.focused is self.main else self.main).focus()
        else:
            self.toggle_class("looking")
            self._place_focus()
            self.rebuild()

    @on(SweepResults.Taken)
    def taken(self, message: SweepResults.Taken) -> None:
        """This policy becomes the trial in the Lab."""
        found, each = self.found, self.results.outcome(message.number)
        if found is None or each is None or each.point.policy is None:
            return
        state = self.game.lab_state()
        state.draft.take(each.point.policy)
        state.path = found.axes[0].path
        self.game.go_back()
        if isinstance(self.app.screen, LabPlace):
            self.app.screen.end_finding()
            self.app.screen.rebuild()
        self.game.tell(keyed(_("The trial is now: {values}. {key_u} takes it back."), values=point_text(found, each.point)))

    @on(Page.Asked)
    def explain(self, message: Page.Asked) -> None:
        """How sure the figure of a policy is; other figures as everywhere."""
        message.prevent_default()
        found, each = self.found, self.results.outcome()
        if not message.figure.startswith(PREFIX) or found is None or each is None:
            self.game.explain(message.figure)
            return
        message.stop()
        name = self.looks.figure
        told = sentences(_("{points}.").format(points=point_text(found, each.point)), of_what(found, found.shoppers))
        self.app.push_screen(MeasureDialog(Figure(measure(name), each.metrics[name]), told))

    def action_copy(self) -> None:
        """Copy the picture with what it is of and the policy under the cursor."""
        self.menu.copy_picture()

    def copied(self) -> str:
        """The picture as text."""
        head = self.query_one("#head", Page).lines
        return as_text([[words(f"{self.title_text()} - {self.question()}")], *head, *self.results.text_lines()])

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here."""
        return self.menu.entries()
