"""What people read of a run: a table by the month and small charts, 80 places wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.commands.charts import Unit, bars, percent, spark, unit_for
from simulator.commands.table import cells, padded, table
from simulator.engine import measures as m
from simulator.market.metrics import BUCKETS, limit_changes
from simulator.market.simulation import Simulation
from simulator.messages import cause_text
from simulator.messages.names import bucket_days_text
from simulator.policy.spoken import warning_texts
from simulator.rules.arithmetic import ratio_ppm
from simulator.text import _, date_text, one_day

BAR = 34
MOST_MONTHS = 24
_USE_EDGES = ((0, 1), (1, 6), (6, 11), (11, 16), (16, 21), (21, m.USE_BINS))
"""Bins of utilisation joined: none, up to 25, 50, 75, 100 %, over."""


def as_text(run: Simulation) -> str:
    """The whole of it."""
    months, totals = run.monthly(), run.totals()
    unit = unit_for(max(each["exposure_fen"] for each in months))
    parts = [
        _head(run), _by_month(run, months, totals, unit), _over_time(months, unit), _profit(run, totals, unit), _limits(run), _late(totals),
        _use(run), _timing(run),
    ]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _head(run: Simulation) -> list[str]:
    first = one_day(_("{shoppers} shoppers, {days} days from {date}; policy {policy}, seed {seed}").format(
        shoppers=f"{run.shoppers:,}", days=f"{run.days:,}", date=date_text(run.start, weekday=False),
        policy=run.policy.name, seed=run.seed,
    ))  # fmt: skip
    before = _("A launch: nobody had a line before.")
    if run.warm_up_days:
        told = _("They had lived {days} days before, so that the book is mature.")
        before = one_day(told.format(days=f"{run.warm_up_days:,}"))
    return [first, before, *warning_texts(run.policy)]


def _by_month(
    run: Simulation, months: Sequence[dict[str, Any]], totals: dict[str, Any], unit: Unit
) -> list[str]:
    head = (
        _("month"), _("active"), _("approved"), _("limits up"), _("and down"), _("owed"), _("used"), _("30+ late"), _("profit"),
    )  # fmt: skip
    rows = [
        head,
        *(_row(each["month"], each, unit) for each in months[-MOST_MONTHS:]),
        _row(_("in all"), totals, unit),
    ]
    lines = table(rows, "<>>>>>>>>")
    if len(months) > MOST_MONTHS:
        text = _("The last {shown} of {all} months; --json and --out have them all.")
        lines.insert(0, text.format(shown=MOST_MONTHS, all=len(months)))
    text = _("Owed and profit in {unit}; 30+ late: part of it over 30 days late.")
    lines.append(text.format(unit=unit.name))
    if not run.months[-1].span.ended:
        lines.append(_("The last month has not ended: what is posted by the month is not in it."))
    return lines


def _row(name: str, of: dict[str, Any], unit: Unit) -> tuple[str, ...]:
    return (
        name, f"{of['active']:,}", f"{of['approved']:,}", f"{of['limit_increases']:,}", f"{of['limit_decreases']:,}",
        unit.told(of["exposure_fen"]), percent(of["utilisation_ppm"]), percent(of["dpd30_plus_ppm"]),
        unit.told(of["profit_fen"]),
    )  # fmt: skip


def _over_time(months: Sequence[dict[str, Any]], unit: Unit) -> list[str]:
    """A line of blocks for each of some metrics, month by month."""
    if len(months) < 2:
        return []
    told = (
        (_("owed"), "exposure_fen", unit.told),
        (_("30+ late"), "dpd30_plus_ppm", percent),
        (_("profit"), "profit_fen", unit.told),
    )
    width = max(cells(name) for name, _key, _format in told)
    lines = [_("Month by month, from the lowest to the highest:")]
    for name, key, written in told:
        values = [each[key] for each in months]
        ends = _("{low} to {high}").format(low=written(min(values)), high=written(max(values)))
        lines.append(f"  {padded(name, width)}  {spark(values[-60:])}  {ends}")
    return lines


def _profit(run: Simulation, totals: dict[str, Any], unit: Unit) -> list[str]:
    provision = sum(month.provision_change_fen for month in run.months)
    rows = [
        (_("fees of plans and carrying"), totals["fee_income_fen"]),
        (_("fees of merchants"), totals["merchant_income_fen"]),
        (_("fees of late payment"), totals["late_income_fen"]),
        (_("recovered"), totals["recovered_fen"]),
        (_("write-offs"), -totals["charged_off_fen"]),
        (_("set aside for losses"), -provision),
        (_("funding"), -totals["funding_cost_fen"]),
        (_("running accounts"), -totals["operating_cost_fen"]),
        (_("collecting"), -totals["collection_cost_fen"]),
        (_("winning customers"), -totals["acquisition_cost_fen"]),
        (_("profit"), totals["profit_fen"]),
    ]
    return [
        _("How the profit comes about, in {unit}:").format(unit=unit.name),
        *bars([(name, value, unit.told(value)) for name, value in rows], BAR),
    ]


def _limits(run: Simulation) -> list[str]:
    changes = limit_changes(run.measured)
    every = sum(changes.values())
    if not every:
        return [_("No limit changed.")]
    ordered = sorted(((count, cause) for cause, count in changes.items() if count), reverse=True)
    return [
        _("Why limits moved, {count} times:").format(count=f"{every:,}"),
        *bars([(cause_text(cause), count, f"{count:,}") for count, cause in ordered], BAR),
    ]


def _late(totals: dict[str, Any]) -> list[str]:
    owed = totals["exposure_fen"]
    rows = [
        (bucket_days_text(bucket), totals[f"m{bucket}_fen"], percent(ratio_ppm(totals[f"m{bucket}_fen"], owed)))
        for bucket in range(1, len(BUCKETS))
    ]
    if not any(value for _name, value, _figure in rows):
        return []
    return [_("Late at the end, of what is owed:"), *bars(rows, BAR)]


def _use(run: Simulation) -> list[str]:
    counts = [int(value) for value in run.measured.use[-1]]
    if not sum(counts):
        return []
    names = (_("nothing"), _("up to 25 %"), _("25 to 50 %"), _("50 to 75 %"), _("75 to 100 %"), _("over 100 %"))
    sums = [sum(counts[low:high]) for low, high in _USE_EDGES]
    rows = [(name, count, f"{count:,}") for name, count in zip(names, sums, strict=True)]
    return [_("How much of their limit people use, at the end:"), *bars(rows, BAR)]


def _timing(run: Simulation) -> list[str]:
    text = _("{seconds} s for the days, {before} s for those before, {threads} threads. World {hash}.")
    return [
        text.format(
            seconds=f"{run.seconds:.1f}",
            before=f"{run.warm_up_seconds:.1f}",
            threads=run.threads,
            hash=run.world_hash[:12],
        )
    ]
