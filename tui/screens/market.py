"""Market: what is happening out there? News of limits line by line, with what the market counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from simulator.engine.measures import CAUSES, NO_MOVES
from simulator.market.protocol import Snapshot, people_count
from simulator.messages import cause_text
from simulator.money import MoneyError, money, typed_yuan
from simulator.text import _, date_text, language, one_day, sentences
from simulator.views.news import (
    ALL,
    DOWNWARD,
    OTHER,
    UPWARD,
    Desk,
    Found,
    Item,
    Wanted,
    news_event,
    wanted_seqs,
)
from simulator.world import World
from tui.keys import keyed
from tui.market_export import months_csv, news_csv
from tui.news_reader import NewsReader
from tui.screens.base import WIDE, Key
from tui.screens.dialogs import AskDialog, ChoiceDialog
from tui.screens.life import LifeScreen
from tui.screens.market_news import NewsRows
from tui.screens.market_place import MarketPlace
from tui.screens.market_questions import MarketQuestions
from tui.screens.market_views import (
    arrears_lines,
    decision_lines,
    limit_lines,
    now_lines,
    result_lines,
    you_lines,
)
from tui.screens.who import who_text
from tui.widgets.cells import Cell, Line, blank, words, wrapped
from tui.widgets.page import Page
from tui.widgets.table import Column, Table

AT_ONCE = 6
"""So many lines are told at once where the list is empty."""
FIGURES, TALL = 62, 36
"""Cells that the figures need; rows of a window in which news may take two lines each."""
BESIDE_PERCENT = 47
MARK = 1
"""Cells beside a pane that mark the one with the cursor."""
RECENT_DAYS, ALL_ROOM = 30, 160
DETAILS = (arrears_lines, limit_lines, decision_lines, result_lines)


class MarketScreen(MarketPlace):
    """Counters, news, and four pages of detail."""

    DEFAULT_CSS = """
    MarketScreen #body { layout: vertical; }
    MarketScreen #main { width: 100%; }
    MarketScreen #news-pane { width: 100%; height: 1fr; display: none; }
    MarketScreen.beside #body { layout: horizontal; }
    MarketScreen.beside #main { height: 100%; }
    MarketScreen.beside #news-pane { width: 1fr; padding-left: 1; height: 100%; }
    MarketScreen #news-head, MarketScreen #news-rest { padding-left: 1; }
    MarketScreen.panes #main, MarketScreen #news { border-left: blank $background; }
    MarketScreen.panes #main:focus, MarketScreen #news:focus { border-left: ascii $accent; }
    MarketScreen #news-head, MarketScreen #news-rest { height: 1; }
    MarketScreen #news { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "market_time", "speed", id="time.menu", show=False),
        Binding("less_than_sign", "turn_by(-1)", "page before", id="market.page_before", show=False),
        Binding("greater_than_sign", "turn_by(1)", "next page", id="market.next_page", show=False),
    ]

    def __init__(self) -> None:
        """News are told from now on; reasons are looked up off the loop."""
        super().__init__()
        self.view = 0
        self.questions = MarketQuestions(self)
        self.desk = Desk()
        self.reader: NewsReader | None = None
        self._finding = False
        self._shown_news: tuple[NewsRows, list[Column], int] | None = None
        self._detailed: tuple[tuple[object, ...], list[Line]] = ((), [])

    def title_text(self) -> str:
        """The place."""
        return _("Market")

    def question(self) -> str:
        """The question, then the day and the speed."""
        asked = _("What is happening out there?")
        if self.seen is None:
            return asked
        there, all_ = people_count(self.seen), self.seen.shoppers
        people = _("{count} people").format(count=f"{there:,}")
        if there < all_:
            for text in (_("{count} of {all} people have come so far"), _("{count} of {all} have come"), _("{count} of {all}")):
                of_all = text.format(count=f"{there:,}", all=f"{all_:,}")
                whole = self.titled(asked, *self.when_text(), of_all)
                if whole.endswith(of_all):
                    return whole
        return self.titled(asked, *self.when_text(), people)

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Everybody out there lives under the rulebook that you live under. What the lender does to them is told line by line, the largest and rarest first; the last line sums up all the rest."),
            keyed(_("{key_g} runs and pauses. While it is paused, the list holds everything of the last weeks: scroll back with the arrows. Enter opens the whole life of the one in the line.")),
            keyed(_("{key_t} sets the speed, goes a day on, or jumps to a date; {key_Esc} stops a jump. It also asks for another policy, and how many people there are; some of them come only later. How far it was let live ahead of you, and its other policy, are kept with your life. {key_f} chooses which news are told; the choice stays until you leave Whiteslip, and {key_u} takes it away.")),
            _("What is active, owed and late is set against a month's end. What is owed falls after each due day, so within a month that is no trend: growth of what is late gets a mark only from one month's end to another. Limits, closings and suspensions are of the last 30 days at most."),
            keyed(_("Left and right turn the pages: now, arrears, limits, decisions, result, you among people like you. Tab goes between the figures and the news; {key_w} explains the news in the line, or a figure.")),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Run, speed, which news."""
        waits = "" if self.seen is not None else _("The market is not ready yet.")
        run = Key("g", _("Pause") if self.runner.busy else _("Run"))
        return [
            run,
            Key("t", _("Speed"), waits),
            Key("f", _("Which news"), waits),
            Key("Enter", _("Open life"), waits),
            Key("u", _("All news"), "" if self._wanted_text() else _("All news are shown already.")),
        ]

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What can be done with the market, and what of it can be kept."""
        if self.seen is None:
            return []
        return [
            *self.questions.entries(),
            ("market: Which news", _("market: Which news"), self._ask_which),
            ("file: Export the months", _("file: Export the months"), partial(self.export, partial(months_csv, self.seen), "months")),
            ("file: Export the news", _("file: Export the news"), partial(self.export, partial(news_csv, self.seen), "news")),
        ]

    def footer_keys(self) -> list[Key]:
        """The keys of the market; next day is in the help."""
        own = self.own_keys()
        life = [Key("Enter", _("Life"))] if isinstance(self.focused, Table) else []
        return [*own[:3], Key("<>", _("Pages")), *life, Key("w", _("Why")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Run or pause, choose the news, or show all of them."""
        if key == "g":
            self.run_or_pause()
        elif key == "f":
            self._ask_which()
        elif key == "u":
            self._want(Wanted())

    # Layout

    def compose(self) -> ComposeResult:
        """Figures above or beside the news."""
        yield Page(id="glance")
        yield Page(id="rule")
        yield Page(id="title")
        with Container(id="body"):
            yield Page(id="main", sideways=True)
            with Vertical(id="news-pane"):
                yield Page(id="news-head")
                yield Table(id="news", sideways=True)
                yield Page(id="news-rest")
        yield Page(id="keys")

    def on_mount(self) -> None:
        """News are told once a second, of the kind that one looked for last."""
        super().on_mount()
        self.begin_news()
        for name in ("news-head", "news-rest"):
            page = self.query_one(f"#{name}", Page)
            page.show_vertical_scrollbar = False
            page.styles.scrollbar_size_vertical = 0
            page.can_focus = False
        self.set_interval(1.0, self.tell_one)

    def begin_news(self) -> None:
        """Tell the news of the market as it is now, from its first."""
        if self.reader is not None:
            self.reader.close()
        self.desk, self.reader = Desk(self.game.looked_for.news or Wanted()), NewsReader(self.runner.life)

    def on_unmount(self) -> None:
        """Nobody reads on."""
        if self.reader is not None:
            self.reader.close()

    def stamp(self) -> tuple[object, ...]:
        """A reason found is worth drawing."""
        if (
            self.reader is not None
            and self.reader.fault is not None
            and self.reader.fault not in self.game.failures
        ):
            self.game.failed(self.reader.fault)
        return (self.reader.answered if self.reader is not None else 0, len(self.desk.told), self.view)

    @property
    def beside(self) -> bool:
        """Whether there is room for figures and news side by side."""
        return self.size.width >= WIDE

    def fill(self, room: int, beside: int) -> None:
        """Figures, and the news where there is room for them."""
        self.set_class(self.beside, "beside")
        told = self.seen is not None and (self.beside or self.view == 0)
        self.set_class(told, "panes")
        width = self._figures_width() if self.beside else room - MARK if told else room
        lines = self.build(width)
        main, pane = self.query_one("#main", Page), self.query_one("#news-pane", Vertical)
        came = told and not pane.display
        pane.display = told
        main.styles.width = width + MARK + 1 if self.beside else "100%"
        main.styles.height = len(lines) + 1 if told and not self.beside else "1fr"
        main.show(lines)
        if told and self.seen is not None:
            self._show_news(self.seen, self.size.width - width - 4 if self.beside else room)
            if came:
                self.query_one("#news", Table).focus()
        elif self.focused is None or self.focused.id == "news":
            main.focus()

    def _figures_width(self) -> int:
        """Near half of the screen goes to the figures, and in between no more than they need: news fill the rest."""
        half = self.size.width * BESIDE_PERCENT // 100 - 1
        return min(half, FIGURES) if self.size.width < ALL_ROOM else half

    def build(self, width: int) -> list[Line]:
        """The page that is turned to."""
        if self.seen is None:
            return self.waiting(width)
        height = self.size.height - 5
        now = [*now_lines(self.seen, width, self._flow_days()), *self._policy_lines(width)]
        if not self.beside and self.view == 0:
            return now
        top = [*now, blank()] if self.beside else []
        if self.view > len(DETAILS):
            return [*top, *you_lines(self.seen, self.game.life, width)]
        return [*top, *self._detail(self.seen, width, height - len(top))]

    def _detail(self, seen: Snapshot, width: int, height: int) -> list[Line]:
        """The page turned to; made once for a snapshot, however often the screen is drawn."""
        wish = (id(seen), seen.day, self.view, width, height, language(), self.game.settings.ascii)
        if wish != self._detailed[0]:
            detail = DETAILS[(self.view or 1) - 1]
            lines = detail(seen, width, height, self._policy_months(), self.game.settings.ascii)
            self._detailed = (wish, lines)
        return self._detailed[1]

    def _flow_days(self) -> int:
        """Over how many days flows are shown: on most days a single one brings next to nothing."""
        lived = len(self.seen.daily["limit_increases"]) if self.seen is not None else 0
        return max(1, min(RECENT_DAYS, lived))

    def _policy_months(self) -> list[int]:
        """At which of the finished months the policy was changed."""
        if self.seen is None:
            return []
        names = [str(month.get("month", "")) for month in self.seen.monthly]
        dates = [
            self.seen.date + datetime.timedelta(days=day - self.seen.day) for day in self.runner.policy_days
        ]
        return [names.index(f"{date:%Y-%m}") for date in dates if f"{date:%Y-%m}" in names]

    @on(Page.Sideways)
    def turn(self, message: Page.Sideways) -> None:
        """Turn to the page beside; at 120 columns what is now is always seen."""
        message.stop()
        first = 1 if self.beside else 0
        self.view = max(first, min(len(DETAILS) + 1, max(self.view, first) + message.by))
        self.rebuild()

    def action_turn_by(self, by: int) -> None:
        """Turn the pages from wherever the cursor is."""
        self.turn(Page.Sideways(by))

    # News

    def tell_one(self) -> None:
        """Tell one more line, while the market runs."""
        if self.seen is None or not self.is_current or not (self.runner.busy or len(self.desk.told) == 0):
            return
        if not self._finding:
            self._finding = True
            # Off the loop: the next line is chosen among all that a month may bring.
            find = partial(self.desk.find, self.seen, frozenset(self.runner.followed))
            self.behind("news", find, self._tell, alone=False)

    def _tell(self, found: Found) -> None:
        self._finding = False
        self.desk.tell(found)
        self.look()
        if found.item is not None and len(self.desk.told) < AT_ONCE:
            self.tell_one()

    def _show_news(self, seen: Snapshot, width: int) -> None:
        running = self.runner.busy
        order = (
            list(reversed(self.desk.told))
            if running and self.desk.told
            else wanted_seqs(seen, self.desk.wanted)
        )
        head = (
            _("NEWS  largest and rarest first")
            if running
            else _("NEWS  {count} kept, newest first").format(count=f"{len(order):,}")
        )
        self.query_one("#news-head", Page).show([self._head_line(head, width)])
        rows, under = NewsRows(seen, self.reader, self.desk), None
        if self.beside and self.size.height >= TALL:
            columns, under = rows.two_lines(width)
        else:
            columns = rows.one_line(width, running)
        news = self.query_one("#news", Table)
        news.show(
            columns, order, empty=_("Nothing of the kind yet.") if self._wanted_text() else _("No news yet."), stays_on_top=True, under=under
        )
        self._shown_news = rows, columns, width
        self._show_below()

    def _head_line(self, head: str, width: int) -> Line:
        """What the list holds; where not all news are wanted, which are, and how to see all again."""
        wanted = self._wanted_text()
        if not wanted:
            return [Cell(head, bold=True)]
        back = "   " + keyed(_("{key_u}: all news"))
        if cell_len(head) + cell_len(wanted) + 3 + cell_len(back) > width:
            head = _("NEWS")
        return [Cell(head, bold=True), words("   " + wanted, role="accent"), words(back, role="muted")]

    def _rest_line(self, width: int) -> Line:
        """What is not told line by line, summed up; sums that do not fit are left out, never cut."""
        whole = self._rest_text(sums=True)
        told = whole if cell_len(whole) < width else self._rest_text(sums=False)
        return [words(told, role="muted")]

    def _rest_text(self, sums: bool) -> str:
        rest = self.desk.rest
        parts = []
        if rest.up:
            parts.append(
                _("{count} up {amount}").format(count=f"{rest.up:,}", amount=money(rest.up_fen, sign=True) if sums else "")
            )
        if rest.down:
            parts.append(
                _("{count} down {amount}").format(
                    count=f"{rest.down:,}", amount=money(rest.down_fen, sign=True) if sums else ""
                )
            )
        if rest.other and parts:
            parts.append(_("{count} others").format(count=f"{rest.other:,}"))
        days = rest.last_day - rest.first_day + 1
        if not parts and rest.other:
            told = _("and {count} more.") if days == 1 else _("and {count} more in {days} days.")
            return "  " + one_day(told.format(count=f"{rest.other:,}", days=days))
        if not parts:
            return "  " + _("and nothing more.")
        head = _("and {count} more: ") if days == 1 else _("and {count} more in {days} days: ")
        return "  " + head.format(count=f"{rest.count:,}", days=days) + one_day(_(", ").join(part.rstrip() for part in parts))

    def _item_at(self, seq: int) -> Item | None:
        """A piece of news that is kept or was told."""
        return None if self.seen is None else self.desk.item(self.seen, seq)

    @on(Table.Moved)
    def _show_below(self) -> None:
        """Below the list: what was not told line by line, or else the whole reason of a line whose place cuts it."""
        if self._shown_news is None:
            return
        rows, columns, width = self._shown_news
        news, rest = self.query_one("#news", Table), self.query_one("#news-rest", Page)
        told = rows.cut_reason(columns, news.row) if news.under is None else ""
        lines = [self._rest_line(width)] if self.runner.busy else wrapped(told, width - 1)
        rest.styles.height = len(lines)
        rest.show(lines)

    @on(Table.Chosen)
    def open_life(self, message: Table.Chosen) -> None:
        """Open the life of the one in the line."""
        if (item := self._item_at(message.row)) is not None:
            self.app.push_screen(LifeScreen(item.shopper, item))

    def action_why(self) -> None:
        """Why of the news in the line; elsewhere why of a figure."""
        row = self.focused.row if isinstance(self.focused, Table) else None
        if row is None or (item := self._item_at(row)) is None:
            super().action_why()
            return
        self.game.tell(_("Living this life again …"))
        self.with_life(item.shopper, partial(self._explain, item), "why")

    def _explain(self, item: Item, life: World) -> None:
        """The answer of the life's own event; where it has none, the life itself."""
        self.game.clear_notifications()
        if not self.is_current or self.seen is None:
            return
        event = news_event(life.events, item)
        if event is None:
            self.app.push_screen(LifeScreen(item.shopper, item))
        else:
            date = date_text(self.seen.date + datetime.timedelta(days=item.day - self.seen.day), weekday=False)
            about = _(", ").join((who_text(self.seen, item.shopper), date))
            self.game.explain(f"decision:{event['seq']}", life, about)

    # Which news

    def _wanted_text(self) -> str:
        """Which news are wanted; "" where all are."""
        wanted = self.desk.wanted
        parts = [] if wanted.direction == ALL else [_direction_text(wanted.direction)]
        if wanted.cause is not None:
            parts.append(cause_text(CAUSES[wanted.cause]))
        if wanted.least_fen:
            parts.append(_("at least {amount}").format(amount=money(wanted.least_fen)))
        return _(", ").join(parts)

    def _ask_which(self) -> None:
        choices: list[tuple[str, str, Callable[[], object]]] = [
            (_direction_text(each), "", partial(self._want, Wanted(each)))
            for each in (ALL, UPWARD, DOWNWARD, OTHER)
        ]
        choices += [
            (_("Limits by cause …"), "", self._ask_cause),
            (_("Limits by size …"), "", self._ask_size),
        ]
        self.app.push_screen(ChoiceDialog(_("Which news?"), choices))

    def _ask_cause(self) -> None:
        choices = [
            (cause_text(cause), "", partial(self._want, Wanted(ALL, number)))
            for number, cause in enumerate(CAUSES)
            if number not in NO_MOVES
        ]
        self.app.push_screen(ChoiceDialog(_("Limit changes by what cause?"), choices))

    def _ask_size(self) -> None:
        hint = _("the least change, in yuan")
        self.app.push_screen(AskDialog(_("Limit changes of what size?"), hint, "1000", self._take_size))

    def _take_size(self, given: str) -> str:
        try:
            fen = typed_yuan(given)
        except MoneyError as error:
            return str(error)
        self._want(Wanted(self.desk.wanted.direction, self.desk.wanted.cause, fen))
        return ""

    def _want(self, wanted: Wanted) -> None:
        self.game.looked_for.news = wanted
        self.desk.want(wanted)
        if self.seen is not None:
            self.desk.tick(self.seen, self.runner.followed)
        self.rebuild()

    # Time and policy

    def action_market_time(self) -> None:
        """How fast, or how far; under which policy, and among how many."""
        self.questions.open()

    def _policy_lines(self, width: int) -> list[Line]:
        """Under which policy they live, where it is not the player's any more."""
        name, since = self.runner.policy_name, self.runner.policy_days
        if not name or not since or self.seen is None:
            return []
        date = date_text(self.seen.date + datetime.timedelta(days=since[-1] - self.seen.day), weekday=False)
        told = _("Policy {name} since {date}.").format(name=name, date=date)
        own = self.game.life.policy.name if self.game.life is not None else name
        if own != name:
            told = sentences(told, _("Your own line is under {policy}.").format(policy=own))
        return wrapped(told, width, "accent")


def _direction_text(direction: str) -> str:
    return {
        ALL: _("All news"), UPWARD: _("Raised limits"), DOWNWARD: _("Cut limits"), OTHER: _("All but limits"),
    }[direction]  # fmt: skip
