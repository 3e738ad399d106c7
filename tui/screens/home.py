"""Home: where do I stand?"""

from __future__ import annotations

from rich.cells import cell_len

from simulator import codes
from simulator.messages import autopay_text
from simulator.money import money
from simulator.text import _, date_text, in_percent, share_text
from simulator.views import HomeView, home
from simulator.views.among import among
from simulator.views.bills import clear_all_fen
from simulator.views.home import late_or_due
from simulator.views.lately import lately
from simulator.views.limit import season_until
from tui.keys import keyed
from tui.screens.base import AROUND, WIDE, GameScreen, Key, action_line
from tui.screens.money_charts import money_charts
from tui.screens.season import season_line
from tui.widgets.cells import Cell, Line, amount, bar, blank, heading, words, wrapped
from tui.widgets.page import Page

LOWEST, HIGHEST = 2, 8
"""Rows of a chart that can still be read, and that are enough."""
FEWEST, MOST, DATED, AMOUNT = 3, 20, 10, 11
"""Lines of what happened lately that are worth a head of their own, and that are enough; cells of a day and of an amount."""

TALL, SHOWN_AHEAD, SHOWN_AHEAD_TALL = 36, 7, 16
"""Rows from which more of the amounts ahead are shown; how many, so that the newest messages are seen below them."""


