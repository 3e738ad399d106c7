"""What the screens of the market share: the runner, looking at it a few times a second, what is said until it is warm."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from simulator.market.protocol import Snapshot, people_count
from simulator.money import money
from simulator.text import _, date_text, in_percent, one_day
from simulator.world import World
from tui.keys import keyed
from tui.lab.export import keep, not_kept
from tui.market_making import Refused
from tui.market_runner import (
    FAILED,
    MAKING,
    MAX,
    PAUSED,
    PREPARING,
    STOPPED,
    WARMING,
    Interrupted,
    MarketRunner,
)
from tui.screens.base import GameScreen, glance_line
from tui.widgets.cells import Cell, Line, bar, blank, words, wrapped
from tui.widgets.page import Page
from tui.widgets.table import Table

LOOKS_A_SECOND, CALM_LOOKS_A_SECOND = 8, 2


class MarketPlace(GameScreen):
    """Base of Market, Explorer and Life."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f3", "next_day_here", "next day", id="time.next", show=False),
    ]

    STOPS_ON_TOP: ClassVar[bool] = False

    seen: Snapshot | None = None
    _stamp: tuple[object, ...] = ()
    _told_of: Exception | None = None
    _told = ""

    @property
    def runner(self) -> MarketRunner:
        """The market beside the life."""
        return self.game.beside.open()

    def on_mount(self) -> None:
        """Look at the market a few times a second."""
        super().on_mount()
        self.seen = self.runner.snapshot
        looks = CALM_LOOKS_A_SECOND if self.game.settings.calm else LOOKS_A_SECOND
        self.set_interval(1 / looks, self.look)

    def on_unmount(self) -> None:
        """What was done with the market is kept."""
        self.game.beside.keep()

    def look(self) -> None:
        """Show what has changed since the last look, but not while letters wait for an answer."""
        runner = self.runner
        stamp = (
            id(runner.snapshot),
            runner.state,
            runner.progress,
            runner.speed,
            runner.target,
            runner.catching_up,
            self.waited_seconds(),
            *self.stamp(),
        )
        if stamp == self._stamp or not self.is_active or any(page.letters for page in self.query(Page)):
            return
        self._stamp = stamp
        self.seen = runner.snapshot
        if runner.note:
            self.game.tell(runner.note, "watch")
            runner.note = ""
        self.rebuild()

    def waited_seconds(self) -> int:
        """While rules are compiled or loaded, how long that has taken: worth drawing each second."""
        return int(time.monotonic() - self.runner.began) if self.runner.snapshot is None else 0

    def stamp(self) -> tuple[object, ...]:
        """What else makes the screen worth drawing again."""
        return ()

    def glance(self, width: int) -> Line:
        """How the player stands; without a life, how the market stands."""
        if self.game.life is not None:
            return glance_line(self.world, width)
        if self.seen is None:
            return [words(_("Nobody's life is being played; the market is watched by itself."), role="muted")]
        owed = money(self.seen.stocks["exposure_fen"])
        return [
            words(date_text(self.seen.date) + "  ", role="muted"),
            words(_("{count} people").format(count=f"{people_count(self.seen):,}") + "  ", role="muted"),
            words(_("Owed") + " ", role="muted"), Cell(owed, role="owed", figure="market:owed"),
        ]  # fmt: skip

    def speed_text(self) -> str:
        """How fast the market runs, in a word or two."""
        runner = self.runner
        if runner.target is not None:
            told = _("going on to {date}, where it stood") if runner.going_back else _("jumping to {date}")
            return told.format(date=self._date_of(runner.target))
        if runner.catching_up and runner.speed == PAUSED:
            return _("catching up with you")
        if runner.speed == PAUSED:
            return _("paused")
        if runner.speed == 1:
            return _("1 day/s")
        return _("full speed") if runner.speed == MAX else _("{days} days/s").format(days=runner.speed)

    def _date_of(self, day: int) -> str:
        """A day of the market as a date; before the first look at it there is none."""
        if self.seen is None:
            return ""
        return date_text(self.seen.date + datetime.timedelta(days=day - self.seen.day), weekday=False)

    def when_text(self) -> tuple[str, str]:
        """Day and speed, the more telling first: on the way to a day, that it goes there."""
        day, speed = self.day_text(), self.speed_text()
        return (day, speed) if self.runner.target is None else (speed, day)

    def day_text(self) -> str:
        """The day that the market stands at, and how far ahead of the player's life."""
        if self.seen is None:
            return ""
        date = self._date_of(self.seen.day)
        ahead = self.seen.day - self.game.life.day if self.game.life is not None else 0
        if ahead <= 0:
            return date
        return date + _(", ") + one_day(_("{days} days ahead").format(days=f"{ahead:,}"))

    def titled(self, *parts: str) -> str:
        """The question and what stands beside it, in order; what there is no room for is left out, the last first."""
        shown = list(parts)
        room = self.size.width - cell_len(self.title_text()) - 3
        while len(shown) > 1 and cell_len("  ".join(shown)) > room:
            shown.pop()
        return "  ".join(shown)

    def waiting(self, width: int) -> list[Line]:
        """What is said until the market is warm."""
        runner = self.runner
        seconds = self.waited_seconds()
        if runner.state == PREPARING and runner.compiles:
            return [
                *wrapped(_("Preparing the market: the rules are being compiled, once on this machine."), width),
                blank(),
                *wrapped(_("It takes half a minute, or two on a busy computer; {seconds} s so far. You can go elsewhere meanwhile.").format(seconds=seconds), width, "muted"),
            ]  # fmt: skip
        if runner.state == PREPARING:
            told = _("Preparing the market: its rules are loaded, {seconds} s so far. The first time on this machine that takes about half a minute. You can go elsewhere meanwhile.")
            return wrapped(told.format(seconds=seconds), width)
        if runner.state in (MAKING, WARMING):
            done, total = runner.progress
            share = done * 1_000_000 // max(1, total)
            told = (
                _("The people are being made: {done} of {total}.").format(done=f"{done:,}", total=f"{total:,}")
                if runner.state == MAKING
                else _("The people live the days before the first one, so that the market is grown up.")
            )
            return [
                *wrapped(told, width),
                blank(),
                [*bar(share, min(60, width - 10)), words("  " + in_percent(share // 10_000))],
                blank(),
                *wrapped(keyed(_("{key_g} stops. You can go elsewhere meanwhile; it goes on.")), width, "muted"),
            ]
        if runner.state == STOPPED:
            return wrapped(keyed(_("Stopped before the first day. {key_g} goes on.")), width, "muted")
        return self._failed(width)

    def _failed(self, width: int) -> list[Line]:
        fault = self.runner.fault
        if self.runner.state != FAILED or fault is None:
            return []
        if isinstance(fault, Refused):
            return wrapped(str(fault), width, "bad")
        if fault is not self._told_of:
            told = keyed(_("The market had to stop. Your life is kept. {key_g} tries again."))
            self._told_of, self._told = fault, self.game.controller.with_details(told, fault)
        return wrapped(self._told, width, "bad")

    def with_life(self, shopper: int, then: Callable[[World], object], purpose: str) -> None:
        """Live a shopper's life off the loop, then go on with it; one of a purpose at a time."""
        self.behind(purpose, partial(self.runner.life, shopper), then, self._not_lived)

    def _not_lived(self, error: Exception) -> None:
        """Nothing is to be said where the market was stopped meanwhile."""
        if not isinstance(error, Interrupted):
            self.game.failed(error)

    def export(self, table: Callable[[], str], stem: str) -> None:
        """Keep a table of the market in the user's folder; made off the loop, for a million rows take a while."""
        game, told = self.game, _("Kept in {file}.")
        game.tell(_("Writing the table ..."))
        self.behind(
            "export", lambda: keep(table(), "csv", stem), lambda path: game.tell(told.format(file=path)), partial(not_kept, game)
        )

    def run_or_pause(self) -> None:
        """Run as fast as last time, or pause; while it warms up, stop or go on."""
        runner = self.runner
        if runner.state in (MAKING, WARMING):
            runner.cancel()
        elif runner.busy:
            runner.set_speed(PAUSED)
        else:
            runner.start()
            runner.set_speed(runner.usual_speed)
        self.look()

    def action_next_day_here(self) -> None:
        """The player's next day; without a life the market's."""
        if self.game.life is not None:
            self.game.action_next_day()
        elif self.seen is not None:
            self.runner.step()

    def action_back(self) -> None:
        """Stop a jump; else up one."""
        if self.runner.target is not None:
            self.runner.cancel()
            self.look()
        else:
            self.game.go_back()

    def action_copy(self) -> None:
        """Copy the row or figure that the cursor is on."""
        if not isinstance(self.focused, Table):
            super().action_copy()
            return
        text = self.focused.row_text()
        if text:
            self.app.copy_to_clipboard(text)
        self.game.tell(_("Copied: {text}").format(text=text) if text else _("Nothing to copy here."))
