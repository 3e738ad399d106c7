"""Demo: a story that plays itself in the app, with its captions; any key takes over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from simulator.text import _

if TYPE_CHECKING:
    from tui.app import WhiteslipApp

STEP_SECONDS = 1.6
IDLE_SECONDS = 60
PLACE_OF = {
    "buy": "shop", "repay": "bills", "prepay": "bills", "repay_plan": "bills", "convert_bill": "bills",
    "request_limit": "limit", "request_closure": "account", "withdraw_closure": "account", "appeal": "account",
    "request_reopening": "account", "request_reinstatement": "account", "request_hardship": "bills", "apply": "account",
}  # fmt: skip


class DemoDirector:
    """Plays a story step by step; the kiosk starts it again."""

    def __init__(self, app: WhiteslipApp) -> None:
        """The app to play in."""
        self.app = app
        self.stopped = False

    def start(self) -> None:
        """Begin."""
        self.app.run_worker(self._run(), exclusive=True, group="demo")

    async def _run(self) -> None:
        from simulator.story import load_story
        from simulator.world import STORY, World

        while not self.stopped:
            story = load_story(self.app.story or "")
            world = World.begin(story.person, story.policy, story.seed, story.start, STORY)
            self.app.open_world(world)
            self.app.tell(story.title)
            for step in story.steps:
                await self._play(step)
            if not self.app.kiosk:
                self.app.tell(_("The story is over. The life is yours now; it is not kept."))
                return
            await asyncio.sleep(IDLE_SECONDS / 6)

    async def _play(self, step: dict[str, Any]) -> None:
        name = step["do"]
        if name == "expect":
            return
        if name == "caption":
            self.app.tell(step["text"])
        else:
            place = PLACE_OF.get(name)
            if place is not None:
                self.app.action_go(place)
            self.app.act(step)
        await asyncio.sleep(0.1 if self.app.settings.calm else STEP_SECONDS)
