"""Every row of every screen is exactly as wide as the terminal, in both languages and at every size."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from simulator import text
from simulator.text import LANGUAGES
from tests.tui.lives import life
from tests.tui.on_screen import PLACE_KEYS, SIZES, SMALL, Player, assert_rows_fill, at_screen
from tui.screens.checkout import CheckoutScreen
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog, HelpDialog, WhyDialog
from tui.screens.inbox import InboxScreen
from tui.widgets.cells import words
from tui.widgets.page import Page

SIZE_NAMES = [f"{width}x{height}" for width, height in SIZES]
at_sizes = pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
in_languages = pytest.mark.parametrize("lang", LANGUAGES)
WORN = ("billed", "late", "suspended", "hardship", "closed")


def cut_cells(player: Player) -> list[str]:
    """Texts that the page's edge cuts: a line that is wider than its page."""
    pages = [page for page in player.app.screen.query(Page) if page.display and page.size.width]
    found = []
    for page in pages:
        lines = ["".join(cell.fitted() for cell in line) for line in page.lines]
        found += [f"{page.id}: {line}" for line in lines if cell_len(line.rstrip()) > page.size.width]
        if isinstance(player.app.screen, InboxScreen):
            continue  # a row of the list is the beginning of a message, which is read in whole beside it
        narrow = [cell for line in page.lines for cell in line if cell.width is not None and not cell.filled]
        found += [f"{page.id}: {cell.text}" for cell in narrow if cell_len(cell.text) > (cell.width or 0)]
    return found


def assert_footer_fits(player: Player) -> None:
    """The last row names the palette, and its keys are whole."""
    last = player.rows()[-1]
    assert "ctrl+p" in last
    assert cell_len(last.rstrip()) <= player.app.size.width


@at_sizes
@in_languages
async def test_places_fill_their_rows(size: tuple[int, int], lang: str) -> None:
    """Each place of a life that has a bill, and the checkout of something dear and of something free."""
    async with at_screen(life("billed"), size, {"lang": lang}) as player:
        for place in PLACE_KEYS:
            await player.go(place)
            assert_rows_fill(player.app)
            assert_footer_fits(player)
            assert cut_cells(player) == []
        for item in ("headphones", "laptop", "kettle"):
            player.app.push_screen(CheckoutScreen(item))
            await player.settle()
            assert_rows_fill(player.app)
            assert_footer_fits(player)
            assert cut_cells(player) == []


@at_sizes
@in_languages
async def test_start_fills_its_rows(size: tuple[int, int], lang: str) -> None:
    """The first screen, its help, and the form for a person of one's own."""
    async with at_screen(None, size, {"lang": lang}) as player:
        assert_rows_fill(player.app)
        assert cut_cells(player) == []
        await player.press("question_mark")
        assert player.name() == "HelpDialog"
        assert_rows_fill(player.app)
        await player.press("escape")
        player.app.screen.own()  # type: ignore[attr-defined]  # the start screen is on top
        await player.settle()
        assert_rows_fill(player.app)
        assert cut_cells(player) == []


@at_sizes
@in_languages
async def test_dialogs_fill_their_rows(size: tuple[int, int], lang: str) -> None:
    """Why, help, confirm, choice and a field, over a place."""
    async with at_screen(life("billed"), size, {"lang": lang}) as player:
        dialogs = [
            WhyDialog("minimum"),
            WhyDialog("can_use"),
            HelpDialog("Help", ["A paragraph. " * 30], []),
            ConfirmDialog([[words("Pay?")]], "Yes", player.app.refresh_screen),
            ChoiceDialog("What?", [("This", "a note " * 30, player.app.refresh_screen)]),
            AskDialog("How much?", "up to 5.00", "", lambda _text: "A fault. " * 30),
        ]
        for dialog in dialogs:
            player.app.push_screen(dialog)
            await player.settle()
            if dialog.query(Input):
                await player.write("1")
            assert_rows_fill(player.app)
            assert cut_cells(player) == []
            await player.press("escape")
        assert player.name() == "HomeScreen"


@pytest.mark.parametrize("state", WORN)
@in_languages
async def test_worn_lives_fit_the_smallest_terminal(state: str, lang: str) -> None:
    """Trouble has longer words; they fit 80 columns too."""
    async with at_screen(life(state), SMALL, {"lang": lang}) as player:
        for place in PLACE_KEYS:
            await player.go(place)
            assert_rows_fill(player.app)
            assert_footer_fits(player)
            assert cut_cells(player) == []


@in_languages
async def test_help_of_each_place_names_its_keys(lang: str) -> None:
    """Every key of the footer stands in the help, and the help leads back."""
    async with at_screen(life("billed"), SMALL, {"lang": lang}) as player:
        for place in PLACE_KEYS:
            await player.go(place)
            keys = [key.key for key in player.app.screen.own_keys()]  # type: ignore[attr-defined]  # a place
            await player.press("question_mark")
            told = "\n".join("".join(cell.text for cell in line) for line in player.page.lines)
            assert all(f"  {key}  " in told for key in keys)
            assert_rows_fill(player.app)
            await player.press("question_mark")
            assert player.name() != "HelpDialog"
    assert text.language() == lang
