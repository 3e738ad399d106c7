"""Short notices: where they stand, and Chinese broken into lines as its typography asks.

A notice of one line stands on the rule under the glance line, where it covers no word; in a dialog and on the first
screen on the blank line on top. The toolkit would lay it over the rows beneath, and break Chinese wherever a line is
full, so that a full stop could stand alone.
"""

from __future__ import annotations

from simulator.text import CHINESE, language
from tui.widgets.cells import wrapped

FRAME = 3
"""Cells that the toolkit keeps within a notice for border and padding."""

CSS = """
    ToastRack { dock: top; margin: 1 0 0 0; align: left top; overflow: hidden; }
    Dialog ToastRack, StartScreen ToastRack { margin: 0; }
    Toast { background: $panel; color: $ink; width: 100%; max-width: 100%; margin: 0; padding: 0 1; }
    .-plain Toast { border: none; }
"""


def in_lines(sentence: str, window: int) -> str:
    """A notice for a window of so many columns; English is broken well enough by the toolkit."""
    if language() != CHINESE:
        return sentence
    return "\n".join(line[0].text for line in wrapped(sentence, max(1, window - FRAME)))
