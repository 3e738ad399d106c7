"""What people read of a sweep: profit and harm of each policy, as a table or as a map in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.commands.charts import spark
from simulator.commands.table import table
from simulator.lab.left_out import written_left_out
from simulator.lab.measures import measure
from simulator.lab.recipe import around_text
from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import Scale, amount_text, scale_of, value_text
from simulator.policy.titles import leaf_title
from simulator.text import _, date_text, one_day

SHOWN = ("profit_fen", "charged_off_fen", "over_indebted", "approval_ppm")
FRONTIER = "*"


def as_text(found: Sweep) -> str:
    """The whole of it."""
    lines = [_head(found), ""]
    lines += _one(found) if len(found.axes) == 1 else _two(found)
    lines += ["", _("{mark} no other policy of the grid has more profit and fewer people whose debts take over half of income.").format(mark=FRONTIER)]
    lines += written_left_out(found)
    lines.append(_("{seconds} s.").format(seconds=f"{found.seconds:.1f}"))
    return "\n".join(lines)


def _head(found: Sweep) -> str:
    setting = found.setting
    text = _("{count} policies around {policy}: {shoppers} shoppers, {days} days from {date}, seed {seed}")
    return one_day(text.format(
        count=f"{len(found.outcomes):,}", policy=around_text(setting.champion, found.trial), shoppers=f"{found.shoppers:,}", days=f"{setting.days:,}",
        date=date_text(setting.calendar.date_of(setting.today), weekday=False), seed=setting.seed,
    ))  # fmt: skip


def _one(found: Sweep) -> list[str]:
    """A row a policy: each measure, and half the width of its band."""
    scale = scale_of([("profit_fen", each.metrics["profit_fen"]) for each in found.outcomes])
    best = set(found.frontier())
    head = ["", leaf_title(found.axes[0].path)]
    for name in SHOWN:
        head += [_with_unit(name, scale), "+-"]
    rows = [head]
    for each in found.outcomes:
        row = [FRONTIER if each.point.number in best else "", f"{each.point.values[0]:,}"]
        for name in SHOWN:
            measured = each.metrics[name]
            row += [value_text(name, measured.challenger, scale), value_text(name, (measured.high - measured.low) // 2, scale)]
        rows.append(row)
    profits = spark([each.metrics["profit_fen"].challenger for each in found.outcomes])
    return [*table(rows, "<>" + ">" * (2 * len(SHOWN))), "", f"{measure('profit_fen').title}  {profits}"]


def _with_unit(name: str, scale: Scale) -> str:
    title = measure(name).title
    return _("{title}, {unit}").format(title=title, unit=scale.name) if name.endswith("_fen") else title


def _two(found: Sweep) -> list[str]:
    """A map for profit and one for over-indebtedness: the first field down, the second across."""
    lines: list[str] = []
    scale = scale_of([("profit_fen", each.metrics["profit_fen"]) for each in found.outcomes])
    for name in ("profit_fen", "over_indebted"):
        lines += [*_map(found, name, scale), ""]
    return lines[:-1]


def _map(found: Sweep, name: str, scale: Scale) -> Sequence[str]:
    down, across = found.axes
    known = {each.point.values: each for each in found.outcomes}
    best = set(found.frontier())
    title = _("{measure}: {down} down, {across} across").format(
        measure=_with_unit(name, scale), down=leaf_title(down.path), across=leaf_title(across.path)
    )
    rows = [["", *(f"{value:,}" for value in across.values)]]
    for first in down.values:
        rows.append([f"{first:,}", *(_cell(known.get((first, second)), name, scale, best) for second in across.values)])
    return [title, *table(rows, ">" * (len(across.values) + 1))]


def _cell(each: Outcome | None, name: str, scale: Scale, best: set[int]) -> str:
    """A figure; a dash where the two values do not go together."""
    if each is None:
        return "-"
    value = each.metrics[name].challenger
    told = amount_text(value, scale) if name.endswith("_fen") else f"{value:,}"
    return told + FRONTIER if each.point.number in best else told
