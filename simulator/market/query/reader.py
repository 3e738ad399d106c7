"""Reader: takes pieces from left to right, and remembers what was looked for and not found.

Until the next piece is taken, that is what may stand at this place: for the sentence about a piece that does
not fit, and for completion.
"""

from __future__ import annotations

import difflib

from simulator.market.query import words as w
from simulator.market.query.faults import QueryError
from simulator.market.query.figures import described
from simulator.market.query.tokens import BUCKET, TEXT, Token, tokens
from simulator.text import _, listed, sentences


class Reader:
    """The pieces of a text, and the place that has been reached."""

    def __init__(self, text: str) -> None:
        """Cut the text into pieces."""
        self.text = text
        self.pieces = tokens(text)
        self.place = 0
        self.allowed: dict[str, str] = {}
        """Kinds that might stand at this place, each with its unit if it is a value."""

    @property
    def here(self) -> Token | None:
        """The piece to be read next."""
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def taken(self) -> None:
        self.place += 1
        self.allowed = {}

    def word(self, kind: str) -> w.Word | None:
        """Take a word of this kind if it stands here."""
        here = self.here
        for word in here.words if here else ():
            if word.kind == kind:
                self.taken()
                return word
        self.allowed.setdefault(kind, "")
        return None

    def piece(self, kind: str, unit: str = "") -> Token | None:
        """Take a figure, date, bucket, grade or text if it stands here."""
        here = self.here
        if here is not None and here.kind == kind:
            self.taken()
            return here
        self.allowed.setdefault(kind, unit)
        return None

    def misfit(self) -> QueryError:
        """What stands here does not fit: its sentence names it and what may stand here."""
        allowed = self._told()
        here = self.here
        if here is None:
            return QueryError(
                _("The filter ends too early. Next can come: {allowed}.").format(allowed=allowed),
                len(self.text),
                len(self.text),
            )
        sentence = _("“{word}” does not fit here.") if here.words else _("“{word}” is no word of the filter.")
        near = _nearest(here.text, self.allowed) if not here.words else ""
        guess = _("Did you mean “{near}”?").format(near=near) if near else ""
        can = _("Here can stand: {allowed}.").format(allowed=allowed)
        return QueryError(sentences(sentence.format(word=here.text), guess, can), here.start, here.end)

    def _told(self) -> str:
        """What may stand here, in words."""
        skipped = (*_IMPLIED, *(_IMPLIED_BY_FIELDS if w.FIELD in self.allowed else ()))
        kinds = sorted(self.allowed, key=lambda kind: _TOLD.index(kind) if kind in _TOLD else len(_TOLD))
        return _("; ").join(_described(kind, self.allowed[kind]) for kind in kinds if kind not in skipped)


_TOLD = (w.FIELD, w.CHANGE, w.FLAG)
"""Told first, in this order."""
_IMPLIED = (w.OPEN, w.NOT, w.OF_STATUS, w.OF_JOB)
"""Never told: they go without saying."""
_IMPLIED_BY_FIELDS = (w.PERIOD, w.LAST, BUCKET)
"""Not told where fields are: a condition seldom begins with a time, and buckets have their field."""


def _described(kind: str, unit: str) -> str:
    """A kind of piece in words: its words, or how its values are written."""
    if unit == "number":
        return _("a shopper's number")
    if unit:
        return described(unit)
    if kind in (TEXT, w.NAME):
        return _("a name such as Chen")
    if kind == w.STATUS:
        return _("a status such as suspended")
    if kind == w.JOB:
        return _("a job such as nurse")
    return listed(word.shown() for word in w.vocabulary() if word.kind == kind)


def _nearest(text: str, allowed: dict[str, str]) -> str:
    """The allowed spelling that looks most like what was written, or ""."""
    spellings = {
        spelling.lower(): spelling
        for word in w.vocabulary()
        if word.kind in allowed
        for spelling in (*word.english, *word.chinese)
        if len(spelling) > 1
    }
    near = difflib.get_close_matches(text.lower(), spellings, n=1, cutoff=0.7)
    return spellings[near[0]] if near else ""
