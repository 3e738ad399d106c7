"""Market: a population that is lived on demand, and the snapshot that screens read of it.

One thread lives it; a *snapshot* is made after each advance and swapped whole, so that whoever reads one
is never in the way of the next. Days are counted from 0, those of the warm-up are negative.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.calendar import START, WARM_UP_DAYS, Calendar, days_in_month
from simulator.codes import NEVER
from simulator.engine import measures as m
from simulator.engine.folding import as_bytes
from simulator.engine.life import Life
from simulator.engine.run import GiveWay, Measures, Population, Whole, as_records
from simulator.engine.stocktake import take_stock_of
from simulator.ledger.postings import policy_on
from simulator.lone import NAMES, LoneLife, lone_life
from simulator.market.books import Carried, MonthBooks, month_books
from simulator.market.columns import columns_of
from simulator.market.memory import check_memory
from simulator.market.metrics import Metrics, monthly, totals
from simulator.market.ready import make_ready
from simulator.market.simulation import joined
from simulator.past import Past
from simulator.policy.numeric import following, to_record
from simulator.policy.record import PolicyRecord
from simulator.policy.schema import Policy
from simulator.population.months import town_of
from simulator.world import STORY, World, records

NEWS_KEPT = 100_000
NEWS = np.dtype([(name, np.int64) for name in m.NEWS_FIELDS])
DAILY_KEPT = 730
WARM_UP_KEPT = 12
"""So many months before day 0 are shown."""
AGO_DAYS = 28
"""Today is held against the last month's end that is at least so many days ago, whatever days were shown between."""
Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, repr=False)
class MarketSnapshot:
    """How a market stood at the end of a day. Arrays are not changed after they were handed out."""

    day: int
    date: datetime.date
    shoppers: int
    columns: Mapping[str, Any]  # a value a shopper, shopper number 1 first
    monthly: Sequence[Metrics]  # finished months
    warm_up_months: Sequence[Metrics]  # the last of those before day 0
    totals: Metrics  # since day 0
    today: Mapping[str, int]  # measures.FLOWS of the last day lived
    daily: Mapping[str, Any]  # the same for the last two years, oldest first
    stocks: Mapping[str, int]  # measures.STOCKS at the end of the day
    earlier_day: int
    earlier: Mapping[str, int]  # stocks of that month's end, one or two months ago
    opening_provision_fen: int
    bucket_fen: Any  # (months, 7): exposure by bucket at month-ends, oldest first
    news: Any  # measures.NEWS_FIELDS, newest last
    news_total: int


