"""Work behind the screens that goes wrong is a sentence: the app goes on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tui
from simulator.lab.late import LateEstimator
from simulator.lab.setting import Setting
from simulator.policy.load import load_policy
from tests.tui.labs import in_lab
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import LARGE, Player, at_screen


def broken(*_given: Any, **_named: Any) -> Any:
    """A fault of ours."""
    raise ZeroDivisionError("a fault of ours")


def assert_told(player: Player) -> None:
    """One calm sentence, and the app is there; the fault is looked at no more."""
    assert [str(fault) for fault in player.app.failures] == ["a fault of ours"]
    assert any("nothing was changed" in told for told in player.told())
    player.app.controller.failures.clear()


@pytest.mark.parametrize("of", ["the work", "what comes after it"])
async def test_what_if(monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    async with at_screen(life("open")) as player:
        await player.go("limit")
        if of == "the work":
            monkeypatch.setattr("tui.screens.limit.what_ifs", broken)
        else:
            monkeypatch.setattr("tui.screens.limit.LimitScreen._show_ifs", broken)
        await player.choose("What if")
        assert_told(player)
        await player.go("bills")
        assert player.name() == "BillsScreen"


async def test_both_lives_of_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    async with in_lab(size=LARGE) as analyst:
        monkeypatch.setattr(analyst.market, "lives", broken)
        await analyst.press("left", "6", "tab", "enter")
        assert_told(analyst)
        assert analyst.name() == "LabScreen"


async def test_rows_of_the_explorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said once; the next wish is met."""
    async with at_market(HandMarket(), world=life("billed")) as player:
        await player.press("x")
        with monkeypatch.context() as patched:
            patched.setattr("tui.screens.explorer.ordered", broken)
            await player.press("o")
            await player.press("up", "down")
            assert_told(player)
        shown = player.shown()
        await player.press("o")
        assert player.app.failures == [] and player.shown() != shown


def test_an_estimator_closed_before_it_is_ready_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def compiling(stop: Callable[[], bool]) -> None:
        begun.set()
        while not stop():
            pass

    monkeypatch.setattr("simulator.lab.late.is_compiled", lambda _kernel: False)
    monkeypatch.setattr("simulator.lab.ready.make_ready_apart", compiling)
    monkeypatch.setattr("gc.freeze", lambda: None)
    policy = load_policy("standard")
    late = LateEstimator(Setting(champion=policy), 10)
    found: list[object] = []
    waits = threading.Thread(target=lambda: found.append(late.lives(policy, 1)))
    assert begun.wait(10)
    waits.start()
    late.close()
    waits.join(10)
    assert found == [None]


def test_nothing_works_behind_the_screens_but_by_the_one_way_that_says_what_went_wrong() -> None:
    folder = Path(tui.__file__).parent
    found = [path.name for path in folder.rglob("*.py") if re.search(r"thread=True", path.read_text("utf-8"))]
    assert found == ["base.py"]
