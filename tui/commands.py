"""The palette: everything by name, "area: verb", found in English and in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from simulator import text
from simulator.text import _
from tui.clock import FARTHEST_DAYS, MONTH_DAYS
from tui.screens.base import GameScreen
from tui.screens.places import WITHOUT_A_LIFE

if TYPE_CHECKING:
    from tui.app import WhiteslipApp
    from tui.market_runner import MarketRunner


def _entries(app: WhiteslipApp) -> list[tuple[str, str, Callable[[], object]]]:
    """(English name, shown name, what it does)."""
    go = [
        ("go: Home", _("go: Home"), "home"), ("go: Shop", _("go: Shop"), "shop"), ("go: Bills", _("go: Bills"), "bills"),
        ("go: Limit", _("go: Limit"), "limit"), ("go: Account", _("go: Account"), "account"),
        ("go: Inbox", _("go: Inbox"), "inbox"), ("go: Money", _("go: Money"), "money"),
        ("go: Market", _("go: Market"), "market"), ("go: Explorer", _("go: Explorer"), "explorer"),
        ("go: Lab", _("go: Lab"), "lab"),
    ]  # fmt: skip
    found: list[tuple[str, str, Callable[[], object]]] = [
        (english, shown, partial(app.action_go, place)) for english, shown, place in go
    ]
    if app.life is None:
        found = [
            entry
            for entry, (_english, _shown, place) in zip(found, go, strict=True)
            if place in WITHOUT_A_LIFE
        ]
    else:
        found += [
            *_payments(app),
            ("time: Next day", _("time: Next day"), app.action_next_day),
            ("time: What comes next", _("time: What comes next"), lambda: app.jump(FARTHEST_DAYS, "next_event")),
            ("time: To the due day", _("time: To the due day"), lambda: app.jump(FARTHEST_DAYS, "due")),
            ("time: To the bill", _("time: To the bill"), lambda: app.jump(FARTHEST_DAYS, "statement")),
            ("time: One month", _("time: One month"), lambda: app.jump(MONTH_DAYS, "month")),
            ("ask: Higher limit", _("ask: Higher limit"), lambda: app.act({"do": "request_limit"})),
            ("account: Close", _("account: Close"), lambda: app.action_go("account")),
        ]
    if app.beside.runner is not None:
        found += _market(app.beside.runner)
    found += [
        (
            f"view: {english}",
            _("view: {name}").format(name=shown),
            partial(app.use_theme, name),
        )
        for name, (english, shown) in _theme_names().items()
    ]
    other = ("language: 中文",) * 2 if text.language() == text.ENGLISH else ("language: English", _("language: English"))
    another = [("file: Another life", _("file: Another life"), app.choose_life)] if app.life is not None else []
    found += [
        (*other, app.action_switch_language),
        *another,
        ("file: Picture of the screen", _("file: Picture of the screen"), app.action_picture),
        ("file: Leave", _("file: Leave"), app.action_leave),
    ]
    return found


def _payments(app: WhiteslipApp) -> list[tuple[str, str, Callable[[], object]]]:
    """The payments that there is something to pay by, and cash for."""
    from simulator.rules.balances import billed_fen, minimum_fen

    account, cash = app.world.account, app.world.shopper.cash_fen
    ways = [
        ("pay: Bill in full", _("pay: Bill in full"), "full", billed_fen(account)),
        ("pay: Minimum", _("pay: Minimum"), "minimum", minimum_fen(account)),
    ]
    return [
        (english, shown, partial(app.act, {"do": "repay", "amount": amount}))
        for english, shown, amount, fen in ways
        if 0 < fen <= cash
    ]


def _market(market: MarketRunner) -> list[tuple[str, str, Callable[[], object]]]:
    return [
        ("market: Pause", _("market: Pause"), lambda: market.set_speed(0)),
        ("market: Run, a day a second", _("market: Run, a day a second"), lambda: market.set_speed(1)),
        ("market: Run, 30 days a second", _("market: Run, 30 days a second"), lambda: market.set_speed(30)),
        ("market: Run as fast as it goes", _("market: Run as fast as it goes"), lambda: market.set_speed(-1)),
        ("market: One day on", _("market: One day on"), lambda: market.step(1)),
    ]


def _theme_names() -> dict[str, tuple[str, str]]:
    """The name of each theme in English and as shown."""
    return {
        "light": ("Light", _("Light")), "dark": ("Dark", _("Dark")),
        "high-contrast": ("High contrast", _("High contrast")),
        "ansi-light": ("Terminal's colours, light", _("Terminal's colours, light")),
        "ansi-dark": ("Terminal's colours, dark", _("Terminal's colours, dark")),
    }  # fmt: skip


def commands(app: WhiteslipApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The palette's entries; where the language is not English the English name stands behind."""
    own = screen.palette() if isinstance(screen, GameScreen) else []
    for english, shown, run in [*own, *_entries(app)]:
        title = shown if shown == english else f"{shown}  ({english})"
        yield SystemCommand(title, "", run)