class Market:
    """Shoppers under a policy that may change, from the warm-up on."""

    snapshot: MarketSnapshot

    def __init__(
        self,
        policy: Policy,
        *,
        seed: int = 1,
        shoppers: int = 20_000,
        start: datetime.date = START,
        warm_up_days: int = WARM_UP_DAYS,
        threads: int | None = None,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        give_way: GiveWay = lambda: None,
    ) -> None:
        """Make the people; compiles the engine where that was not done. Where there is a warm-up, the first
        snapshot comes after it. `give_way` is called often on all threads that live the market, and may let others
        go first. Raises TooLarge, Cancelled.
        """
        check_memory(shoppers, shown=True)
        make_ready()
        self.policy, self.seed, self.shoppers, self.threads, self._give_way = policy, seed, shoppers, threads, give_way
        self.calendar = Calendar(start)
        self.town = town_of(seed, warm_up_days)
        self.day = -warm_up_days - 1
        self.people = Population(self.town, shoppers, self.calendar, DAILY_KEPT, 1, progress, cancel)
        self.timeline: list[tuple[int, PolicyRecord]] = [(-warm_up_days, to_record(policy))]
        self._own = as_records(self.timeline[0][1])
        self._policies: list[tuple[int, Policy]] = [(-warm_up_days, policy)]
        self._coming: Policy | None = None
        self._opening = Carried()
        self._open_month: list[Measures] = []
        self._finished: list[MonthBooks] = []
        self._daily = np.zeros((0, len(m.FLOWS)), np.int64)
        self._buckets: list[Whole] = []
        self._month_ends: dict[int, dict[str, int]] = {}
        self._opening_provision = 0
        self._warm_up_months: list[Metrics] = []
        self._news = np.zeros(0, NEWS)
        self._news_total = 0
        self._changed = _no_changes(shoppers)
        if not warm_up_days:
            self.snapshot = self._published()

    def warm_up(self, progress: Progress | None = None, cancel: Cancel | None = None) -> None:
        """Live the days before day 0. Raises Cancelled; the market is then of no further use."""
        if self.day >= -1:
            return
        first = self.day + 1
        before = self._live(first, -1, self._note_moves, progress, cancel)
        books = month_books(before, self.calendar, [self.record] * len(before.stocks), Carried())
        self._opening = books[-1].after
        self._opening_provision = self._opening.provision_fen
        kept = books[-WARM_UP_KEPT:]
        self._warm_up_months = monthly(kept)
        self._buckets = [np.array(month.stocks[m.M0 : m.M6 + 1]) for month in kept]
        self.day = -1
        for month in books[-2:]:
            self._month_ends[first + month.span.stop - 1] = _named(m.STOCKS, month.stocks)
        self.snapshot = self._published()

    @property
    def record(self) -> PolicyRecord:
        """The policy in force, as the rules read it."""
        return self.timeline[-1][1]

    def change_policy(self, policy: Policy) -> None:
        """Another policy from the next day on. RULES §15."""
        self._coming = policy

    def advance(self, days: int, progress: Progress | None = None, cancel: Cancel | None = None) -> None:
        """Live some days, then swap the snapshot. A step, at most the rest of a month, is lived to its end;
        where `cancel` says so after one, the rest of the days is left.
        """
        last = self.day + days
        if last > self.people_reach():
            self.people.extend(last + DAILY_KEPT)
        self._take_over_policy()
        first = self.day + 1
        while self.day < last:
            date = self.calendar.date_of(self.day + 1)
            until = min(last, self.day + 1 + days_in_month(date) - date.day)
            self._step(until)
            if progress is not None:
                progress(self.day - first + 1, days)
            if cancel is not None and cancel():
                break
        self.snapshot = self._published()

    def people_reach(self) -> int:
        """The last day of the calendar that the people live by."""
        return int(self.people.months["first_day"][-1]) - 1

    def life(self, shopper: int) -> MarketLife:
        """The whole life of a shopper up to the snapshot's day, as a world that can be asked Why?"""
        day = self.snapshot.day
        return MarketLife(self._lone(shopper, day), self._policies_until(day), self.calendar, day, self.seed)

    def past(self, shopper: int, name: str) -> Past:
        """The recipe of a shopper's life up to the last day lived, for playing on from there."""
        day = self.snapshot.day
        return Past(self.town, shopper, day, name, self._policies_until(day))

    def lone(self, shopper: int) -> LoneLife:
        """The same, as events and records."""
        return self._lone(shopper, self.snapshot.day)

    def _lone(self, shopper: int, day: int) -> LoneLife:
        return lone_life(self.timeline, shopper, self.calendar, day, self.town)

    def _policies_until(self, day: int) -> list[tuple[int, Policy]]:
        """What held on a day and before; another thread may be living the days after."""
        return [(first, policy) for first, policy in self._policies if first <= day]

    def _take_over_policy(self) -> None:
        if self._coming is None:
            return
        day = self.day + 1
        self.people.change_policy(self._own, day)
        self.policy, self._coming = self._coming, None
        self.timeline.append((day, following(to_record(self.policy), self.record, day)))
        self._policies.append((day, self.policy))
        self._own = as_records(self.record)

    def _step(self, until: int) -> None:
        """Live days of one month and keep their books."""
        news: list[Whole] = []
        lived = self._live(self.day + 1, until, news.append, None, None)
        self._open_month.append(lived)
        self._daily = np.concatenate([self._daily, lived.daily])[-DAILY_KEPT:]
        self._take_news(news)
        self.day = until
        if self.calendar.date_of(until + 1).day == 1:
            month = merged(self._open_month)
            self._finished += month_books(month, self.calendar, [self.record], self._opening)
            self._opening = self._finished[-1].after
            self._buckets.append(np.array(self._finished[-1].stocks[m.M0 : m.M6 + 1]))
            self._month_ends[until] = _named(m.STOCKS, self._finished[-1].stocks)
            self._open_month = []

    def _live(
        self, first: int, last: int, on_news: Callable[[Whole], None] | None, progress: Progress | None, cancel: Cancel | None
    ) -> Measures:
        return self.people.live(
            self._own, first, last, threads=self.threads, on_news=on_news, progress=progress, cancel=cancel,
            give_way=self._give_way,
        )  # fmt: skip

    def _take_news(self, parts: list[Whole]) -> None:
        if not parts:
            return
        self._give_way()
        rows = np.concatenate(parts)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        told = np.zeros(len(rows), NEWS)
        for column, name in enumerate(m.NEWS_FIELDS):
            told[name] = rows[:, column]
        self._news_total += len(told)
        both = np.concatenate([as_bytes(self._news), as_bytes(told)])[-NEWS_KEPT:]
        self._news = both.reshape(-1).view(NEWS)
        changed = {}
        for name, column in self._changed.items():
            self._give_way()
            changed[name] = column.copy()
        self._changed = changed
        self._note_moves(rows)

    def _note_moves(self, rows: Whole) -> None:
        """Note the last move of each limit and of each festival's extra, news of a shopper by day."""
        shopper, kind, cause = (rows[:, m.NEWS_FIELDS.index(name)] for name in ("shopper", "kind", "cause"))
        moved, of_festival = np.isin(kind, (m.NEWS_UP, m.NEWS_DOWN)), np.isin(cause, (m.BY_SEASON, m.BY_EXPIRY))
        for what, those in (("changed", moved & ~of_festival), ("festival", moved & of_festival)):
            places = shopper[those] - 1
            for name in _MOVE_FIELDS:
                self._changed[f"{what}_{name}"][places] = rows[those, m.NEWS_FIELDS.index(name)]

    def _published(self) -> MarketSnapshot:
        columns = columns_of(self.people, self.day, self.threads, self._give_way)
        columns |= self._changed
        ago = [day for day in self._month_ends if day <= self.day - AGO_DAYS]
        for day in ago[:-1]:
            del self._month_ends[day]
        earlier_day = ago[-1] if ago else self.day
        flows = self._daily[-1] if len(self._daily) else np.zeros(len(m.FLOWS), np.int64)
        return MarketSnapshot(
            self.day, self.calendar.date_of(self.day), self.shoppers, columns, monthly(self._finished), self._warm_up_months,
            self._totals(), _named(m.FLOWS, flows),
            {name: self._daily[:, place] for place, name in enumerate(m.FLOWS)}, self._stocks(),
            earlier_day, self._month_ends[earlier_day] if ago else {}, self._opening_provision,
            np.array(self._buckets, np.int64).reshape(-1, 7), self._news, self._news_total,
        )  # fmt: skip

    def _stocks(self) -> dict[str, int]:
        """What is held and owed at the end of the day; before the people's first one there is nothing. At the end
        of a month it is what was counted then.
        """
        if self.day < self.people.first_day:
            return dict.fromkeys(m.STOCKS, 0)
        if self._finished and not self._open_month:
            return _named(m.STOCKS, self._finished[-1].stocks)
        taken = take_stock_of(self.people, self._own, self.day, self.threads, self._give_way)
        return _named(m.STOCKS, taken.stocks[0])

    def _totals(self) -> Metrics:
        """Metrics since day 0, the open month included as far as it goes."""
        months = list(self._finished)
        if self._open_month:
            months += month_books(merged(self._open_month), self.calendar, [self.record], self._opening)
        return totals(months) if months else {}


