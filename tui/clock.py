"""The clock: tomorrow, and jumps in time that stop where the player is needed.

A jump lives day by day, each kept on disk, and lets keys through between them; Esc stops it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.text import _

if TYPE_CHECKING:
    from tui.app import WhiteslipApp

STOPPING = frozenset(
    (
        "statement_made", "application_decided", "reopening_decided", "offer_lapsed", "purchase_declined",
        "limit_changed", "soft_blocked", "suspended", "reinstated", "reinstatement_declined", "appeal_decided",
        "closure_blocked", "closed", "hardship_ended", "charged_off", "product_ended", "life_event", "payment_missed",
        "refunded", "return_ended",
    )
)  # fmt: skip
"""What a jump in time stops for."""
FARTHEST_DAYS, MONTH_DAYS = 92, 30
FRAME_DAYS, FRAME_SECONDS = 3, 0.03


class Clock:
    """Lets days of the life pass."""

    def __init__(self, app: WhiteslipApp) -> None:
        """The app whose world lives on."""
        self.app = app
        self.running = False
        self.stopped = False

    def next_day(self) -> None:
        """Tomorrow."""
        self._leave_today(self.app.controller.pass_day)

    def _leave_today(self, go: Callable[[], object]) -> None:
        """Go on; from a due day that is not met, only after asking."""
        if self.due_and_unpaid():
            self._ask_before_missing(go)
        else:
            go()

    def due_and_unpaid(self) -> bool:
        """Whether a bill is due today and its minimum not met, with no autopay to see to it."""
        from simulator.rules.balances import due_day, minimum_fen

        account = self.app.world.account
        due = account.statement_count > 0 and due_day(account) == self.app.world.day
        return due and minimum_fen(account) > 0 and not account.autopay

    def _ask_before_missing(self, go: Callable[[], object]) -> None:
        from simulator.money import money
        from simulator.rules.balances import billed_fen, minimum_fen
        from tui.screens.dialogs import ChoiceDialog

        account = self.app.world.account
        pay_full = _("Pay in full, {amount}").format(amount=money(billed_fen(account)))
        pay_least = _("Pay the minimum, {amount}").format(amount=money(minimum_fen(account)))
        self.app.push_screen(
            ChoiceDialog(
                _("Your bill is due today. Go on without paying?"),
                [
                    (pay_full, "", lambda: self.app.act({"do": "repay", "amount": "full"})),
                    (pay_least, "", lambda: self.app.act({"do": "repay", "amount": "minimum"})),
                    (_("Go on without paying"), _("tomorrow it is late"), go),
                ],
            )
        )

    def menu(self) -> None:
        """Ask how far to go."""
        from simulator.steps import TARGETS
        from tui.screens.dialogs import ChoiceDialog

        barred = set(TARGETS) - self._can_come(FARTHEST_DAYS)
        choices = [
            (_("Tomorrow"), "", 1, ""),
            (
                _("What comes next"),
                _("the next bill, due day, decision or event"),
                FARTHEST_DAYS,
                "next_event",
            ),
            (_("To the bill"), _("the morning after your next bill is made"), FARTHEST_DAYS, "statement"),
            (_("To the due day"), _("you can still pay on it"), FARTHEST_DAYS, "due"),
            (_("One month"), _("stops earlier where you are needed"), MONTH_DAYS, "month"),
        ]
        self.app.push_screen(
            ChoiceDialog(
                _("Time: how far?"),
                [
                    (label, note, partial(self.jump, days, until))
                    for label, note, days, until in choices
                    if until not in barred
                ],
            )
        )

    def jump(self, days: int, until: str) -> None:
        """Let days pass until what is asked for or until the player is needed; none where it cannot come."""
        from simulator.steps import TARGETS

        if self.running:
            return
        if until in TARGETS and until not in self._can_come(days):
            self.app.tell(_("Nothing of the kind can come in {days} days, so none has passed.").format(days=days))
            return
        self._leave_today(lambda: self._start(days, until))

    def _can_come(self, days: int) -> set[str]:
        """What of the targets can come at all."""
        from simulator.views.ahead import can_come

        return can_come(self.app.world, days)

    def _start(self, days: int, until: str) -> None:
        self.running, self.stopped = True, False
        self.app.run_worker(self._jump(days, until), exclusive=True, group="jump")

    def stop(self) -> None:
        """End a jump after the day that is being lived."""
        self.stopped = True

    async def _jump(self, days: int, until: str) -> None:
        world = self.app.world
        start = world.day
        events: list[dict[str, Any]] = []
        needed = False
        try:
            while world.day - start < days and not (needed or self.stopped):
                events = world.next_day()
                needed = self._reached(until, events) or self._needed(until, events)
                if (world.day - start) % FRAME_DAYS == 0:
                    await self._show_frame()
            self.app.controller.say_events(events)
            if until == "next_event" and not (needed or self.stopped):
                self.app.tell(_("Nothing of the kind came in {days} days.").format(days=days))
        except Exception as error:
            self.app.failed(error)
        finally:
            self.running = False
            self.app.beside.follow_life()
            self.app.refresh_screen()

    async def _show_frame(self) -> None:
        """Let keys through, and show the day where things may move."""
        if not self.app.settings.calm:
            self.app.refresh_screen()
        await asyncio.sleep(0 if self.app.settings.calm else FRAME_SECONDS)

    def _reached(self, until: str, events: list[dict[str, Any]]) -> bool:
        from simulator.engine.doing import reached
        from simulator.steps import TARGETS

        return until in TARGETS and reached(self.app.world.life, until, events)

    def _needed(self, until: str, events: list[dict[str, Any]]) -> bool:
        """Whether the player should see this day: a decision, a bill due today that is not paid, living that was not."""
        if not until:
            return False
        return self.due_and_unpaid() or any(event["event"] in STOPPING or event.get("short_fen") for event in events)
