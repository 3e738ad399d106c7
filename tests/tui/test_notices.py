"""Short notices: none lies over the words of a dialog or over another's place, and none is lost by it."""

from __future__ import annotations

import pytest
from textual.widgets._toast import Toast

from tests.tui.lives import life
from tests.tui.on_screen import LARGE, SIZES, SMALL, at_screen
from tui.widgets.page import Page


async def test_a_dialog_that_opens_puts_notices_away_until_it_closes() -> None:
    async with at_screen(life("billed"), LARGE) as player:
        player.app.tell("Something was said.")
        await player.settle()
        assert player.told() == ["Something was said."]
        await player.press("t")
        assert player.told() == []
        await player.press("escape")
        assert player.told() == ["Something was said."]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_notices_stand_one_at_a_time_the_newest_first(size: tuple[int, int]) -> None:
    async with at_screen(life("billed"), size) as player:
        for sentence in ("First.", "Second.", "Third."):
            player.app.tell(sentence)
        await player.settle()
        assert player.told() == ["Third."]
        assert [sentence for sentence, _severity in player.app.notices.waiting] == ["Second.", "First."]
        await player.until(lambda: "Second." in player.told(), 20)
        assert player.told() == ["Second."]


async def test_what_is_told_in_a_dialog_is_seen_there() -> None:
    async with at_screen(life("billed"), SMALL) as player:
        player.app.tell("Something was said.")
        await player.settle()
        await player.press("t")
        player.app.tell("Of the dialog.")
        await player.settle()
        assert player.told() == ["Of the dialog."]


async def test_a_notice_stands_where_the_one_before_it_stood() -> None:
    """The toolkit leaves a row of the one that was taken away."""
    async with at_screen(life("billed"), SMALL, draws_notices=True) as player:
        app = player.app
        for _again in range(3):
            app.tell("Something was said.")
            await player.settle()
            await player.settle()
        assert [toast.region.y for toast in app.screen.query(Toast)] == [SMALL[1] - 2]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("told", ["Something was said.", "Something long was said, and more of it. " * 8], ids=["short", "long"])
async def test_a_notice_stands_above_the_keys_and_covers_no_word(size: tuple[int, int], told: str) -> None:
    """Neither of the page, whose rows end above it, nor of the head or the keys; the cursor stays in sight."""
    async with at_screen(life("charged off"), size, draws_notices=True) as player:
        app = player.app
        await player.press("i", "end")
        before, keys = player.rows()[:3], player.rows()[-1]
        app.tell(told)
        await player.settle()
        await player.settle()
        [toast] = app.screen.query(Toast)
        assert toast.region.bottom == size[1] - 1
        assert player.rows()[:3] == before and player.rows()[-1] == keys
        for page in app.screen.query(Page):
            assert page.region.intersection(toast.region).area == 0 or not page.display
        here = player.page.current
        assert here is not None and 0 <= here.line - player.page.scroll_offset.y < player.page.size.height
        app.clear_notifications()
        await player.settle()
        assert app.screen.query_one("#body").region.bottom == size[1] - 1


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_a_dialog_answers_stands_below_its_words(size: tuple[int, int]) -> None:
    async with at_screen(life("billed"), size, draws_notices=True) as player:
        app = player.app
        await player.press("b", "home", "down", "w", "y")
        await player.settle()
        assert player.name() == "WhyDialog"
        [toast] = app.screen.query(Toast)
        assert "Copied the answer." in player.rows()[-1] and toast.region.y == size[1] - 1
        assert app.screen.query_one(Page).region.intersection(toast.region).area == 0


async def test_while_the_app_ends_nothing_is_told_any_more() -> None:
    async with at_screen(life("billed"), SMALL) as player:
        player.app.tell("Something was said.")
        await player.settle()
    assert not player.app.screen_stack
    player.app.notices.come_back()
    player.app.notices.tell("Too late.", "")
    assert player.app.notices.told == []
