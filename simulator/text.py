"""Text in the reader's language. English sentences are the keys; catalogues hold the Chinese.

There is one catalogue an area under `locale/zh_CN/LC_MESSAGES`: the `.po` is the source, the `.mo`
beside it is what runs, and both are committed. `python -m simulator.text` makes the second from the first.
"""

from __future__ import annotations

import datetime
import functools
import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from simulator.person import fitting

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE)
CATALOGUES = Path(__file__).resolve().parent / "locale" / "zh_CN" / "LC_MESSAGES"

_language = ENGLISH

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ONES = re.compile(r"(?<![\d.,])1 (?:(day|month|order|bill|point|term|shopper|line|other|time|part)s|(people|policies))\b")
_ONE = {"people": "person", "policies": "policy"}
_CHINESE_DAYS = "一二三四五六日"
NEAR_PPM = 1_000
"""Shares of one decimal that read the same are no farther apart."""
_SAME_HEADER = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def use(language: str) -> None:
    """Speak "en" or "zh" from now on."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    _language = language


def language() -> str:
    """The language in use."""
    return _language


def language_around(environment: Mapping[str, str]) -> str:
    """The language that whoever starts us has around: Chinese where their locale is; WHITESLIP_LANG goes before it."""
    if (asked := environment.get("WHITESLIP_LANG")) in LANGUAGES:
        return asked
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return CHINESE if locale.startswith("zh") else ENGLISH


def _(message: str) -> str:
    """A message in the language in use; the English itself where there is no Chinese."""
    return fitting(message if _language == ENGLISH else _in_chinese(message))


@functools.cache
def _in_chinese(message: str) -> str:
    """A message in Chinese. Gettext would answer an empty one with the catalogue's header."""
    return _catalogues().gettext(message) if message else message


@functools.cache
def _catalogues() -> gettext.NullTranslations:
    """All areas, read at the first Chinese message, as one chain: what one lacks, the next is asked."""
    chain = gettext.NullTranslations()
    for path in sorted(CATALOGUES.glob("*.mo"), reverse=True):
        with path.open("rb") as file:
            area = gettext.GNUTranslations(file)
        area.add_fallback(chain)
        chain = area
    return chain


def one_day(sentence: str) -> str:
    """A sentence where English says "1 day" or "1 order"; Chinese needs nothing of the kind."""
    return _ONES.sub(lambda found: f"1 {found[1] or _ONE[found[2]]}", sentence)


def in_percent(figure: object) -> str:
    """A figure with the percent sign, which stands off in English alone: "27.2 %" or "27.2%"."""
    return f"{figure}%" if _language == CHINESE else f"{figure} %"


def share_text(ppm: int) -> str:
    """A share with one decimal: "27.2 %". A whole number has none; what is just under one is cut off after two, for
    rules ask for whole per cents, and it must not seem to have reached them. Under one per cent all of it.
    """
    if 0 < ppm < 10_000:
        return in_percent(f"{ppm / 10_000:.4f}".rstrip("0"))
    whole, tenths = ppm % 10_000 == 0, (ppm + 500) // 1_000
    if whole:
        return in_percent(ppm // 10_000)
    return in_percent(f"{ppm // 100 / 100:.2f}" if tenths % 10 == 0 and tenths * 1_000 > ppm else f"{tenths / 10:.1f}")


def rate_text(ppm: int) -> str:
    """A yearly rate with two decimals: "16.21 %"."""
    return in_percent(f"{ppm / 10_000:.2f}")


def percent_text(ppm: int) -> str:
    """A share with as many decimals as it needs, at most four."""
    return in_percent(f"{ppm / 10_000:.4f}".rstrip("0").rstrip("."))


def bounded_texts(ppm: int, bound_ppm: int, as_text: Callable[[int], str]) -> tuple[str, str]:
    """A share and its bound; with all their decimals where they lie so near that fewer would read the same."""
    if 0 < abs(ppm - bound_ppm) < NEAR_PPM:
        as_text = percent_text
    return as_text(ppm), as_text(bound_ppm)


def date_text(date: datetime.date, year: bool = True, weekday: bool = True) -> str:
    """A date: "Wed 5 Mar 2025" or "2025年3月5日 周三"; shorter without year or weekday."""
    if _language == CHINESE:
        text = f"{date.year}年{date.month}月{date.day}日" if year else f"{date.month}月{date.day}日"
        return f"{text} 周{_CHINESE_DAYS[date.weekday()]}" if weekday else text
    text = f"{date.day} {_MONTHS[date.month - 1]}" + (f" {date.year}" if year else "")
    return f"{_DAYS[date.weekday()]} {text}" if weekday else text


def compiled(source: Path) -> bytes:
    """A `.po` as a `.mo`; the same bytes whenever it is made (imports Babel)."""
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN", abort_invalid=True)
    catalogue.creation_date = catalogue.revision_date = _SAME_HEADER
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def compile_catalogues() -> list[Path]:
    """Make every `.mo` whose `.po` says something new; the paths written."""
    written = []
    for source in sorted(CATALOGUES.glob("*.po")):
        target, made = source.with_suffix(".mo"), compiled(source)
        if not target.exists() or target.read_bytes() != made:
            target.write_bytes(made)
            written.append(target)
    return written


def listed(things: Iterable[str]) -> str:
    """Things one after the other: "3, 6, 12", in Chinese with the comma of lists."""
    return ("、" if language() == CHINESE else ", ").join(things)


def tier_text(tier: int) -> str:
    """The number of a city tier, 1 to 5, which Chinese writes out: 一线."""
    return "一二三四五"[tier - 1] if language() == CHINESE else str(tier)


def capital(text: str) -> str:
    """The text with a large first letter, where its language has any."""
    return text[:1].upper() + text[1:]


def sentences(*parts: str) -> str:
    """Sentences one after the other; in Chinese no space stands between them."""
    return ("" if language() == CHINESE else " ").join(filter(None, parts))


if __name__ == "__main__":
    for _path in compile_catalogues():
        print(_path.name)
