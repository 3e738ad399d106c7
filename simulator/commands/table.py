"""Tables of plain text whose columns hold, whatever the language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LEFT, RIGHT = "<", ">"
_GAP = "  "


def cells(text: str) -> int:
    """How many places of a terminal a text takes; Chinese takes two a character."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def padded(text: str, width: int, side: str = LEFT) -> str:
    """A text filled up with spaces to a width; RIGHT puts the text at the right."""
    space = " " * (width - cells(text))
    return text + space if side == LEFT else space + text


def at_the_point(texts: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Figures of a column, filled up at the right so that those of a kind have their decimal points under each other.

    What follows a point may be a unit; a whole number ends where its column ends.
    """
    tails = [cells(text[place:]) if (place := text.find(".")) >= 0 else 0 for text in texts]
    most = {kind: max(tail for tail, other in zip(tails, kinds, strict=True) if other == kind) for kind in set(kinds)}
    return [text + " " * (most[kind] - tail) for text, kind, tail in zip(texts, kinds, tails, strict=True)]


def table(rows: Sequence[Sequence[str]], sides: str, indent: str = "") -> list[str]:
    """The lines of a table; `sides` has < or > for each column."""
    widths = [max(cells(row[place]) for row in rows) for place in range(len(sides))]
    return [
        (indent + _GAP.join(padded(*each) for each in zip(row, widths, sides, strict=True))).rstrip()
        for row in rows
    ]
