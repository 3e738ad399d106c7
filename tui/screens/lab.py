"""Lab: what if the lender decided otherwise? A value of the policy moves, and what becomes of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from simulator.lab.answer import Answer, Estimator, SwapShopper
from simulator.lab.measures import measure
from simulator.lab.mine import Mine, Played, mine
from simulator.lab.twin import TwinLives
from simulator.lab.words import sample_text
from simulator.policy.edit import Draft, excess_at
from simulator.policy.faults import PolicyError
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.titles import leaf_title
from simulator.policy.values import OURS
from simulator.policy.written import bounds_text, unit_text, value_text
from simulator.population.names import name_of
from simulator.text import _, language
from tui.lab.export import as_text
from tui.lab.fairness import fair_measures, fairness_view
from tui.lab.fields import FieldList
from tui.lab.mine import mine_view
from tui.lab.money import money_view
from tui.lab.people import people_view
from tui.lab.risk import risk_view
from tui.lab.short import short_view
from tui.lab.state import LabState
from tui.lab.swap import swap_view
from tui.lab.track import FieldTrack
from tui.lab_runner import Cancel, Job, LabRunner, Tell
from tui.screens.base import WIDE, GameScreen, Key
from tui.screens.dialogs import ChoiceDialog
from tui.screens.lab_dialogs import MeasureDialog
from tui.screens.lab_menu import LabMenu
from tui.screens.sweep import SweepScreen
from tui.screens.twin import TwinScreen
from tui.widgets.cells import Cell, Line, blank, words, wrapped
from tui.widgets.page import Page
from tui.widgets.slider import Slider

VIEWS = ("short", "money", "risk", "people", "fairness", "swap", "me")
FIELDS_WIDTH = 44
WAIT_SECONDS = 0.5
MILLION = 1_000_000


def view_title(view: str) -> str:
    """A view's name."""
    return {
        "short": _("In short"),
        "money": _("Money"),
        "risk": _("Risk"),
        "people": _("People"),
        "fairness": _("Fairness"),
        "swap": _("Swap set"),
        "me": _("Me"),
    }[view]


