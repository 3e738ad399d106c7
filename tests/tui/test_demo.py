"""Demo: the story plays itself to its end, and any key takes over."""

from __future__ import annotations

from typing import cast

import pytest
from textual.worker import Worker

from simulator.story import load_story, run_story
from tests.tui.on_screen import SMALL, Player, at_screen
from tui.app import WhiteslipApp
from tui.demo import DemoDirector

STORY = "first-bill"


async def test_a_story_plays_itself_to_its_end() -> None:
    """The life on the screen ends as the story does without one, and is the viewer's then."""
    async with at_screen(asked={"story": STORY}) as player:
        assert player.app.world.state_hash() == run_story(STORY).world.state_hash()
        assert any("The story is over" in note for note in player.told())
        day = player.app.world.day
        await player.press("n")
        assert player.app.world.day == day + 1


async def test_until_someone_is_there_the_screen_says_that_a_story_plays_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(WhiteslipApp, "tell", lambda _app, sentence, _severity="": told.append(sentence))
    app = WhiteslipApp(story=STORY, lang="zh")
    async with app.run_test(size=SMALL) as pilot:
        player = Player(app, pilot)
        await player.until(lambda: "故事自己在演" in player.shown())
        await pilot.press("f6")
        await player.until(lambda: "故事自己在演" not in player.rows()[-1])
        assert "下一天" in player.rows()[-1]
        assert told[:2] == ["先用现金，再全额还一张账单", "林悦第一次来商店，用现金付。"]
        app.world.close()


async def test_a_bill_that_is_waited_for_is_seen_when_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    monkeypatch.setattr(WhiteslipApp, "action_go", lambda _app, place: places.append(place))
    async with at_screen(asked={"story": STORY}):
        waits = [step["do"] for step in load_story(STORY).steps if step.get("until") in ("statement", "due")]
        assert places.count("bills") >= len(waits) > 0 and places[4] == "bills"


async def test_any_key_takes_over() -> None:
    """Before its end the story stops, in a kiosk too, and the key does what it always does."""
    app = WhiteslipApp(story=STORY, kiosk=True)
    async with app.run_test(size=SMALL) as pilot:
        player = Player(app, pilot)
        await player.until(lambda: app.life is not None)
        await pilot.press("b")
        await player.settle()
        assert player.name() == "BillsScreen"
        assert app.demo is not None and app.demo.playing is not None and app.demo.playing.is_cancelled
        done = [event for event in app.world.events if event["event"] != "life_began"]
        assert len(done) < len(load_story(STORY).steps)
        assert app.demo.idle is not None
        app.world.close()


async def test_a_story_that_was_told_to_end_plays_no_more_though_it_is_on_its_last_step() -> None:
    class Ending:
        is_running, is_cancelled = True, True

    director = DemoDirector(WhiteslipApp())
    assert not director.is_playing
    director.playing = cast(Worker[None], Ending())
    assert not director.is_playing
