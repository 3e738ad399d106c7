"""What people read of a comparison: the difference first, with the interval in which it lies."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.commands.table import at_the_point, cells, table
from simulator.lab.answer import Measured
from simulator.lab.compare import Comparison
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.parts import PARTS, head, part_title, rounding_text, swap_text, timeline_text, warned_texts
from simulator.lab.shown import shown
from simulator.lab.words import scale_of, verdict_text
from simulator.text import _, sentences

LONGEST_NAME = 12


def as_text(found: Comparison) -> str:
    """The whole of it."""
    lines, heads = [head(found), timeline_text(found), *warned_texts(found), ""], _heads(found)
    for part, names in PARTS:
        lines += [*_part(part, [(name, found.metrics[name]) for name in names], heads), ""]
    lines += [sentences(rounding_text(), _("--json, --csv and --out have exact figures.")), swap_text(found)]
    lines.append(_worth(found))
    lines.append(
        _("{seconds} s, {threads} threads; {again} of {shoppers} people had to be lived again.").format(
            seconds=f"{found.seconds:.1f}", threads=found.threads, again=f"{found.lived_again:,}", shoppers=f"{found.shoppers:,}"
        )
    )
    return "\n".join(lines)


def _heads(found: Comparison) -> tuple[str, str]:
    """The policies by their names where these differ and are short, else by their places."""
    names = found.champion.name, found.challenger.name
    fit = all(name and cells(name) <= LONGEST_NAME for name in names)
    return names if names[0] != names[1] and fit else (_("first"), _("second"))


def _part(part: str, measured: Sequence[tuple[str, Measured]], heads: tuple[str, str]) -> list[str]:
    scale = scale_of(measured)
    head = (_("difference"), _("95 % low"), _("high"), "", *heads)
    title = part_title(part)
    amounts = [unit_of(name) == FEN for name, _m in measured]
    if any(amounts):
        text = _("{title}, {unit}") if all(amounts) else _("{title} (amounts in {unit})")
        title = text.format(title=title, unit=scale.name)
    kinds = [unit_of(name) for name, _measured in measured]
    columns = zip(*(shown(name, each, scale) for name, each in measured), strict=True)
    figures = zip(*(at_the_point(column, kinds) for column in columns), strict=True)
    rows: list[Sequence[str]] = [(title, *head)]
    for (name, each), (difference, low, high, first, second) in zip(measured, figures, strict=True):
        rows.append(("  " + measure(name).title, difference, low, high, verdict_text(each), first, second))
    return table(rows, "<>>><>>")


def _worth(found: Comparison) -> str:
    worth = found.metrics["profit_fen"].worth
    if worth < 2:
        return _("Differences are of the same people with the same luck.")
    text = _("Both policies meet the same people with the same luck; without that it would take {times} times as many people to be as sure of the difference in profit.")
    return text.format(times=f"{worth:,}")
