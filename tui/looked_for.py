"""What is looked for: the explorer's filter and order, and which news are wanted, from one visit to the next.

It lasts as long as the program runs; filters that are to last longer are kept in `saved_filters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.views.news import Wanted


@dataclass
class LookedFor:
    """As the person left it; of news, None for all of them."""

    filter: str = ""
    sorted_by: str = "number"
    descending: bool = False
    news: Wanted | None = None
