"""Fields: every value of the policy as a tree by topic, with today's and the trial's.

Up and down choose a value; left and right move it, or open and close a topic; Enter types it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len, set_cell_size
from textual.message import Message

from simulator.policy.edit import Draft, excess_at
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.schema import SECTIONS
from simulator.policy.titles import leaf_title, section_title
from simulator.policy.written import value_text
from simulator.text import _, language
from tui.widgets.cells import Cell, Line, words
from tui.widgets.page import Page

VALUE, CAP = 13, 4


@dataclass(frozen=True)
class Entry:
    """One line of the tree: a topic, or the path of a value."""

    section: str
    path: str = ""


@functools.lru_cache(maxsize=64)
def sections_of(find: str, _language: str) -> dict[str, list[str]]:
    """The paths of values by topic; only those that the words are found in, in either language."""
    wanted = find.casefold().split()
    found: dict[str, list[str]] = {}
    for path in policy_leaves():
        field = policy_fields()[path.partition(".")[0]]
        told = " ".join(
            (path, leaf_title(path), field.meaning.en, field.meaning.zh, section_title(field.section))
        )
        if all(word in told.casefold() for word in wanted):
            found.setdefault(field.section, []).append(path)
    return {section: found[section] for section in SECTIONS if section in found}


def best_of(find: str, paths: Sequence[str]) -> str:
    """Which of the values that were found is meant first: the one that is called so, else one whose name begins so."""
    return min(paths, key=partial(_apartness, find.strip().casefold()))


def meant_more(find: str, path: str, other: str) -> bool:
    """Whether words mean a value more than another one."""
    wanted = find.strip().casefold()
    return _apartness(wanted, path) < _apartness(wanted, other)


def _apartness(wanted: str, path: str) -> int:
    """0 for a value's whole name, 1 for how it begins, 2 for words in any place."""
    names = [path.casefold(), leaf_title(path).casefold()]
    return 0 if wanted in names else 1 if any(name.startswith(wanted) for name in names) else 2


class FieldList(Page):
    """The tree of values."""

    class Picked(Message):
        """The cursor stands on another value."""

        def __init__(self, path: str) -> None:
            """Its path."""
            super().__init__()
            self.path = path

    class Nudged(Message):
        """Left or right on a value."""

        def __init__(self, by: int) -> None:
            """-1 or 1."""
            super().__init__()
            self.by = by

    class Wanted(Message):
        """Enter on a value: it is to be typed."""

    def __init__(self, id: str | None = None) -> None:
        """Everything closed."""
        super().__init__(id=id)
        self.entries: list[Entry] = []
        self.opened: set[str] = set()
        self.find = ""
        self.path = ""

    def fill(self, draft: Draft, width: int) -> None:
        """Lay the tree out for a draft; the cursor stays on its value."""
        changed = {change.path for change in draft.changes}
        excesses = draft.excesses
        lines: list[Line] = []
        self.entries = []
        for section, paths in sections_of(self.find, language()).items():
            is_open = bool(self.find) or section in self.opened
            self.entries.append(Entry(section))
            lines.append(self._topic(section, paths, changed, is_open, width))
            for path in paths if is_open else ():
                self.entries.append(Entry(section, path))
                lines.append(
                    self._value(path, draft, path in changed, excess_at(excesses, path) is not None, width)
                )
        if not lines:
            lines = [[words(_("Nothing is called so."), role="muted")]]
        self.show(lines)
        place = next(
            (place for place, each in enumerate(self.entries) if each.path == self.path and self.path), None
        )
        if place is not None and self.cursor != place:
            self.cursor = place
            self._see_cursor()

    def _topic(self, section: str, paths: list[str], changed: set[str], is_open: bool, width: int) -> Line:
        count = sum(path in changed for path in paths)
        note = _("{count} changed").format(count=count) if count else str(len(paths))
        mark = "-" if is_open else "+"
        title = f"{mark} {section_title(section)}"
        return [
            Cell(title, bold=True, action=lambda: self.toggle(section)),
            words("  " + note, role="accent" if count else "muted"),
        ]

    def _value(self, path: str, draft: Draft, changed: bool, over: bool, width: int) -> Line:
        kind = policy_leaves()[path]
        room = width - 3 - CAP - cell_len(leaf_title(path))
        told = _cut(value_text(kind, draft.value(path)), room if not changed else (room - 3) // 2)
        if changed:
            told = f"{told} ({_cut(value_text(kind, draft.todays(path)), (room - 3) // 2)})"
        return [
            words("  "),
            Cell(leaf_title(path), max(10, width - 2 - CAP - cell_len(told)), action=self._want),
            words(told, role="accent" if changed else "muted", bold=changed),
            words(" [!]" if over else "", CAP, role="bad"),
        ]

    def _want(self) -> None:
        self.post_message(self.Wanted())

    @property
    def entry(self) -> Entry | None:
        """The line that the cursor is on."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def toggle(self, section: str) -> None:
        """Open or close a topic."""
        self.opened ^= {section}
        self.post_message(self.Picked(self.path))

    def reveal(self, path: str) -> None:
        """Open the topic of a value and stand on it."""
        self.path = path
        self.opened.add(policy_fields()[path.partition(".")[0]].section)

    def move_to(self, place: int) -> None:
        """Stand on a line; a value becomes the one that is edited."""
        super().move_to(place)
        if self.entry is not None and self.entry.path and self.entry.path != self.path:
            self.path = self.entry.path
            self.post_message(self.Picked(self.path))

    def action_step(self, by: int) -> None:
        """Move the value, or open and close the topic."""
        here = self.entry
        if here is None:
            return
        if here.path:
            self.post_message(self.Nudged(by))
        elif (by > 0) != (here.section in self.opened):
            self.toggle(here.section)

    def on_resize(self) -> None:
        """What stands below may have taken the room of the cursor's line."""
        self._see_cursor()

    def _see_cursor(self) -> None:
        """Scroll so that the cursor's line is in sight."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False)
        self.refresh()


def _cut(text: str, room: int) -> str:
    """A value in the room beside its title; a longer one is shown whole above the list."""
    return text if cell_len(text) < max(VALUE, room + 1) else set_cell_size(text, max(VALUE, room + 1) - 4) + ".."
