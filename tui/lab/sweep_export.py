"""Exports of a sweep: every policy of the grid with every figure, and the recipe that makes it again."""

from __future__ import annotations

import csv
import io
import json

from simulator.lab.recipe import Asked
from simulator.lab.swept import Sweep


def exported_sweep(found: Sweep, kind: str) -> str:
    """A sweep as CSV, JSON or Markdown; the last two say what it is of."""
    rows = found.rows()
    setting = found.setting
    recipe = Asked(setting, found.axes, found.shoppers, found.trial).recipe
    recipe["first_day"] = setting.calendar.date_of(setting.trial.first).isoformat()
    if kind == "md" and "before" in recipe:
        recipe["before"] = [{"day": day, "policy": name} for day, _text, name in recipe["before"]]
    recipe["changes"] = [{"field": each.path, "from": each.before, "to": each.after} for each in found.changes]
    if kind == "json":
        return json.dumps({**recipe, "points": rows}, ensure_ascii=False, indent=1) + "\n"
    columns = list(rows[0])
    if kind == "md":
        told = [f"- {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in recipe.items() if name not in ("policy", "trial")]
        table = [columns, ["---"] * len(columns), *([str(value) for value in row.values()] for row in rows)]
        return "\n".join([*told, "", *(f"| {' | '.join(row)} |" for row in table)]) + "\n"
    file = io.StringIO()
    of_what = {name: recipe[name] for name in ("shoppers", "days", "first_day", "seed", "timeline")}
    of_what["changes"] = json.dumps(recipe["changes"], ensure_ascii=False)
    writer = csv.DictWriter(file, [*of_what, *columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**of_what, **row} for row in rows)
    return file.getvalue()
