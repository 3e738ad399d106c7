"""Life: what happened to one shopper of the market, recomputed whole from the first day."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType

from simulator.messages import is_told_beside, notice, sentence, status_mark, status_text
from simulator.money import money
from simulator.past import CannotTakeOver
from simulator.person import of_another
from simulator.population.jobs import JOB_NAMES, job_name
from simulator.population.names import name_of
from simulator.rules.balances import owed_fen
from simulator.text import _, date_text, language, tier_text
from simulator.views.alike import LEAST_BILLS, Alike, alike, never_late
from simulator.views.life import ScorePart, score_course
from simulator.views.news import Item, news_event
from simulator.world import World
from tui.keys import keyed
from tui.market_runner import Interrupted
from tui.screens.base import WIDE, Key
from tui.screens.compare import CompareDialog
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog
from tui.screens.market_place import MarketPlace
from tui.screens.market_views import whole_percent
from tui.screens.money_charts import money_charts
from tui.screens.start import new_save
from tui.screens.who import who_text
from tui.widgets.cells import Cell, Line, amount, blank, heading, mark, words, wrapped
from tui.widgets.page import Page

if TYPE_CHECKING:
    from simulator.market.page import Page as PageOfShopper
    from simulator.market.protocol import Snapshot

EVERYDAY = frozenset(
    (
        "income_received", "expenses_paid", "fund_yield", "fund_moved", "reminded", "bureau_reported", "plan_created",
        "score_changed", "line_opened", "cash_purchase", "purchase_authorised", "payment_received", "statement_made",
        "refunded", "refund_arrived", "return_opened", "return_ended", "revolving_fee_charged", "late_fee_charged",
        "bucket_changed", "summary",
    )
)  # fmt: skip
"""What every life is full of; shown where everything is asked for."""
DATES, CHART_ROWS = {"en": 13, "zh": 16}, 5
SHARE, POINTS, FEWEST = 5, 20, 6
"""Cells of a share, of all that stands beside a part's bar, and of the shortest bar."""
DECISION = "decision:"
ROOMY = 100
"""Columns from which on all keys of a life have room in the last row."""
MOST_ASKED = 40
"""So many lives are lived again at most in search of one that was never late."""
_LEVELS = "_.-=*#"
"""Points of a part, from none to all that it can give; narrow in every terminal."""


