"""What is on the screen, and going about on it by keys alone."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from simulator.world import World
from tui.app import WhiteslipApp
from tui.widgets.page import Page, Stop

SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
SIZES = (SMALL, MIDDLE, LARGE)
PLACE_KEYS = {
    "home": "h", "shop": "s", "bills": "b", "limit": "l", "account": "a", "inbox": "i", "money": "m", "lab": "v",
}  # fmt: skip


TIMEOUT = 60
"""Seconds after which something is thought to hang: many times what it takes on a slow machine."""
COMPILING_TIMEOUT = 600
"""The same where the engine may have to be compiled first."""

S = TypeVar("S", bound=Screen[Any])


class Player:
    """Someone at the keyboard of an app."""

    def __init__(self, app: WhiteslipApp, pilot: Pilot[None]) -> None:
        """The app and the keys."""
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Wait until everything that was begun is done, workers too."""
        await self.pilot.pause()
        while len(self.app.workers):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def until(self, holds: Callable[[], object], seconds: float = TIMEOUT) -> None:
        """Wait until something holds that a slow machine may take a while for."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.shown()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, each fully heard before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def go(self, place: str) -> None:
        """To a place of the life."""
        await self.press(PLACE_KEYS[place])

    async def write(self, text: str) -> None:
        """Type into the field that has the cursor, and confirm."""
        await self.press("ctrl+u", *text, "enter")

    def found(self, kind: type[S]) -> S:
        """The screen of a kind, on top or under a dialog."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, kind))

    @property
    def page(self) -> Page:
        """The page that has the cursor."""
        assert isinstance(self.app.screen.focused, Page)
        return self.app.screen.focused

    async def there_and_back(self, key: str) -> None:
        """A key leads to the other pane, and again back to this one."""
        before = self.page.id
        await self.press(key)
        there = self.page.id
        await self.press(key)
        assert self.page.id == before != there

    async def choose(self, text: str) -> None:
        """Move the cursor to an action that holds this text, by arrows, and press Enter."""
        await self.stand_on(text)
        await self.press("enter")

    async def stand_on(self, text: str) -> None:
        """Move the cursor to what holds this text, by arrows alone."""
        wanted = [stop for stop in self.page.stops if text in stop.cell.text]
        assert wanted, f"{text!r} is not on the page:\n{self.shown()}"
        await self.press("home")
        for _try in range(len(self.page.stops) + 4):
            here = self.page.current
            assert here is not None
            if text in here.cell.text:
                await self.settle()
                return
            same_line = [
                stop for stop in self.page.stops if stop.line == here.line and text in stop.cell.text
            ]
            sideways = "right" if same_line and same_line[0].start > here.start else "left"
            await self.pilot.press(sideways if same_line else "down")
        raise AssertionError(f"{text!r} cannot be reached by arrows")

    def rows(self) -> list[str]:
        """Each row of the screen as text."""
        return screen_rows(self.app)

    def shown(self) -> str:
        """The whole screen as text."""
        return "\n".join(row.rstrip() for row in self.rows())

    def told(self) -> list[str]:
        """Every short notice that stands on the screen, oldest first."""
        return [note.message for note in self.app._notifications]

    def name(self) -> str:
        """The class of the screen on top."""
        return type(self.app.screen).__name__

    def figures(self) -> list[Stop]:
        """Every figure of the screen on top, seen or scrolled away."""
        pages = [page for page in self.app.screen.query(Page) if page.display]
        return [stop for page in pages for stop in page.stops if stop.cell.figure]


@asynccontextmanager
async def at_screen(
    world: World | None = None,
    size: tuple[int, int] = SMALL,
    asked: Mapping[str, Any] | None = None,
    fails: bool = False,
    draws_notices: bool = False,
) -> AsyncIterator[Player]:
    """An app of its own, with a world open in it if one is given; it must end without failures."""
    app = WhiteslipApp(**(asked or {}))
    async with app.run_test(size=size, notifications=draws_notices) as pilot:
        player = Player(app, pilot)
        await player.settle()
        if world is not None:
            app.open_world(world)
            await player.settle()
        yield player
        if not fails:
            assert app.failures == []
        if app.life is not None:
            app.life.close()


def screen_rows(app: App[Any]) -> list[str]:
    """The text of each row of the screen on top."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def assert_rows_fill(app: WhiteslipApp) -> None:
    """Every row is exactly as wide as the terminal, in cells."""
    rows = screen_rows(app)
    assert len(rows) == app.size.height
    wrong = [
        (number, cell_len(row), row) for number, row in enumerate(rows) if cell_len(row) != app.size.width
    ]
    assert wrong == []


def marked(player: Player) -> set[str | None]:
    """The panes down whose left side a bar stands."""
    rows = player.rows()
    panes = [pane for pane in player.app.screen.query("#main, #side, #news, #fields") if pane.display and pane.region.area]
    return {
        pane.id for pane in panes if all(rows[y][pane.region.x] == "|" for y in range(pane.region.y, pane.region.bottom))
    }
