"""Short notices: how wide they are, and Chinese broken into lines as its typography asks.

The toolkit breaks Chinese wherever a line is full, and would leave a full stop alone on a line.
"""

from __future__ import annotations

from simulator.text import CHINESE, language
from tui.screens.base import WIDE
from tui.widgets.cells import wrapped

WIDEST, SHARE, SHARE_BESIDE = 60, 50, 36
"""Cells of a notice at most; per cent of the window, and of one that is so wide that a pane stands beside."""
SCROLL_BAR, FRAME = 2, 3
"""Cells that the toolkit keeps beside all notices, and within one for border and padding."""

CSS = f"""
    Toast {{ background: $panel; color: $ink; width: {WIDEST}; max-width: {SHARE}%; }}
    /* Within the pane beside: where a pane begins under it, the toolkit cuts wide characters (textual#5243). */
    .wide Toast {{ max-width: {SHARE_BESIDE}%; }}
    .-plain Toast {{ border: none; }}
"""


def in_lines(sentence: str, window: int) -> str:
    """A notice for a window of so many columns; English is broken well enough by the toolkit."""
    if language() != CHINESE:
        return sentence
    share = SHARE_BESIDE if window >= WIDE else SHARE
    room = min(WIDEST, (window - SCROLL_BAR) * share // 100) - FRAME
    return "\n".join(line[0].text for line in wrapped(sentence, max(1, room)))
