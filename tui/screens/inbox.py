"""Inbox: every decision of the lender as a message that explains itself."""

from __future__ import annotations

from collections.abc import Callable

from simulator.text import _, date_text
from simulator.views import Message, inbox
from tui.screens.base import GameScreen, Key, action_line
from tui.widgets.cells import Cell, Line, blank, heading, words, wrapped
from tui.widgets.page import Page


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
            return wrapped(_("Nothing new. Each decision explains itself here."), width, "muted")
        chosen = self._chosen(found)
        lines: list[Line] = []
        if self.size.width < 120:
            lines += [*self._message(chosen, width), blank(), heading(_("All messages"))]
        for each in found[:200]:
            date = date_text(each.date, year=False, weekday=False)
            mark = ">" if each.seq == chosen.seq else " "
            lines.append([words(f"{mark} {date}", 10, role="muted"), Cell(each.notice.title, 30, action=self._reading(each.seq), role=_role(each)),
                          words("  " + _first_words(each.notice.what, max(10, width - 46)), role="muted")])  # fmt: skip
        return lines

    def build_side(self, width: int) -> list[Line]:
        """The message beside."""
        found = list(reversed(inbox(self.world)))
        return self._message(self._chosen(found), width) if found else []

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
