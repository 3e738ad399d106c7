"""The Lab of a life, in front of a market that can be asked, for tests of its screens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.policy.load import load_policy
from tests.lives import played
from tests.tui.market_double import MarketDouble
from tests.tui.on_screen import SMALL, TIMEOUT, Player, at_screen
from tui.screens.lab import LabScreen

STANDARD = load_policy("standard")
MONTH = ({"do": "wait", "until": "statement"}, {"do": "repay", "amount": "full"})


class Analyst(Player):
    """Someone in the Lab."""

    market: MarketDouble

    @property
    def lab(self) -> LabScreen:
        """The Lab, on top or under a dialog."""
        return self.found(LabScreen)

    async def settle(self) -> None:
        """Wait for the runner too."""
        await super().settle()
        for screen in self.app.screen_stack:
            if isinstance(screen, LabScreen):
                assert await asyncio.to_thread(screen.runner.idle.wait, TIMEOUT)
        await super().settle()


@asynccontextmanager
async def in_lab(
    path: Path | None = None,
    size: tuple[int, int] = SMALL,
    lang: str = "en",
    fails: bool = False,
    market: bool = True,
) -> AsyncIterator[Analyst]:
    """The Lab of a life, with a market that can be asked."""
    async with at_screen(None, size, {"lang": lang}, fails) as player:
        analyst = Analyst(player.app, player.pilot)
        analyst.market = MarketDouble(STANDARD)
        analyst.app.estimator = analyst.market if market else None
        analyst.app.open_world(played(path, *MONTH))
        await analyst.settle()
        await analyst.press("v")
        assert isinstance(analyst.app.screen, LabScreen)
        yield analyst
