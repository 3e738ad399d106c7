"""Pricing: what a purchase costs its merchant (RULES §12)."""

from __future__ import annotations

from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import round_half_up, share, term_fee_fen
from simulator.rules.instalments import terms_index

GRADE_C = 2


@rule
def merchant_fee_fen(policy: PolicyRecord, amount_fen: int, terms: int, merchant_funded: int) -> int:
    """The merchant's fee of a purchase; one that funds a plan pays what grade C would. RULES §12."""
    fee = share(amount_fen, policy.merchant_fee_ppm)
    if merchant_funded and terms > 1:
        rate = policy.fee_rate_ppm[terms_index(terms)][GRADE_C]
        fee += term_fee_fen(amount_fen, rate) * terms
    return fee


@rule
def fee_taken_back_fen(fee_fen: int, refund_fen: int, bought_fen: int) -> int:
    """The part of a merchant's fee that a refund takes back, pro rata. RULES §12."""
    if bought_fen <= 0:
        return 0
    return round_half_up(fee_fen * refund_fen, bought_fen)
