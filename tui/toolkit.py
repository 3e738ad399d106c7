"""Toolkit: what must be mended in it for a program that is open all day.

Textual 8.2 remembers two colours for each combination that a widget was drawn in, and with them, by oversight, all
that the widget drew (Textualize/textual#6665). A thousand such widgets stay behind, and each time that Python looks
for garbage it goes through half a million strips: a key waits 0.2 s for it.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    """The style inside a border and the one outside of it, remembered by the colours alone."""
    return Style(background=base_background + background), Style(background=base_background)


def mend() -> None:
    """Let what is closed be forgotten."""
    StylesCache.get_inner_outer = staticmethod(inner_outer)  # type: ignore[method-assign, assignment]
