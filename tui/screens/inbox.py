"""Inbox: every decision of the lender as a message that explains itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from rich.cells import cell_len

from simulator.text import _, date_text
from simulator.views import Message, inbox
from simulator.views.inbox import came_before
from tui.screens.base import AROUND, WIDE, GameScreen, Key, action_line
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.page import Page

TALL, FEW, MOST = 36, 12, 200
DATE, DATED, LEAST = 11, 17, 5
"""Cells of a day; rows that are worth telling of what came before."""


class InboxScreen(GameScreen):
    """Messages, newest first; the one under the cursor is read below or beside."""

    HAS_SIDE = True

    def __init__(self) -> None:
        """The newest is read first."""
        super().__init__()
        self.read: int | None = None
        self._stood = False

    def rebuild(self) -> None:
        """At first the cursor stands on the message that is read, where the list is beside it."""
        super().rebuild()
        page = self.query_one("#main", Page) if self.is_up else None
        if page is None or self._stood or not page.stops:
            return
        self._stood = True
        found = list(reversed(inbox(self.world)))
        if found and self.size.width >= WIDE:
            page.move_to(found.index(self._chosen(found)))

    def title_text(self) -> str:
        """The place."""
        return _("Inbox")

    def question(self) -> str:
        """The question."""
        return _("What has the lender decided, and why?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _(
                "Each message says what happened, why, what stays as it was, and what would change it. Enter opens one."
            )
        ]

    def own_keys(self) -> list[Key]:
        """Enter reads."""
        return [Key("Enter", _("Read"))]

    def build(self, width: int) -> list[Line]:
        """The list, and at 80 columns the message under it."""
        found = list(reversed(inbox(self.world)))
        if not found:
            return [*wrapped(_("Nothing new. Each decision explains itself here."), width, "muted"), *self._what_comes(width)]
        chosen = self._chosen(found)
        lines: list[Line] = []
        if self.size.width < WIDE:
            lines += [*self._message(chosen, width), blank(), heading(_("All messages"))]
        room = self.size.height - AROUND - len(lines)
        listed = self._list(found, chosen, width, whole=True)
        lines += listed if len(listed) <= room else self._list(found, chosen, width, whole=False)
        if len(found) <= FEW:
            lines += self._what_comes(width)
        return [*lines, *self._before(chosen, width, self.size.height - AROUND - len(lines))]

    def _list(self, found: list[Message], chosen: Message, width: int, whole: bool) -> list[Line]:
        """A row a message, or as many as the whole of what it says needs."""
        shown = found[:MOST]
        title = max(cell_len(each.notice.title) for each in shown) + 2
        years = len({each.date.year for each in found}) > 1
        day, dated = (partial(date_text, weekday=False), DATED) if years else (_day, DATE)
        lines: list[Line] = []
        for each in shown:
            mark = ">" if each.seq == chosen.seq else " "
            first, *more = wrapped(each.notice.what, max(10, width - dated - title))
            said = first[0].text if whole else _first_words(each.notice.what, max(10, width - dated - title))
            lines.append(
                [
                    words(f"{mark} {day(each.date)}", dated, role="muted"),
                    Cell(each.notice.title, title, action=self._reading(each.seq), role=_role(each)),
                    words(said, role="muted"),
                ]
            )
            if whole:
                lines += [[words("", dated + title), words(line[0].text, role="muted")] for line in more]
        return lines

    def _before(self, chosen: Message, width: int, room: int) -> list[Line]:
        """What happened before the message that is read, as far back as there is room."""
        lines: list[Line] = []
        for date, told in came_before(self.world, chosen.seq, max(0, room)):
            for place, line in enumerate(wrapped(told, width - DATE, "muted")):
                lines.append([words(f"  {_day(date)}" if place == 0 else "", DATE, role="muted"), *line])
            if len(lines) > room - 2:
                break
        if room < LEAST or not lines:
            return []
        head = _("BEFORE “{title}”, {date}").format(title=chosen.notice.title, date=_day(chosen.date))
        return [blank(), heading(head), *lines[: room - 2]]

    def _what_comes(self, width: int) -> list[Line]:
        """While there are few messages and room: what else is told here."""
        if self.size.height < TALL:
            return []
        told = [
            _("Answers to what you ask for: a line, more of it, its closing, its return"),
            _("Bills, the days that are missed, and when you are reminded"),
            _("Changes of your limit, each with its reason and what would change it"),
            _("What blocks or suspends a line, and what lifts it"),
            _("The first time that something happens: what it means"),
        ]
        return [blank(), heading(_("WHAT COMES HERE")), *(line for each in told for line in wrapped("- " + each, width, "muted"))]

    def build_side(self, width: int) -> list[Line]:
        """The message beside."""
        found = list(reversed(inbox(self.world)))
        if not found:
            return []
        chosen = self._chosen(found)
        return [*self._message(chosen, width), *self._worked_out(chosen, width)]

    def _worked_out(self, each: Message, width: int) -> list[Line]:
        """The figures of the message; Enter on one asks why."""
        if self.size.height < TALL:
            return []
        told = [line for line in self.game.answer(f"decision:{each.seq}").lines if line.value_text]
        lines: list[Line] = [blank(), heading(_("FIGURES"))] if told else []
        for line in told:
            room = max(12, width - max(14, cell_len(line.value_text)) - 1)
            first, *more = wrapped(line.label, room)
            figure = amount(line.value_text, line.figure, width - room - 1, "accent" if line.figure else "ink")
            lines += [[Cell(first[0].text, room, role="muted"), figure], *more]
        return lines

    def _chosen(self, found: list[Message]) -> Message:
        """The one that was opened; else the newest, on top of the list."""
        return next((each for each in found if each.seq == self.read), found[0])

    def _reading(self, seq: int) -> Callable[[], object]:
        def read() -> None:
            self.read = seq
            self.rebuild()
            self.query_one("#main", Page).scroll_to(y=0, animate=False)

        return read

    def _message(self, each: Message, width: int) -> list[Line]:
        told = each.notice
        lines: list[Line] = [
            [
                Cell(told.title, bold=True, figure=f"decision:{each.seq}"),
                words("  " + date_text(each.date), role="muted"),
            ],
            *wrapped(told.what, width),
        ]
        if told.reasons:
            lines += [blank(), heading(_("Why"))]
            for reason in told.reasons:
                lines += wrapped("- " + reason, width)
        if told.unchanged:
            lines += [blank(), heading(_("What stays")), *wrapped(told.unchanged, width)]
        if each.remedy:
            lines += [blank(), heading(_("What would change it"))]
            for remedy in each.remedy:
                lines += wrapped("- " + remedy, width)
        if each.lesson is not None:
            lines += [blank(), heading(each.lesson.title)]
            for text in each.lesson.lines:
                lines += wrapped(text, width, "muted")
        lines += [blank(), action_line(_("Go there"), lambda: self.game.action_go(told.place))]
        return lines


def _day(date: datetime.date) -> str:
    return date_text(date, year=False, weekday=False)


def _first_words(text: str, width: int) -> str:
    """As many whole words as fit."""
    first, *more = wrapped(text, width - 3)
    return first[0].text + (" .." if more else "")


def _role(each: Message) -> str:
    return each.notice.severity if each.notice.severity in ("good", "watch", "bad") else "ink"
