"""The controller: what the person asks becomes a step of the world, and what it brings is told.

A step takes a few milliseconds and is on disk when `act` returns, so it runs on the loop: a screen never
reads a world that is being changed. Whatever goes wrong is one calm sentence; the save stays as it was.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.text import _, sentences

if TYPE_CHECKING:
    from tui.app import WhiteslipApp

QUIET = frozenset(
    (
        "plan_created", "income_received", "expenses_paid", "reminded", "bucket_changed", "life_began",
        "score_changed", "fund_yield", "bureau_reported", "closure_requested", "line_opened",
    )
)  # fmt: skip
"""Events that need no notice: another one says it, or the screen does."""
NOTICES = 3


class Controller:
    """Does steps and tells what came of them."""

    def __init__(self, app: WhiteslipApp) -> None:
        """The app whose world is changed."""
        self.app = app
        self.failures: list[BaseException] = []

    def act(
        self, step: Mapping[str, Any], done: Callable[[list[dict[str, Any]]], None] | None = None
    ) -> bool:
        """Do a step of the world: on disk when this returns. False, and a sentence, if it cannot be done."""
        return self._tell(lambda: self.app.world.do(step), done)

    def pass_day(self) -> bool:
        """Let a day pass, and tell what it brought."""
        return self._tell(self.app.world.next_day, None)

    def _tell(
        self, live: Callable[[], list[dict[str, Any]]], done: Callable[[list[dict[str, Any]]], None] | None
    ) -> bool:
        self.app.clock.stop()
        try:
            events = live()
        except Exception as error:
            self.failed(error)
            return False
        self.app.beside.follow_life()
        refused = any(event["event"] == "step_refused" for event in events)
        self.say_events(events)
        self.app.call_after_refresh(self.app.refresh_screen)
        if done is not None and not refused:
            done(events)
        return not refused

    def say_events(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Say what a step brought, shortly; the inbox keeps it."""
        from simulator.messages import notice, sentence

        events = list(events)
        back = {event["order"] for event in events if event["event"] == "refunded"}
        shown = [
            event
            for event in events
            if (event["event"] not in QUIET or event.get("short_fen"))
            and not (event["event"] == "return_ended" and event["order"] in back)  # the refund says as much
        ]
        self.app.clear_notifications()
        for event in shown[-NOTICES:]:
            told = notice(event)
            self.app.tell(sentence(event), told.severity if told else "plain")

    def guarded(self, run: Callable[[], object]) -> Callable[[], None]:
        """The same to do, where a fault of ours becomes a sentence."""

        def do() -> None:
            try:
                run()
            except Exception as error:
                self.failed(error)

        return do

    def failed(self, error: Exception) -> None:
        """A calm sentence for what could not be done; details of what should not happen go to a file."""
        from simulator.disk import is_full
        from simulator.files import saves_folder
        from simulator.ledger.save import SaveError
        from simulator.policy.faults import PolicyError
        from simulator.steps import StepError
        from simulator.world import ReadOnlyWorld

        if isinstance(error, StepError | PolicyError):
            self.app.tell(sentences(*error.faults), "watch")
        elif isinstance(error, ReadOnlyWorld):
            if not self.app.take_up():
                self.app.tell(_("Nothing can be changed here: {reason}.").format(reason=error), "watch")
        elif isinstance(error, SaveError):
            self.app.tell(str(error), "bad")
        elif is_full(error, self._save_path() or saves_folder()):
            self.app.clear_notifications()
            told = _("The disk is full, so that was not done. Everything before it is kept. Free some space, then do it again.")
            self.app.tell(told, "bad")
        else:
            self.app.tell(self.with_details(_("That did not work, and nothing was changed."), error), "bad")

    def _save_path(self) -> Path | None:
        life = self.app.life
        return life.save.path if life is not None and life.save is not None else None

    def with_details(self, told: str, error: BaseException) -> str:
        """A text, and where the details are; nothing of them where none can be written."""
        log = self.keep_details(error)
        return told if log is None else sentences(told, _("Details are in {file}.").format(file=log))

    def keep_details(self, error: BaseException) -> Path | None:
        """Write what happened to the log in the cache folder; the file, or None where none can be written."""
        from simulator.files import cache_folder

        self.failures.append(error)
        log = cache_folder() / "whiteslip.log"
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                file.write("".join(traceback.format_exception(error)))
        except OSError:
            return None
        return log
