"""The limit of a line that was closed while something is owed."""

from __future__ import annotations

from tests.tui.on_screen import at_screen
from tests.tui.test_closed_and_owing import closed_late


async def test_without_a_limit_no_share_of_it_is_shown() -> None:
    async with at_screen(closed_late()) as player:
        await player.go("limit")
        rows = player.rows()
        used = next(place for place, row in enumerate(rows) if "used" in row)
        assert not any("%" in row for row in rows[used : used + 3])
        assert "There is no limit any more; what was used of it is still owed." in player.shown()
