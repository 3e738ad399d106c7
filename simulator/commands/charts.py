"""Small charts of plain text: one line of blocks over time, bars beside their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.commands.table import LEFT, RIGHT, cells, padded
from simulator.text import CHINESE, _, in_percent, language

_LEVELS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
FULL = "█"


def spark(values: Sequence[int]) -> str:
    """A line of blocks: the lowest value is the lowest block, the highest the highest."""
    low, high = min(values), max(values)
    span = max(1, high - low)
    return "".join(_LEVELS[(value - low) * (len(_LEVELS) - 1) // span] for value in values)


def bar(value: int, most: int, width: int) -> str:
    """A bar as long as a value's share of the most, to an eighth of a place; something where not 0."""
    eighths = abs(value) * width * 8 // max(1, most)
    if value and not eighths:
        eighths = 1
    return (FULL * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def bars(rows: Sequence[tuple[str, int, str]], width: int, indent: str = "  ") -> list[str]:
    """(name, value, figure) as lines: name, figure, bar."""
    names = max(cells(name) for name, _value, _figure in rows)
    figures = max(cells(figure) for _name, _value, figure in rows)
    most = max(abs(value) for _name, value, _figure in rows)
    return [
        f"{indent}{padded(name, names, LEFT)}  {padded(figure, figures, RIGHT)}  {bar(value, most, width)}".rstrip()
        for name, value, figure in rows
    ]


class Unit(NamedTuple):
    """A unit for large amounts: its name after an amount's, how many fen, how many decimals."""

    name: str
    fen: int
    decimals: int

    def told(self, amount_fen: int) -> str:
        """An amount in this unit, halves away from 0: "5,988", "-33.66"."""
        scale = 10**self.decimals
        parts = (2 * abs(amount_fen) * scale + self.fen) // (2 * self.fen)
        mark = "-" if amount_fen < 0 and parts else ""
        decimals = f".{parts % scale:0{self.decimals}d}" if self.decimals else ""
        return f"{mark}{parts // scale:,}{decimals}"


def unit_for(most_fen: int) -> Unit:
    """The unit in which amounts up to this one are read with ease."""
    if language() == CHINESE:
        return Unit(_("10,000 yuan"), 1_000_000, 1)
    if most_fen < MANY_FEN:
        return Unit(_("thousands of yuan"), 100_000, 0)
    return Unit(_("millions of yuan"), 100_000_000, 2)


MANY_FEN = 20_000_000_000


def percent(ppm: int) -> str:
    """Parts per million as a percentage with one decimal, halves up."""
    tenths = (ppm + 500) // 1_000
    return in_percent(f"{tenths // 10}.{tenths % 10}")
