"""What people read of a sweep: profit and harm of each policy, as a table or as a map in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.commands.charts import spark
from simulator.commands.table import table
from simulator.lab.left_out import written_left_out
from simulator.lab.measures import measure
from simulator.lab.recipe import around_text
from simulator.lab.swept import Outcome, Sweep
from simulator.lab.words import Scale, amount_text, axis_text, axis_title, scale_of, value_text
from simulator.policy.spoken import warning_texts
from simulator.text import _, date_text, one_day

SHOWN = ("profit_fen", "charged_off_fen", "over_indebted", "approval_ppm")
HARM = "charged_off_fen"
"""What profit is weighed against."""
FRONTIER, WARNED = "*", "!"
TOLD = 2
"""So many of what policies of the grid are warned of are told."""


def as_text(found: Sweep) -> str:
    """The whole of it."""
    lines = [_head(found), *warning_texts(found.setting.champion), ""]
    lines += _one(found) if len(found.axes) == 1 else _two(found)
    lines += ["", _("{mark} no other policy of the grid has more profit with no more written off, or as much with less.").format(mark=FRONTIER)]
    lines += [*_warned_of(found), *written_left_out(found)]
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
    best, warned = set(found.frontier(worse=HARM)), _warnings(found)
    head = ["", axis_title(found.axes[0].path)]
    for name in SHOWN:
        head += [_with_unit(name, scale), _("diff. +-")]
    rows = [head]
    for each in found.outcomes:
        row = [_marks(each, best, warned), axis_text(found.axes[0].path, each.point.values[0])]
        for name in SHOWN:
            measured = each.metrics[name]
            row += [value_text(name, measured.challenger, scale), value_text(name, (measured.high - measured.low) // 2, scale)]
        rows.append(row)
    profits = spark([each.metrics["profit_fen"].challenger for each in found.outcomes])
    told = _("diff. +-: half of the 95 % interval of the difference to {policy}, not of the total beside it.").format(policy=found.setting.champion.name)
    return [*table(rows, "<>" + ">" * (2 * len(SHOWN))), told, "", f"{measure('profit_fen').title}  {profits}"]


def _warnings(found: Sweep) -> dict[int, list[str]]:
    """What policies of the grid are warned of, by their numbers, where today's is not."""
    known = set(warning_texts(found.setting.champion))
    told = {
        each.point.number: [text for text in warning_texts(each.point.policy) if text not in known]
        for each in found.outcomes if each.point.policy is not None
    }  # fmt: skip
    return {number: texts for number, texts in told.items() if texts}


def _warned_of(found: Sweep) -> list[str]:
    """The first of the warnings, and how many policies have some."""
    warned = _warnings(found)
    texts = list(dict.fromkeys(text for each in warned.values() for text in each))
    lines = [_("{mark} {warning}").format(mark=WARNED, warning=text) for text in texts[:TOLD]]
    if len(texts) > TOLD:
        lines.append(_("{mark} in all {count} policies of the grid are warned of.").format(mark=WARNED, count=f"{len(warned):,}"))
    return lines


def _marks(each: Outcome, best: set[int], warned: dict[int, list[str]]) -> str:
    return (FRONTIER if each.point.number in best else "") + (WARNED if each.point.number in warned else "")


def _with_unit(name: str, scale: Scale) -> str:
    title = measure(name).title
    return _("{title}, {unit}").format(title=title, unit=scale.name) if name.endswith("_fen") else title


def _two(found: Sweep) -> list[str]:
    """A map for profit and one for what is written off: the first field down, the second across."""
    lines: list[str] = []
    scale = scale_of([("profit_fen", each.metrics["profit_fen"]) for each in found.outcomes])
    for name in ("profit_fen", HARM):
        lines += [*_map(found, name, scale), ""]
    return lines[:-1]


def _map(found: Sweep, name: str, scale: Scale) -> Sequence[str]:
    down, across = found.axes
    known = {each.point.values: each for each in found.outcomes}
    best, warned = set(found.frontier(worse=HARM)), _warnings(found)
    title = _("{measure}: {down} down, {across} across").format(
        measure=_with_unit(name, scale), down=axis_title(down.path), across=axis_title(across.path)
    )
    rows = [["", *(axis_text(across.path, value) for value in across.values)]]
    for first in down.values:
        told = [_cell(known.get((first, second)), name, scale, best, warned) for second in across.values]
        rows.append([axis_text(down.path, first), *told])
    return [title, *table(rows, ">" * (len(across.values) + 1))]


def _cell(each: Outcome | None, name: str, scale: Scale, best: set[int], warned: dict[int, list[str]]) -> str:
    """A figure; a dash where the two values do not go together."""
    if each is None:
        return "-"
    value = each.metrics[name].challenger
    told = amount_text(value, scale) if name.endswith("_fen") else f"{value:,}"
    return told + _marks(each, best, warned)
