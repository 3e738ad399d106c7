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
    def shoppers(self) -> int: ...
    @property
    def columns(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def monthly(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def totals(self) -> Mapping[str, int]: ...
    @property
    def today(self) -> Mapping[str, int]: ...
    @property
    def stocks(self) -> Mapping[str, int]: ...
    @property
    def bucket_fen(self) -> NDArray[Any]: ...
    @property
    def news(self) -> NDArray[Any]: ...
    @property
    def news_total(self) -> int: ...
