"""Limit: why is it what it is, and what would move it?"""

from __future__ import annotations

from simulator import codes
from simulator.money import money
from simulator.text import _, date_text, sentences, share_text
from simulator.views import LimitView, WhatIf, limit_view, what_ifs
from tui.keys import keyed
from tui.screens.base import GameScreen, Key, action_line
from tui.screens.line_history import change_rows, limit_chart
from tui.screens.season import season_line
from tui.widgets.cells import Cell, Line, amount, bar, blank, heading, words, wrapped


class LimitScreen(GameScreen):
    """History as a chart with a reason at each step, what drives it, what if."""

    HAS_SIDE = True

    def __init__(self) -> None:
        """What if is worked out when it is asked for."""
        super().__init__()
        self.ifs: list[WhatIf] = []
        self.ifs_day = -1

    def title_text(self) -> str:
        """The place."""
        return _("Limit")

    def question(self) -> str:
        """The question."""
        return _("Why is my limit what it is?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            keyed(_("Every change of the limit stands here with its reason; {key_w} on an amount explains it in full.")),
            keyed(_("{key_r} asks for a higher limit. The lender looks by itself every few months.")),
            _(
                "What if: half a year is lived on a copy of your life, by the same rules; chance events are left out."
            ),
        ]

    def own_keys(self) -> list[Key]:
        """Ask for more."""
        return [
            Key(
                "r",
                _("Ask for more"),
                "" if self.world.account.limit_fen else _("There is no line to raise."),
            )
        ]

    def do(self, key: str) -> None:
        """Ask for a higher limit."""
        self.game.act({"do": "request_limit"})

    def build(self, width: int) -> list[Line]:
        """The page."""
        seen = limit_view(self.world)
        if not seen.changes:
            return [*wrapped(_("There is no limit yet: it comes with a credit line."), width, "muted"), blank(),
                    action_line(_("See your account"), lambda: self.game.action_go("account"), "a")]  # fmt: skip
        lines = self._now(seen, width)
        chart = limit_chart(seen.changes, self.world.calendar, self.world.day, width)
        history = [line for row in reversed(change_rows(seen.changes[-12:], width)) for line in row]
        lines += [blank(), *chart, blank(), *history]
        if self.size.width < 120:
            lines += [blank(), *self._moves(seen, width)]
        return lines

    def build_side(self, width: int) -> list[Line]:
        """What would move it, beside."""
        return self._moves(limit_view(self.world), width)

    def _now(self, seen: LimitView, width: int) -> list[Line]:
        grade = codes.GRADES[seen.grade] if seen.grade >= 0 else "-"
        lines: list[Line] = [
            [Cell(money(seen.limit_fen), role="limit", bold=True, figure="limit"), words("   " + _("used") + " ", role="muted"), Cell(money(seen.used_fen), figure="exposure"),
             words("   " + _("score") + " ", role="muted"), Cell(str(seen.score), figure="score"), words("   " + _("grade") + " ", role="muted"), Cell(grade, figure="grade"),
             words("   " + _("bills on time in a row") + f" {seen.streak}", role="muted")],
        ]  # fmt: skip
        if seen.limit_fen:
            share = Cell(share_text(seen.use_ppm), figure="utilisation")
            lines.append([*bar(seen.use_ppm, min(60, width - 12)), words("  "), share])
        elif seen.used_fen:
            lines.append([words(_("There is no limit any more; what was used of it is still owed."), role="muted")])
        if seen.temporary_fen:
            lines.append(season_line(seen.temporary_fen, seen.temporary_until))
        if seen.over_words:
            lines += wrapped(seen.over_words, width, "watch")
        return lines

    def _moves(self, seen: LimitView, width: int) -> list[Line]:
        lines: list[Line] = []
        if seen.limit_fen:
            lines.append(heading(_("What would move it up")))
            if not seen.speaks_against:
                lines += wrapped(
                    keyed(_("Nothing speaks against more: ask with {key_r}, or wait for the review.")), width, "good", 2
                )
            for text, remedy in seen.speaks_against:
                lines += wrapped(text, width, "ink", 2)
                if remedy:
                    lines += wrapped(remedy, width, "muted", 4)
            if seen.next_review is not None:
                told = _("The lender looks by itself on {date}.").format(date=date_text(seen.next_review))
                lines += wrapped(sentences(told, seen.too_soon), width, "muted", 2)
            lines += [blank(), *self._what_if(width)]
        return lines

    def _what_if(self, width: int) -> list[Line]:
        if self.ifs_day != self.world.day or not self.ifs:
            return [action_line(_("What if I …"), self._work_out, _("half a year on a copy"))]
        taken = _("Counted with autopay off, and as if the money were there on every due day.")
        lines: list[Line] = [heading(_("In half a year, if you")), *wrapped(taken, width, "muted", 2)]
        for each in self.ifs:
            grade = codes.GRADES[each.grade] if each.grade >= 0 else "-"
            lines.append(
                [
                    words("  " + each.label, 28),
                    amount(money(each.limit_fen), None, 11),
                    words(f"  {each.score} {grade}", role="muted"),
                ]
            )
            if each.why:
                lines += wrapped(each.why, width, "muted", 4)
        return lines

    def _work_out(self) -> None:
        """Live the copies off the loop, with a word meanwhile."""
        self.game.tell(_("Living half a year three times …"))
        copy = self.world.trial()
        self.behind("what if", lambda: what_ifs(copy), self._show_ifs)

    def _show_ifs(self, found: list[WhatIf]) -> None:
        self.ifs, self.ifs_day = found, self.world.day
        self.rebuild()
