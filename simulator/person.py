"""Person: what is said to the player, said of another shopper.

Every sentence is written once, to "you". Of another one, English says "they", which takes the same verbs; Chinese
has 该用户, which is right for everybody, as subject and as object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_of_another: ContextVar[bool] = ContextVar("of_another", default=False)
_WORDS = {"you": "they", "your": "their", "yours": "theirs", "yourself": "themselves"}
_YOU = re.compile(r"\b(?:(?P<before>reports?|know|knows|is|was|for|to|with|like) )?(?P<word>you(?:rs?|rself)?)\b", re.IGNORECASE)


@contextmanager
def of_another() -> Iterator[None]:
    """What is told inside is told of another shopper."""
    token = _of_another.set(True)
    try:
        yield
    finally:
        _of_another.reset(token)


def fitting(sentence: str) -> str:
    """The sentence as it stands, or said of another shopper where that is asked for."""
    return said_of_another(sentence) if _of_another.get() else sentence


def said_of_another(sentence: str) -> str:
    """A sentence to the player, said of another shopper, in either language."""
    return _YOU.sub(_they, sentence).replace("你", "该用户")


def _they(match: re.Match[str]) -> str:
    before, word = match["before"], match["word"]
    they = "them" if before and word.lower() == "you" else _WORDS[word.lower()]
    return f"{before} {they}" if before else they.capitalize() if word[0] == "Y" else they
