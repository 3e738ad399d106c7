"""Bits: sets of small whole numbers, a bit each, as of the days of a month."""

from __future__ import annotations


def lowest_place(bits: int) -> int:
    """The place of the lowest bit that is set, from 0; not for 0.

    Compiled, it is one step of the processor (`engine.compile`).
    """
    return (bits & -bits).bit_length() - 1
