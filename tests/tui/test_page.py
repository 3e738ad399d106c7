"""The page: only lines that look different are drawn again, and what is closed is forgotten."""

from __future__ import annotations

import gc
import random
import weakref

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from tests.tui.lives import life
from tests.tui.on_screen import MIDDLE, SMALL, Player, at_screen, screen_rows
from tui.screens.dialogs import HelpDialog
from tui.themes import THEMES
from tui.widgets.cells import Cell, Line, mark, words
from tui.widgets.page import Page


class Sheet(Page):
    """A page that notes which of its rows were drawn again; None stands for all of them."""

    def __init__(self) -> None:
        """Nothing was drawn."""
        super().__init__()
        self.drawn: list[int | None] = []

    def refresh(self, *regions: Region, **how: bool) -> Sheet:
        """Note it and do it."""
        self.drawn += [region.y for region in regions] or [None]
        super().refresh(*regions, **how)
        return self


class SheetApp(App[None]):
    """A page alone."""

    def __init__(self) -> None:
        """In a theme of ours."""
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def compose(self) -> ComposeResult:
        """The page."""
        yield Sheet()


def lines(*texts: str) -> list[Line]:
    """Lines of words, the last cell of each an action that is made anew every time."""
    return [[words(text), Cell("do", action=lambda: None)] for text in texts]


async def test_lines_that_look_the_same_are_not_drawn_again() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show(lines("one ", "two ", "three "))
        await pilot.pause()
        page.drawn.clear()
        page.show(lines("one ", "two ", "three "))
        assert page.drawn == []
        page.show(lines("one ", "2 ", "three "))
        assert page.drawn == [1]
        await pilot.pause()
        assert [row.split() for row in screen_rows(app)][:3] == [["one", "do"], ["2", "do"], ["three", "do"]]


async def test_where_the_cursor_was_and_is_now_is_drawn_again() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show(lines("one ", "two ", "three "))
        page.move_to(2)
        await pilot.pause()
        page.drawn.clear()
        page.show([*lines("one ", "two "), [words("three")]])
        assert page.cursor == 1 and sorted(row for row in page.drawn if row is not None) == [1, 2]


async def test_another_number_of_lines_draws_the_whole_page() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show(lines("one ", "two "))
        await pilot.pause()
        page.drawn.clear()
        page.show(lines("one "))
        assert None in page.drawn
        await pilot.pause()
        assert not screen_rows(app)[1].strip()


async def test_lines_are_drawn_where_they_stand_after_scrolling() -> None:
    app = SheetApp()
    texts = [f"line {number} " for number in range(20)]
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show(lines(*texts))
        await pilot.pause()
        page.scroll_to(y=10, animate=False)
        await pilot.pause()
        page.show(lines(*texts[:12], "changed ", *texts[13:-1], "far below "))
        await pilot.pause()
        assert [row.split()[0] for row in screen_rows(app)] == ["line", "line", "changed", "line", "line", "line"]
        assert page.scroll_offset.y == 10


async def test_only_where_the_cursor_is_stands_its_sign_before_an_action() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show([[mark(), Cell(name, action=lambda: None)] for name in ("one", "two")])
        await pilot.pause()
        assert [row.rstrip() for row in screen_rows(app)][:2] == ["> one", "* two"]
        await pilot.press("down")
        await pilot.pause()
        assert [row.rstrip() for row in screen_rows(app)][:2] == ["* one", "> two"]


async def test_a_letter_stands_in_a_blank_beside_its_figure_and_covers_no_text() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Sheet)
        page.show([[words("Cash "), Cell("12.00", figure="cash"), words("，"), Cell("额度", figure="limit")]])
        page.letters = dict(zip("as", page.stops, strict=True))
        page.refresh()
        await pilot.pause()
        assert screen_rows(app)[0].rstrip() == "Casha12.00，额度s"
        page.show([[Cell("approved", figure="cash"), words(" "), Cell("owed", 6, figure="owe"), words("|"), Cell("9", figure="x"), words("|")]])
        page.letters = dict(zip("asd", page.stops, strict=True))
        page.refresh()
        await pilot.pause()
        assert screen_rows(app)[0].rstrip() == "approvedaoweds |9|", "each has a blank of its own, or none"


async def test_what_was_closed_is_forgotten() -> None:
    """Also by the toolkit: what stays behind is looked through for garbage again and again."""
    async with at_screen(life("open")) as player:
        await player.press("f1")
        help_ = player.app.screen
        assert isinstance(help_, HelpDialog)
        drawn = weakref.ref(help_.query_one(Page)._styles_cache)
        del help_
        await player.press("escape")
        gc.collect()
        assert drawn() is None


WALK = ("h", "s", "b", "l", "a", "i", "m", "w", "f1", "t", "n", "down", "up", "enter", "escape", "tab", "f9", "pagedown", "home")


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_what_stands_there_is_what_would_be_drawn_anew(size: tuple[int, int]) -> None:
    """Wherever one goes, in whatever theme and language: no row is left from what stood there before."""
    chance = random.Random(2026)
    async with at_screen(life("suspended"), size) as player:
        for _key in range(15):
            await player.press(chance.choice(WALK))
            if chance.random() < 0.1:
                player.app.theme = chance.choice([theme.name for theme in THEMES])
                await player.settle()
            stands = looks(player)
            for widget in player.app.screen.walk_children(with_self=True):
                widget.refresh()
            await player.settle()
            assert looks(player) == stands


def looks(player: Player) -> list[list[tuple[str, str]]]:
    """The letters of each row of the screen, each in its style."""
    strips = player.app.screen._compositor.render_strips()
    return [[(letter, str(part.style)) for part in strip for letter in part.text] for strip in strips]


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_dialog_stands_right_in_whatever_window(size: tuple[int, int]) -> None:
    """Opened in one, then shown in the other, it is as if opened there."""
    other = MIDDLE if size == SMALL else SMALL
    async with at_screen(life("open"), other) as player:
        await player.press("b", "f1")
        opened_there = player.rows()
    async with at_screen(life("open"), size) as player:
        await player.press("b", "f1")
        await player.pilot.resize_terminal(*other)
        await player.settle()
        assert player.rows() == opened_there
