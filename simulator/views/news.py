"""News: what happened to whom, one line at a time; all that is not told is summed up, so that counts add up.

A *period* is the days since the last one was told: one day at a day a second, a month at full speed. Of a
period the line told next is the one with the largest share of its limit times its rarity among people of
that job; followed shoppers go first, and no kind comes thrice running while there is another.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.codes import SUSPENSION_CAUSES
from simulator.engine.measures import BY_SEASON, CAUSES, NEWS_KINDS
from simulator.explain.season import last_day_of_season
from simulator.market.protocol import Snapshot
from simulator.messages import news_reason_text, sentence
from simulator.person import of_another
from simulator.policy.record import PolicyRecord
from simulator.text import _, date_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT = 400
UP, DOWN, ENDED = (NEWS_KINDS.index(kind) for kind in ("limit_up", "limit_down", "limit_ended"))
ALL, UPWARD, DOWNWARD, OTHER = "all", "up", "down", "other"
_THRICE = 2


@dataclass(frozen=True)
class Item:
    """One piece of news. `seq` numbers all news of a market from 0; `cause` is -1 where there is none."""

    seq: int
    day: int
    shopper: int
    kind: str
    from_fen: int
    to_fen: int
    cause: int


@dataclass(frozen=True)
class Wanted:
    """Which news are wanted: direction, cause of a limit change, and the least change in fen."""

    direction: str = ALL
    cause: int | None = None
    least_fen: int = 0


@dataclass(frozen=True)
class Rest:
    """What a period brought beside the lines told of it."""

    first_day: int
    last_day: int
    up: int = 0
    up_fen: int = 0
    down: int = 0
    down_fen: int = 0
    other: int = 0

    @property
    def count(self) -> int:
        """All of it."""
        return self.up + self.down + self.other


def item_at(snapshot: Snapshot, seq: int) -> Item | None:
    """A piece of news by its number, or None once it is no longer kept."""
    news = snapshot.news
    place = seq - first_seq(snapshot)
    if not 0 <= place < len(news):
        return None
    row = news[place]
    return Item(
        seq, int(row["day"]), int(row["shopper"]), NEWS_KINDS[int(row["kind"])], int(row["from_fen"]), int(row["to_fen"]),
        int(row["cause"]),
    )  # fmt: skip


def first_seq(snapshot: Snapshot) -> int:
    """The number of the oldest news that is kept."""
    return snapshot.news_total - len(snapshot.news)


def wanted_seqs(snapshot: Snapshot, wanted: Wanted) -> NDArray[Any]:
    """Numbers of the wanted news, newest first."""
    import numpy as np

    seqs: NDArray[Any] = np.flatnonzero(_fits(snapshot.news, wanted)) + first_seq(snapshot)
    return seqs[::-1]


def _fits(news: NDArray[Any], wanted: Wanted) -> NDArray[Any]:
    up, down = news["kind"] == UP, news["kind"] == DOWN
    told = news["kind"] != ENDED  # a limit that ends with its line is told by the closing
    fits: NDArray[Any] = {
        ALL: told, UPWARD: up, DOWNWARD: down, OTHER: told & ~(up | down),
    }[wanted.direction]  # fmt: skip
    if wanted.cause is not None:
        fits = fits & (up | down) & (news["cause"] == wanted.cause)
    if wanted.least_fen:
        fits = fits & (abs(news["to_fen"] - news["from_fen"]) >= wanted.least_fen)
    return fits


@dataclass(frozen=True)
class Found:
    """What is to be told next, and what the period brings beside it."""

    wanted: Wanted
    item: Item | None
    rest: Rest
    begun_seq: int
    last_day: int
    end_seq: int


@dataclass
class Desk:
    """Tells news line by line. `told` holds numbers, newest last, and what they stand for: at full speed a market
    brings more in a minute than it keeps. `rest` sums up the running period.
    """

    wanted: Wanted = field(default_factory=Wanted)
    told: OrderedDict[int, Item] = field(default_factory=OrderedDict)
    rest: Rest = field(default_factory=lambda: Rest(0, -1))
    _kinds: deque[str] = field(default_factory=lambda: deque(maxlen=_THRICE))
    _begun_seq: int = -1
    _last_day: int | None = None
    _end_seq: int = 0

    def item(self, snapshot: Snapshot, seq: int) -> Item | None:
        """A piece of news by its number, if it is kept or was told."""
        return item_at(snapshot, seq) or self.told.get(seq)

    def want(self, wanted: Wanted) -> None:
        """Tell only these from now on."""
        self.wanted = wanted
        self.told.clear()
        self._kinds.clear()

    def tick(self, snapshot: Snapshot, followed: Iterable[int] = ()) -> Item | None:
        """Tell one more line of what is untold in this period; None if there is none."""
        return self.tell(self.find(snapshot, followed))

    def find(self, snapshot: Snapshot, followed: Iterable[int] = ()) -> Found:
        """What would be told next. Changes nothing, so that it may be looked for on another thread: a month of
        a million people has tens of thousands of news.
        """
        period, begun_seq, last_day, end_seq = self._period_of(snapshot)
        untold = self._untold(snapshot, begun_seq)
        chosen = self._best(snapshot, untold, frozenset(followed))
        if chosen is not None:
            untold = untold[untold != chosen.seq]
        rest = _summed(snapshot, untold, period)
        return Found(self.wanted, chosen, rest, begun_seq, last_day, end_seq)

    def tell(self, found: Found) -> Item | None:
        """Tell what was found, unless other news are wanted since."""
        if found.wanted != self.wanted:
            return None
        self.rest, self._begun_seq = found.rest, found.begun_seq
        self._last_day, self._end_seq = found.last_day, found.end_seq
        if found.item is not None:
            self.told[found.item.seq] = found.item
            if len(self.told) > KEPT:
                self.told.popitem(last=False)
            self._kinds.append(found.item.kind)
        return found.item

    def _period_of(self, snapshot: Snapshot) -> tuple[Rest, int, int, int]:
        """The period with its first news, last day and end: a new one where days have passed since the last line."""
        if self._last_day is None:
            return Rest(snapshot.day, snapshot.day), self._start_of(snapshot), snapshot.day, snapshot.news_total
        if snapshot.day > self._last_day:
            return Rest(self._last_day + 1, snapshot.day), self._end_seq, snapshot.day, snapshot.news_total
        return self.rest, self._begun_seq, self._last_day, self._end_seq

    def _start_of(self, snapshot: Snapshot) -> int:
        """The first news of the snapshot's own day."""
        return snapshot.news_total - int((snapshot.news["day"] == snapshot.day).sum())

    def _untold(self, snapshot: Snapshot, begun_seq: int) -> NDArray[Any]:
        import numpy as np

        begun = max(begun_seq, first_seq(snapshot)) - first_seq(snapshot)
        fits = _fits(snapshot.news[begun:], self.wanted)
        told = np.array(tuple(self.told), dtype=np.int64) - first_seq(snapshot) - begun
        fits[told[(told >= 0) & (told < len(fits))]] = False
        return np.flatnonzero(fits) + begun + first_seq(snapshot)

    def _best(self, snapshot: Snapshot, untold: NDArray[Any], followed: frozenset[int]) -> Item | None:
        import numpy as np

        if not len(untold):
            return None
        news = _columns_at(snapshot, untold)
        worth = _worth(news, snapshot.columns["job"])
        if followed:
            worth = worth + np.isin(news["shopper"], list(followed)) * (worth.max() + 1)
        if len(self._kinds) == _THRICE and len(set(self._kinds)) == 1:
            again = news["kind"] == NEWS_KINDS.index(self._kinds[0])
            if not again.all():
                worth = np.where(again, -1, worth)
        return item_at(snapshot, int(untold[int(worth.argmax())]))


