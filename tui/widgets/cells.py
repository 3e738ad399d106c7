"""Cells: what a page is laid out of. A line is a list of cells; a cell may be a figure or an action.

A figure answers `w`; an action is done by Enter or a click. Widths are terminal cells, so that
Chinese keeps its columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size

LEFT, RIGHT = "left", "right"
CURSOR, ACTION = ">", "*"
CLOSING, OPENING = "，。、；：？！）”’》〉」』】〕…—", "（“‘《〈「『【〔"
"""What no line of Chinese begins with, and what none ends with."""


@dataclass(frozen=True)
class Cell:
    """Text of a role and width; `figure` is what `w` explains, `action` what Enter does, `shade` the step of
    `shades` that it stands on; a mark tells that the next cell is an action, and whether the cursor is there. Cells that
    look the same are equal, whatever they do.
    """

    text: str
    width: int | None = None
    align: str = LEFT
    role: str = "ink"
    bold: bool = False
    figure: str | None = None
    action: Callable[[], object] | None = field(default=None, compare=False)
    filled: bool = False
    shade: int | None = None
    is_mark: bool = False

    @property
    def focusable(self) -> bool:
        """Whether the cursor stops here."""
        return self.figure is not None or self.action is not None

    def fitted(self) -> str:
        """The text in its width; what had to be cut says so."""
        if self.width is None:
            return self.text
        free = self.width - cell_len(self.text)
        if free < 0 and self.width > 1:
            return set_cell_size(self.text, self.width - 1) + "…"
        if free <= 0:
            return set_cell_size(self.text, self.width)
        return " " * free + self.text if self.align == RIGHT else self.text + " " * free


Line = list[Cell]


def words(text: str, width: int | None = None, role: str = "ink", bold: bool = False) -> Cell:
    """Plain words."""
    return Cell(text, width, LEFT, role, bold)


def mark(before: str = "") -> Cell:
    """What stands before an action: `>` where the cursor is, `*` where it may go."""
    return Cell(f"{before}{CURSOR} ", role="accent", is_mark=True)


def amount(text: str, figure: str | None, width: int = 12, role: str = "ink", bold: bool = False) -> Cell:
    """A figure, right-aligned."""
    return Cell(text, width, RIGHT, role, bold, figure)


def heading(text: str) -> Line:
    """A bold head."""
    return [Cell(text, bold=True)]


def headed(text: str, width: int) -> list[Line]:
    """A bold head over as many lines as it needs."""
    return [[Cell(cell.text, bold=True) for cell in line] for line in wrapped(text, width)]


def blank() -> Line:
    """An empty line."""
    return [Cell("")]


def wrapped(text: str, width: int, role: str = "ink", indent: int = 0) -> list[Line]:
    """Text over as many lines as it needs; Chinese breaks anywhere, other words at spaces."""
    lines: list[str] = []
    current = ""
    for piece in _pieces(text):
        if cell_len(current) + cell_len(piece.rstrip()) > width - indent and current:
            lines += [current.rstrip()] if current.strip() else []
            current = piece.lstrip()
        else:
            current += piece
    lines.append(current.rstrip())
    return [[Cell(" " * indent + line, role=role)] for line in lines]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    current = ""
    for letter in text:
        if letter in CLOSING:
            if current or not pieces:
                current += letter
            else:
                pieces[-1] += letter
        elif letter in OPENING or cell_len(letter) > 1:
            if current and not _opens(current):
                pieces.append(current)
                current = ""
            current += letter
            if letter not in OPENING:
                pieces.append(current)
                current = ""
        elif letter == " " and not current and pieces:
            pieces[-1] += letter
        elif letter == " " and not _opens(current):
            pieces.append(current + letter)
            current = ""
        else:
            current += letter
    return [*pieces, current] if current else pieces


def _opens(text: str) -> bool:
    """Whether what follows must stand on the same line, a space between them or not."""
    return text.rstrip().endswith(tuple(OPENING))


def bar(share_ppm: int, width: int, role: str = "limit") -> list[Cell]:
    """A bar: `#` and `.`, painted in a role's colour."""
    full = max(0, min(width, (share_ppm * width + 500_000) // 1_000_000))
    return [
        Cell("#" * full, full, role=role, filled=True),
        Cell("." * (width - full), width - full, role="muted"),
    ]
