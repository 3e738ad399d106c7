"""Bits: sets of small whole numbers, a bit each, as of the days of a month."""

from __future__ import annotations

from collections.abc import Sequence


def lowest_place(bits: int) -> int:
    """The place of the lowest bit that is set, from 0; not for 0.

    Compiled, it is one step of the processor (`engine.compile`).
    """
    return (bits & -bits).bit_length() - 1


def how_many(bits: int) -> int:
    """How many bits are set; not for numbers below 0.

    Compiled, it is one step of the processor (`engine.compile`).
    """
    return bits.bit_count()


def places_of(number: int, numbers: Sequence[int]) -> int:
    """The set of the places at which a number stands in a record's list of numbers of one byte.

    Compiled, the list is looked at as a whole (`engine.compile`).
    """
    return sum(1 << place for place, other in enumerate(numbers) if other == number)