_MOVE_FIELDS = {"day": (NEVER, np.int32), "from_fen": (0, np.int32), "to_fen": (0, np.int32), "cause": (-1, np.int8)}
"""What is known of the last move: of the limit itself (`changed_`) and of a festival's extra (`festival_`), each with
the value before there was one.
"""


def _no_changes(count: int) -> dict[str, Any]:
    return {
        f"{what}_{name}": np.full(count, nothing, kind)
        for what in ("changed", "festival")
        for name, (nothing, kind) in _MOVE_FIELDS.items()
    }


def _named(names: Sequence[str], values: Any) -> dict[str, int]:
    return {name: int(value) for name, value in zip(names, values, strict=True)}


def merged(parts: Sequence[Measures]) -> Measures:
    """The measures of steps within one calendar month as one."""
    whole = joined(parts)
    whole.monthly = np.sum([part.monthly for part in parts], axis=0)
    return whole


class MarketLife(World):
    """A life of the market as a world in memory: nothing is done in it, everything can be asked."""

    def __init__(
        self, lone: LoneLife, policies: Sequence[tuple[int, Policy]], calendar: Calendar, day: int, seed: int
    ) -> None:
        """Take over a life that was lived alone under policies, each with its first day."""
        super().__init__(
            Life(lone.account, lone.shopper, policy_on(policies, day), calendar, day, list(NAMES)), seed, STORY, None
        )
        self.began_under = policies
        self.events = lone.events
        self.books.fold(lone.events, records(policies))
