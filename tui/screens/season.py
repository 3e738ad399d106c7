"""A festival season's extra limit, in a row."""

from __future__ import annotations

import datetime

from simulator.money import money
from simulator.text import _, date_text
from tui.widgets.cells import Cell, Line, words


def season_line(fen: int, until: datetime.date | None, indent: str = "") -> Line:
    """What the season adds to the limit, and the last day on which it is there."""
    line: Line = [words(indent + _("and for the season") + " ", role="muted"), Cell(money(fen), figure="temporary")]
    if until is not None:
        line.append(words("  " + _("until {date}").format(date=date_text(until, weekday=False)), role="muted"))
    return line