def _columns_at(snapshot: Snapshot, seqs: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """What is weighed of some news, column by column: whole rows take NumPy far longer, and Python's lock."""
    places = seqs - first_seq(snapshot)
    return {name: snapshot.news[name][places] for name in ("kind", "shopper", "from_fen", "to_fen", "cause")}


def _summed(snapshot: Snapshot, untold: NDArray[Any], period: Rest) -> Rest:
    news = _columns_at(snapshot, untold)
    change = news["to_fen"] - news["from_fen"]
    up, down = news["kind"] == UP, news["kind"] == DOWN
    return Rest(
        period.first_day, period.last_day, int(up.sum()), int(change[up].sum()), int(down.sum()),
        int(change[down].sum()), int((~(up | down)).sum()),
    )  # fmt: skip


def _worth(news: dict[str, NDArray[Any]], jobs: NDArray[Any]) -> NDArray[Any]:
    """Share of the limit that moved, ppm (a line that begins or ends: the whole), times rarity per mille."""
    import numpy as np

    before, after = news["from_fen"].astype(np.int64), news["to_fen"].astype(np.int64)
    larger = np.maximum(np.maximum(before, after), 1)
    moved = abs(after - before)
    share = np.where(moved > 0, moved * 1_000_000 // larger, 500_000)
    job = jobs[news["shopper"] - 1].astype(np.int64)
    alike = (job * len(NEWS_KINDS) + news["kind"]) * (len(CAUSES) + 1) + news["cause"] + 1
    rarity = 1_000 - 999 * np.bincount(alike)[alike] // len(alike)
    worth: NDArray[Any] = share * rarity
    return worth


_EVENTS = {
    "limit_up": ("limit_changed",), "limit_down": ("limit_changed",), "approved": ("application_decided",),
    "declined": ("application_decided",), "counter_offer": ("application_decided",), "suspended": ("suspended",),
    "reinstated": ("reinstated",), "closed": ("closed",), "charged_off": ("charged_off",),
    "reopened": ("reopening_decided",), "hardship": ("hardship_agreed",),
}  # fmt: skip


def news_event(events: Iterable[Mapping[str, Any]], item: Item) -> Mapping[str, Any] | None:
    """The event of a life that a piece of news tells of."""
    found: Mapping[str, Any] | None = None
    for event in events:
        if event["day"] != item.day or event["event"] not in _EVENTS[item.kind]:
            continue
        if event["event"] == "limit_changed" and (event["from_fen"], event["to_fen"]) != (
            item.from_fen,
            item.to_fen,
        ):
            continue
        if event["event"] in ("suspended", "reinstated") and item.cause >= 0 and event["cause"] != SUSPENSION_CAUSES[item.cause]:
            continue
        found = found or event
        if event.get("decision", item.kind) in (item.kind, "approved" if item.kind == "reopened" else ""):
            return event
    return found


def news_reason(events: Iterable[Mapping[str, Any]], item: Item, policy: PolicyRecord | None = None) -> str:
    """Why it happened, by the reasons of the life's own event; "" if the life has no such event. By the policy a
    festival's extra says until when it is there.
    """
    event = news_event(events, item)
    if event is None:
        return ""
    if item.kind == "approved" and event.get("decision") == "counter_offer":
        return _("took the lower offer")
    last_day = last_day_of_season(policy, datetime.date.fromisoformat(event["date"])) if item.cause == BY_SEASON and policy else None
    if last_day is not None:
        return _("festival, until {date}").format(date=date_text(last_day, year=False, weekday=False))
    with of_another():
        return news_reason_text(event) or sentence(event)
