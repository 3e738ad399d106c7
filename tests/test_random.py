"""Draws by counter: each key its own number, all numbers alike, and none tells of another."""

from __future__ import annotations

from simulator import purposes
from simulator.random import PURPOSES, dated, leaf, root, stem

ALL_PURPOSES = {value for name, value in vars(purposes).items() if name.isupper()}
ORDINALS = 600
SHOPPERS = 20_000
PLACES = 16


def test_every_purpose_and_ordinal_has_a_draw_of_its_own() -> None:
    assert len(ALL_PURPOSES) > 50 and max(ALL_PURPOSES) < PURPOSES
    drawn = {leaf(stem(1, 1, 0), purpose, ordinal) for purpose in ALL_PURPOSES for ordinal in range(ORDINALS)}
    assert len(drawn) == len(ALL_PURPOSES) * ORDINALS


def unlike(pairs: list[tuple[int, int]]) -> float:
    """By how many standard deviations pairs of draws miss falling alike on all places of a square."""
    counts = [0] * PLACES**2
    for one, other in pairs:
        counts[(one * PLACES >> 32) * PLACES + (other * PLACES >> 32)] += 1
    expected = len(pairs) / PLACES**2
    square = sum((count - expected) ** 2 for count in counts) / expected
    freedom = PLACES**2 - 1
    return float((square - freedom) / (2 * freedom) ** 0.5)


def test_no_draw_tells_of_another() -> None:
    """Of the next purpose, the next ordinal, the next month, the next shopper."""
    stems = [stem(7, shopper, 24_300) for shopper in range(SHOPPERS)]
    later = [dated(root(7, shopper), 24_301) for shopper in range(SHOPPERS)]
    first = [leaf(word, purposes.SIZE, 0) for word in stems]
    for others in (
        [leaf(word, purposes.SIZE + 1, 0) for word in stems],
        [leaf(word, purposes.SIZE, 1) for word in stems],
        [leaf(word, purposes.SIZE, 0) for word in later],
        first[1:] + first[:1],
    ):
        assert abs(unlike(list(zip(first, others, strict=True)))) < 4
    assert unlike(list(zip(first, first, strict=True))) > 1_000
