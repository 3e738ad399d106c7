"""Draws by counter: none tells of another."""

from __future__ import annotations

from simulator import purposes
from simulator.random import dated, leaf, root, stem

SHOPPERS = 20_000
PLACES = 16
FIRST_DRAWS = [58726561, 964969162]


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


def test_a_seed_goes_on_giving_the_same_people() -> None:
    """Stories name seeds: another way to draw would give their shoppers other lives."""
    assert [leaf(stem(1, 1, 0), purposes.INCOME, ordinal) for ordinal in (0, 1)] == FIRST_DRAWS
