"""The market as its screen shows it: stocks now and at the last month's end, today's flows, arrears,
spreads of limits, decisions with their reasons, and the result. All read from one snapshot.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator import codes
from simulator.calendar import days_in_month
from simulator.engine.measures import NEWS_KINDS
from simulator.explain.market import RESULT, festival_changes, flows, last_result_of, result_of
from simulator.market.protocol import BUCKETS, Snapshot
from simulator.market.query.filters import over_limit
from simulator.messages import reason_title
from simulator.messages.names import bucket_name
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.reasons import TOPICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUSPENDED_FOR = ("overdue", "plan", *codes.SUSPENSION_CAUSES[1:])
"""The causes of a suspension; who is under a hardship plan is suspended as the late are, and is counted apart."""
DECISION_DAYS = 30
LIMIT_UNIT_FEN, USE_UNIT_PPM = 50_000, 100_000
LIMIT_EDGES_FEN = (0, 50_000, 100_000, 200_000, 300_000, 500_000, 800_000, 1_200_000, 2_000_000)
"""Upper edges of the groups of limits; the last group has none."""
USE_EDGES_PPM = (0, 100_000, 300_000, 500_000, 700_000, 900_000, 1_000_000)


@dataclass(frozen=True)
class Pair:
    """A stock now and about a month ago; None where nobody looked then."""

    now: int
    before: int | None

    @property
    def change(self) -> int | None:
        """How much it changed since."""
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True)
class Headline:
    """The first figures of the screen; stocks are compared over `stock_days` days, flows are those of `days` days. How
    many limits a festival moved is None where the news that are kept do not go back so far.
    """

    date: datetime.date
    before_date: datetime.date | None
    stock_days: int
    days: int
    active: Pair
    owed_fen: Pair
    over_30_ppm: Pair
    up: int
    up_fen: int
    down: int
    down_fen: int
    festival_up: int | None
    festival_down: int | None
    closed: dict[str, int]
    suspended: dict[str, int]
    approved: int
    declined: int

    @property
    def between_month_ends(self) -> bool:
        """Whether both days of the stocks end a month: what is owed falls after each due day, so others tell no trend."""
        return self.before_date is not None and all(_ends_month(each) for each in (self.before_date, self.date))


def _ends_month(date: datetime.date) -> bool:
    return date.day == days_in_month(date)


def headline(snapshot: Snapshot, days: int = 1) -> Headline:
    """Stocks against a month ago, and what was done today or in the last days."""
    stocks, earlier = snapshot.stocks, snapshot.earlier
    today = flows(snapshot, days)
    stock_days = snapshot.day - snapshot.earlier_day
    return Headline(
        snapshot.date,
        snapshot.date - datetime.timedelta(days=stock_days) if earlier else None,
        stock_days,
        days,
        Pair(stocks["active"], earlier.get("active")),
        Pair(stocks["exposure_fen"], earlier.get("exposure_fen")),
        Pair(_over_30(stocks), _over_30(earlier) if earlier else None),
        today["limit_increases"], today["increased_fen"], today["limit_decreases"], today["decreased_fen"],
        _of_festival(snapshot, "limit_up", days), _of_festival(snapshot, "limit_down", days),
        {
            "shopper": today["closed_by_shopper"], "overdue": today["closed_overdue"], "fraud": today["closed_fraud"],
            "breach": today["closed_breach"],
        },
        {cause: today[f"suspended_{cause}"] for cause in SUSPENDED_FOR},
        today["approved"], today["declined"],
    )  # fmt: skip


def _of_festival(snapshot: Snapshot, kind: str, days: int) -> int | None:
    counts = festival_changes(snapshot, kind, days)
    return None if counts is None else sum(counts)


def _over_30(stocks: Mapping[str, int]) -> int:
    return ratio_ppm(stocks["dpd30_plus_fen"], stocks["exposure_fen"])


@dataclass(frozen=True)
class Bucket:
    """What is owed in a bucket of days late."""

    name: str
    fen: int
    share_ppm: int


def buckets(snapshot: Snapshot) -> list[Bucket]:
    """What is owed now, by bucket."""
    fens = [snapshot.stocks[f"m{number}_fen"] for number in range(BUCKETS)]
    return [Bucket(bucket_name(number), fen, ratio_ppm(fen, sum(fens))) for number, fen in enumerate(fens)]


def arrears_over_time(snapshot: Snapshot) -> list[list[int]]:
    """Shares of what is owed in M1 to M6, ppm, a list a month, oldest first."""
    return [[ratio_ppm(int(fen), int(month.sum())) for fen in month[1:]] for month in snapshot.bucket_fen]


@dataclass(frozen=True)
class Group:
    """How many lines lie above one edge and up to the next; None where a group has no edge."""

    above: int | None
    up_to: int | None
    count: int


def limit_groups(snapshot: Snapshot) -> list[Group]:
    """Lines by permanent limit."""
    return _grouped(snapshot.columns["limit_fen"], LIMIT_UNIT_FEN, LIMIT_EDGES_FEN)[1:]


def use_groups(snapshot: Snapshot) -> list[Group]:
    """Lines by the share of the limit in use."""
    columns = snapshot.columns
    unused, *used = _grouped(columns["utilisation_ppm"], USE_UNIT_PPM, USE_EDGES_PPM)
    without_line = len(columns["limit_fen"]) - int((columns["limit_fen"] > 0).sum())
    return [Group(unused.above, unused.up_to, unused.count - without_line), *used]


def over_limit_count(snapshot: Snapshot) -> int:
    """How many lines owe more than they may today, as the explorer's `over limit` finds them. Those whom only a
    festival's extra carries past their permanent limit are not among them.
    """
    return int((over_limit(snapshot.columns) & snapshot.columns["arrived"]).sum())


def _grouped(values: NDArray[Any], unit: int, edges: Sequence[int]) -> list[Group]:
    """How many values lie in each group; the edges, of which the first is 0, are whole units. No sort: a
    million values are counted in a blink.
    """
    import numpy as np

    units = np.minimum((values + (unit - 1)) // unit, edges[-1] // unit + 1)
    counts = np.bincount(units, minlength=edges[-1] // unit + 2)
    groups: list[Group] = []
    for above, up_to in zip((None, *edges), (*edges, None), strict=True):
        low = 0 if above is None else above // unit + 1
        high = len(counts) if up_to is None else up_to // unit + 1
        groups.append(Group(above, up_to, int(counts[low:high].sum())))
    return groups


@dataclass(frozen=True)
class Decisions:
    """Approvals and declines of the last days that are still in the news, and what was decisive."""

    days: int
    approved: int
    declined: int
    reasons: list[tuple[str, int]]


def decisions(snapshot: Snapshot) -> Decisions:
    """Decisions of the last thirty days told in the news, with the reasons of declines, the commonest first."""
    import numpy as np

    news = snapshot.news
    recent = news[news["day"] > snapshot.day - DECISION_DAYS]
    declined = recent[recent["kind"] == NEWS_KINDS.index("declined")]
    counts: dict[str, int] = {}
    for topic in np.unique(declined["topic"]).tolist():
        bits = declined["reasons"][declined["topic"] == topic]
        for place, reason in enumerate(TOPICS.get(topic, ())):
            count = int(((bits >> place) & 1).sum())
            if count:
                counts[reason.code] = counts.get(reason.code, 0) + count
    first = int(recent["day"].min()) if len(recent) else snapshot.day
    approved = int((recent["kind"] == NEWS_KINDS.index("approved")).sum())
    return Decisions(
        snapshot.day - first + 1, approved, len(declined),
        [(reason_title(code), count) for code, count in sorted(counts.items(), key=lambda each: -each[1])],
    )  # fmt: skip


COSTS = frozenset(
    name for name in RESULT if name.endswith("_cost_fen") or name in ("charged_off_fen", "provision_change_fen")
)
"""What is taken from the income; the profit is what is left."""


def result_rows(snapshot: Snapshot) -> list[tuple[str, int, int]]:
    """(measure, the last month, all months since day 0) of the profit and loss."""
    return [(name, last_result_of(snapshot, name), result_of(snapshot, name)) for name in RESULT]
