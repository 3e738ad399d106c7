"""Doing and time: what cannot be done is one sentence, and a jump stops where it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.ledger.save import Save
from tests.lives import FIRST_STEPS
from tests.tui.lives import life
from tests.tui.on_screen import MIDDLE, SMALL, at_screen
from tui.clock import FRAME_DAYS
from tui.screens.dialogs import HelpDialog
from tui.widgets.cells import Cell, Line


def broken() -> None:
    """A fault of ours."""
    raise ZeroDivisionError("a fault of ours")


async def test_a_fault_in_an_action_is_a_sentence_and_the_app_goes_on(home: Path) -> None:
    async with at_screen(life("open"), fails=True) as player:
        player.page.show([[Cell("Do it", action=broken)]])
        await player.choose("Do it")

        assert [str(fault) for fault in player.app.failures] == ["a fault of ours"]
        assert "nothing was changed" in player.told()[-1]
        assert "Traceback" not in player.shown()
        assert "ZeroDivisionError" in (home / "cache" / "whiteslip.log").read_text(encoding="utf-8")
        await player.go("bills")
        assert player.name() == "BillsScreen"


async def test_a_fault_while_a_key_is_done_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_screen(life("billed"), fails=True) as player:
        await player.go("bills")
        monkeypatch.setattr(player.app.screen, "do", lambda _key: broken())
        await player.press("p")

        assert len(player.app.failures) == 1
        assert "nothing was changed" in player.told()[-1]


async def test_beyond_repair_the_terminal_gets_a_sentence_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Under a test the toolkit raises; at a terminal it would print the traceback."""
    async with at_screen(life("open"), fails=True) as player:
        said: list[Any] = []
        monkeypatch.setattr(type(player.app), "is_headless", False)
        monkeypatch.setattr(player.app, "panic", said.append)
        player.app._handle_exception(ZeroDivisionError("a fault of ours"))

        assert len(said) == 1
        assert said[0].startswith("Whiteslip failed. Your life is kept; open it again.")
        assert player.app.return_code == 1


async def test_a_step_that_fails_on_disk_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world = life("open", tmp_path / "life.db")
    async with at_screen(world, fails=True) as player:
        before = world.state_hash()

        def full(*_given: object) -> None:
            raise OSError("no space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(Save, "commit", full)
            await player.press("n")
        assert world.state_hash() == before
        assert "nothing was changed" in player.told()[-1]
        await player.press("n")
        assert world.day == 1


async def test_escape_stops_a_jump_and_stays_where_one_was(monkeypatch: pytest.MonkeyPatch) -> None:
    world = life("no line")
    async with at_screen(world) as player:
        await player.go("money")
        days: list[int] = []
        live: Callable[[Any], list[dict[str, Any]]] = world.do

        def lived(step: Any) -> list[dict[str, Any]]:
            events = live(step)
            days.append(world.day)
            if len(days) == FRAME_DAYS:
                player.app.call_later(player.app.screen.run_action, "back")
            return events

        monkeypatch.setattr(world, "do", lived)
        player.app.jump(60, "wait")
        await player.settle()

        assert FRAME_DAYS <= len(days) <= 2 * FRAME_DAYS
        assert player.name() == "MoneyScreen"
        assert not player.app.clock.running


async def test_while_time_runs_the_footer_names_the_way_to_stop_it() -> None:
    async with at_screen(life("no line")) as player:
        player.app.clock.running = True
        player.app.refresh_screen()
        assert "Esc Stop here" in player.shown().splitlines()[-1]
        await player.press("t", "n")
        assert player.name() == "HomeScreen" and player.app.world.day == 0
        player.app.clock.running = False


@pytest.mark.parametrize("until", ["", "month", "statement"])
async def test_a_due_day_is_not_left_without_asking(until: str) -> None:
    """Neither by the next day nor by a jump that begins on it."""
    world = life("billed")
    world.do({"do": "wait", "until": "due"})
    async with at_screen(world) as player:
        today = world.day
        player.app.jump(1 if not until else 30, until)
        await player.settle()
        assert "Go on without paying?" in player.shown()
        assert world.day == today
        await player.press("escape")
        await player.press("n")
        await player.choose("Go on without paying")
        assert world.day == today + 1


@pytest.mark.parametrize(("label", "days"), [("Tomorrow", 1), ("One month", 30)])
async def test_the_time_menu_goes_as_far_as_it_says(label: str, days: int) -> None:
    world = life("no line")
    world.shopper.cash_fen = 10**7
    async with at_screen(world, MIDDLE) as player:
        await player.press("t")
        await player.choose(label)
        assert world.day == days


async def test_a_jump_to_what_cannot_come_says_so_and_no_day_passes() -> None:
    world = life("no line")
    async with at_screen(world) as player:
        player.app.jump(9, "due")
        await player.settle()
        assert world.day == 0
        assert player.told() == ["Nothing of the kind can come in 9 days, so none has passed."]
        await player.press("u")
        assert player.told()[-1] == "Nothing can be taken back here: what was done and days that passed stay."


OWES_NOTHING = (*FIRST_STEPS, {"do": "settle_all"}, {"do": "wait", "days": 40})


@pytest.mark.parametrize(
    ("steps", "offered"),
    [((), []), (OWES_NOTHING, []), (FIRST_STEPS, ["What comes next", "To the bill", "To the due day"])],
    ids=["no line", "owes nothing", "owes"],
)
async def test_the_time_menu_offers_only_what_can_come(steps: tuple[dict[str, Any], ...], offered: list[str]) -> None:
    world = life("no line")
    for step in steps:
        world.do(step)
    async with at_screen(world) as player:
        assert ("The next bill comes by itself" in player.shown()) is bool(offered)
        await player.press("t")
        assert [label for label in ("What comes next", "To the bill", "To the due day") if label in player.shown()] == offered
        if offered:
            await player.choose("To the due day")
            assert world.day == 1, "the bill comes first, and time stops for it"


@pytest.mark.parametrize("size", [SMALL, MIDDLE, (140, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_dialog_is_laid_out_once_for_the_whole_sheet_but_the_scroll_bar(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second layout would come a frame later, and the key would seem slow."""
    build = HelpDialog.build
    widths: list[int] = []

    def noted(dialog: HelpDialog, width: int) -> list[Line]:
        widths.append(width)
        return build(dialog, width)

    monkeypatch.setattr(HelpDialog, "build", noted)
    async with at_screen(life("billed"), size) as player:
        await player.press("question_mark")
        assert player.name() == "HelpDialog" and "Help: Home" in player.shown()
        assert widths == [player.page.outer_size.width - 1]
