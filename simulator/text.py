"""Text in the reader's language. English sentences are the keys; catalogues hold the Chinese.

There is one catalogue an area under `locale/zh_CN/LC_MESSAGES`: the `.po` is the source, the `.mo`
is what runs. `python -m simulator.text` makes the second from the first.
"""

from __future__ import annotations

import datetime
import gettext
from pathlib import Path

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE)
CATALOGUES = Path(__file__).resolve().parent / "locale" / "zh_CN" / "LC_MESSAGES"

_language = ENGLISH
_chinese: dict[str, str] | None = None

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CHINESE_DAYS = "一二三四五六日"


def use(language: str) -> None:
    """Speak "en" or "zh" from now on."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    _language = language


def language() -> str:
    """The language in use."""
    return _language


def _(message: str) -> str:
    """A message in the language in use."""
    if _language == ENGLISH:
        return message
    return _catalogue().get(message, message)


def _catalogue() -> dict[str, str]:
    """All Chinese messages, read once."""
    global _chinese
    if _chinese is None:
        _chinese = {}
        for path in sorted(CATALOGUES.glob("*.mo")):
            with path.open("rb") as file:
                told = gettext.GNUTranslations(file)
            _chinese.update({key: value for key, value in told._catalog.items() if isinstance(key, str) and key})  # type: ignore[attr-defined]
    return _chinese


def date_text(date: datetime.date, year: bool = True, weekday: bool = True) -> str:
    """A date: "Wed 5 Mar 2025" or "2025年3月5日 周三"; shorter without year or weekday."""
    if _language == CHINESE:
        text = f"{date.year}年{date.month}月{date.day}日" if year else f"{date.month}月{date.day}日"
        return f"{text} 周{_CHINESE_DAYS[date.weekday()]}" if weekday else text
    text = f"{date.day} {_MONTHS[date.month - 1]}" + (f" {date.year}" if year else "")
    return f"{_DAYS[date.weekday()]} {text}" if weekday else text


def compile_catalogues() -> list[Path]:
    """Make every `.mo` from its `.po`; the paths written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in sorted(CATALOGUES.glob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale="zh_CN")
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    for _path in compile_catalogues():
        print(_path.name)
