"""What stands on an opened shopper's page besides."""

from __future__ import annotations

import pytest

from simulator import text
from simulator.market.page import TOWNS, page_of


@pytest.mark.parametrize("tier", range(1, 6))
def test_people_live_in_a_town_of_their_tier_and_it_can_be_read_in_both_languages(tier: int) -> None:
    for number in range(1, 40):
        text.use(text.CHINESE)
        town = page_of(7, number, "clerk", tier).town
        assert town in TOWNS[tier]
        text.use(text.ENGLISH)
        assert page_of(7, number, "clerk", tier).town.isascii()
