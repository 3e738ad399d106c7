"""Tables: a comparison as columns, for a database and for CSV. Amounts are fen, rates ppm."""

from __future__ import annotations

from typing import Any

from simulator.lab.answer import Measured
from simulator.lab.compare import Comparison
from simulator.market.tables import Table, of_rows
from simulator.policy.export import to_toml
from simulator.version import rulebook_version


def tables(found: Comparison, command: str) -> list[Table]:
    """Every table of a comparison."""
    answer, setting = found.answer, found.setting
    run = {
        "champion": found.champion.name, "challenger": found.challenger.name, "timeline": setting.timeline,
        "shoppers": found.shoppers, "days": setting.days, "seed": setting.seed, "start": setting.start.isoformat(),
        "warm_up_days": setting.warm_up_days, "rulebook": rulebook_version(), "command": command,
    }  # fmt: skip
    return [
        of_rows("run", [run]),
        of_rows("policies", [{"policy": each.name, "toml": to_toml(each)} for each in (found.champion, found.challenger)]),
        of_rows("metrics", [{"metric": name, **measured_row(each)} for name, each in found.metrics.items()]),
        of_rows("groups", [
            {"kind": group.by, "grp": group.key, "shoppers": group.shoppers, "metric": name, **measured_row(each)}
            for group in answer.groups for name, each in group.metrics.items()
        ]),
        of_rows("gaps", [
            {"kind": gap.by, "metric": gap.metric, "most": gap.most, "least": gap.least, **measured_row(gap.gap)} for gap in answer.gaps
        ]),
        of_rows("rolls", [{"start": each.start, "end": each.end, **measured_row(each.share)} for each in answer.rolls]),
        of_rows("vintages", [
            {"opened": each.opened, "age": each.age, **measured_row(each.ever_90)} for each in answer.vintages
        ], ("opened", "age", *_COLUMNS)),
        of_rows("swap", [
            *({"shopper": number, "only": "champion"} for number in found.only_champion),
            *({"shopper": number, "only": "challenger"} for number in found.only_challenger),
        ], ("shopper", "only")),
    ]  # fmt: skip


_COLUMNS = ("champion", "challenger", "difference", "standard_error", "low", "high", "alone_error")


def measured_row(each: Measured) -> dict[str, Any]:
    """A measured value as columns."""
    return {name: getattr(each, name) for name in _COLUMNS}
