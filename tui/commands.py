"""The palette: everything by name, "area: verb", found in English and in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from simulator import text
from simulator.text import _
from tui.screens.base import GameScreen
from tui.themes import ALL_NAMES

if TYPE_CHECKING:
    from tui.app import WhiteslipApp


def _entries(app: WhiteslipApp) -> list[tuple[str, str, Callable[[], object]]]:
    """(English name, shown name, what it does)."""
    go = [
        ("go: Home", _("go: Home"), "home"), ("go: Shop", _("go: Shop"), "shop"), ("go: Bills", _("go: Bills"), "bills"),
        ("go: Limit", _("go: Limit"), "limit"), ("go: Account", _("go: Account"), "account"),
        ("go: Inbox", _("go: Inbox"), "inbox"), ("go: Money", _("go: Money"), "money"), ("go: Lab", _("go: Lab"), "lab"),
    ]  # fmt: skip
    found: list[tuple[str, str, Callable[[], object]]] = [
        (english, shown, partial(app.action_go, place)) for english, shown, place in go
    ]
    if app.life is None:
        found = []
    else:
        found += [
            ("pay: Bill in full", _("pay: Bill in full"), lambda: app.act({"do": "repay", "amount": "full"})),
            ("pay: Minimum", _("pay: Minimum"), lambda: app.act({"do": "repay", "amount": "minimum"})),
            ("time: Next day", _("time: Next day"), app.action_next_day),
            ("time: To the due day", _("time: To the due day"), lambda: app.jump(92, "due")),
            ("time: To the bill", _("time: To the bill"), lambda: app.jump(92, "statement")),
            ("ask: Higher limit", _("ask: Higher limit"), lambda: app.act({"do": "request_limit"})),
            ("account: Close", _("account: Close"), lambda: app.action_go("account")),
        ]
    found += [
        (
            f"view: {name}",
            _("view: {name}").format(name=_theme_name(name)),
            partial(app.use_theme, name),
        )
        for name in ALL_NAMES
    ]
    other = "language: 中文" if text.language() == "en" else "language: English"
    found += [
        (other, other, app.action_switch_language),
        ("file: Picture of the screen", _("file: Picture of the screen"), app.action_picture),
        ("file: Leave", _("file: Leave"), app.action_leave),
    ]
    return found


def _theme_name(name: str) -> str:
    return {
        "light": _("Light"), "dark": _("Dark"), "high-contrast": _("High contrast"),
        "ansi-light": _("Terminal's colours, light"), "ansi-dark": _("Terminal's colours, dark"),
    }[name]  # fmt: skip


def commands(app: WhiteslipApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The palette's entries; where the language is not English the English name stands behind."""
    own = screen.palette() if isinstance(screen, GameScreen) else []
    for english, shown, run in [*own, *_entries(app)]:
        title = shown if shown == english else f"{shown}  ({english})"
        yield SystemCommand(title, "", run)