class LifeScreen(MarketPlace):
    """The timeline of a life, how it stands, and its figures over time."""

    DEFAULT_CSS = """
    LifeScreen.wide #side { margin-left: 1; }
    LifeScreen.wide #main, LifeScreen.wide #side { border-left: blank $background; }
    LifeScreen.wide #main:focus, LifeScreen.wide #side:focus { border-left: ascii $accent; }
    """

    HAS_SIDE = True
    SIDEWAYS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "turn_by(-1)", "what happened", id="life.happened", show=False),
        Binding("greater_than_sign", "turn_by(1)", "charts", id="life.charts", show=False),
    ]

    def __init__(self, shopper: int, news: Item | None = None) -> None:
        """The shopper by number from 1; the cursor begins at what a piece of news tells of, or at the newest."""
        super().__init__()
        self.shopper, self.news = shopper, news
        self.life: World | None = None
        self.page: PageOfShopper | None = None
        self.page_language = ""
        self.everything = self.charted = False
        self.fault: Exception | None = None
        self._asked = False
        self._days: list[int] = []
        """The day that each line of the timeline tells of."""

    def title_text(self) -> str:
        """The place."""
        return _("Life")

    def question(self) -> str:
        """Whose life, and when."""
        if self.seen is None:
            return _("What happened?")
        row = self.shopper - 1
        name = name_of(
            int(self.seen.columns["surname"][row]), int(self.seen.columns["given"][row]), language()
        )
        asked = _("What happened to {name}?").format(name=name)
        return (
            f"{asked}  "
            + _("no. {number}").format(number=f"{self.shopper:,}")
            + f"  {date_text(self.seen.date, weekday=False)}"
        )

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("The whole life of one synthetic shopper, lived again from the first day by the same rules as yours. Nothing of it is invented for this page."),
            keyed(_("The newest is in view, below how it stands and what can be done with it: Home leads there. First only what was decided and what went wrong; {key_f} shows everyday life too, right turns to money and score over time. {key_w} or Enter on a decision explains it in full.")),
            keyed(_("{key_g} plays on from here, {key_e} holds this life against another: yours, one that you pick or follow, or somebody like them who did well. {key_u} follows them in the news.")),
            _("What the lender never saw, such as an illness or the cash at home, stands here as well; no decision could use it."),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Everything, or what matters."""
        follow = _("Follow no more") if self.shopper in self.runner.followed else _("Follow")
        waits = "" if self.life is not None else _("Living this life again …")
        return [
            Key("f", _("What matters") if self.everything else _("Everything")),
            Key("g", _("Play on"), waits),
            Key("e", _("Compare"), waits),
            Key("u", follow),
        ]

    def footer_keys(self) -> list[Key]:
        """The keys of a life, six at 80 columns; to follow is in the help there."""
        charts = [Key("<>", _("Charts"))] if self.size.width < WIDE else []
        own = self.own_keys()[: None if self.size.width >= ROOMY else 3]
        return [*own, *charts, Key("w", _("Why")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Show everything or what matters; play on, compare; follow in the news."""
        if key == "g":
            self.ask_play()
        elif key == "e":
            self.ask_other()
        elif key == "f":
            self._show_more_or_less()
        elif key == "u":
            followed = self.game.beside.follow(self.shopper)
            self.game.tell(
                _("News of this shopper go first from now on.") if followed else _("Followed no more.")
            )
        self.rebuild()

    def _show_more_or_less(self) -> None:
        """Everyday life comes or goes around what is read: the decision under the cursor, else the day on top, stays there."""
        page = self.query_one("#main", Page)
        here, top = page.current, page.scroll_offset.y
        followed = here is not None and top + page.still <= here.line < top + page.size.height
        row = here.line - top if here is not None and followed else page.still
        day = next(iter(self._days[top + row - page.still :]), 0)
        self.everything = not self.everything
        self.rebuild()
        same = (place for place, stop in enumerate(page.stops) if here is not None and stop.cell.figure == here.cell.figure)
        page.cursor = next(same, page.cursor)
        line = page.still + bisect.bisect_left(self._days, day)
        if followed and page.current is not None:
            line = page.current.line
        # Only once the longer page has been laid out can it be scrolled so far.
        self.call_after_refresh(page.scroll_to, y=line - row, animate=False)

    # Living it again

    def stamp(self) -> tuple[object, ...]:
        """A life that has come is worth drawing."""
        return (id(self.life), self.fault)

    def look(self) -> None:
        """The life stays as it was when it was opened: only what is missing is asked for."""
        if self.life is None:
            super().look()

    def _ask_life(self) -> None:
        """Recompute it off the loop."""
        if not self._asked:
            self._asked = True
            self.behind("life", self._live_again, self._lived, self._could_not)

    def _live_again(self) -> World:
        life = self.runner.life(self.shopper)
        self._fill_page(life)
        return life

    def _fill_page(self, life: World) -> None:
        """Off the loop: what stands on the page besides."""
        from simulator.market.page import page_of

        if self.seen is not None:
            job, tier = (int(self.seen.columns[name][self.shopper - 1]) for name in ("job", "city_tier"))
            self.page_language, self.page = language(), page_of(life.seed, self.shopper, JOB_NAMES[job][0], tier)

    def _could_not(self, error: Exception) -> None:
        if isinstance(error, Interrupted):
            self._asked = False
            return
        self.fault = error
        self.game.failed(error)
        self.rebuild()

    def _lived(self, life: World) -> None:
        self.life = life
        self.rebuild()
        # Only once the longer page has been laid out can it be scrolled so far.
        self.call_after_refresh(self._go_to_news)

    def who(self) -> str:
        """The shopper's name in the reader's language."""
        return who_text(self.seen, self.shopper, False) if self.seen is not None else ""

    # Playing on, holding against another

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What can be done with a life."""
        return [
            ("life: Play on from here", _("life: Play on from here"), self.ask_play),
            ("life: Compare with another", _("life: Compare with another"), self.ask_other),
        ]

    def ask_play(self) -> None:
        """Say what playing on means, and ask."""
        if self.life is None:
            return
        tomorrow = self.life.date + datetime.timedelta(days=1)
        told = _("From {date} on you decide for {name}. What happened before stays as it was. It becomes a save of its own, and your other lives stay as they are.")
        text = told.format(name=self.who(), date=date_text(tomorrow))
        lines = [heading(_("Play on from here")), blank(), [words(text)]]
        self.app.push_screen(ConfirmDialog(lines, _("Play on as {name}").format(name=self.who()), self._play))

    def _play(self) -> None:
        self.game.tell(_("Living this life again …"))
        take_over = partial(self._take_over, self.who(), new_save(f"shopper-{self.shopper}"))
        self.behind("play", take_over, self.game.open_world, self._not_played)

    def _take_over(self, name: str, path: Path) -> World:
        """Off the loop: the past is lived again and written."""
        past = self.runner.past(self.shopper, name)
        return World.take_over(past, self.runner.start_date, path)

    def _not_played(self, error: Exception) -> None:
        if isinstance(error, CannotTakeOver):
            self.game.tell(str(error), "watch")
        elif isinstance(error, Interrupted):
            self.game.tell(_("The market is not ready yet."), "watch")
        else:
            self.game.failed(error)

    def ask_other(self) -> None:
        """With whom to compare: the player, those who are followed, or anybody by number."""
        if self.life is None or self.seen is None:
            return
        choices: list[tuple[str, str, Callable[[], object]]] = []
        if self.game.life is not None:
            choices.append((_("You, as you play"), "", partial(self._compare, _("You"), self.game.life)))
        for number in sorted(self.runner.followed - {self.shopper}):
            label = f"{who_text(self.seen, number)}, " + _("no. {number}").format(number=f"{number:,}")
            choices.append((label, _("followed"), partial(self._compare_with, number)))
        choices += [
            (_("Somebody like them who did well"), _("same city tier, near in age and income, never late"), self._ask_alike),
            (_("Pick in the Explorer …"), _("Enter on a row there compares"), self._pick),
            (_("By number …"), "", self._ask_number),
        ]
        self.app.push_screen(ChoiceDialog(_("Compare with whom?"), choices))

    def _pick(self) -> None:
        from tui.screens.explorer import ExplorerScreen

        self.app.push_screen(ExplorerScreen((self.who(), self._picked)))

    def _picked(self, number: int) -> str:
        """Go on with the one that was picked; "" or why that one cannot be compared."""
        if fault := self._not_another(number):
            return fault
        self.app.pop_screen()
        self._compare_with(number)
        return ""

    def _ask_alike(self) -> None:
        if self.seen is not None:
            self.game.tell(_("Looking for somebody like them …"))
            self.behind("other", partial(self._find_alike, self.seen), self._compare_alike, self._not_lived)

    def _find_alike(self, seen: Snapshot) -> tuple[Alike, int, World | None]:
        """Off the loop: the nearest one whose whole life is without a missed bill."""
        found = alike(seen, self.shopper)
        for number in found.numbers[:MOST_ASKED]:
            life = self.runner.life(number)
            if never_late(life.events):
                return found, number, life
        return found, 0, None

    def _compare_alike(self, answer: tuple[Alike, int, World | None]) -> None:
        found, number, other = answer
        self.game.clear_notifications()
        if self.seen is None:
            return
        among = _("city tier {tier}, {young} to {old} years, {low} to {high} a month").format(
            tier=tier_text(found.city_tier), young=found.ages[0], old=found.ages[1],
            low=money(found.incomes_fen[0]), high=money(found.incomes_fen[1]),
        )  # fmt: skip
        if other is None:
            told = _("Nobody like them did well: {among}, an open line, {bills} bills on time in a row, never late.")
            self.game.tell(told.format(among=among, bills=LEAST_BILLS), "watch")
            return
        told = _("Chosen among {count} people: {among}, an open line, at least {bills} bills on time in a row. This is the one nearest in income who was never late.")
        how = told.format(count=f"{len(found.numbers):,}", among=among, bills=LEAST_BILLS)
        self._compare(who_text(self.seen, number, False), other, how)

    def _ask_number(self) -> None:
        hint = _("a shopper's number, as the explorer shows it")
        self.app.push_screen(AskDialog(_("Compare with whom?"), hint, "", self._take_number))

    def _take_number(self, given: str) -> str:
        if self.seen is None:
            return _("The market is not ready yet.")
        text = given.replace(",", "")
        number = int(text) if text.isdecimal() and len(text) < 9 else 0
        if not 1 <= number <= self.seen.shoppers:
            return _("A whole number from 1 to {most}.").format(most=f"{self.seen.shoppers:,}")
        if fault := self._not_another(number):
            return fault
        if not self.seen.columns["arrived"][number - 1]:
            return _("This shopper has not come to the store yet.")
        self._compare_with(number)
        return ""

    def _not_another(self, number: int) -> str:
        """What is said where somebody was to be compared with themselves."""
        return _("This is the shopper whose life stands here; choose another one.") if number == self.shopper else ""

    def _compare_with(self, number: int) -> None:
        self.with_life(number, partial(self._compare_number, number), "other")

    def _compare_number(self, number: int, other: World) -> None:
        if self.seen is not None:
            self._compare(who_text(self.seen, number, False), other)

    def _compare(self, name: str, other: World, how: str = "") -> None:
        if self.life is not None and self.seen is not None:
            own = who_text(self.seen, self.shopper, False)
            self.app.push_screen(CompareDialog((own, self.life), (name, other), EVERYDAY, how))

    def _go_to_news(self) -> None:
        """Stand on what the news tell of, or else on what was decided last until then; without news the newest is in view."""
        page = self.query_one("#main", Page)
        if self.life is None:
            return
        decided = {
            int(stop.cell.figure.removeprefix(DECISION)): place
            for place, stop in enumerate(page.stops)
            if stop.cell.figure is not None and stop.cell.figure.startswith(DECISION)
        }
        if not decided:
            return
        if self.news is None:
            page.scroll_to(y=len(page.lines), animate=False)
            page.move_to(max(decided.values()))
            return
        told = news_event(self.life.events, self.news)
        until = [event["seq"] for event in self.life.events if event["day"] <= self.news.day]
        seq = told["seq"] if told is not None else max(until, default=0)
        page.move_to(decided[max((each for each in decided if each <= seq), default=min(decided))])

    # Lines

    def build(self, width: int) -> list[Line]:
        """How it stands, then the timeline."""
        if self.seen is None:
            return self.waiting(width)
        if self.fault is not None:
            return wrapped(_("This life could not be lived again; see the notice."), width, "bad")
        if self.life is None:
            self._ask_life()
            return [[words(_("Living this life again …"), role="muted")]]
        top = [*self._standing(self.life, width), self._doing(), blank()]
        self.query_one("#main", Page).still = len(top)
        if self.charted and self.size.width < WIDE:
            return [*top, *self._charts(self.life, width)]
        return [*top, *self._timeline(self.life, width)]

    @on(Page.Sideways)
    def turn(self, message: Page.Sideways) -> None:
        """Where there is no room for both: to the charts, or back to what happened."""
        message.stop()
        self.charted = message.by > 0
        self.rebuild()
        if self.charted:
            self.query_one("#main", Page).scroll_to(y=0, animate=False)
        else:
            self._go_to_news()

    def action_turn_by(self, by: int) -> None:
        """To the charts or back, from wherever the cursor is."""
        self.turn(Page.Sideways(by))

    def _doing(self) -> Line:
        """What can be done with this life."""
        return [
            mark(), Cell(_("Play on from here"), role="accent", bold=True, action=self.ask_play),
            mark("   "), Cell(_("Compare with …"), role="accent", bold=True, action=self.ask_other),
        ]  # fmt: skip

    def build_side(self, width: int) -> list[Line]:
        """Figures over time, where there is room."""
        return self._charts(self.life, width - 1) if self.life is not None else []

    def _standing(self, life: World, width: int) -> list[Line]:
        summary = life.summary()
        sign = status_mark(summary["status"], locked=bool(summary["locked"]))
        lines: list[Line] = [
            [
                Cell(f"{sign} {status_text(summary['status'])}", bold=True, figure="status"),
                words("  " + _("limit") + " ", role="muted"), Cell(money(summary["limit_fen"]), role="limit", figure="limit"),
                *_for_the_season(life.account.temporary_fen),
                words("  " + _("owes in all") + " ", role="muted"), Cell(money(owed_fen(life.account)), role="owed", figure="balance"),
                words("  " + _("can use") + " ", role="muted"), Cell(money(life.can_use_fen()), figure="can_use"),
            ],
        ]  # fmt: skip
        if self.seen is not None:
            row = self.shopper - 1
            columns = self.seen.columns
            who = _("{job}, {age}, city tier {tier}, {income}").format(
                job=job_name(int(columns["job"][row]), language()), age=int(columns["age"][row]),
                tier=tier_text(int(columns["city_tier"][row])), income=_income(life),
            )  # fmt: skip
            told = words("   " + _("score") + " ", role="muted")
            score = Cell(f"{summary['score']} {summary['grade'] or '-'}" if summary["score"] else "-", figure="score")
            *above, last = wrapped(who, width - cell_len(told.text + score.text), "muted")
            lines += [*above, [*last, told, score]]
        cash = _("cash {amount}, which the lender cannot see").format(amount=money(summary["cash_fen"]))
        lines += [*wrapped(cash, width, "muted"), *wrapped("   ".join(self._besides()), width, "muted")]
        return lines

    def _besides(self) -> list[str]:
        """Town, employer and telephone."""
        if self.page is None or self.life is None:
            return []
        if self.page_language != language():
            self._fill_page(self.life)
        told = [_("lives in {town}").format(town=self.page.town)]
        if self.page.employer:
            told.append(_("works at {employer}").format(employer=self.page.employer))
        return [*told, _("telephone {number}").format(number=self.page.phone)]

    def _timeline(self, life: World, width: int) -> list[Line]:
        chosen = life.events if self.everything else _what_matters(life.events)
        shown = [event for event in chosen if not is_told_beside(event)]
        lines: list[Line] = []
        self._days = []
        room = DATES[language()]
        changes = [(day, policy.name) for day, policy in life.began_under[1:]]
        for event in shown:
            while changes and changes[0][0] <= event["day"]:
                lines += _policy_lines(life, *changes.pop(0), width)
            with of_another():
                told = wrapped(sentence(event), width - room - 1)
            told_of = notice(event)
            role = told_of.severity if told_of and told_of.severity in ("good", "watch", "bad") else "ink"
            figure = (
                f"{DECISION}{event['seq']}" if event.get("reasons") or event["event"] in _DECIDED else None
            )
            date = date_text(datetime.date.fromisoformat(event["date"]), weekday=False)
            lines.append([words(date, room, role="muted"), Cell(told[0][0].text, role=role, figure=figure)])
            lines += [[words("", room), Cell(line[0].text, role=role)] for line in told[1:3]]
            self._days += [event["day"]] * (len(lines) - len(self._days))
        for change in changes:
            lines += _policy_lines(life, *change, width)
        if not lines:
            return wrapped(
                keyed(_("Nothing has been decided in this life yet; {key_f} shows everyday life.")), width, "muted"
            )
        return lines

    def _charts(self, life: World, width: int) -> list[Line]:
        """Money, the limit, and what the score was made of."""
        start = life.calendar.date_of(0)
        changes = [start + datetime.timedelta(days=day) for day in self.runner.policy_days]
        money_went = money_charts(life, width, CHART_ROWS, self.game.settings.ascii, changes)
        return [*money_went, *self._score_charts(life.events, width)]

    def _score_charts(self, events: Sequence[dict[str, Any]], width: int) -> list[Line]:
        seen = score_course(events)
        if seen is None:
            return []
        title = _("SCORE PARTS, {first} to {last}").format(
            first=date_text(seen.first, weekday=False), last=date_text(seen.last, weekday=False)
        )
        told = _("At first and at last, each in per cent of the points that a part can give; between them {marks}, from none to all.")
        legend = told.format(marks=" ".join(_LEVELS))
        lines: list[Line] = [blank(), heading(title), *wrapped(legend, width, "muted")]
        named = min(max((cell_len(part.title) for part in seen.parts), default=0) + 1, width - POINTS - FEWEST)
        room = max(FEWEST, min(40, width - named - POINTS))
        for part in seen.parts:
            shown = [part.points[place * (len(part.points) - 1) // (room - 1)] for place in range(room)]
            levels = "".join(_LEVELS[each * (len(_LEVELS) - 1) // max(1, part.best)] for each in shown)
            first, *more = wrapped(part.title, named - 1)
            lines.append(
                [words(first[0].text, named), amount(_of_best(part, 0), None, SHARE, "muted"), words(" "), Cell(levels, role="accent"),
                 amount(_of_best(part, -1), None, SHARE + 1, bold=True), words(_(" of {points}").format(points=part.best), role="muted")]
            )  # fmt: skip
            lines += more
        return lines

    def life_of(self, page: Page) -> World | None:
        """Figures of this page are of this life; those on top are the player's."""
        return self.life if page.id != "glance" else None