class LabScreen(GameScreen):
    """A slider above; the policy's values and the answer below, side by side where there is room."""

    DEFAULT_CSS = """
    LabScreen #about, LabScreen #views { height: 1; }
    LabScreen #pane { width: 1fr; display: none; }
    LabScreen #results { width: 1fr; }
    LabScreen #main { height: 1fr; }
    LabScreen #fields { height: 1fr; }
    LabScreen #find { display: none; height: 1; border: none; padding: 0 1; background: $panel; color: $ink; }
    LabScreen.finding #find { display: block; }
    LabScreen.choosing #pane { display: block; }
    LabScreen.choosing #results { display: none; }
    LabScreen.broad #pane { display: block; width: 44; margin-right: 2; }
    LabScreen.broad #results { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(place + 1), f"view({place})", show=False, id=f"lab.{view}")
            for place, view in enumerate(VIEWS)
        ),
        Binding("8", "sweep", show=False, id="lab.sweep"),
        Binding("tab,f6", "other_pane", show=False, id="lab.pane"),
        Binding("shift+left", "leap(-1)", show=False, id="lab.much_less"),
        Binding("shift+right", "leap(1)", show=False, id="lab.much_more"),
        Binding("U", "redo", show=False, id="lab.redo"),
        Binding("backspace,delete", "field_back", show=False, id="lab.field_back"),
    ]

    def __init__(self) -> None:
        """What there is to see comes when it is asked for."""
        super().__init__()
        self.runner = LabRunner(self.post_message)
        self.answer: Answer | None = None
        self.mine: Mine | None = None
        self.played: Played | None = None
        self.fault = ""
        self.field: FieldTrack | None = None
        self.asked: tuple[object, ...] = ()
        self.menu = LabMenu(self)

    # What it is about

    @property
    def state(self) -> LabState:
        """What the Lab remembers of this world."""
        return self.game.lab_state()

    @property
    def draft(self) -> Draft:
        """The trial policy."""
        return self.state.draft

    @property
    def estimator(self) -> Estimator | None:
        """Who can be asked of the market."""
        return self.game.open_estimator(self.draft.today, self.state.timeline)

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
            _("Each figure shows the difference first, then the interval in which it lies with 95 % certainty. Where that holds nothing and something alike, it says: not clear. Enter or w on a figure explains it."),
            _("At 80 columns Tab goes between the values and the answer. Nothing here changes the lender's real policy or your life."),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Find and take back; the arrows, Enter and the views stand in the help."""
        draft = self.draft
        return [
            Key("f", _("Find")),
            Key("u", _("Undo"), "" if draft.can_undo else _("There is no change to take back.")),
            Key("1-8", _("Views")),
            Key("left right", _("move the value; with shift by more")),
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
        return [*self.own_keys()[:3], Key("Tab", _("Pane")), Key("w", _("Why")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Find or undo."""
        if key == "f":
            self.begin_to_find()
        elif key == "u" and self.draft.undo():
            self.show_change()

    # Layout

    def compose(self) -> ComposeResult:
        """The slider and what it moves; the values; the answer."""
        for name in ("glance", "rule", "title"):
            yield Page(id=name)
        yield Slider(id="slider")
        yield Page(id="about")
        with Horizontal(id="body"):
            with Vertical(id="pane"):
                yield Input(id="find")
                yield FieldList(id="fields")
            with Vertical(id="results"):
                yield Page(id="views")
                yield Page(id="main", sideways=True)
        yield Page(id="keys")

    def on_mount(self) -> None:
        """One line each for what heads the panes; the values have the cursor where both are seen."""
        super().on_mount()
        for name in ("about", "views"):
            page = self.query_one(f"#{name}", Page)
            page.can_focus = False
            page.show_vertical_scrollbar = False
            page.styles.scrollbar_size_vertical = 0
        self.fields.reveal(self.state.path)
        self.fields.opened |= self.state.opened
        if self.estimator is None:
            self.state.view = "me"
        self.set_interval(WAIT_SECONDS, self._still_waiting)
        self.call_after_refresh(self._place_focus)

    def on_unmount(self) -> None:
        """Nobody is asked any more."""
        self.runner.stop()

    @property
    def fields(self) -> FieldList:
        """The tree of values."""
        return self.query_one(FieldList)

    @property
    def slider(self) -> Slider:
        """The slider."""
        return self.query_one(Slider)

    @property
    def broad(self) -> bool:
        """Whether values and answer stand side by side."""
        return self.size.width >= WIDE

    def main_width(self, width: int, wide: bool) -> int:
        """The answer has what the values leave."""
        return width - FIELDS_WIDTH - 3 if self.broad else width - 1

    def _place_focus(self) -> None:
        (self.fields if self.broad else self.query_one("#main", Page)).focus()

    def on_descendant_focus(self) -> None:
        """At 80 columns the pane that has the cursor is the one that is seen."""
        inside = self.focused is not None and self.focused.id in ("fields", "find")
        if self.focused is not self.slider:
            self.set_class(inside and not self.broad, "choosing")

    def rebuild(self) -> None:
        """Show the draft and the answer as they are."""
        if not self.is_mounted or self.size.width == 0:
            return
        self.set_class(self.broad, "broad")
        self.remove_class("choosing") if self.broad else self.on_descendant_focus()
        super().rebuild()
        if self.size.width < 80 or self.size.height < 24:
            return
        self.game.controller.guarded(self._show_parts)()
        self.ask()

    def _show_parts(self) -> None:
        """The slider, what it moves, the values, the names of the views."""
        state = self.state
        self.field = FieldTrack(state.draft, state.path)
        if self.slider.typing is None:
            self.slider.show(self.field.track, self.field.start)
        about = self.query_one("#about", Page)
        lines = self._about(self.size.width - 2)
        about.styles.height = len(lines)
        about.show(lines)
        width = (FIELDS_WIDTH if self.broad else self.size.width) - 1
        self.fields.path = state.path
        state.opened = self.fields.opened
        self.fields.fill(state.draft, width)
        self.query_one("#views", Page).show([self._views()])

    def _about(self, width: int) -> list[Line]:
        """What the value means, its unit, bounds and source; what is changed, and what breaks a cap."""
        state = self.state
        kind = policy_leaves()[state.path]
        field = policy_fields()[state.path.partition(".")[0]]
        source = field.meaning.source.replace(OURS, _("ours to calibrate"))
        facts = [text for text in (unit_text(kind), bounds_text(kind), source) if text]
        lines = [
            *wrapped(field.meaning.spoken(), width, indent=2),
            *wrapped(_("; ").join(facts), width, "muted", 2),
        ]
        over = excess_at(state.draft.excesses, state.path)
        if self.fault:
            return [*lines, *wrapped(self.fault, width, "watch", 2)]
        if over is not None:
            return [*lines, *wrapped("[!] " + over.sentence(), width, "bad", 2)]
        return [*lines, self._changed(width)]

    def _changed(self, width: int) -> Line:
        """How much is changed, and the way to keep, load and compare."""
        count, over = len(self.draft.changes), len(self.draft.excesses)
        told = _("{count} changed").format(count=count) if count else _("as today")
        line: Line = [
            words("  "),
            Cell(_("Trial"), bold=True),
            words(f"  {told}   ", role="accent" if count else "muted"),
            Cell(_("> save, load, compare, export"), role="accent", action=self.menu.open),
        ]
        if over:
            line.append(words("   [!] " + _("{count} above the legal cap").format(count=over), role="bad"))
        name = f"   {self.state.path}"
        used = sum(cell_len(cell.fitted()) for cell in line)
        return [*line, words(name, role="muted")] if used + cell_len(name) <= width else line

    def _views(self) -> Line:
        """The views, each with its key; the one that is seen stands out. The sweep is a place of its own."""
        titles = [*(view_title(view) for view in VIEWS), _("Sweep")]
        acts = [*(self._going(view) for view in VIEWS), self.action_sweep]
        texts = [f"{place} {title}" for place, title in enumerate(titles, 1)]
        room = self.main_width(self.size.width, False)
        gap = "  " if sum(map(cell_len, texts)) + 2 * len(texts) - 2 <= room else " "
        here = VIEWS.index(self.state.view)
        line: Line = []
        for place, (text, act) in enumerate(zip(texts, acts, strict=True)):
            line += [Cell(text, role="accent" if place == here else "muted", bold=place == here, action=act), words(gap)]
        return line[:-1]

    def _going(self, view: str) -> Callable[[], object]:
        return lambda: self.action_view(VIEWS.index(view))

    # The answer

    def build(self, width: int) -> list[Line]:
        """The view, and what it is of."""
        if self.state.view == "me":
            return self._build_mine(width)
        if self.estimator is None:
            return wrapped(
                _("The market is not there, so nobody can be asked. 7 shows your own life under the trial."),
                width,
                "muted",
            )
        if self.answer is None:
            return wrapped(self._waiting_text(), width, "muted")
        answer = self.answer
        of_what = sample_text(answer)
        if answer.done_ppm < MILLION:
            of_what += "   " + _("done {percent} %").format(percent=answer.done_ppm // 10_000)
        head = wrapped(of_what, width, "muted")
        if not self.draft.changes:
            head += wrapped(_("Nothing is changed yet: move a value with left and right."), width, "accent")
        return [*head, *self._view(answer, width)]

    def _waiting_text(self) -> str:
        """What the first answer waits for."""
        if self.estimator is not None and self.estimator.state == "compiling":
            return _(
                "Making the Lab ready: the first time on a computer this takes up to a minute. You can go elsewhere "
                "meanwhile; 7 shows your own life under the trial."
            )
        return _("Asking the first people ...")

    def _still_waiting(self) -> None:
        """Say what is waited for, until there is an answer."""
        if self.answer is None and self.estimator is not None and self.state.view != "me":
            self.show_answer()

    def _view(self, answer: Answer, width: int) -> list[Line]:
        state = self.state
        match state.view:
            case "money":
                return money_view(answer, width)
            case "risk":
                return risk_view(answer, width, self.game.settings.ascii)
            case "people":
                return people_view(answer, width)
            case "fairness":
                return fairness_view(answer, width, state.fair, self._choose_fair)
            case "swap":
                return swap_view(answer, width, self.open_lives)
        changed = self.mine if self.draft.changes else None
        return short_view(answer, changed, width, self.open_lives)

    def _build_mine(self, width: int) -> list[Line]:
        if self.played is None:
            return wrapped(_("Only a saved life can be lived again under another policy."), width, "muted")
        if self.mine is None:
            return wrapped(_("Living your life again ..."), width, "muted")
        head = wrapped(self._of_mine(), width, "muted")
        if not self.draft.changes:
            return [
                *head,
                *wrapped(_("Nothing is changed yet: move a value with left and right."), width, "accent"),
            ]
        return [*head, blank(), *mine_view(self.mine, width, self.open_mine)]

    def _of_mine(self) -> str:
        told = _("Your own life, {days} days, seed {seed}, the same deeds on the same days")
        return told.format(days=self.world.day + 1, seed=self.world.seed)

    def ask(self) -> None:
        """Ask for the trial; what is under way for an older one is dropped."""
        self._read_played()
        draft = self.draft
        now = (draft.policy, draft.today, self.played, self.estimator)
        if len(self.asked) == len(now) and all(old is new for old, new in zip(self.asked, now, strict=True)):
            return
        self.asked = now
        jobs = self._jobs()
        if self.state.view == "me" or (self.estimator is not None and self.estimator.state != "ready"):
            jobs.reverse()
        if jobs:
            self.runner.ask(jobs)

    def _read_played(self) -> None:
        """What was done so far, read anew after every step of the life."""
        if self.played is None or len(self.played.events) != len(self.world.events):
            self.played = Played.of(self.world)

    def _jobs(self) -> list[Job]:
        trial, today, played, estimator = self.draft.policy, self.draft.today, self.played, self.estimator

        def of_market(tell: Tell, cancel: Cancel) -> None:
            assert estimator is not None
            estimator.estimate(trial, tell, cancel)

        def of_me(tell: Tell, cancel: Cancel) -> None:
            assert played is not None
            found = mine(played, today, trial, cancel)
            if found is not None:
                tell(found)

        jobs: list[Job] = [of_market] if estimator is not None else []
        return [*jobs, of_me] if played is not None else jobs

    @on(LabRunner.Told)
    def heard(self, message: LabRunner.Told) -> None:
        """An answer: the latest is shown."""
        if self.runner.is_old(message.number):
            return
        if isinstance(message.answer, Answer):
            self.answer = message.answer
        elif isinstance(message.answer, Mine):
            self.mine = message.answer
        self.show_answer()

    @on(LabRunner.Failed)
    def not_answered(self, message: LabRunner.Failed) -> None:
        """A sentence for what could not be answered."""
        self.game.failed(message.error)

    def show_answer(self) -> None:
        """Draw the answer alone."""
        width = self.main_width(self.size.width, False)
        self.game.controller.guarded(lambda: self.query_one("#main", Page).show(self.build(width)))()

    # Changing the trial

    def take_slider(self, typed: bool = False) -> None:
        """What the slider says becomes the trial's value."""
        if self.field is None or self.slider.value == self.field.position(self.draft.value(self.state.path)):
            return
        self.fault = ""
        try:
            self.draft.set(self.state.path, self.field.value(self.slider.value), moving=not typed)
        except PolicyError as error:
            self.fault = " ".join(error.faults)
        self.rebuild()

    def show_change(self) -> None:
        """The trial has changed in another way than by the slider."""
        self.fault = ""
        self.rebuild()

    @on(Slider.Changed)
    def slid(self, message: Slider.Changed) -> None:
        """The slider moved, or a value was typed."""
        self.take_slider(message.typed)

    @on(Slider.Refused)
    def refused(self, message: Slider.Refused) -> None:
        """What was typed cannot be: say why; the line stays to be mended."""
        self.fault = message.sentence
        self.rebuild()

    @on(Slider.Left)
    def typed(self) -> None:
        """Typing is over; back to the pane."""
        self.take_slider(typed=True)
        self._place_focus()
        self.rebuild()

    @on(FieldList.Nudged)
    def nudged(self, message: FieldList.Nudged) -> None:
        """Left or right among the values."""
        self.slider.move(message.by)

    @on(Page.Sideways)
    def sideways(self, message: Page.Sideways) -> None:
        """Left or right in the answer."""
        self.slider.move(message.by)

    def action_leap(self, way: int) -> None:
        """A larger step."""
        self.slider.action_leap(way)

    @on(FieldList.Wanted)
    def begin_to_type(self) -> None:
        """Enter on a value: type it."""
        self.slider.write()

    @on(FieldList.Picked)
    def picked(self, message: FieldList.Picked) -> None:
        """Another value under the cursor; what the slider still says belongs to the one before."""
        self.take_slider()
        self.state.path = message.path or self.state.path
        self.fault = ""
        self.rebuild()

    def action_redo(self) -> None:
        """Make again what was taken back."""
        if self.draft.redo():
            self.show_change()

    def action_field_back(self) -> None:
        """This value back to today's."""
        try:
            changed = self.draft.reset(self.state.path)
        except PolicyError as error:
            self.fault = " ".join(error.faults)
            self.rebuild()
        else:
            if changed:
                self.show_change()

    # Going about

    def action_other_pane(self) -> None:
        """Between the values and the answer; where both are seen, on to whatever comes next."""
        if self.broad:
            self.focus_next()
        elif self.has_class("choosing"):
            self.remove_class("choosing")
            self.query_one("#main", Page).focus()
        else:
            self.add_class("choosing")
            self.fields.focus()

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

    def begin_to_find(self) -> None:
        """Words to find values by."""
        self.add_class("finding")
        find = self.query_one("#find", Input)
        find.placeholder = _("part of a value's name or meaning")
        find.focus()

    @on(Input.Changed)
    def find_changed(self, event: Input.Changed) -> None:
        """Only what holds the words is listed."""
        self.fields.find = event.value
        self.rebuild()

    @on(Input.Submitted)
    def find_done(self) -> None:
        """To the first that was found."""
        found = [entry.path for entry in self.fields.entries if entry.path]
        self.fields.focus()
        if found and self.state.path not in found:
            self.fields.move_to(next(place for place, entry in enumerate(self.fields.entries) if entry.path))

    def action_back(self) -> None:
        """Out of finding, else up one."""
        if self.has_class("finding"):
            self.remove_class("finding")
            self.query_one("#find", Input).value = ""
            self.fields.reveal(self.state.path)
            self.fields.focus()
            self.rebuild()
            return
        super().action_back()

    # Figures and lives

    @on(Page.Asked)
    def explain(self, message: Page.Asked) -> None:
        """A figure of the Lab is explained by what it measures, and how surely; others as everywhere."""
        message.prevent_default()
        what, _sign, rest = message.figure.partition(":")
        if what != "lab" or self.answer is None:
            self.game.explain(message.figure)
            return
        message.stop()
        if rest.startswith("gap:"):
            _word, by, metric = rest.split(":")
            gap = next(gap for gap in self.answer.gaps if (gap.by, gap.metric) == (by, metric))
            self.app.push_screen(MeasureDialog(measure(metric), gap.gap, sample_text(self.answer), gap))
        elif rest in self.answer.metrics:
            self.app.push_screen(MeasureDialog(measure(rest), self.answer.metrics[rest], sample_text(self.answer)))

    def open_mine(self) -> None:
        """Both lives of the player."""
        if self.mine is not None:
            self.app.push_screen(TwinScreen(self.my_name, self.mine.twin, self._of_mine()))

    @property
    def my_name(self) -> str:
        """The player's name."""
        return str(self.world.events[0]["name"])

    def open_lives(self, shopper: SwapShopper) -> None:
        """Both lives of a shopper, lived off the screen's thread."""
        estimator, trial = self.estimator, self.draft.policy
        if estimator is None or self.answer is None:
            return
        self.game.tell(_("Living both lives ..."))
        of_what = sample_text(self.answer)

        def live() -> None:
            twin = estimator.lives(trial, shopper.shopper)
            self.app.call_from_thread(self._show_lives, shopper, twin, of_what)

        self.run_worker(live, thread=True, exclusive=True, group="lives")

    def _show_lives(self, shopper: SwapShopper, twin: TwinLives, of_what: str) -> None:
        name = name_of(shopper.surname, shopper.given, language())
        self.app.push_screen(TwinScreen(name, twin, of_what))

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
