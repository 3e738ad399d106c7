"""Inbox: every decision of the lender as a message that explains itself."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from simulator.text import _, date_text
from simulator.views import Message, inbox
from tui.screens.base import GameScreen, Key, action_line
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.page import Page

TALL, FEW = 36, 12


class InboxScreen(GameScreen):
    """Messages, newest first; the one under the cursor is read below or beside."""

    HAS_SIDE = True

    def __init__(self) -> None:
        """The newest is read first."""
        super().__init__()
        self.read: int | None = None

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
        if self.size.width < 120:
            lines += [*self._message(chosen, width), blank(), heading(_("All messages"))]
        for each in found[:200]:
            date = date_text(each.date, year=False, weekday=False)
            mark = ">" if each.seq == chosen.seq else " "
            lines.append([words(f"{mark} {date}", 10, role="muted"), Cell(each.notice.title, 30, action=self._reading(each.seq), role=_role(each)),
                          words("  " + _first_words(each.notice.what, max(10, width - 46)), role="muted")])  # fmt: skip
        return lines if len(found) > FEW else [*lines, *self._what_comes(width)]

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
        if told.remedy:
            lines += [blank(), heading(_("What would change it"))]
            for remedy in told.remedy:
                lines += wrapped("- " + remedy, width)
        if each.lesson is not None:
            lines += [blank(), heading(each.lesson.title)]
            for text in each.lesson.lines:
                lines += wrapped(text, width, "muted")
        lines += [blank(), action_line(_("Go there"), lambda: self.game.action_go(told.place))]
        return lines


def _first_words(text: str, width: int) -> str:
    """As many whole words as fit."""
    first, *more = wrapped(text, width - 3)
    return first[0].text + (" .." if more else "")


def _role(each: Message) -> str:
    return each.notice.severity if each.notice.severity in ("good", "watch", "bad") else "ink"
