"""A full disk in front of the person: one plain notice, the life as it was, and on once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.files import saves_folder
from simulator.ledger.care import check_save
from simulator.text import LANGUAGES
from simulator.world import replay_faults
from tests.ledger.test_full_disk import let_grow
from tests.lives import played
from tests.tui.on_screen import at_screen

WORDS = {"en": "The disk is full", "zh": "磁盘已满"}


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_day_that_cannot_be_kept_is_not_lived(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "life.db"
    world = played(path)
    async with at_screen(world, asked={"lang": lang}) as player:
        let_grow(world.save, 0)
        told: list[str] = []
        while not any(WORDS[lang] in note for note in told):
            day = world.day
            await player.press("n")
            told = player.told()
        assert world.day == day
        await player.press("n")
        assert [WORDS[lang] in note for note in player.told()] == [True]
        assert check_save(path, replay_faults) == []
        let_grow(world.save, 1_000)
        await player.press("n")
        assert world.day == day + 1
    assert check_save(path, replay_faults) == []


async def test_a_new_life_on_a_full_disk_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.ledger import save as saves

    real = saves._connected
    monkeypatch.setattr(
        saves, "_connected", lambda made: (made.execute("PRAGMA max_page_count=2"), real(made))[1]
    )
    async with at_screen() as player:
        await player.choose("Lin Mei")
        assert player.name() == "StartScreen"
        assert any("free some space" in note for note in player.told())
        assert list(saves_folder().iterdir()) == []
        monkeypatch.undo()
        await player.choose("Lin Mei")
        assert player.name() == "HomeScreen"
