"""The app: one life on the screen. It opens worlds, sends what the person asks, and goes between places.

What is heavy (the world, the save, the policy) is imported after the first paint.
"""

from __future__ import annotations

import asyncio
import datetime
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from simulator import text
from simulator.text import _
from tui.settings import load_settings, save_settings
from tui.themes import THEMES

if TYPE_CHECKING:
    from simulator.explain import Explanation
    from simulator.world import World
    from tui.screens.base import Key

START_DATE = datetime.date(2025, 1, 1)
STOPPING = frozenset(
    (
        "statement_made", "application_decided", "reopening_decided", "offer_lapsed", "purchase_declined",
        "limit_changed", "soft_blocked", "suspended", "reinstated", "reinstatement_declined", "appeal_decided",
        "closure_blocked", "closed", "hardship_ended", "charged_off", "product_ended", "life_event", "payment_missed",
    )
)  # fmt: skip
"""What a jump in time stops for."""


class WhiteslipApp(App[None]):
    """The program on the screen."""

    TITLE = "Whiteslip"
    CSS = "Screen { background: $background; color: $ink; } Toast { background: $panel; color: $ink; }"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", id="app.leave", show=False, priority=True),
        Binding("f9", "switch_language", "language", id="app.language", show=False),
        Binding("f8", "picture", "picture", id="app.picture", show=False),
    ]

    def __init__(
        self,
        save: Path | None = None,
        policy: str | None = None,
        seed: int | None = None,
        lang: str | None = None,
        screen: str | None = None,
        story: str | None = None,
        kiosk: bool = False,
    ) -> None:
        """What the command line asks for."""
        super().__init__()
        self.settings = load_settings()
        text.use(lang or self.settings.language)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.asked_save, self.asked_policy, self.asked_seed = save, policy or "standard", seed
        self.first_place, self.story, self.kiosk = screen, story, kiosk
        self.life: World | None = None
        self.jump_cancelled = False
        self.jumping = False
        self.failures: list[Exception] = []
        if self.settings.keys:
            self.set_keymap(self.settings.keys)

    @property
    def world(self) -> World:
        """The life in play."""
        assert self.life is not None
        return self.life

    def on_mount(self) -> None:
        """The start screen paints first; what is heavy comes after."""
        from tui.screens.start import StartScreen

        self.push_screen(StartScreen())
        for fault in self.settings.faults:
            self.tell(fault)

    def tell(self, sentence: str, severity: str = "information") -> None:
        """A short notice; never the only record of anything."""
        self.notify(
            sentence, severity="warning" if severity in ("bad", "watch") else "information", timeout=6
        )

    # Opening and leaving

    def open_world(self, world: World) -> None:
        """Play this world."""
        if self.life is not None:
            self.life.close()
        self.life = world
        from tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(HomeScreen())
        if self.first_place and self.first_place != "home":
            self.call_after_refresh(self.action_go, self.first_place)
            self.first_place = None
        if world.read_only:
            self.tell(_("Opened to read only: {reason}.").format(reason=world.read_only), "watch")

    async def action_leave(self) -> None:
        """Leave; everything has been kept all along."""
        self.jump_cancelled = True
        if self.life is not None:
            self.life.close()
            self.life = None
        self.exit()

    # Places

    def action_go(self, place: str) -> None:
        """Go to a place; Home is under all of them."""
        if self.life is None or self.jumping:
            return
        from tui.screens import places

        while len(self.screen_stack) > 2 and not self._is_home(self.screen):
            self.pop_screen()
        if place != "home":
            self.push_screen(places.make(place))
        else:
            self.refresh_screen()

    def _is_home(self, screen: Screen[Any]) -> bool:
        return type(screen).__name__ == "HomeScreen"

    def go_back(self) -> None:
        """Up one; on Home nothing."""
        if len(self.screen_stack) > 2 and not self._is_home(self.screen):
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
        try:
            events = self.world.do(step)
        except Exception as error:
            self.failed(error)
            return False
        refused = [event for event in events if event["event"] == "step_refused"]
        self.say_events(events)
        self.call_after_refresh(self.refresh_screen)
        if done is not None and not refused:
            done(events)
        return not refused

    def say_events(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Say what a step brought, shortly; the inbox keeps it."""
        from simulator.messages import notice, sentence

        quiet = {"plan_created", "income_received", "expenses_paid", "reminded", "bucket_changed", "life_began",
                 "score_changed", "fund_yield", "bureau_reported", "closure_requested", "line_opened"}  # fmt: skip
        shown = [event for event in events if event["event"] not in quiet]
        self.clear_notifications()
        for event in shown[-3:]:
            told = notice(event)
            self.tell(sentence(event), told.severity if told else "plain")

    def failed(self, error: Exception) -> None:
        """A calm sentence for what should not have happened; the details go to a log file."""
        from simulator.files import cache_folder
        from simulator.policy.faults import PolicyError
        from simulator.steps import StepError
        from simulator.world import ReadOnlyWorld

        if isinstance(error, StepError | PolicyError):
            self.tell(" ".join(error.faults), "watch")
            return
        if isinstance(error, ReadOnlyWorld):
            self.tell(_("Nothing can be changed here: {reason}.").format(reason=error), "watch")
            return
        self.failures.append(error)
        log = cache_folder() / "whiteslip.log"
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                file.write("".join(traceback.format_exception(error)))
        except OSError:
            log = Path("-")
        self.tell(
            _("That did not work, and nothing was changed. Details are in {file}.").format(file=log), "bad"
        )

    # Time

    def action_next_day(self) -> None:
        """Tomorrow; on a due day that is not met, only after asking."""
        if self.life is None or self.jumping:
            return
        if self._due_and_unpaid():
            self._ask_before_missing()
        else:
            self.act({"do": "wait", "days": 1})

    def _due_and_unpaid(self) -> bool:
        """Whether a bill is due today and its minimum not met, with no autopay to see to it."""
        from simulator.rules.balances import due_day, minimum_fen

        account = self.world.account
        due = account.statement_count > 0 and due_day(account) == self.world.day
        return due and minimum_fen(account) > 0 and not account.autopay

    def _ask_before_missing(self) -> None:
        from simulator.money import money
        from simulator.rules.balances import billed_fen, minimum_fen
        from tui.screens.dialogs import ChoiceDialog

        full, least = billed_fen(self.world.account), minimum_fen(self.world.account)
        pay_full = _("Pay in full, {amount}").format(amount=money(full))
        pay_least = _("Pay the minimum, {amount}").format(amount=money(least))
        self.push_screen(
            ChoiceDialog(
                _("Your bill is due today. Go on without paying?"),
                [
                    (pay_full, "", lambda: self.act({"do": "repay", "amount": "full"})),
                    (pay_least, "", lambda: self.act({"do": "repay", "amount": "minimum"})),
                    (
                        _("Go on without paying"),
                        _("tomorrow it is late"),
                        lambda: self.act({"do": "wait", "days": 1}),
                    ),
                ],
            )
        )

    def action_time_menu(self) -> None:
        """Where to go in time."""
        if self.life is None or self.jumping:
            return
        from tui.screens.dialogs import ChoiceDialog

        self.push_screen(
            ChoiceDialog(
                _("Time: how far?"),
                [
                    (_("Tomorrow"), "", lambda: self.jump(1, "")),
                    (
                        _("What comes next"),
                        _("the next bill, due day, decision or event"),
                        lambda: self.jump(92, "next_event"),
                    ),
                    (
                        _("To the bill"),
                        _("the morning after your next bill is made"),
                        lambda: self.jump(92, "statement"),
                    ),
                    (_("To the due day"), _("you can still pay on it"), lambda: self.jump(92, "due")),
                    (_("A month"), _("stops earlier where you are needed"), lambda: self.jump(30, "month")),
                ],
            )
        )

    def jump(self, days: int, until: str) -> None:
        """Let days pass one by one, each kept on disk, until what is asked for or until the player is needed."""
        if not self.jumping:
            self.jumping = True
            self.jump_cancelled = False
            self.run_worker(self._jump(days, until), exclusive=True, group="jump")

    async def _jump(self, days: int, until: str) -> None:
        try:
            start = self.world.date
            for passed in range(1, days + 1):
                events = self.world.do({"do": "wait", "days": 1})
                if passed % 3 == 0 or passed == days:
                    self.refresh_screen()
                    await asyncio.sleep(0 if self.settings.calm else 0.03)
                if self.jump_cancelled or self._reached(until, events) or self._needed(until, events):
                    break
            if until and (self.world.date - start).days >= days and until != "month":
                self.tell(_("Nothing of the kind came in {days} days.").format(days=days))
            self.say_events(events)
        except Exception as error:
            self.failed(error)
        finally:
            self.jumping = False
            self.refresh_screen()

    def _reached(self, until: str, events: list[dict[str, Any]]) -> bool:
        from simulator.engine.life import reached

        return until in ("next_event", "statement", "due") and reached(self.world.life, until, events)

    def _needed(self, until: str, events: list[dict[str, Any]]) -> bool:
        """Whether the player should see this day: a decision, or a bill due today that is not paid."""
        if not until:
            return False
        if self._due_and_unpaid():
            return True
        return any(event["event"] in STOPPING for event in events)

    # Asking

    def explain(self, figure: str) -> None:
        """Why of a figure."""
        from tui.screens.dialogs import WhyDialog

        self.push_screen(WhyDialog(figure))

    def answer(self, figure: str) -> Explanation:
        """The answer to "Why?". Raises UnknownFigure."""
        from simulator.explain import why

        return why(self.world, figure)

    def show_help(self, title: str, paragraphs: list[str], keys: list[Key]) -> None:
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
        self.settings.language = language
        save_settings(self.settings)
        for screen in self.screen_stack:
            rebuild = getattr(screen, "rebuild", None)
            if rebuild is not None:
                rebuild()

    def use_theme(self, name: str) -> None:
        """Use a theme and keep it."""
        self.theme = name
        self.settings.theme = name
        save_settings(self.settings)
        self.call_after_refresh(self._repaint)

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            rebuild = getattr(screen, "rebuild", None)
            if rebuild is not None:
                rebuild()

    def action_picture(self) -> None:
        """Keep a picture of the screen."""
        from simulator.files import data_folder

        folder = data_folder() / "pictures"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = self.save_screenshot(path=str(folder))
        except OSError as error:
            self.tell(_("No picture could be kept: {error}.").format(error=error.strerror))
            return
        self.tell(_("Picture kept in {file}.").format(file=path))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything by name, "area: verb"; each can be found in both languages."""
        from tui.commands import commands

        yield from commands(self, screen)


def run_app(**asked: Any) -> int:
    """Open the app, leave the terminal as it was; the exit status."""
    app = WhiteslipApp(**asked)
    app.run()
    return app.return_code or 0
