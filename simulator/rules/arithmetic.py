"""Arithmetic of money: whole fen and parts per million (RULES, head and §4)."""

from __future__ import annotations

from simulator.calendar import DAYS_A_YEAR
from simulator.registry import rule

MILLION = 1_000_000
HUNDRED_YUAN_FEN = 10_000


@rule
def round_half_up(numerator: int, denominator: int) -> int:
    """Quotient of two whole numbers, not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


@rule
def share(amount_fen: int, share_ppm: int) -> int:
    """So many parts per million of an amount, rounded half up to the fen."""
    return round_half_up(amount_fen * share_ppm, MILLION)


@rule
def floor_share(amount_fen: int, share_ppm: int) -> int:
    """So many parts per million of an amount, rounded down to the fen."""
    return amount_fen * share_ppm // MILLION


@rule
def ratio_ppm(part: int, whole: int) -> int:
    """part / whole in ppm, rounded down; 0 where the whole is 0 (RULES §13)."""
    share_ppm = part * MILLION // max(1, whole)
    return share_ppm if whole > 0 else 0


@rule
def down_to_hundred_yuan(amount_fen: int) -> int:
    """An amount rounded down to whole ¥100."""
    return amount_fen // HUNDRED_YUAN_FEN * HUNDRED_YUAN_FEN


@rule
def capped_daily_ppm(daily_ppm: int, rate_cap_ppm: int) -> int:
    """A daily rate as it may be charged: never above the yearly cap / 365. RULES §4."""
    return min(daily_ppm, rate_cap_ppm // DAYS_A_YEAR)


@rule
def term_principal_fen(principal_fen: int, terms: int) -> int:
    """Principal of every term but the last: floor(P / n). RULES §4."""
    return principal_fen // terms


@rule
def last_principal_fen(principal_fen: int, terms: int) -> int:
    """Principal of the last term, which takes the remainder. RULES §4; FACTS §1.2."""
    return principal_fen - term_principal_fen(principal_fen, terms) * (terms - 1)


@rule
def term_fee_fen(principal_fen: int, fee_rate_ppm: int) -> int:
    """Fee of each term, on the original principal. RULES §4; FACTS §1.2 [S9]."""
    return share(principal_fen, fee_rate_ppm)
