"""Scaling: all values of a table, or of a row of it, moved by the same factor.

A *table* is a field of several values, such as a rate for each grade; a *row* is a part of it that has a
name, such as the rates of 12 terms. Both are named by a dotted path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.policy.fields import Kind, policy_leaves
from simulator.policy.written import PPM_OF_A_PERCENT, WrittenError
from simulator.text import _

WHOLE_PPM = 100 * PPM_OF_A_PERCENT
MOST_PERCENT = 1_000
_CHANGE = re.compile(r"([-+]?) ?(\d{1,4})(?:\.(\d{1,4}))? ?%?")
_MINUSES = str.maketrans(dict.fromkeys("−–—", "-"))


class Scaled(NamedTuple):
    """The new values by their paths, and the paths of those that stop at a bound."""

    values: dict[str, int]
    stopped: list[str]


def tables_of(path: str) -> list[str]:
    """The rows and the table that a value belongs to, the narrowest first; none where it stands alone."""
    parts = path.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def leaves_of(table: str) -> dict[str, Kind]:
    """The values of a table or a row, by their paths."""
    return {path: kind for path, kind in policy_leaves().items() if path.startswith(f"{table}.")}


def scaled(values: Mapping[str, Any], table: str, factor_ppm: int) -> Scaled:
    """Each value of a table times a factor, rounded half up; within its own bounds, where it stops if it has to."""
    found, stopped = {}, []
    for path, kind in leaves_of(table).items():
        wanted = (values[path] * factor_ppm + WHOLE_PPM // 2) // WHOLE_PPM
        found[path] = max(kind.low or 0, wanted if kind.high is None else min(wanted, kind.high))
        if found[path] != wanted:
            stopped.append(path)
    return Scaled(found, stopped)


def read_factor(text: str) -> int:
    """The factor in ppm of a change that was typed in per cent: "-20" is 800,000. Raises WrittenError."""
    given = unicodedata.normalize("NFKC", text).strip().translate(_MINUSES)
    match = _CHANGE.fullmatch(given)
    if match is None:
        raise WrittenError(_("{given} is no change in per cent; write one like -20 or +5.").format(given=given or '""'))
    change = int(match[2]) * PPM_OF_A_PERCENT + int((match[3] or "").ljust(4, "0"))
    factor = WHOLE_PPM + (-change if match[1] == "-" else change)
    if not 0 <= factor <= WHOLE_PPM + MOST_PERCENT * PPM_OF_A_PERCENT:
        raise WrittenError(_("{given} is not allowed here; allowed is -100 to +{most}.").format(given=given, most=f"{MOST_PERCENT:,}"))
    return factor