def _of_best(part: ScorePart, place: int) -> str:
    """The points at one scoring in per cent of all that the part can give."""
    return whole_percent(part.points[place] * 1_000_000 // max(1, part.best))


def _what_matters(events: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Events but those that every life is full of; what is paid on a line that has ended is not one of these."""
    ended = False
    for event in events:
        if event["event"] not in EVERYDAY or (ended and event["event"] == "payment_received"):
            yield event
        ended = (ended or event["event"] in ("closed", "charged_off")) and event["event"] != "line_opened"


def _policy_lines(life: World, day: int, name: str, width: int) -> list[Line]:
    """That another policy holds from a day on."""
    room = DATES[language()]
    told = wrapped(_("From today on the lender goes by the policy {name}.").format(name=name), width - room - 1, "accent")
    date = date_text(life.calendar.date_of(day), weekday=False)
    return [[words(date if line is told[0] else "", room, role="muted"), *line] for line in told]


def _income(life: World) -> str:
    """The income that the lender was told of, and that of today where pay has moved since."""
    stated, now = life.account.income_fen, life.shopper.income_fen
    if stated == now:
        return _("{amount} a month").format(amount=money(now))
    return _("{stated} a month when asked, {now} now").format(stated=money(stated), now=money(now))


def _for_the_season(fen: int) -> Line:
    """What a festival season adds to the limit."""
    return [words(" + ", role="muted"), Cell(money(fen), role="limit", figure="temporary")] if fen else []


_DECIDED = frozenset(
    (
        "application_decided", "reopening_decided", "limit_changed", "suspended", "closed", "reinstated", "charged_off",
        "hardship_agreed",
    )
)  # fmt: skip
