"""The places of a life and of the market by name."""

from __future__ import annotations

from tui.screens.base import GameScreen

WITHOUT_A_LIFE = ("market", "explorer")
"""Places that can be seen before a life has begun."""


def make(place: str) -> GameScreen:
    """A new screen of a place."""
    from tui.screens.account import AccountScreen
    from tui.screens.bills import BillsScreen
    from tui.screens.explorer import ExplorerScreen
    from tui.screens.home import HomeScreen
    from tui.screens.inbox import InboxScreen
    from tui.screens.lab import LabScreen
    from tui.screens.limit import LimitScreen
    from tui.screens.market import MarketScreen
    from tui.screens.money import MoneyScreen
    from tui.screens.shop import ShopScreen

    screens: dict[str, type[GameScreen]] = {
        "home": HomeScreen,
        "shop": ShopScreen,
        "bills": BillsScreen,
        "limit": LimitScreen,
        "account": AccountScreen,
        "inbox": InboxScreen,
        "money": MoneyScreen,
        "market": MarketScreen,
        "explorer": ExplorerScreen,
        "lab": LabScreen,
    }
    return screens[place]()
