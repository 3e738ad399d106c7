"""Line numbers of a TOML text: which line each key, and each item of a list, stands on.

The scan runs on text that `tomllib` has accepted, so it only finds its way and judges nothing.
A *place* is the path to a value, such as ("season", 0, "before").
"""

from __future__ import annotations

import re
from bisect import bisect_right

from simulator.policy.fields import Place

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'", re.DOTALL
)
_BARE = re.compile(r"[^,\]}\n#]+")
_KEY_PART = re.compile(r"""[ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")


def key_lines(text: str) -> dict[Place, int]:
    """The line of every key and list item in a TOML text, counted from 1."""
    return _Scan(text).run()


class _Scan:
    """One pass over a text; `at` is the position reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[Place, int] = {}
        self.tables_in_list: dict[Place, int] = {}

    def run(self) -> dict[Place, int]:
        """Read headers and pairs to the end."""
        table: Place = ()
        while self._skip_blank():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Place:
        """`[a.b]` or `[[a.b]]`: the table that the next pairs belong to."""
        start, opened = self.at, 2 if self.text.startswith("[[", self.at) else 1
        self.at += opened
        table = self._through_lists(self._key())
        self.at += opened
        if opened == 2:
            count = self.tables_in_list.get(table, 0)
            self.tables_in_list[table] = count + 1
            self._note(table, start)
            table = (*table, count)
        self._note(table, start)
        return table

    def _through_lists(self, key: Place) -> Place:
        """A header's path, with the newest item of each list of tables on the way."""
        place: Place = ()
        for depth, part in enumerate(key):
            place = (*place, part)
            if place in self.tables_in_list and depth < len(key) - 1:
                place = (*place, self.tables_in_list[place] - 1)
        return place

    def _pair(self, table: Place) -> None:
        """`key = value`."""
        start = self.at
        key = self._key()
        for depth in range(1, len(key) + 1):
            self._note((*table, *key[:depth]), start)
        self.at = self.text.index("=", self.at) + 1
        self._skip_blank()
        self._value((*table, *key))

    def _key(self) -> Place:
        """A dotted key."""
        parts: list[str] = []
        while match := _KEY_PART.match(self.text, self.at):
            parts.append(next(part for part in match.groups() if part is not None))
            self.at = match.end()
            if self.text[self.at] != ".":
                break
            self.at += 1
        return tuple(parts)

    def _value(self, place: Place) -> None:
        """Any value; inside lists and tables the places of what they hold."""
        opening = self.text[self.at]
        if opening in "\"'" and (match := _TEXT.match(self.text, self.at)):
            self.at = match.end()
        elif opening == "[":
            self._items(place)
        elif opening == "{":
            self._inline_table(place)
        elif match := _BARE.match(self.text, self.at):
            self.at = match.end()

    def _items(self, place: Place) -> None:
        self.at += 1
        index = 0
        while self._skip_blank() and self.text[self.at] != "]":
            self._note((*place, index), self.at)
            self._value((*place, index))
            self._skip_comma()
            index += 1
        self.at += 1

    def _inline_table(self, place: Place) -> None:
        self.at += 1
        while self._skip_blank() and self.text[self.at] != "}":
            self._pair(place)
            self._skip_comma()
        self.at += 1

    def _skip_blank(self) -> bool:
        """Pass blanks and comments; whether anything is left."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _skip_comma(self) -> None:
        if self._skip_blank() and self.text[self.at] == ",":
            self.at += 1

    def _note(self, place: Place, start: int) -> None:
        """The first line on which a place is named."""
        self.lines.setdefault(place, bisect_right(self.line_starts, start))
