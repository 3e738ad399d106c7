"""Keys that a person has chosen act and are told wherever the usual ones would be, and those no more."""

from __future__ import annotations

import pytest

from tests.tui.labs import in_lab
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import MIDDLE, at_screen
from tui.screens.dialogs import ChoiceDialog

CHOSEN = {"time.menu": "T", "time.next": "N", "always.help": "H", "always.why": "W", "always.pane": "P", "do.run": "G",
          "do.find": "F", "go.market": "K"}  # fmt: skip


@pytest.fixture(autouse=True)
def chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of one's own, as the settings hold them."""
    monkeypatch.setenv("WHITESLIP_KEYS", ",".join(f"{name}={key}" for name, key in CHOSEN.items()))


async def test_time_in_the_market() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("K")
        keys = player.rows()[-1]
        assert " T Speed" in keys and " G Run" in keys and " W Why" in keys and " H Help" in keys
        day = player.app.world.day
        await player.press("t", "n", "f3")
        assert player.name() == "MarketScreen" and player.app.world.day == day
        await player.press("N")
        assert player.app.world.day == day + 1
        await player.press("T")
        assert isinstance(player.app.screen, ChoiceDialog)


async def test_the_rows_of_the_market_and_a_life() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("x")
        keys = player.rows()[-1]
        assert " F Find" in keys and " G Run" in keys and " K Market" in keys and " H Help" in keys
        await player.press("enter")
        assert player.name() == "LifeScreen"
        keys = player.rows()[-1]
        assert " F Everything" in keys and " W Why" in keys and " H Help" in keys


async def test_the_lab_and_the_sweep() -> None:
    async with in_lab(size=(80, 24)) as analyst:
        keys = analyst.rows()[-1]
        assert " F Find" in keys and " W Why" in keys and " H Help" in keys
        before = analyst.app.screen.focused
        await analyst.press("f6")
        assert analyst.app.screen.focused is before
        await analyst.press("P")
        assert analyst.app.screen.focused is not before
        await analyst.press("8")
        assert analyst.name() == "SweepScreen"
        keys = analyst.rows()[-1]
        assert " W Why" in keys and " H Help" in keys


async def test_the_help_of_every_screen() -> None:
    async with at_screen(life("billed"), (120, 50)) as player:
        await player.press("H")
        told = [row.strip() for row in player.rows()]
        for start in ("N   ", "T   ", "W   ", "H   ", "K x v", "Tab P", "Esc ctrl+q", "F9"):
            assert any(row.strip("│▌▐ ").startswith(start) for row in told), (start, player.shown())
