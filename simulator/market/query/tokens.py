"""Tokens: a filter's text cut into words of the vocabulary, figures, dates and names.

At each place the longest spelling of the vocabulary is taken, so that Chinese needs no spaces. What is
no word stays a text; it may be a name.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from simulator.market.query.words import NAME, Word, by_spelling

FIGURE, DATE, BUCKET, TEXT, GRADE = "figure", "date", "bucket", "text", "grade"
_SPACE = re.compile(r"\s*")
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"
    r"|(?P<y_zh>\d{4})\s*年\s*(?P<m_zh>\d{1,2})\s*月\s*(?P<d_zh>\d{1,2})\s*日(?:\s*周[一二三四五六日])?"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)\s+)?(?P<d_en>\d{1,2})\s+"
    r"(?P<m_en>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?P<y_en>\d{4})(?!\d)",
    re.IGNORECASE,
)
"""A date by its numbers, or as the screens show it in either language, with or without the day of the week."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIGURE = re.compile(
    r"[¥￥]?(\d+(?:,\d{3})*(?:\.\d+)?)\s*(%|％|万|k(?![a-z])|)\s*(?:元|岁|天(?!内)|期|分|级|yuan(?![a-z]))?",
    re.IGNORECASE,
)
_BUCKET = re.compile(r"M([0-9])(?![0-9a-z])", re.IGNORECASE)
_GRADE = re.compile(r"[A-E](?![0-9a-z])", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-z'._-]+", re.IGNORECASE)
_NAME = re.compile(r"\"([^\"]*)\"|“([^”]*)”|([^\s()（）&|,，]+?)(?=$|[\s()（）&|,，]|且|并且|或)")


class Token(NamedTuple):
    """A piece of the text: its kind, as written, where it stands, and the words it may be."""

    kind: str
    text: str
    start: int
    end: int
    words: tuple[Word, ...] = ()
    scale: str = ""


@functools.cache
def _spellings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Spellings, longest first, each as it may stand in a text: a Latin one ends where the word ends."""
    longest = sorted(by_spelling(), key=len, reverse=True)
    return tuple((spelling, _pattern(spelling)) for spelling in longest if spelling)


def _pattern(spelling: str) -> re.Pattern[str]:
    parts = r"\s+".join(map(re.escape, spelling.split()))
    return re.compile(
        parts + (r"(?![a-z0-9])" if spelling[-1].isascii() and spelling[-1].isalpha() else ""), re.IGNORECASE
    )


def tokens(text: str) -> list[Token]:
    """The pieces of a filter, in order. Any text can be cut; what makes no sense is for the parser to say."""
    found: list[Token] = []
    place = _skip(text, 0)
    while place < len(text):
        token = _next(text, place, bool(found) and _asks_a_name(found[-1]))
        found.append(token)
        place = _skip(text, token.end)
    return found


def _skip(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


def _asks_a_name(token: Token) -> bool:
    return any(word.kind == NAME for word in token.words)


def _next(text: str, place: int, named: bool) -> Token:
    if named and (match := _NAME.match(text, place)):
        name = next(part for part in match.groups() if part is not None)
        return Token(TEXT, name, place, match.end())
    if match := _DATE.match(text, place):
        return Token(DATE, _by_numbers(match), place, match.end())
    if match := _FIGURE.match(text, place):
        return Token(FIGURE, match[1], place, match.end(), scale=match[2])
    if match := _BUCKET.match(text, place):
        return Token(BUCKET, match[0].upper(), place, match.end())
    if match := _GRADE.match(text, place):
        return Token(GRADE, match[0].upper(), place, match.end())
    return _word_at(text, place) or _unknown(text, place)


def _by_numbers(date: re.Match[str]) -> str:
    """A date as year, month and day."""
    told = {name.partition("_")[0]: text for name, text in date.groupdict().items() if text is not None}
    month = told["m"] if told["m"].isdecimal() else str(_MONTHS.index(told["m"].lower()) + 1)
    return f"{told['y']}-{month}-{told['d']}"


def _word_at(text: str, place: int) -> Token | None:
    for spelling, pattern in _spellings():
        if match := pattern.match(text, place):
            return Token("word", match[0], place, match.end(), by_spelling()[spelling])
    return None


def _unknown(text: str, place: int) -> Token:
    """A run of letters that is no word: up to a space, or in Chinese up to the next word."""
    if match := _LATIN.match(text, place):
        return Token(TEXT, match[0], place, match.end())
    end = place + 1
    while (
        end < len(text)
        and _LETTERS.match(text, end)
        and not text[end].isascii()
        and _word_at(text, end) is None
    ):
        end += 1
    return Token(TEXT, text[place:end], place, end)
