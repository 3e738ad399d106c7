"""QueryError: a filter that cannot be read; its message is one plain sentence that names the word."""

from __future__ import annotations


class QueryError(ValueError):
    """What is wrong with a filter: the sentence, and where the word stands in the text."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        """The sentence, and the word's place: from `start` up to `end`."""
        super().__init__(sentence)
        self.sentence = sentence
        self.start, self.end = start, end
