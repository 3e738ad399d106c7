"""A full disk in front of the person: one plain notice, the life as it was, and on once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.files import saves_folder
from simulator.ledger.care import check_save
from simulator.market.ahead import ahead_of, followed_of
from simulator.policy.load import load_policy
from simulator.replay import replay_faults
from simulator.text import LANGUAGES
from simulator.world import World
from tests.ledger.test_full_disk import let_grow
from tests.lives import played
from tests.tui.markets import HandMarket, until_shown
from tests.tui.on_screen import at_screen
from tui.market_runner import PAUSED
from tui.screens.life import LifeScreen

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
        assert check_save(path, replay_faults).faults == []
        let_grow(world.save, 1_000)
        await player.press("n")
        assert world.day == day + 1
    assert check_save(path, replay_faults).faults == []


@pytest.fixture
def hand_market(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markets made by hand, from the first day on; nothing is compiled for them."""
    monkeypatch.setattr("tui.market_making.new_market", lambda *_told: HandMarket(day=-1))
    monkeypatch.setattr("simulator.compiled.is_compiled", lambda _kernel: True)


@pytest.mark.usefixtures("hand_market")
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_day_of_the_market_that_cannot_be_kept_is_not_shown(tmp_path: Path, lang: str) -> None:
    world = played(tmp_path / "life.db")
    assert world.save is not None
    async with at_screen(world, asked={"lang": lang}) as player:
        await player.press("k")
        runner = player.app.beside.open()
        until_shown(runner, world.day)
        runner.change_policy(load_policy("cautious"))
        runner.step()
        until_shown(runner, world.day + 1)
        let_grow(world.save, 0)
        runner.change_policy(load_policy("generous"))
        runner.step()
        await player.until(lambda: player.told())
        assert [WORDS[lang] in note for note in player.told()] == [True]
        assert runner.speed == PAUSED and runner.snapshot is not None and runner.snapshot.day == world.day + 1
        kept = ahead_of(world.save)
        assert kept is not None and (kept.day, list(kept.policies)) == (world.day + 1, [world.day + 1])
        let_grow(world.save, 1_000)
        runner.step()
        until_shown(runner, world.day + 3)
        kept = ahead_of(world.save)
        assert kept is not None and (kept.day, len(kept.policies)) == (world.day + 3, 2)
        runner.close()


@pytest.mark.usefixtures("hand_market")
async def test_who_is_followed_is_kept_at_once_and_followed_again(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    assert world.save is not None
    async with at_screen(world) as player:
        await player.press("k")
        runner = player.app.beside.open()
        until_shown(runner, world.day)
        await player.press("x", "enter", "u")
        shopper = player.found(LifeScreen).shopper
        assert runner.followed == followed_of(world.save) == {shopper}
        await player.app.action_leave()
    async with at_screen(World.open(tmp_path / "life.db")) as player:
        await player.press("k")
        runner = player.app.beside.open()
        assert runner.followed == {shopper}
        runner.close()


@pytest.mark.usefixtures("hand_market")
async def test_beside_a_life_that_is_only_read_the_market_lives_and_keeps_nothing(tmp_path: Path) -> None:
    first = played(tmp_path / "life.db")
    second = World.open(tmp_path / "life.db")
    async with at_screen(second) as player:
        await player.press("k")
        told = player.told()
        runner = player.app.beside.open()
        runner.jump(second.day + 40)
        until_shown(runner, second.day + 40)
        await player.press("h")
        assert player.told() in ([], told)
        assert first.save is not None and ahead_of(first.save) is None
        runner.close()
    first.close()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no files")
async def test_where_no_life_can_be_kept_the_folder_and_the_mend_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_HOME", "/proc/whiteslip")
    async with at_screen() as player:
        await player.choose("Lin Mei")
        assert player.name() == "StartScreen"
        assert any("/proc/whiteslip/data/saves cannot be written: nothing may be written there; choose another folder. " in note and "Set WHITESLIP_HOME" in note for note in player.told())


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
