"""Report: results as a table, as JSON, and as a page in Markdown with small charts.

A *gauge* is a line of characters: the band between brackets, our figure as a dot, outside it where it
lies outside.
"""

from __future__ import annotations

from typing import Any

from simulator.text import _
from simulator.validation.measured import SHOPPERS, Result
from simulator.validation.misses import remark, why_missed

GAUGE_CELLS = 24
_BAND_FROM, _BAND_TO = 8, 16


def figure(value: float) -> str:
    """A figure in three significant places."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def gauge(value: float, low: float, high: float) -> str:
    """The band between brackets and our figure as a dot."""
    width = (high - low) or 1.0
    place = _BAND_FROM + (value - low) / width * (_BAND_TO - _BAND_FROM)
    cells = ["·"] * GAUGE_CELLS
    cells[_BAND_FROM : _BAND_TO + 1] = ["[", *["─"] * (_BAND_TO - _BAND_FROM - 1), "]"]
    cells[max(0, min(GAUGE_CELLS - 1, round(place)))] = "●"
    return "".join(cells)


def _verdict(inside: bool) -> str:
    return _("in band") if inside else _("out of band")


def rows(each: Result, seeds: int) -> list[tuple[str, ...]]:
    """A line each figure of a target: its name, ours, spread over seeds, band, unit, in or out."""
    count = len(each.figures)
    told = zip(
        each.target.titles(count), each.figures, each.spread, each.target.bands(count), each.target.units(count),
        each.inside, strict=True,
    )  # fmt: skip
    return [
        (title, figure(value), figure(spread) if seeds > 1 else "-", f"{figure(low)} .. {figure(high)}", unit, _verdict(inside))
        for title, value, spread, (low, high), unit, inside in told
    ]


def as_data(found: list[Result], seeds: int) -> dict[str, Any]:
    """Results for JSON."""
    return {
        "seeds": seeds,
        "shoppers": SHOPPERS,
        "targets": [
            {
                "name": each.target.name, "fact": each.target.fact, "unit": each.target.unit,
                "ours": [round(value, 4) for value in each.figures],
                "spread": [round(value, 4) for value in each.spread],
                "low": [low for low, _high in each.target.bands(len(each.figures))],
                "high": [high for _low, high in each.target.bands(len(each.figures))],
                "in": each.holds, "source": each.target.source,
                **({"all_open_lines": round(each.beside, 4)} if each.beside is not None else {}),
            }
            for each in found
        ],
        "in_band": sum(each.holds for each in found),
        "of": len(found),
    }  # fmt: skip


def markdown(found: list[Result], seeds: int) -> str:
    """The whole report."""
    inside = sum(each.holds for each in found)
    head = _(
        "# The population against published facts\n\n"
        "{inside} of {count} targets are in band. Measured on {shoppers} shoppers of the standard recipe over 24 "
        "months after two years of warm-up, {over}. Made by `whiteslip validate --seeds {seeds} --report FILE`."
    )
    over = _("seeds 1 to {seeds}; the spread is the standard deviation over seeds").format(seeds=seeds)
    if seeds == 1:
        over = _("one seed, which wavers and has no spread")
    told = head.format(inside=inside, count=len(found), shoppers=f"{SHOPPERS:,}", over=over, seeds=seeds)
    return "\n\n".join([told, *(_section(each, seeds) for each in found)]) + "\n"


def beside_text(each: Result) -> str:
    """What a target's figure comes to by another definition, and why that is another figure; "" where there is none."""
    if each.beside is None:
        return ""
    return _(
        "Ours is {ours} % of the limits of lines that owe or bought in the cycle, and {all} % of those of all open lines, which "
        "is what Market and `whiteslip simulate` call used and how the sources count cards; store lines stand unused more often "
        "than cards."
    ).format(ours=figure(each.figures[0]), all=figure(each.beside))


def _section(each: Result, seeds: int) -> str:
    lines = [f"## {each.target.name}: {_verdict(each.holds)}", "", each.target.spoken, "", "```"]
    bands = each.target.bands(len(each.figures))
    for value, (low, high), (title, ours, spread, _band, unit, _inside) in zip(each.figures, bands, rows(each, seeds), strict=True):
        shown = f"{ours} ± {spread}" if seeds > 1 else ours
        lines.append(f"{gauge(value, low, high)}  {shown}   [{figure(low)}, {figure(high)}] {unit}  {title}".rstrip())
    lines += ["```", "", _("Source: {source}").format(source=each.target.spoken_source)]
    if told := beside_text(each):
        lines += ["", told]
    wavers = any(spread > high - low for spread, (low, high) in zip(each.spread, bands, strict=True))
    if wavers and (told := remark(each.target.name)):
        lines += ["", told]
    if not each.holds:
        lines += ["", why_missed(each.target.name)]
    return "\n".join(lines)
