"""The account's lower half in a large window: statuses, limits, and before there is a line the store's record."""

from __future__ import annotations

import pytest

from simulator.money import money
from simulator.text import LANGUAGES, date_text
from simulator.views import limit_view
from simulator.views.history import stays
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import STATES, life
from tests.tui.on_screen import MIDDLE, SMALL, assert_rows_fill, at_screen
from tests.tui.test_rows import cut_cells
from tui.lab.export import as_text
from tui.screens.dialogs import WhyDialog

WIDE = (140, 45)
STATUS, LIMIT = "STATUS OF YOUR LINE, so far", "LIMIT, how it moved"


@pytest.mark.parametrize("size", [MIDDLE, WIDE], ids=["120x36", "140x45"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
async def test_every_state_fits_and_nothing_is_pushed_out_of_sight(
    state: str, lang: str, size: tuple[int, int]
) -> None:
    async with at_screen(life(state), size, {"lang": lang}) as player:
        await player.go("account")
        assert_rows_fill(player.app)
        assert cut_cells(player) == []
        assert len(player.page.lines) <= player.page.size.height


async def test_statuses_and_limits_stand_with_their_reasons_and_answer_why() -> None:
    world = life("charged off")
    async with at_screen(world, WIDE) as player:
        await player.go("account")
        rows = as_text(player.page.lines).splitlines()
        passed = rows[rows.index(STATUS) + 1 : rows.index(LIMIT) - 1]
        assert len(passed) == len(stays(world)) == 5
        for row, each in zip(passed, stays(world), strict=True):
            assert row.startswith(date_text(each.date, weekday=False)) and each.why in row
        moved = rows[rows.index(LIMIT) + 1 :]
        for change in limit_view(world).changes:
            row = next(row for row in moved if row.startswith(date_text(change.date, weekday=False)))
            assert money(change.from_fen) in row and money(change.to_fen) in row
        assert any("_____" in row for row in moved)
        await player.stand_on("[x] Suspended")
        await player.press("w")
        assert isinstance(player.app.screen, WhyDialog)
        assert "Suspended: 31 days late." in player.shown()
        await player.press("escape")
        await player.stand_on("2,500.00")
        await player.press("w")
        assert "Limit 5,000.00 to 2,500.00." in player.shown()


@pytest.mark.parametrize(("state", "size", "is_told"), [("open", WIDE, True), ("open", MIDDLE, False), ("charged off", WIDE, False)])
async def test_where_there_is_room_what_was_owed_stands_under_the_limit(
    state: str, size: tuple[int, int], is_told: bool
) -> None:
    world = life(state)
    world.do({"do": "wait", "days": 1})
    async with at_screen(world, size) as player:
        await player.go("account")
        told = as_text(player.page.lines).partition(LIMIT)[2]
        assert ("OWED" in told) == is_told and ("_____" in told) != is_told


async def test_where_room_is_short_the_latest_stands() -> None:
    async with at_screen(life("charged off"), (120, 24)) as player:
        await player.go("account")
        for height in range(24, 36):
            await player.pilot.resize_terminal(120, height)
            await player.settle()
            assert len(player.rows()) == height
            told = as_text(player.page.lines)
            assert len(player.page.lines) <= player.page.size.height
            assert STATUS not in told or "[#] Written off" in told.partition(STATUS)[2]


async def test_before_there_is_a_line_the_purchases_stand_that_count() -> None:
    world = begin()
    async with at_screen(world, WIDE) as player:
        await player.go("account")
        assert "It begins when you ask for a line" in player.shown()
        assert "1 order " in player.shown() and "89.00" in player.shown()
        for step in FIRST_STEPS[:2]:
            player.app.act(step)
        player.app.refresh_screen()
        await player.settle()
        await player.stand_on("Winter coat")
        await player.press("w")
        assert "Bought Winter coat for 699.00 with cash." in player.shown()


@pytest.mark.parametrize("state", STATES)
async def test_a_small_window_has_no_history(state: str) -> None:
    async with at_screen(life(state), SMALL) as player:
        await player.go("account")
        told = as_text(player.page.lines)
        assert STATUS not in told and LIMIT not in told and "HISTORY" not in told
