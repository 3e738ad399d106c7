"""What screens, views and answers read of a market: one immutable snapshot, swapped whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 7
"""M0 to M6."""


class Snapshot(Protocol):
    """What a screen reads of a market; immutable, swapped whole."""

    @property
    def day(self) -> int: ...
    @property
    def date(self) -> datetime.date: ...
    @property
    def shoppers(self) -> int:
        """Rows of the columns; those who have not arrived yet are among them, with `arrived` not set."""
        ...

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def monthly(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def warm_up_months(self) -> Sequence[Mapping[str, Any]]:
        """The last finished months before day 0."""
        ...

    @property
    def totals(self) -> Mapping[str, int]: ...
    @property
    def today(self) -> Mapping[str, int]: ...
    @property
    def daily(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def stocks(self) -> Mapping[str, int]: ...
    @property
    def earlier_day(self) -> int:
        """The day of `earlier`."""
        ...

    @property
    def earlier(self) -> Mapping[str, int]:
        """Stocks of about a month ago; empty where nobody looked then."""
        ...

    @property
    def opening_provision_fen(self) -> int:
        """The provision with which day 0 began."""
        ...

    @property
    def bucket_fen(self) -> NDArray[Any]: ...
    @property
    def news(self) -> NDArray[Any]: ...
    @property
    def news_total(self) -> int: ...


def people_count(snapshot: Snapshot) -> int:
    """How many people there are: those who have arrived."""
    return int(snapshot.stocks["shoppers"])
