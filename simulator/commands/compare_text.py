"""What people read of a comparison: the difference first, with the interval in which it lies."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.commands.table import table
from simulator.lab.answer import Measured
from simulator.lab.compare import Comparison
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.parts import PARTS, head, part_title, swap_text, timeline_text
from simulator.lab.words import scale_of, value_text, verdict_text
from simulator.text import _


def as_text(found: Comparison) -> str:
    """The whole of it."""
    lines = [head(found), timeline_text(found), ""]
    for part, names in PARTS:
        lines += [*_part(part, [(name, found.metrics[name]) for name in names]), ""]
    lines.append(swap_text(found))
    lines.append(_worth(found))
    lines.append(
        _("{seconds} s, {threads} threads; {again} of {shoppers} people had to be lived again.").format(
            seconds=f"{found.seconds:.1f}", threads=found.threads, again=f"{found.lived_again:,}", shoppers=f"{found.shoppers:,}"
        )
    )
    return "\n".join(lines)


def _part(part: str, measured: Sequence[tuple[str, Measured]]) -> list[str]:
    scale = scale_of(measured)
    head = (_("difference"), _("95 % low"), _("high"), "", _("first"), _("second"))
    title = f"{part_title(part)}, {scale.name}" if any(unit_of(name) == FEN for name, _m in measured) else part_title(part)
    rows: list[Sequence[str]] = [(title, *head)]
    for name, each in measured:
        values = (each.difference, each.low, each.high)
        told = [value_text(name, value, scale, True) for value in values]
        rows.append(
            (
                "  " + measure(name).title, *told, verdict_text(each), value_text(name, each.champion, scale),
                value_text(name, each.challenger, scale),
            )
        )  # fmt: skip
    return table(rows, "<>>><>>")


def _worth(found: Comparison) -> str:
    worth = found.metrics["profit_fen"].worth
    if worth < 2:
        return _("Differences are of the same people with the same luck.")
    text = _("Of the same people with the same luck: for profit as good as {times} times as many without.")
    return text.format(times=f"{worth:,}")
