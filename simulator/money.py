"""Money as people write it: yuan with two decimals, kept as whole fen."""

from __future__ import annotations

import re
import unicodedata

from simulator.text import _

_WRITTEN = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_MOST_FEN = 10**15
_SHOWN = 24


class MoneyError(ValueError):
    """An amount that cannot be read; the message is a plain sentence."""


class TooFine(MoneyError):
    """An amount with more than two decimals; the message names the nearest."""


def money(fen: int, sign: bool = False) -> str:
    """Fen as yuan: "1,081.89", "-0.75"; with `sign` also "+0.75"."""
    whole, part = divmod(abs(fen), 100)
    mark = "-" if fen < 0 else "+" if sign and fen > 0 else ""
    return f"{mark}{whole:,}.{part:02d}"


def fine_money(micro_fen: int) -> str:
    """Millionths of a fen as yuan, with as many decimals as it takes, two at least: "3.591"."""
    whole, part = divmod(abs(micro_fen), 100_000_000)
    decimals = f"{part:08d}".rstrip("0").ljust(2, "0")
    return f"{'-' if micro_fen < 0 else ''}{whole:,}.{decimals}"


def yuan(fen: int) -> str:
    """Fen as a step takes yuan, without commas: "1081.89"."""
    return money(fen).replace(",", "")


def parse_yuan(text: str) -> int:
    """Yuan as fen. Digits, thousands commas, at most two decimals; MoneyError otherwise."""
    given = text.strip()
    if not given:
        raise MoneyError(_("No amount is given; write one like 1299.00."))
    match = _WRITTEN.fullmatch(given)
    if match is None:
        raise MoneyError(_("{given} is no amount; write one like 1299.00.").format(given=_short(given)))
    digits, decimals = match[1].replace(",", "").lstrip("0"), match[2] or ""
    if len(digits) > len(str(_MOST_FEN)) or int(digits or 0) * 100 > _MOST_FEN:
        too_much = _("{given} is too much; write at most {most}.")
        raise MoneyError(too_much.format(given=_short(given), most=money(_MOST_FEN)))
    if len(decimals) > 2:
        raise TooFine(_too_fine(given, int(digits or 0), decimals))
    return int(digits or 0) * 100 + int(decimals.ljust(2, "0"))


def typed_yuan(text: str) -> int:
    """The same as people type it: digits of full width too, "¥" before or "元" behind. Files are held to the plain one."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    return parse_yuan(plain)


def _too_fine(given: str, whole: int, decimals: str) -> str:
    """What is wrong with more than two decimals, with the nearest amount, halves up and above nothing, as it can be
    written anywhere.
    """
    if len(decimals) == 3:
        fault = _("{given} has three decimals; write {nearest}.")
    else:
        fault = _("{given} has more than two decimals; write {nearest}.")
    nearest_fen = (whole * 1000 + int(decimals[:3]) + 5) // 10 or int(bool(decimals.strip("0")))
    return fault.format(given=_short(given), nearest=yuan(nearest_fen))


def _short(given: str) -> str:
    """What was given, cut where it would fill the line."""
    return given if len(given) <= _SHOWN else f"{given[:_SHOWN]}..."