class HomeScreen(GameScreen):
    """What comes next, the limit, known amounts ahead, what is new."""

    HAS_SIDE = True
    seen_day: int | None = None
    """The day that was shown last."""

    def title_text(self) -> str:
        """The place."""
        return _("Home")

    def question(self) -> str:
        """The question."""
        return _("Where do I stand?")

    def help_text(self) -> list[str]:
        """What it is for."""
        large = _("In a large window the charts show how money went so far, and beside them stands what happened lately.")
        return [
            _(
                "The first line says what comes next. Below are your limit, the known amounts of the next weeks, and news."
            ),
            *([large] if self.size.width >= WIDE else []),
            keyed(_("Move with the arrows; Enter does what is under the cursor; {key_w} explains the figure under it.")),
        ]

    def own_keys(self) -> list[Key]:
        """Shop, pay, time."""
        owes_closed = self.world.account.status == codes.CLOSED and clear_all_fen(self.world) > 0
        if not owes_closed and self.world.account.status in (codes.NONE, codes.DECLINED, codes.APPLIED, codes.CLOSED):
            return [Key("s", _("Shop")), Key("r", _("Ask for a line")), Key("t", _("Time"))]
        return [Key("p", _("Pay")), Key("s", _("Shop")), Key("t", _("Time"))]

    def show_question(self) -> None:
        """The question, and beside it the two places that are not of this life: nothing else on the page leads there."""
        super().show_question()
        title = self.query_one("#title", Page)
        told = keyed(_("{key_k} market: many people   {key_v} Lab: change the rules"))
        asked = title.lines[0]
        gap = self.size.width - 1 - cell_len(told) - sum(cell_len(cell.text) for cell in asked)
        title.show([[*asked, words(" " * max(1, gap)), words(told, role="muted")]])

    def fill(self, room: int, beside: int) -> None:
        """A new day begins with what comes next, however far one had gone down the page; so does all that moves what
        the cursor stood on.
        """
        self.seen = home(self.world)
        page = self.query_one("#main", Page)
        stood = page.current
        super().fill(room, beside)
        if self.seen_day != self.world.day or page.current != stood:
            page.begin()
        self.seen_day = self.world.day

    def do(self, key: str) -> None:
        """Pay or ask."""
        self.game.action_go("bills" if key == "p" else "account")

    def build(self, width: int) -> list[Line]:
        """The page."""
        seen = self.seen
        lines: list[Line] = [heading(_("NEXT")), *wrapped(seen.next_words, width - 2, indent=2)]
        warned = self._living_short(seen, width)
        lines += [*self._next(seen), *warned]
        if seen.limit_fen:
            lines += [blank(), *self._limit(seen, width)]
        lines += [blank(), *self._coming(seen, SHOWN_AHEAD - len(warned) if self.size.height < TALL else SHOWN_AHEAD_TALL)]
        if self.size.width < WIDE:
            return [*lines, blank(), *self._news(seen, width), blank(), *self._health(seen, width)]
        return [*lines, *self._so_far(width, self._room(lines))]

    def build_side(self, width: int) -> list[Line]:
        """Inbox, health and market beside, where there is room; below them what happened lately."""
        seen = self.seen
        lines = [*self._news(seen, width), blank(), *self._health(seen, width), *self._market(width)]
        return [*lines, *self._lately(width, self._room(lines))]

    def _room(self, lines: list[Line]) -> int:
        """Rows that are left below these, so that nothing is pushed out of sight."""
        return self.size.height - AROUND - len(lines)

    def _next(self, seen: HomeView) -> list[Line]:
        if seen.status in (codes.NONE, codes.DECLINED):
            if seen.may_ask:
                return [action_line(_("Ask for a credit line"), lambda: self.game.action_go("account"), "a")]
            if not seen.record_lacks:
                return [action_line(_("See your account"), lambda: self.game.action_go("account"), "a")]
            return [
                [words("  " + record_text(seen), role="muted")],
                action_line(_("Go shopping with cash"), lambda: self.game.action_go("shop"), "s"),
            ]
        if seen.on_hold_fen and seen.status in (codes.ACTIVE, codes.SOFT_BLOCKED) and not late_or_due(self.world):
            return [action_line(_("Show that it was you"), lambda: self.game.act({"do": "verify_identity"}), _("checked at once"))]
        pays = (seen.in_plan and seen.full_fen > 0) or (seen.status == codes.CLOSED and seen.clear_fen > 0)
        if not pays and seen.status in (codes.APPLIED, codes.SUSPENDED, codes.CLOSED, codes.CLOSURE_REVIEW):
            return [action_line(_("See your account"), lambda: self.game.action_go("account"), "a")]
        if seen.full_fen:
            asked = seen.minimum_fen > 0
            least = Cell(money(seen.minimum_fen) if asked else _("met"), role="owed" if asked else "good", figure="minimum")
            return [
                [
                    words("  " + _("in full") + " ", role="muted"), Cell(money(seen.full_fen), role="owed", figure="owe"),
                    words("   " + _("minimum") + " ", role="muted"), least,
                    words("   " + _("autopay") + " " + autopay_text(seen.autopay), role="muted"),
                ],
                action_line(_("Pay"), lambda: self.game.action_go("bills"), "p"),
            ]  # fmt: skip
        if seen.status == codes.CHARGED_OFF or pays:
            return [action_line(_("Pay"), lambda: self.game.action_go("bills"), "p")]
        if seen.locked:
            return [action_line(_("See your account"), lambda: self.game.action_go("account"), "a")]
        return [action_line(_("Go shopping"), lambda: self.game.action_go("shop"), "s")]

    def _living_short(self, seen: HomeView, width: int) -> list[Line]:
        """What of living the cash will not reach for first, and the fund, which can be there in time."""
        first = next((each for each in seen.coming if each.living_short_fen), None)
        if first is None:
            return []
        told = _("{date}: your cash will be {amount} short for living.").format(
            date=date_text(first.date, year=False), amount=money(first.living_short_fen)
        )
        lines = wrapped(told, width - 2, "watch", 2)
        if not seen.fund_fen:
            return lines
        note = keyed(_("{key_m}   {fund} in it; there {key_o} takes it out"), fund=money(seen.fund_fen))
        return [*lines, action_line(_("To your fund"), lambda: self.game.action_go("money"), note)]

    def _limit(self, seen: HomeView, width: int) -> list[Line]:
        on_hold = [
            words("   " + _("on hold") + " ", role="watch"),
            Cell(money(seen.on_hold_fen), role="watch", figure="blocker:purchase_on_hold"),
        ] if seen.on_hold_fen else []  # fmt: skip
        lines: list[Line] = [
            [
                Cell(_("LIMIT") + "  ", bold=True), Cell(money(seen.limit_fen), role="limit", figure="limit"),
                words("   " + _("used") + " ", role="muted"), Cell(money(seen.used_fen), figure="exposure"), *on_hold,
                words("   " + _("can use") + " ", role="muted"), Cell(money(seen.can_use_fen), role="limit", figure="can_use"),
            ],
            [words("  "), *bar(seen.use_ppm, min(60, width - 20)), words("  "), Cell(share_text(seen.use_ppm), figure="utilisation")],
        ]  # fmt: skip
        if seen.temporary_fen:
            lines.append(season_line(seen.temporary_fen, season_until(self.world), "  "))
        return lines

    def _coming(self, seen: HomeView, most: int) -> list[Line]:
        lines: list[Line] = [
            [Cell(_("COMING (known amounts)"), 38, bold=True), amount(_("in"), None, 10, "muted"), amount(_("out"), None, 11, "muted"),
             amount(_("cash after"), None, 12, "muted")]
        ]  # fmt: skip
        for each in seen.coming[:most]:
            date = date_text(each.date, year=False)
            into = money(each.amount_fen) if each.amount_fen > 0 else ""
            out = money(-each.amount_fen) if each.amount_fen < 0 else ""
            lines.append(
                [words(f" {date}", 15, role="muted"), words(each.label, 23), amount(into, each.figure if into else None, 10, "cash"), amount(out, each.figure if out else None, 11, "owed"),
                 amount(money(each.cash_after_fen), None, 12)]
            )  # fmt: skip
        return lines

    def _news(self, seen: HomeView, width: int) -> list[Line]:
        lines: list[Line] = [
            [
                Cell(_("NEW"), 8, bold=True),
                Cell(keyed(_("all in the inbox, {key_i}")), role="muted", action=lambda: self.game.action_go("inbox")),
            ]
        ]
        for message in seen.news[:4]:
            date = date_text(message.date, year=False, weekday=False)
            told = wrapped(message.notice.what, width - 10, "ink")
            lines.append(
                [
                    words(f" {date}", 9, role="muted"),
                    Cell(
                        told[0][0].text, figure=f"decision:{message.seq}", role=_role(message.notice.severity)
                    ),
                ]
            )
            if len(told) > 1:
                more = message.notice.what[len(told[0][0].text) :].lstrip()
                lines.append([words(" " * 9), words(first_words(more, width - 10) if len(told) > 2 else more)])
        if not seen.news:
            lines.append([words("  " + _("Nothing new. Each decision explains itself here."), role="muted")])
        return lines

    def _health(self, seen: HomeView, width: int) -> list[Line]:
        surplus, buffer, debt, timely = seen.health_quarters
        text = _("left over {a}, put by {b}, debts {c}, on time {d} of 25 each").format(
            a=surplus, b=buffer, c=debt, d=timely
        )
        return [
            [
                Cell(_("HEALTH") + "  ", bold=True),
                Cell(_("{points} of 100").format(points=seen.health), figure="health"),
            ],
            *wrapped(text, width - 2, "muted", 2),
        ]

    def _so_far(self, width: int, room: int) -> list[Line]:
        """How cash, debt and limit went over this life, in two charts."""
        lines = [blank(), heading(_("SO FAR"))]
        rows = min(HIGHEST, (room - len(lines) - 3) // 2)
        if rows < LOWEST:
            return []
        told = _("From tomorrow on, charts show here how your cash, what you owe and your limit went.")
        charts = money_charts(self.world, width, rows, self.game.settings.ascii)
        return [*lines, *(charts or wrapped(told, width - 2, "muted", 2))]

    def _market(self, width: int) -> list[Line]:
        """Where one stands among people alike, once a market lives beside."""
        seen = self.game.beside.runner.snapshot if self.game.beside.runner is not None else None
        places = among(seen, self.world.account).places if seen is not None else []
        owed = next((place for place in places if place.name == "owed"), None)
        if seen is None or owed is None:
            return []
        if seen.date == self.world.date:
            told = _("you owe less than {count} of 100 people like you").format(count=owed.more)
        else:
            date = date_text(seen.date, year=False, weekday=False)
            told = _("you owe less than {count} of 100 people like you owed on {date}").format(count=owed.more, date=date)
        head = Cell(_("MARKET") + "  ", bold=True)
        room = cell_len(head.text)
        first, *more = wrapped(told, width - room)
        return [
            blank(),
            [head, Cell(first[0].text, action=lambda: self.game.action_go("market"))],
            *([words("", room), *line] for line in more),
        ]

    def _lately(self, width: int, room: int) -> list[Line]:
        """The last things that happened, newest first; each can be asked about."""
        if room - 2 < FEWEST:
            return []
        lines: list[Line] = []
        what_room = width - DATED - AMOUNT
        for each in lately(self.world, min(MOST, room - 2)):
            first, *more = wrapped(each.what, what_room)
            told = money(each.amount_fen) if each.amount_fen is not None else ""
            date = date_text(each.date, year=False, weekday=False)
            what = Cell(first[0].text, what_room, role=_role(each.severity), figure=f"decision:{each.seq}")
            lines.append([words(f" {date}", DATED, role="muted"), what, amount(told, None, AMOUNT)])
            lines += [[words("", DATED), *line] for line in more]
        return [blank(), heading(_("LATELY")), *lines[: room - 2]]


def first_words(text: str, width: int) -> str:
    """As many whole words as fit, and a mark of the rest."""
    return wrapped(text, width - 3)[0][0].text + " .."


def record_text(seen: HomeView) -> str:
    """How far the record of purchases has come."""
    return _("orders {have} of {need}, spent {spent} of {needed}").format(
        have=seen.orders,
        need=seen.orders_needed,
        spent=money(seen.spend_fen),
        needed=money(seen.spend_needed_fen),
    )


def percent(ppm: int) -> str:
    """A share with one decimal."""
    return in_percent(f"{(ppm + 500) // 1000 / 10:.1f}")


def _role(severity: str) -> str:
    return severity if severity in ("good", "watch", "bad") else "ink"
