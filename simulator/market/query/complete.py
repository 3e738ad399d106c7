"""Completion: what may be written next, found by reading what stands before it."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from simulator.market.query.faults import QueryError
from simulator.market.query.parser import Parser
from simulator.market.query.words import NOT, Word, vocabulary
from simulator.text import CHINESE, language

MOST = 8
_LONGEST = 24
_NEVER_OFFERED = ("open", "close", "to")


class Completion(NamedTuple):
    """A word to write from a place on, and the whole filter with it."""

    word: str
    start: int
    text: str


def completions(text: str, most: int = MOST) -> list[Completion]:
    """What could be meant by the end of a text, or may follow it, the usual first."""
    found: dict[str, Completion] = {}
    chinese = _has_chinese(text) or (language() == CHINESE and not re.search("[a-z]", text, re.IGNORECASE))
    for start in _starts(text):
        begun = text[start:].lower()
        for word in _allowed(text[:start]):
            for spelling in _spellings(word, begun, chinese):
                found.setdefault(spelling, Completion(spelling, start, text[:start] + spelling))
    return sorted(found.values(), key=lambda each: each.word not in _usual())[:most]


def _has_chinese(text: str) -> bool:
    return re.search(r"[^\x00-\x7f]", text) is not None


def _starts(text: str) -> list[int]:
    """Where the word that is being written may have begun, the longest first."""
    places = [
        place
        for place in range(max(0, len(text) - _LONGEST), len(text))
        if (
            place == 0
            or text[place - 1] in " (（"
            or not text[place].isascii()
            or not text[place - 1].isascii()
        )
        and not text[place].isspace()
    ]
    ended = not text or text[-1] in " (（" or not text[-1].isascii()
    return [*places, len(text)] if ended else places


def _allowed(before: str) -> list[Word]:
    """The words that may follow a text; none if it cannot be read so far."""
    parser = Parser(before)
    try:
        parser.whole()
    except QueryError as error:
        if error.start < len(before.rstrip()) or parser.place < len(parser.pieces):
            return []
    kinds = sorted(parser.allowed, key=lambda kind: kind == NOT)
    return [
        word for kind in kinds if kind not in _NEVER_OFFERED for word in vocabulary() if word.kind == kind
    ]


@functools.cache
def _usual() -> frozenset[str]:
    """The first spelling of every word."""
    return frozenset(spelling for word in vocabulary() for spelling in (word.english[0], word.chinese[0]))


def _spellings(word: Word, begun: str, chinese: bool) -> list[str]:
    """How a word that begins so is offered: in the language that is being written."""
    if not begun:
        return [word.shown(chinese)]
    spellings = word.chinese if _has_chinese(begun) else word.english
    fitting = [each for each in spellings if each.lower().startswith(begun) and each.lower() != begun]
    return fitting[:1]
