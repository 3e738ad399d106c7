"""What `whiteslip validate` prints for people: each published fact, and under it our figures with their bands."""

from __future__ import annotations

from simulator.commands.table import table
from simulator.text import _
from simulator.validation.measured import SHOPPERS, Result
from simulator.validation.report import beside_text, rows


def as_text(found: list[Result], seeds: int) -> str:
    """A table under each fact, all in the same columns, and how many targets are in band."""
    head = ("", _("ours"), _("spread"), _("band"), _("unit"), "")
    first, *figures = table([head, *(row for each in found for row in rows(each, seeds))], "<>>><<", indent="  ")
    told, rest = [first], iter(figures)
    for each in found:
        told += [f"{each.target.name}: {each.target.spoken}", *(next(rest) for _figure in each.figures)]
        if beside := beside_text(each):
            told.append(f"  {beside}")
    return "\n".join([*told, "", *_closing(found, seeds)])


def _closing(found: list[Result], seeds: int) -> list[str]:
    """How many targets are in band; of one seed, how little that says."""
    counted = {"inside": sum(each.holds for each in found), "count": len(found), "shoppers": f"{SHOPPERS:,}"}
    if seeds > 1:
        text = _("{inside} of {count} targets are in band, over {seeds} seeds of {shoppers} shoppers.")
        return [text.format(seeds=seeds, **counted)]
    return [
        _("{inside} of {count} targets are in band, over 1 seed of {shoppers} shoppers.").format(**counted),
        _("One seed wavers and has no spread: a figure near an end of its band can fall on either side. Take --seeds 10."),
    ]
