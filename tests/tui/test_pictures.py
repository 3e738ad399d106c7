"""Pictures of the main screens, as SVG and as plain rows beside it: what a change of looks changes.

They are compared on one Python alone, for the toolkit draws a little differently elsewhere. After a change
that is meant: `make test ARGS="tests/tui/test_pictures.py --snapshot-update"`, and look at what it changed.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot

from simulator import text
from tests.tui.lives import life
from tests.tui.on_screen import LARGE, MIDDLE, SMALL, Player, assert_rows_fill
from tui.app import WhiteslipApp

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="pictures are kept for Python 3.11"),
]

SnapCompare = Callable[..., bool]
WIDE = (140, 45)


class Picture(NamedTuple):
    """A screen in a state of life: the keys that lead to it, and words that must stand on it."""

    state: str
    keys: tuple[str, ...]
    words: str
    size: tuple[int, int] = SMALL
    language: str = "en"
    theme: str = "dark"


PICTURES = {
    "start": Picture("", (), "Whose life do you want to live?"),
    "start-zh": Picture("", (), "你想过谁的人生？", SMALL, "zh", "light"),
    "home-no-line": Picture("no line", (), "First buy with cash"),
    "home-billed": Picture("billed", (), "Your bill is due in 8 days."),
    "home-billed-wide": Picture("billed", (), "Your bill is due in 8 days.", WIDE),
    "home-late-zh": Picture("late", (), "逾期", SMALL, "zh"),
    "home-suspended": Picture("suspended", (), "Your line is suspended.", MIDDLE, "en", "light"),
    "shop": Picture("open", ("s",), "What do I want, and how will I pay?"),
    "shop-wide-zh": Picture("open", ("s",), "你的订单", WIDE, "zh", "light"),
    "checkout": Picture("open", ("s", "down", "down", "down", "enter", "down", "down", "down", "down"), "12 terms"),
    "checkout-zh": Picture("open", ("s", "enter", "down", "down"), "结账", SMALL, "zh", "high-contrast"),
    "confirm": Picture("open", ("s", "enter", "down", "down", "enter"), "Yes, buy so"),
    "bills": Picture("billed", ("b",), "TO PAY by"),
    "bills-wide-zh": Picture("billed", ("b",), "最低还款", WIDE, "zh", "light"),
    "pay": Picture("billed", ("b", "p"), "What do you want to pay?"),
    "limit": Picture("billed", ("l",), "What would move it up"),
    "limit-contrast": Picture("billed", ("l",), "What would move it up", MIDDLE, "en", "high-contrast"),
    "account-no-line": Picture("no line", ("a",), "The lender looks at these first:"),
    "account-blockers": Picture("billed", ("a",), "CLEAR ALL"),
    "account-suspended": Picture("suspended", ("a",), "what lifts it?", SMALL, "en", "high-contrast"),
    "account-closed-zh": Picture("closed", ("a",), "我能回来吗？", SMALL, "zh", "light"),
    "account-history-wide-zh": Picture("charged off", ("a",), "账户状态，至今", WIDE, "zh", "light"),
    "inbox": Picture("suspended", ("i",), "All messages"),
    "inbox-wide": Picture("suspended", ("i",), "Your line is suspended", LARGE, "en", "light"),
    "money-zh": Picture("billed", ("m",), "健康", MIDDLE, "zh"),
    "why": Picture("billed", ("b", "home", "down", "w"), "Where it comes from"),
    "help-zh": Picture("billed", ("question_mark",), "首页", SMALL, "zh"),
    "time": Picture("billed", ("t",), "Time: how far?", SMALL, "en", "light"),
}  # fmt: skip


class Rows(SingleFileSnapshotExtension):
    """The rows of a screen in a file of their own."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, snap_compare: SnapCompare, snapshot: SnapshotAssertion) -> None:
    """The state first, then its rows, then its picture."""
    asked = PICTURES[name]
    seen: list[str] = []
    app = WhiteslipApp(lang=asked.language)
    picture_is_the_same = snap_compare(app, terminal_size=asked.size, run_before=_led_to(asked, app, seen))
    assert app.failures == []
    assert asked.words in seen[0]
    assert seen[0] == snapshot(extension_class=Rows)
    assert picture_is_the_same


def _led_to(asked: Picture, app: WhiteslipApp, seen: list[str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """What brings the app into the state, and keeps its rows."""

    async def lead(pilot: Pilot[Any]) -> None:
        player = Player(app, pilot)
        app.use_theme(asked.theme)
        await player.settle()
        if asked.state:
            world = life(asked.state)
            text.use(asked.language)
            app.open_world(world)
            await player.settle()
        await player.press(*asked.keys)
        app.clear_notifications()
        await player.settle()
        assert_rows_fill(app)
        seen.append(player.shown())

    return lead
