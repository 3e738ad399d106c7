"""Figures of a filter: what is written becomes the whole number that a column holds.

Yuan become fen, a percentage ppm; 万 and k multiply. What cannot be so is a QueryError that says how to write it.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from simulator.codes import GRADES
from simulator.market.query.faults import QueryError
from simulator.market.query.tokens import BUCKET, DATE, FIGURE, GRADE, Token
from simulator.text import _

_SCALES = {"": 1, "万": 10_000, "k": 1_000, "K": 1_000}
_UNIT_SCALES = {"fen": 100, "ppm": 10_000, "count": 1, "bucket": 1}
_BOUNDS = {"bucket": (0, 6), "tier": (1, 5), "number": (1, 10**9)}
_MOST = 10**15

TOKENS_OF_UNIT = {
    "fen": (FIGURE,), "ppm": (FIGURE,), "count": (FIGURE,), "bucket": (BUCKET, FIGURE), "grade": (GRADE,), "day": (DATE,),
}  # fmt: skip
"""What may be written for a value of a unit."""


def value_of(token: Token, field: str, unit: str) -> int:
    """The whole number of a figure, bucket or grade. Raises QueryError."""
    if token.kind == GRADE:
        return GRADES.index(token.text)
    if token.kind == BUCKET:
        return _bounded(int(token.text[1:]), field, token)
    percent = token.scale in ("%", "％")
    if percent and unit != "ppm":
        raise _fault(_("“{word}”: no percentage belongs here; {allowed}."), token, unit)
    factor = _UNIT_SCALES[unit] * (1 if percent else _SCALES[token.scale])
    value = Fraction(token.text.replace(",", "")) * factor
    if value.denominator != 1:
        raise _fault(_("“{word}” has too many decimals; {allowed}."), token, unit)
    if value > _MOST:
        raise _fault(_("“{word}” is too large; {allowed}."), token, unit)
    return _bounded(int(value), field, token)


def _bounded(value: int, field: str, token: Token) -> int:
    low, high = _BOUNDS.get(field, (0, _MOST))
    if not low <= value <= high:
        mark = "M" if field == "bucket" else ""
        raise QueryError(
            _("“{word}” is out of bounds: from {low} to {high}.").format(
                word=token.text, low=f"{mark}{low:,}", high=f"{mark}{high:,}"
            ),
            token.start,
            token.end,
        )
    return value


def date_of(token: Token) -> datetime.date:
    """The date of a token. Raises QueryError."""
    try:
        return datetime.date(*map(int, token.text.split("-")))
    except ValueError:
        raise _fault(_("“{word}” is no date; {allowed}."), token, "day") from None


def described(unit: str) -> str:
    """How a value of a unit is written."""
    return {
        "fen": _("an amount such as 5000"),
        "ppm": _("a percentage such as 80 %"),
        "count": _("a number such as 25"),
        "bucket": _("M0 to M6"),
        "grade": _("A to E"),
        "day": _("a date such as 2025-03-01"),
    }[unit]


def _fault(sentence: str, token: Token, unit: str) -> QueryError:
    return QueryError(
        sentence.format(
            word=token.text + token.scale, allowed=_("write {what}").format(what=described(unit))
        ),
        token.start,
        token.end,
    )
