"""Values of policy fields as people write and read them: shares in percent, amounts in yuan.

`value_text` shows a value, `read_value` takes one that was typed, in the same unit. Nothing is lost
on the way: a share is whole ppm, so that it has at most four decimals in percent.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from simulator.money import MoneyError, money, parse_yuan
from simulator.policy.fields import Kind, policy_fields
from simulator.policy.titles import key_title
from simulator.text import _, listed, one_day, percent_text

PPM_OF_A_PERCENT = 10_000
_NUMBER = re.compile(r"(\d[\d,_ ]*)(?:\.(\d*))?\s*(%|ppm)?")
_MINUS = re.compile(r"[-\u2212] ?\d.*")
_FESTIVAL = re.compile(r"(\d\d-\d\d)\s+(\d+)\s+(\d+)")


class WrittenError(ValueError):
    """A value that cannot be read or is not allowed; the message is a plain sentence."""


def is_share(kind: Kind) -> bool:
    """Whether a value is kept in ppm and shown in percent."""
    return kind.unit.startswith("ppm")


def unit_text(kind: Kind) -> str:
    """The unit in which a value is shown and typed; "" where it has none."""
    shares = {
        "ppm": _("percent"),
        "ppm a day": _("percent a day"),
        "ppm a term": _("percent a term"),
        "ppm a year": _("percent a year"),
        "fen": _("yuan"),
    }
    if kind.unit in ("switch", "choice", "grade", ""):
        return ""
    return shares.get(kind.unit) or _(kind.unit)


def value_text(kind: Kind, value: Any) -> str:
    """A value in its unit: 600 000 ppm is "60 %", 50 000 fen "500.00"."""
    if kind.item:
        return ", ".join(f"{each['day']} {each['before']} {each['after']}" for each in value) or _("none")
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, str):
        return choice_text(value)
    if is_share(kind):
        return percent_text(value)
    return money(value) if kind.unit == "fen" else f"{value:,}"


def setting_text(path: str, value: Any) -> str:
    """A field's value, or that of a part of it, with its unit: "10 %", "0.05 % a day", "A 30 %, B 25 %"."""
    name, *keys = path.split(".")
    kind = policy_fields()[name].kind
    for key in keys:
        kind = kind.item or kind.keys[key]
    return _told(kind, value)


def _told(kind: Kind, value: Any) -> str:
    """A value with its unit; a table key by key, its unit and what is alike said once."""
    if kind.item:
        told = [_("{day} ({before} days before to {after} days after)").format(**each) for each in value]
        return one_day(listed(told)) or _("none")
    if not kind.keys:
        return _with_unit(kind.unit, value_text(kind, value))
    first = next(iter(kind.keys.values()))
    if first.keys:
        titles: dict[str, list[str]] = {}
        for key, part in value.items():
            titles.setdefault(_told(kind.keys[key], part), []).append(key_title(key))
        return _("; ").join(_("{title}: {told}").format(title=listed(each), told=told) for told, each in titles.items())
    parts = (f"{key_title(key)} {value_text(kind.keys[key], part)}" for key, part in value.items())
    return _with_unit(first.unit, listed(parts))


def _with_unit(unit: str, text: str) -> str:
    """A value, or a table of them, with the unit behind it where it has none of its own."""
    whole = {
        "ppm a day": _("{value} a day"),
        "ppm a term": _("{value} a term"),
        "ppm a year": _("{value} a year"),
        "days": _("{value} days"),
        "months": _("1 month") if text == "1" else _("{value} months"),
        "years": _("{value} years"),
    }.get(unit, "{value}")
    return one_day(whole.format(value=text))


def choice_text(choice: str) -> str:
    """One of several words that a field may be; a grade is its letter."""
    return {
        "none": _("free"),
        "all_remaining": _("all fees left"),
        "reprice_daily": _("by days used"),
    }.get(choice, choice)


def bounds_text(kind: Kind) -> str:
    """What a value may be at the least and at the most."""
    if kind.low is None or kind.high is None or kind.item:
        return ""
    return _("{low} to {high}").format(low=value_text(kind, kind.low), high=value_text(kind, kind.high))


def read_value(kind: Kind, text: str) -> Any:
    """The value that was typed, within the bounds of its kind; full-width digits are digits. Raises WrittenError."""
    given = unicodedata.normalize("NFKC", text).strip()
    if kind.item:
        return _read_festivals(given)
    choices: tuple[Any, ...] = choices_of(kind)
    if choices:
        return _read_choice(kind, choices, given)
    if _MINUS.fullmatch(given):
        raise WrittenError(_not_allowed(kind, given))
    value = _read_fen(given) if kind.unit == "fen" else _read_number(kind, given)
    if kind.low is not None and kind.high is not None and not kind.low <= value <= kind.high:
        raise WrittenError(_not_allowed(kind, value_text(kind, value)))
    return value


def _not_allowed(kind: Kind, given: str) -> str:
    bounds = bounds_text(kind)
    if kind.unit == "fen" and bounds:
        bounds = _("{amount} yuan").format(amount=bounds)
    return _("{given} is not allowed here; allowed is {bounds}.").format(given=given, bounds=bounds)


def choices_of(kind: Kind) -> tuple[Any, ...]:
    """The values of a switch or a choice in their order; none for a number."""
    return (False, True) if kind.unit == "switch" else kind.choices


def _read_choice(kind: Kind, choices: tuple[Any, ...], given: str) -> Any:
    for choice in choices:
        if given.casefold() in (value_text(kind, choice).casefold(), str(choice).casefold()):
            return choice
    shown = ", ".join(value_text(kind, choice) for choice in choices)
    raise WrittenError(_("{given} is none of these: {names}.").format(given=given, names=shown))


def _read_fen(given: str) -> int:
    try:
        return parse_yuan(given)
    except MoneyError as error:
        raise WrittenError(str(error)) from None


def _read_number(kind: Kind, given: str) -> int:
    """A whole number, or for shares a percentage; `ppm` behind it says that it is in ppm."""
    match = _NUMBER.fullmatch(given)
    mark = match[3] if match else None
    if match is None or (mark and not is_share(kind)):
        raise WrittenError(
            _("{given} is no number; write one like {example}.").format(
                given=given or '""', example=_example(kind)
            )
        )
    whole, decimals = int(re.sub(r"[,_ ]", "", match[1])), (match[2] or "").rstrip("0")
    if not is_share(kind) or mark == "ppm":
        if decimals:
            raise WrittenError(_("{given} is not whole; write {whole}.").format(given=given, whole=whole))
        return whole
    if len(decimals) > 4:
        raise WrittenError(_("{given} has more than four decimals.").format(given=given))
    return whole * PPM_OF_A_PERCENT + int(decimals.ljust(4, "0"))


def _example(kind: Kind) -> str:
    return "2.5" if is_share(kind) else "30"


def _read_festivals(given: str) -> list[dict[str, Any]]:
    """Festivals: a day of the year, days before and days after, commas between."""
    if not given or given == _("none"):
        return []
    found = []
    for part in given.split(","):
        match = _FESTIVAL.fullmatch(part.strip())
        if match is None:
            text = _("{given} is no festival; write day, days before and after, like 06-18 25 4.")
            raise WrittenError(text.format(given=part.strip()))
        found.append({"day": match[1], "before": int(match[2]), "after": int(match[3])})
    return found
