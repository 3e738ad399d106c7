"""Random draws by counter: a draw is a hash of its key, nothing is stateful (ARCHITECTURE, Randomness).

The same key gives the same draw on any machine, at any thread count and in any order. Keys are whole
numbers; the arithmetic stays within 63 bits, so that plain and compiled agree.
"""

from __future__ import annotations

from simulator.registry import in_place, rule

MASK = 0xFFFFFFFF
MILLION = 1_000_000


@rule
def mixed(word: int) -> int:
    """One 32-bit word, well mixed."""
    word = (word ^ (word >> 16)) & MASK
    word = (word * 0x21F0AAAD) & MASK
    word = word ^ (word >> 15)
    word = (word * 0x735A2D97) & MASK
    return word ^ (word >> 15)


@rule
def stem(seed: int, shopper: int, day: int) -> int:
    """What all draws of one shopper on one day (or in one month) share."""
    return dated(root(seed, shopper), day)


@rule
def root(seed: int, shopper: int) -> int:
    """What all draws of one shopper share."""
    word = mixed((seed & MASK) ^ 0x51ED270B)
    word = mixed(word ^ ((seed >> 32) & MASK))
    word = mixed(word + (shopper & MASK) & MASK)
    return mixed(word ^ ((shopper >> 32) & MASK))


@rule
def dated(root_word: int, day: int) -> int:
    """The stem of a day (or a month), by what all draws of the shopper share."""
    return mixed((root_word + (day & MASK) + 0x2545F491) & MASK)


@rule
def leaf(stem_word: int, purpose: int, ordinal: int) -> int:
    """A whole number from 0 to 2^32 - 1 by a stem, a purpose and an ordinal."""
    word = mixed((stem_word + purpose * 0x61C88647) & MASK)
    return mixed((word + ordinal * 0x3C6EF372 + 1) & MASK)


@rule
def draw(seed: int, shopper: int, day: int, purpose: int, ordinal: int) -> int:
    """A whole number from 0 to 2^32 - 1 by its key."""
    return leaf(stem(seed, shopper, day), purpose, ordinal)


@rule
def below(drawn: int, count: int) -> int:
    """A draw as a whole number from 0 to count - 1."""
    return drawn * count >> 32


@rule
def between(drawn: int, low: int, high: int) -> int:
    """A draw as a whole number from low to high, both included."""
    return low + below(drawn, high - low + 1)


@rule
def chance(drawn: int, chance_ppm: int) -> bool:
    """Whether a draw falls within so many parts per million."""
    return below(drawn, MILLION) < chance_ppm


@rule
@in_place
def quantile(drawn: int, table: tuple[int, ...]) -> int:
    """A draw through a table of equally spaced quantiles, straight between them."""
    steps = len(table) - 1
    place = drawn * steps
    index, rest = place >> 32, place & MASK
    return table[index] + ((table[index + 1] - table[index]) * rest >> 32)


PLACES = 256


def by_weight(weights: tuple[int, ...]) -> tuple[int, ...]:
    """256 places for the top 8 bits of a draw: each index in as many as its weight asks, at least one above 0."""
    total, reached = sum(weights), 0
    places: list[int] = []
    for index, weight in enumerate(weights):
        reached += weight
        room = max(round(reached * PLACES / total), len(places) + 1 if weight else 0)
        places += [index] * (min(PLACES, room) - len(places))
    return tuple(places)


@rule
def weighted(drawn: int, weights: tuple[int, ...]) -> int:
    """The index that a draw falls on, by weights."""
    total = 0
    for weight in weights:
        total += weight
    point = below(drawn, total)
    for index in range(len(weights)):
        point -= weights[index]
        if point < 0:
            return index
    return len(weights) - 1
