"""The manual page of policy fields, written from their declarations.

`python -m simulator.policy.docs` writes `docs/policy-fields.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.policy.fields import Kind, PolicyField, policy_fields
from simulator.policy.schema import SECTIONS
from simulator.text import CHINESE, ENGLISH

PAGE = Path(__file__).parents[2] / "docs" / "policy-fields.md"

_OPENING = """\
# Policy fields

What the lender may decide, field by field; written by `python -m simulator.policy.docs` from the
declarations in `simulator/policy/sections`. Amounts are whole fen (100 fen are one yuan), rates and
shares whole ppm (10 000 ppm are 1 %). The default is the policy `standard`. A field stands in its
section or at the top of a policy file; a file that says `from = "standard"` gives what differs.

A source says of what kind it is. The public pages describe the terms of store credit in China and of products
like it; none of them is official, and they disagree with each other and over the years. What is said in the trade
was not checked. Ours is what no page gives.

Checked together: `min_limit_fen` ≤ `max_limit_fen`; `grade_cutoffs` not rising from A to E;
`hold_score` ≤ `suspend_score`; `soft_block_dpd` < `suspend_dpd` < `close_dpd` < `charge_off_dpd`.
Warned of, and faults where strict checking is asked for: a rate above `rate_cap_ppm`; `age_max` < `age_min`.
"""


def page() -> str:
    """The whole page."""
    return _OPENING + "".join(_section(name) for name in SECTIONS)


def _section(section: str) -> str:
    """One section: what it groups, and a row for each field."""
    fields = [each for each in policy_fields().values() if each.section == section]
    rows = [
        "| field | unit | bounds | default | meaning | 含义 | source | 来源 |",
        "|---|---|---|---|---|---|---|---|",
        *map(_row, fields),
    ]
    return "\n".join(["", f"## {section}", "", str(SECTIONS[section].__doc__), "", *rows]) + "\n"


def _row(field: PolicyField) -> str:
    """One field of the table."""
    units, bounds = _facts(field.kind)
    meaning = field.meaning
    cells = (
        f"`{field.name}`",
        units,
        bounds,
        _default(field.default),
        meaning.en,
        meaning.zh,
        meaning.source.told(ENGLISH),
        meaning.source.told(CHINESE),
    )
    return f"| {' | '.join(cells)} |"


def _facts(kind: Kind) -> tuple[str, str]:
    """The unit and the bounds of every value inside a kind."""
    singles = list(_singles(kind))
    units = dict.fromkeys(single.unit for single in singles)
    bounds = dict.fromkeys(_bounds(single) for single in singles)
    most = f"; at most {kind.high}" if kind.item else ""
    return ", ".join(units), ", ".join(bounds) + most


def _singles(kind: Kind) -> Iterator[Kind]:
    """The single values inside a kind."""
    for _, leaf in (kind.item or kind).leaves(""):
        yield leaf


def _bounds(kind: Kind) -> str:
    if kind.unit == "switch":
        return "true, false"
    if kind.choices:
        return ", ".join(kind.choices)
    if kind.low is None or kind.high is None:
        return "MM-DD"
    return f"{_number(kind.low)}..{_number(kind.high)}"


def _default(value: Any) -> str:
    """A default, tables as key and value; equal rows of a table once."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return _number(value)
        case list():
            return "; ".join(map(_default, value))
        case dict():
            return _table(value)
    return str(value)


def _table(values: dict[str, Any]) -> str:
    rows = list(values.values())
    if isinstance(rows[0], dict) and all(row == rows[0] for row in rows):
        return f"{', '.join(values)}: {_default(rows[0])}"
    return ", ".join(f"{key} {_default(row)}" for key, row in values.items())


def _number(number: int) -> str:
    """A number with gaps between thousands, as RULES writes it."""
    return f"{number:,}".replace(",", " ")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
