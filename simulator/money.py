"""Money as people write it: yuan with two decimals, kept as whole fen."""

from __future__ import annotations

import re

from simulator.text import _

_WRITTEN = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?")


class MoneyError(ValueError):
    """An amount that cannot be read; the message is a plain sentence."""


def money(fen: int, sign: bool = False) -> str:
    """Fen as yuan: "1,081.89", "-0.75"; with `sign` also "+0.75"."""
    whole, part = divmod(abs(fen), 100)
    mark = "-" if fen < 0 else "+" if sign and fen > 0 else ""
    return f"{mark}{whole:,}.{part:02d}"


def parse_yuan(text: str) -> int:
    """Yuan as fen. Digits, thousands commas, at most two decimals; MoneyError otherwise."""
    given = text.strip()
    match = _WRITTEN.fullmatch(given)
    if match is None:
        raise MoneyError(_("{given} is no amount; write it like 1299.00.").format(given=given or "“”"))
    whole, decimals = int(match[1].replace(",", "")), match[2] or ""
    if len(decimals) > 2:
        nearest = money((whole * 1000 + int(decimals[:3]) + 5) // 10)
        raise MoneyError(
            _("{given} has {count} decimals; write {nearest}.").format(given=given, count=len(decimals), nearest=nearest)
        )
    return whole * 100 + int(decimals.ljust(2, "0"))
