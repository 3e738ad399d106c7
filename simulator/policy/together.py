"""What is checked together: fields that each fit their bounds but not each other (RULES §14)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from simulator.text import _

_NOT_ABOVE = (("min_limit_fen", "max_limit_fen"), ("hold_score", "suspend_score"))
_BELOW = (("soft_block_dpd", "suspend_dpd"), ("suspend_dpd", "close_dpd"), ("close_dpd", "charge_off_dpd"))


class Clash(NamedTuple):
    """Fields that do not fit each other, and the sentence that says how in the words of a file.

    The value at `low` is above the one at `high`, or as high where it has to be strictly below.
    """

    fields: tuple[str, ...]
    sentence: str
    low: str
    high: str
    strictly: bool = False


def clashes(values: dict[str, Any]) -> list[Clash]:
    """Every clash among fields by their flat names; a pair that is not all there is left out."""
    return [*_out_of_order(values), *_rising_cutoffs(values)]


def _out_of_order(values: dict[str, Any]) -> Iterator[Clash]:
    """Pairs of which the first is to stay below, or not above, the second."""
    for pairs, least_gap in ((_NOT_ABOVE, 0), (_BELOW, 1)):
        for low, high in pairs:
            if {low, high} <= values.keys() and values[high] - values[low] < least_gap:
                strictly = least_gap > 0
                yield Clash((low, high), _order_sentence(values, low, high, strictly), low, high, strictly)


def _order_sentence(values: dict[str, Any], low: str, high: str, strictly: bool) -> str:
    if strictly:
        text = _("{low} is {low_value} and {high} is {high_value}; {low} has to be below {high}.")
    else:
        text = _("{low} is {low_value} and {high} is {high_value}; {low} may not be above {high}.")
    return text.format(low=low, low_value=f"{values[low]:_}", high=high, high_value=f"{values[high]:_}")


def _rising_cutoffs(values: dict[str, Any]) -> Iterator[Clash]:
    """Cut-offs that rise from a better grade to a worse one."""
    cutoffs = values.get("grade_cutoffs", {})
    for better, worse in pairwise(sorted(cutoffs)):
        if cutoffs[worse] > cutoffs[better]:
            text = _(
                "grade_cutoffs rises from {better_value} for {better} to {worse_value} for {worse}; "
                "it may not rise from A to E."
            )
            yield Clash(
                ("grade_cutoffs",),
                text.format(
                    better=better, better_value=cutoffs[better], worse=worse, worse_value=cutoffs[worse]
                ),
                f"grade_cutoffs.{worse}", f"grade_cutoffs.{better}",
            )  # fmt: skip
