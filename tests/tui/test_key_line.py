"""Keys that come without a pause, as from a script or a quick hand: each is heard where the one before it led."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from tests.tui.labs import in_lab
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import SMALL, Player, at_screen
from tui import key_line


async def at_once(player: Player, *keys: str) -> None:
    """Press keys before the first of them has been heard."""
    for key in keys:
        player.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await player.settle()
    await player.settle()


@pytest.mark.parametrize("first", [("x", "f"), ("x", "f7"), ("k", "x", "f")], ids="-".join)
async def test_a_filter_typed_at_once_stands_whole_in_its_field(first: tuple[str, ...]) -> None:
    async with at_market(HandMarket(), SMALL, world=life("billed")) as player:
        player.app.looked_for.filter = "student"
        await at_once(player, *first, "ctrl+u", *"late")
        assert player.name() == "ExplorerScreen"
        assert player.app.screen.query_one(Input).value == player.app.looked_for.filter == "late"


async def test_what_is_pasted_comes_after_the_key_that_leads_to_its_field() -> None:
    async with at_market(HandMarket(), SMALL, world=life("billed")) as player:
        await player.press("x")
        player.app.post_message(events.Key("f", "f"))
        player.app.post_message(events.Paste("late"))
        await at_once(player, *" or student")
        assert player.app.looked_for.filter == "late or student"


async def test_words_to_find_a_value_by_are_typed_at_once() -> None:
    async with in_lab() as analyst:
        await at_once(analyst, "f", *"age_min", "enter")
        assert analyst.lab.state.path == "age_min"


async def test_keys_go_on_where_nobody_answers_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_line, "PATIENCE", 0.05)
    async with at_screen(life("billed")) as player:
        monkeypatch.setattr(player.app.key_line, "heard", lambda _event: None)
        await player.pilot.press("s")
        await player.until(lambda: player.name() == "ShopScreen")
        monkeypatch.undo()
        player.app.post_message(events.Key("b", "b"))
        await player.until(lambda: player.name() == "BillsScreen", 10)
