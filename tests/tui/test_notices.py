"""Short notices: none lies over the words of a dialog or over another's place, and none is lost by it."""

from __future__ import annotations

from textual.widgets._toast import Toast

from tests.tui.lives import life
from tests.tui.on_screen import LARGE, SMALL, Player, at_screen
from tui.app import WhiteslipApp


async def test_a_dialog_that_opens_puts_notices_away_until_it_closes() -> None:
    async with at_screen(life("billed"), LARGE) as player:
        player.app.tell("Something was said.")
        await player.settle()
        assert player.told() == ["Something was said."]
        await player.press("t")
        assert player.told() == []
        await player.press("escape")
        assert player.told() == ["Something was said."]


async def test_in_a_low_window_notices_stand_one_at_a_time_the_newest_first() -> None:
    async with at_screen(life("billed"), SMALL) as player:
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
    app = WhiteslipApp()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        player = Player(app, pilot)
        await player.settle()
        app.open_world(life("billed"))
        for _again in range(3):
            app.tell("Something was said.")
            await player.settle()
            await player.settle()
        assert [toast.region.y for toast in app.screen.query(Toast)] == [1]
        app.world.close()


async def test_while_the_app_ends_nothing_is_told_any_more() -> None:
    async with at_screen(life("billed"), SMALL) as player:
        player.app.tell("Something was said.")
        await player.settle()
    assert not player.app.screen_stack
    player.app.notices.come_back()
    player.app.notices.tell("Too late.", "")
    assert player.app.notices.told == []
