"""Life: what happened to one shopper of the market, recomputed whole from the first day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from simulator.messages import notice, sentence, short_date, status_mark, status_text
from simulator.money import money
from simulator.population.jobs import job_name
from simulator.population.names import name_of
from simulator.text import _, date_text, language
from simulator.world import World
from tui.market_runner import Life
from tui.screens.base import Key
from tui.screens.market_place import MarketPlace
from tui.widgets.cells import Cell, Line, blank, heading, words, wrapped
from tui.widgets.chart import line_chart, step_chart
from tui.widgets.page import Page

EVERYDAY = frozenset(
    (
        "income_received", "expenses_paid", "fund_yield", "fund_moved", "reminded", "bureau_reported", "plan_created",
        "score_changed", "line_opened", "cash_purchase", "purchase_authorised", "payment_received", "statement_made",
        "refunded", "refund_arrived", "return_opened", "return_ended", "revolving_fee_charged", "late_fee_charged",
        "bucket_changed", "summary",
    )
)  # fmt: skip
"""What every life is full of; shown where everything is asked for."""
DATE = 13


class LifeScreen(MarketPlace):
    """The timeline of a life, how it stands, and its figures over time."""

    HAS_SIDE = True

    def __init__(self, shopper: int, day: int | None = None) -> None:
        """The shopper by number from 1; the cursor begins at what happened on a day."""
        super().__init__()
        self.shopper, self.day = shopper, day
        self.life: Life | None = None
        self.everything = False
        self.fault: Exception | None = None
        self._asked = False

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
            _("First only what was decided and what went wrong; f shows everyday life too. w or Enter on a decision explains it in full."),
            _("What the lender never saw, such as an illness or the cash at home, stands here as well; no decision could use it."),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Everything, or what matters."""
        follow = _("Follow no more") if self.shopper in self.runner.followed else _("Follow")
        return [Key("f", _("What matters") if self.everything else _("Everything")), Key("u", follow)]

    def footer_keys(self) -> list[Key]:
        """The keys of a life."""
        return [*self.own_keys(), Key("w", _("Why")), Key("Esc", _("Back")), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Show everything or what matters; follow in the news."""
        if key == "f":
            self.everything = not self.everything
        elif key == "u":
            self.runner.followed ^= {self.shopper}
            followed = self.shopper in self.runner.followed
            self.game.tell(
                _("News of this shopper go first from now on.") if followed else _("Followed no more.")
            )
        self.rebuild()

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
            self.run_worker(self._live_again, thread=True, exclusive=True, group="life")

    def _live_again(self) -> None:
        try:
            life = self.runner.life(self.shopper)
        except Exception as error:
            self.app.call_from_thread(self._could_not, error)
            return
        self.app.call_from_thread(self._lived, life)

    def _could_not(self, error: Exception) -> None:
        self.fault = error
        self.game.failed(error)
        self.rebuild()

    def _lived(self, life: Life) -> None:
        self.life = life
        self.rebuild()
        self._go_to_day()

    def _go_to_day(self) -> None:
        """Stand on what happened on the day that was asked for, or on the last thing."""
        page = self.query_one("#main", Page)
        if not page.stops or self.life is None:
            return
        days = {event["seq"]: event["day"] for event in self.life.events}
        wanted = len(page.stops) - 1
        for place, stop in enumerate(page.stops):
            seq = (
                int(stop.cell.figure.split(":")[1])
                if stop.cell.figure and stop.cell.figure[-1].isdigit()
                else -1
            )
            if days.get(seq) == self.day:
                wanted = place
        page.move_to(wanted)

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
        lines = [*self._standing(self.life, width), blank(), *self._timeline(self.life.events, width)]
        if self.size.width < 120:
            lines += [blank(), *self._charts(self.life.events, width)]
        return lines

    def build_side(self, width: int) -> list[Line]:
        """Figures over time, where there is room."""
        return self._charts(self.life.events, width) if self.life is not None else []

    def _standing(self, life: Life, width: int) -> list[Line]:
        summary = life.summary()
        mark = status_mark(summary["status"], locked=bool(summary["locked"]))
        lines: list[Line] = [
            [
                Cell(f"{mark} {status_text(summary['status'])}", bold=True, figure="status"),
                words("   " + _("limit") + " ", role="muted"), Cell(money(summary["limit_fen"]), role="limit", figure="limit"),
                words("   " + _("owes") + " ", role="muted"), Cell(money(summary["exposure_fen"]), role="owed", figure="exposure"),
                words("   " + _("can use") + " ", role="muted"), Cell(money(summary["available_fen"]), figure="can_use"),
            ],
        ]  # fmt: skip
        if self.seen is not None:
            row = self.shopper - 1
            columns = self.seen.columns
            who = _("{job}, {age}, city tier {tier}, {income} a month").format(
                job=job_name(int(columns["job"][row]), language()), age=int(columns["age"][row]),
                tier=int(columns["city_tier"][row]), income=money(int(columns["income_fen"][row])),
            )  # fmt: skip
            grade = summary["grade"] or "-"
            lines.append(
                [
                    words(who, role="muted"),
                    words("   " + _("score") + " ", role="muted"),
                    Cell(f"{summary['score']} {grade}", figure="score"),
                ]
            )
        lines.append(
            [
                words(
                    _("cash {amount}, which the lender cannot see").format(amount=money(summary["cash_fen"])),
                    role="muted",
                )
            ]
        )
        return lines

    def _timeline(self, events: Sequence[dict[str, Any]], width: int) -> list[Line]:
        shown = [event for event in events if self.everything or event["event"] not in EVERYDAY]
        lines: list[Line] = []
        for event in shown:
            told = wrapped(sentence(event), width - DATE - 1)
            told_of = notice(event)
            role = told_of.severity if told_of and told_of.severity in ("good", "watch", "bad") else "ink"
            figure = (
                f"decision:{event['seq']}" if event.get("reasons") or event["event"] in _DECIDED else None
            )
            date = date_text(datetime.date.fromisoformat(event["date"]), weekday=False)
            lines.append([words(date, DATE, role="muted"), Cell(told[0][0].text, role=role, figure=figure)])
            lines += [[words("", DATE), Cell(line[0].text, role=role)] for line in told[1:3]]
        if not lines:
            return wrapped(
                _("Nothing has been decided in this life yet; f shows everyday life."), width, "muted"
            )
        return lines

    def _charts(self, events: Sequence[dict[str, Any]], width: int) -> list[Line]:
        changes = [
            (event["day"], event["to_fen"] if event["event"] == "limit_changed" else event["limit_fen"])
            for event in events
            if event["event"] == "line_opened"
            or (event["event"] == "limit_changed" and event["kind"] == "permanent")
        ]
        bills = [event["balance_fen"] for event in events if event["event"] == "statement_made"]
        scores = [event["score"] for event in events if event["event"] == "score_changed"]
        lines: list[Line] = []
        if changes and self.seen is not None:
            lines += [heading(_("LIMIT")), *step_chart(changes, self.seen.day, width), blank()]
        plain = self.game.settings.ascii
        if len(bills) > 1:
            dates = [event["date"] for event in events if event["event"] == "statement_made"]
            title = _("BILLS, {first} to {last}").format(
                first=short_date(dates[0]), last=short_date(dates[-1])
            )
            lines += [
                heading(title),
                *line_chart([(bills, "owed")], width, 5, money, plain=plain, least=0),
                blank(),
            ]
        if len(scores) > 1:
            lines += [
                heading(_("SCORE, after each bill")),
                *line_chart([(scores, "accent")], width, 5, str, plain=plain),
            ]
        return lines

    def life_of(self, page: Page) -> World | None:
        """Figures of this page are of this life; those on top are the player's."""
        return self.life if isinstance(self.life, World) and page.id != "glance" else None


_DECIDED = frozenset(
    ("application_decided", "reopening_decided", "limit_changed", "suspended", "closed", "reinstated")
)
