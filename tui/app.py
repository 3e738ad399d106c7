"""The app: one life on the screen. It opens worlds, sends what the person asks, and goes between places.

What is heavy (the world, the save, the policy) is imported after the first paint.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.events import Event, InputEvent, Key, MouseMove, Paste
from textual.screen import Screen

from simulator import text
from simulator.text import _
from tui import keys
from tui.behind import RightOfWay
from tui.beside import Beside
from tui.clock import Clock
from tui.controller import Controller
from tui.hang_up import end_with_window
from tui.key_line import KeyLine
from tui.keys import APP_BINDINGS
from tui.looked_for import LookedFor
from tui.notices import CSS as NOTICES_STYLE
from tui.notices import Notices
from tui.settings import keep_setting, load_settings
from tui.themes import THEMES
from tui.toolkit import mend

if TYPE_CHECKING:
    from simulator.explain import Explanation
    from simulator.lab.answer import Estimator, Timeline
    from simulator.lab.setting import Setting
    from simulator.lab.sweeper import Sweeper
    from simulator.ledger.care import Listed
    from simulator.policy.schema import Policy
    from simulator.world import World
    from tui.demo import DemoDirector
    from tui.lab.state import LabState
    from tui.lab.sweep_desk import SweepDesk
    from tui.screens import base
    from tui.widgets.page import Page

LAB_SHOPPERS = 100_000


class WhiteslipApp(App[None]):
    """The program on the screen."""

    TITLE = "Whiteslip"
    CSS = f"""
    Screen {{ background: $background; color: $ink; }}
    .-plain CommandPalette * {{ border: none; }}
    .-plain SearchIcon {{ display: none; }}
    {NOTICES_STYLE}
    """
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = APP_BINDINGS

    def __init__(
        self,
        save: Path | None = None,
        policy: str | None = None,
        seed: int | None = None,
        lang: str | None = None,
        screen: str | None = None,
        story: str | None = None,
        kiosk: bool = False,
        speed: int = 0,
        shoppers: int | None = None,
        warm_up_days: int | None = None,
        lab_shoppers: int = 0,
    ) -> None:
        """What the command line asks for; with no `lab_shoppers` the Lab has no market to ask."""
        mend()
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.settings = load_settings()
        text.use(lang or self.settings.language)
        if self.settings.faults:
            self.settings.faults = load_settings().faults  # now in the reader's language
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_class(self.settings.ascii, "-plain")
        self.asked_save, self.asked_policy, self.asked_seed = save, policy or "standard", seed
        self.first_place, self.story, self.kiosk = screen, story, kiosk
        self.asked_speed, self.asked_shoppers, self.asked_warm_up = speed, shoppers, warm_up_days
        self.life: World | None = None
        self.beside = Beside(self)
        self.looked_for = LookedFor()
        self.lab: LabState | None = None
        self.estimator: Estimator | None = None
        self.lab_shoppers = lab_shoppers
        self.asked_of: tuple[Policy, int, Timeline] | None = None
        self.sweeper: Sweeper | None = None
        if lab_shoppers:
            from simulator.lab.sweeper import MarketSweeper

            self.sweeper = MarketSweeper()
        self.notices = Notices(self)
        self.controller = Controller(self)
        self.clock = Clock(self)
        self.demo: DemoDirector | None = None
        self.right_of_way = RightOfWay()
        self.key_line = KeyLine(self)
        keys.use(self.settings.keys)
        if self.settings.keys:
            self.set_keymap(self.settings.keys)

    @property
    def world(self) -> World:
        """The life in play."""
        assert self.life is not None
        return self.life

    @property
    def plays_itself(self) -> bool:
        """Whether a demo goes on by itself."""
        return self.demo is not None and self.demo.is_playing

    def lab_state(self) -> LabState:
        """What the Lab remembers of this world, beside the policy of today."""
        from simulator.policy.edit import Draft
        from tui.lab.state import LabState

        today = self.beside.policy or self.own_policy
        if self.lab is None:
            self.lab = LabState(Draft(today))
        elif self.lab.draft.today is not today:
            self.lab.draft.rebase(today)
        return self.lab

    @property
    def own_policy(self) -> Policy:
        """The policy of the life in play, from its next day on."""
        return self.world.next_policy

    def lab_setting(self, today: Policy, timeline: Timeline) -> Setting:
        """What the Lab's answers are of: the market's own people, from the day on which it stands, or as always.

        Until a trial's first day they live under the policies that really held.
        """
        from simulator.lab.setting import Setting, really_before

        recipe = self.beside.recipe()
        setting = Setting(today, recipe.seed, recipe.start, timeline=timeline, today=self.beside.next_day())
        if recipe.warm_up_days is not None:
            setting = replace(setting, warm_up_days=recipe.warm_up_days)
        if timeline == "as_if_always":
            return setting
        later = self.world.policies()[1:] if self.beside.runner is None else self.beside.runner.timeline
        return replace(setting, before=really_before(setting, [(-setting.warm_up_days, recipe.policy), *later]))

    def open_estimator(self, today: Policy, timeline: Timeline = "from_today") -> Estimator | None:
        """Who answers the Lab."""
        if not self.lab_shoppers:
            return self.estimator
        from simulator.lab.late import LateEstimator

        known, day = self.asked_of, self.beside.next_day()
        if self.estimator is None or known is None or known[0] is not today or known[1:] != (day, timeline):
            self._close_estimator()
            self.estimator = LateEstimator(self.lab_setting(today, timeline), self.lab_shoppers)
            self.asked_of = today, day, timeline
        return self.estimator

    def open_sweeps(self) -> SweepDesk | None:
        """Who works sweeps out, where there is a market."""
        if self.sweeper is None:
            return None
        state = self.lab_state()
        if state.desk is None:
            from tui.lab.sweep_desk import SweepDesk

            state.desk = SweepDesk(self.sweeper)
        return state.desk

    def _close_estimator(self) -> None:
        close = getattr(self.estimator, "close", None)
        if close is not None:
            threading.Thread(target=close, name="lab-end", daemon=True).start()

    def on_mount(self) -> None:
        """The start screen paints first; what is heavy comes after."""
        from tui.screens.start import StartScreen

        self.push_screen(StartScreen())
        end_with_window(self)
        for fault in self.settings.faults:
            self.tell(fault)

    async def on_event(self, event: Event) -> None:
        """Keys and clicks go their way, in order and before all else; in a demo they also say that someone is there."""
        if isinstance(event, InputEvent) and not isinstance(event, MouseMove) and not event.is_forwarded:
            self.right_of_way.claim(of_work=self.beside.runner is not None and self.beside.runner.busy)
            if self.demo is not None:
                self.demo.touched()
        came_back = event.is_forwarded
        if (sent := self.key_line.take(event)) is None:
            return
        if self._is_heard(sent):
            await super().on_event(sent)
        if came_back or not sent.is_forwarded:
            self.key_line.heard(sent)

    def _is_heard(self, event: Event) -> bool:
        """Whether an event is for what is seen: in a window too small for a place, of all that one does only leaving is."""
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded or not self.screen.has_class("small"):
            return True
        bound = self.screen.active_bindings.get(event.key) if isinstance(event, Key) else None
        return bound is not None and bound.binding.action == "leave"

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.right_of_way.release()

    def tell(self, sentence: str, severity: str = "information") -> None:
        """A short notice; never the only record of anything."""
        self.notices.tell(sentence, severity)

    def clear_notifications(self) -> None:
        """Take all that was said away, what waits too."""
        self.notices.forget()
        self.take_notices_away()

    def take_notices_away(self) -> None:
        """Take what stands off the screen; what waits may come yet."""
        super().clear_notifications()
        self.make_room()

    def make_room(self) -> None:
        """Let the screen keep as many rows free as what is told needs."""
        from tui.screens.base import GameScreen

        if self.screen_stack and isinstance(self.screen, GameScreen):
            self.screen.make_room()

    # Opening and leaving

    def open_world(self, world: World) -> None:
        """Play this world."""
        if self.life is not None:
            self.beside.end_keeping()
            self.life.close()
        if self.lab is not None:
            self.lab.end()
        self.life, self.lab = world, None
        self.beside.belong_to_life()
        from tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(HomeScreen())
        if self.first_place and self.first_place != "home":
            self.call_after_refresh(self.show_place, self.first_place)
            self.first_place = None
        if world.read_only:
            self.tell(_("Opened to read only: {reason}.").format(reason=world.read_only), "watch")

    def choose_life(self) -> None:
        """Another life: one begun earlier, or a new one. What is played now is on disk."""
        from tui.screens.lives import lives_dialog

        here = self.life.save.path if self.life is not None and self.life.save is not None else None
        others = [each for each in self.listed_saves() if not each.fault and each.path != here]
        self.push_screen(lives_dialog(others, self._go_on_with, self.to_start))

    def listed_saves(self) -> list[Listed]:
        """The saves in the person's folder; where it may not be looked into, a sentence and none."""
        from simulator.ledger.care import list_saves
        from simulator.ledger.save import SaveError

        try:
            return list_saves()
        except SaveError as error:
            self.failed(error)
            return []

    def _go_on_with(self, path: Path) -> None:
        from simulator.ledger.save import SaveError
        from simulator.world import World

        try:
            world = World.open(path)
        except (SaveError, ValueError, KeyError) as error:
            self.failed(error)
            return
        self.open_world(world)

    def take_up(self) -> bool:
        """Take a life up that could only be read, where the window that played it has left, or show what was done there
        since. False where nothing has changed.
        """
        from simulator.ledger.save import SaveError
        from simulator.world import World

        old = self.life
        if old is None or old.save is None or not old.read_only:
            return False
        try:
            new = World.open(old.save.path)
        except (SaveError, ValueError, KeyError) as error:
            self.failed(error)
            return True
        if new.read_only and (new.day, len(new.events)) == (old.day, len(old.events)):
            new.close()
            return False
        told = _("The other window has left, so the life is played here now, as it stands there. What you asked for was not done.")
        if new.read_only:
            told = _("Nothing can be changed here, but this is how the life stands in the other window now.")
        self.call_later(self._put_in_place, new, told)
        return True

    def _put_in_place(self, world: World, told: str) -> None:
        self.open_world(world)
        self.tell(told, "watch")

    def to_start(self) -> None:
        """Leave the life in play, and choose anew."""
        from tui.screens.start import StartScreen

        self.beside.end_keeping()
        if self.lab is not None:
            self.lab.end()
            self.lab = None
        self.beside.let_go()
        self.asked_save = self.first_place = None
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if self.life is not None:
            self.life.close()
            self.life = None
        self.push_screen(StartScreen())

    def action_command_palette(self) -> None:
        """The toolkit's palette, which asks in the reader's language."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    async def action_leave(self) -> None:
        """Leave; everything has been kept all along."""
        self.clock.stop()
        self._close_estimator()
        if self.lab is not None:
            self.lab.end()
        if self.beside.runner is not None:
            self.beside.runner.close()
        if self.life is not None:
            self.beside.end_keeping()
            self.life.close()
            self.life = None
        self.exit()

    # Places

    def action_go(self, place: str) -> None:
        """Go to a place; Home is under all of them. What was said of the last one would cover it."""
        if self.clock.running:
            return
        self.clear_notifications()
        self.show_place(place)

    def show_place(self, place: str) -> None:
        """Put a place on the screen; notices stay."""
        from tui.screens import places

        if self.clock.running or (self.life is None and place not in places.WITHOUT_A_LIFE):
            return
        while len(self.screen_stack) > 2 and not self._is_home(self.screen):
            self.pop_screen()
        if place != "home":
            self.push_screen(places.make(place))
        else:
            self.refresh_screen()

    def _is_home(self, screen: Screen[Any]) -> bool:
        return type(screen).__name__ == "HomeScreen"

    def go_back(self) -> None:
        """Stop a jump in time; else up one; on Home nothing."""
        if self.clock.running:
            self.clock.stop()
        elif len(self.screen_stack) > 2 and not self._is_home(self.screen):
            self.clear_notifications()
            self.pop_screen()

    def refresh_screen(self) -> None:
        """Show the world as it is."""
        from tui.screens.base import GameScreen

        if isinstance(self.screen, GameScreen):
            self.screen.rebuild()

    # Doing

    def act(
        self, step: Mapping[str, Any], done: Callable[[list[dict[str, Any]]], None] | None = None
    ) -> bool:
        """Do a step of the world: on disk when this returns. False, and a sentence, if it cannot be done."""
        return self.controller.act(step, done)

    def failed(self, error: Exception) -> None:
        """Say in plain words what could not be done."""
        self.controller.failed(error)

    @property
    def failures(self) -> list[BaseException]:
        """What went wrong by a fault of ours; none in a sound program."""
        return self.controller.failures

    def on_page_failed(self, message: Page.Failed) -> None:
        """An action of a cell went wrong."""
        self.failed(message.error)

    def _handle_exception(self, error: Exception) -> None:
        """The toolkit's last resort prints a traceback; people get a sentence, and tests the error itself."""
        told = self.controller.with_details(_("Whiteslip failed. Your life is kept; open it again."), error)
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 1
        self.panic(told)

    def action_next_day(self) -> None:
        """Tomorrow."""
        if self.life is not None and not self.clock.running:
            self.clock.next_day()

    def action_time_menu(self) -> None:
        """Where to go in time."""
        if self.life is not None and not self.clock.running:
            self.clock.menu()

    def jump(self, days: int, until: str) -> None:
        """Let days pass until what is asked for or until the player is needed."""
        self.clock.jump(days, until)

    # Asking

    def explain(self, figure: str, of: World | None = None, about: str = "") -> None:
        """Why of a figure, of the player's life or of another one; `about` says whose, where the screen does not."""
        from tui.screens.dialogs import WhyDialog

        self.clear_notifications()
        self.push_screen(WhyDialog(figure, of, about))

    def answer(self, figure: str, of: World | None = None) -> Explanation:
        """The answer to "Why?" for a figure of the market, of the player's life or of another one. Raises UnknownFigure."""
        from simulator.explain import why, why_market

        if figure.startswith("market:") and self.beside.runner is not None and self.beside.runner.snapshot is not None:
            return why_market(self.beside.runner.snapshot, figure)
        return why(of or self.world, figure)

    def show_help(self, title: str, paragraphs: list[str], keys: list[base.Key]) -> None:
        """Help of a screen."""
        from tui.screens.dialogs import HelpDialog

        self.push_screen(HelpDialog(title, paragraphs, keys))

    # Looks

    def action_switch_language(self) -> None:
        """English or Chinese, everywhere at once."""
        self.use_language("zh" if text.language() == "en" else "en")

    def use_language(self, language: str) -> None:
        """Speak a language from now on, and keep it."""
        text.use(language)
        self.keep("language", language)
        for screen in self.screen_stack:
            rebuild = getattr(screen, "rebuild", None)
            if rebuild is not None:
                rebuild()

    def use_theme(self, name: str) -> None:
        """Use a theme and keep it."""
        self.theme = name
        self.keep("theme", name)
        self.call_after_refresh(self._repaint)

    def keep(self, name: str, value: str | int) -> None:
        """Keep what the person has set; where that cannot be, it holds until the end, and that is said."""
        fault = keep_setting(self.settings, name, value)
        if fault:
            self.tell(_("It holds until you leave, but could not be kept: {error}.").format(error=fault))

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            rebuild = getattr(screen, "rebuild", None)
            if rebuild is not None:
                rebuild()

    def action_picture(self) -> None:
        """Keep a picture of the screen."""
        from simulator.disk import cause_of
        from simulator.files import data_folder

        folder = data_folder() / "pictures"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = self.save_screenshot(path=str(folder))
        except OSError as error:
            self.tell(_("No picture could be kept: {error}.").format(error=cause_of(error, folder)))
            return
        self.tell(_("Picture kept in {file}.").format(file=path))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything by name, "area: verb"; each can be found in both languages."""
        from tui.commands import commands

        yield from commands(self, screen)


def run_app(**asked: Any) -> int:
    """Open the app, leave the terminal as it was; the exit status."""
    app = WhiteslipApp(**asked, lab_shoppers=LAB_SHOPPERS)
    app.run()
    return app.return_code or 0
