"""Toolkit: what must be mended in it for a program that is open all day.

Textual 8.2 remembers two colours for each combination that a widget was drawn in, and with them, by oversight, all
that the widget drew (Textualize/textual#6665). A thousand such widgets stay behind, and each time that Python looks
for garbage it goes through half a million strips: a key waits 0.2 s for it.

Of a short notice that is taken away before its time the toolkit leaves what held it, and the next one stands lower.

Of a list it looks the line up that its cursor is on, to go on by a page from there, even before any lines are laid
out: a key pressed in one burst with the palette's own ends the program.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.notifications import Notifications
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets._toast import Toast, ToastHolder, ToastRack


@lru_cache(1024)
def inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    """The style inside a border and the one outside of it, remembered by the colours alone."""
    return Style(background=base_background + background), Style(background=base_background)


def show_notices(rack: ToastRack, notifications: Notifications) -> None:
    """Show the notices that there are; what held one that is gone goes with it."""
    rack.display = bool(notifications)
    for toast in rack.query(Toast):
        if toast._notification not in notifications and toast.parent is not None:
            (toast.parent if isinstance(toast.parent, ToastHolder) else toast).remove()
    held = {holder.id for holder in rack.query(ToastHolder)}
    new = [each for each in notifications if rack._toast_id(each) not in held and not each.has_expired]
    if new:
        rack.mount_all(ToastHolder(Toast(each), id=rack._toast_id(each)) for each in new)
        rack.call_later(rack.scroll_end, animate=False, force=True)


_move_page = OptionList._move_page


def move_page(options: OptionList, direction: Literal[-1, 1]) -> None:
    """On by a page, where there are lines to go by."""
    if options._lines:
        _move_page(options, direction)


def mend() -> None:
    """Let what is closed be forgotten, and lists hear keys before they stand."""
    OptionList._move_page = move_page  # type: ignore[method-assign, assignment]
    ToastRack.show = show_notices  # type: ignore[method-assign, assignment]
    StylesCache.get_inner_outer = staticmethod(inner_outer)  # type: ignore[method-assign, assignment]
