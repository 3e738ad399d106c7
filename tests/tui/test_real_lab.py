"""The Lab in front of the engine: what is on the screen is what two policies compared come to. It compiles where nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.files import data_folder
from simulator.lab.answer import Timeline
from simulator.lab.compare import compare
from simulator.policy.load import set_field
from simulator.population.names import name_of
from tests.lives import played
from tests.tui.on_screen import COMPILING_TIMEOUT, MIDDLE, Player, at_screen
from tui.lab.charts_page import can_be_made
from tui.screens.lab import LabScreen
from tui.screens.twin import TwinScreen

pytestmark = pytest.mark.slow
ASKED = {"lab_shoppers": 1_500, "warm_up_days": 200}


async def answered(player: Player, timeline: Timeline) -> LabScreen:
    """The Lab once the whole of its question is answered."""
    lab = player.app.screen
    assert isinstance(lab, LabScreen)

    def is_whole() -> bool:
        assert player.app.failures == []
        answer = lab.answer
        done = answer is not None and answer.done_ppm == 1_000_000 and answer.timeline == timeline
        return done and lab.runner.idle.is_set()

    await player.until(is_whole, COMPILING_TIMEOUT)
    await player.settle()
    return lab


async def test_a_value_moves_and_the_engine_answers_as_compare_does(tmp_path: Path) -> None:
    async with at_screen(None, MIDDLE, ASKED) as player:
        player.app.open_world(played(tmp_path / "life.db"))
        await player.settle()
        await player.press("v")
        lab = await answered(player, "from_today")
        assert lab.answer is not None and {each.verdict for each in lab.answer.metrics.values()} == {"same"}
        await player.press("left", "left", "left", "left", "left", "left")
        lab = await answered(player, "from_today")
        champion = lab.draft.today
        challenger = set_field(champion, "grade_cutoffs.E", 520)
        expected = compare(champion, challenger, shoppers=1_500, warm_up_days=200, timeline="from_today", today=1)
        assert lab.draft.policy.grade_cutoffs.E == 520 and lab.answer == expected.answer
        assert f"Only the trial approves {len(expected.only_challenger)}" in player.shown()

        if can_be_made():
            lab.menu.make_page()
            await player.settle()
            (path,) = (data_folder() / "exports").iterdir()
            assert any(str(path) in note for note in player.told())
            page, told = path.read_text(encoding="utf-8"), expected.only_challenger
            assert "standard / trial" in page and "550</td><td>520" in page and "whiteslip compare" not in page
            assert f"A line under standard only: 0 people; under trial only: {len(told):,}." in page

        await player.press("6")
        named = lab.answer.swap.shoppers[0]
        assert f"no. {named.shopper:,}" in player.shown()
        await player.press("tab")
        await player.choose(name_of(named.surname, named.given, "en"))
        await player.until(lambda: isinstance(player.app.screen, TwinScreen))
        await player.press("escape")

        lab.switch_timeline()
        lab = await answered(player, "as_if_always")
        assert "as if always" in player.shown()
        assert lab.answer is not None and lab.answer.metrics["approved"].difference >= 0
        await player.app.action_leave()
