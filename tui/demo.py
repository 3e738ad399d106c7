"""Demo: a story that plays itself in the app, with its captions; any key takes over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from simulator.text import _

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.worker import Worker

    from tui.app import WhiteslipApp

STEP_SECONDS, CAPTION_SECONDS, CALM_STEP_SECONDS = 2.4, 3.6, 0.1
"""Time to see what a step changed, and to read up to twelve words."""
IDLE_SECONDS, PAUSE_SECONDS = 60, 10
PLACE_OF = {
    "buy": "shop", "repay": "bills", "prepay": "bills", "repay_plan": "bills", "convert_bill": "bills",
    "request_limit": "limit", "request_closure": "account", "withdraw_closure": "account", "appeal": "account",
    "request_reopening": "account", "request_reinstatement": "account", "request_hardship": "bills", "apply": "account",
    "autopay": "bills",
}  # fmt: skip
BILL_DAYS = ("statement", "due")


class DemoDirector:
    """Plays a story step by step. A kiosk plays it again, also when nobody has touched a key for a while."""

    def __init__(self, app: WhiteslipApp) -> None:
        """The app to play in."""
        self.app = app
        self.playing: Worker[None] | None = None
        self.idle: Timer | None = None

    def start(self) -> None:
        """Begin, or begin again."""
        self.playing = self.app.run_worker(self._run(), exclusive=True, group="demo")

    @property
    def is_playing(self) -> bool:
        """Whether the story goes on by itself; one that was told to end may still be on its last step."""
        return self.playing is not None and self.playing.is_running and not self.playing.is_cancelled

    def touched(self) -> None:
        """Someone is there: the life is theirs."""
        if self.playing is not None and self.is_playing:
            self.playing.cancel()
            self.app.tell(_("The life is yours now; it is not kept."))
            self.app.call_after_refresh(self.app.refresh_screen)
        if self.idle is not None:
            self.idle.stop()
        if self.app.kiosk:
            self.idle = self.app.set_timer(IDLE_SECONDS, self.start)

    async def _run(self) -> None:
        from simulator.story import load_story

        story = load_story(self.app.story or "")
        while True:
            await self._play(story)
            if not self.app.kiosk:
                self.app.tell(_("The story is over. The life is yours now; it is not kept."))
                self.app.call_after_refresh(self.app.refresh_screen)
                return
            await asyncio.sleep(PAUSE_SECONDS)

    async def _play(self, story: Any) -> None:
        from simulator.world import STORY, World

        self.app.open_world(World.begin(story.person, story.policy, story.seed, story.start, STORY))
        self.app.tell(_(story.title))
        for step in story.steps:
            if step["do"] != "expect":
                self._do(step)
                seconds = CAPTION_SECONDS if step["do"] == "caption" else STEP_SECONDS
                await asyncio.sleep(CALM_STEP_SECONDS if self.app.settings.calm else seconds)

    def _do(self, step: dict[str, Any]) -> None:
        """One step, at its place."""
        if step["do"] == "caption":
            self.app.tell(_(step["text"]))
            return
        place = "bills" if step.get("until") in BILL_DAYS else PLACE_OF.get(step["do"])
        if place is not None:
            self.app.action_go(place)
        self.app.act(step)
