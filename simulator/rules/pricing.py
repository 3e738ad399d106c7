"""Pricing: what a purchase costs its merchant (RULES §12)."""

from __future__ import annotations

from simulator.policy.record import FUNDED_GRADE, PolicyRecord
from simulator.registry import rule
from simulator.rules.arithmetic import round_half_up, share, term_fee_fen
from simulator.rules.instalments import terms_index


@rule
def fee_at_rates_fen(amount_fen: int, merchant_fee_ppm: int, funded_fee_ppm: int, terms: int) -> int:
    """A merchant's fee at given rates; `funded_fee_ppm` a term is 0 where it funds no plan. RULES §12."""
    return share(amount_fen, merchant_fee_ppm) + term_fee_fen(amount_fen, funded_fee_ppm) * terms


@rule
def merchant_fee_fen(policy: PolicyRecord, amount_fen: int, terms: int, merchant_funded: int) -> int:
    """The merchant's fee of a purchase; one that funds a plan pays what grade C would. RULES §12."""
    funded = 0
    if merchant_funded and terms > 1:
        funded = policy.fee_rate_ppm[terms_index(terms)][FUNDED_GRADE]
    return fee_at_rates_fen(amount_fen, policy.merchant_fee_ppm, funded, terms)


@rule
def fee_charged_fen(policy: PolicyRecord, day: int, amount_fen: int, terms: int, merchant_funded: int) -> int:
    """What a purchase of a day cost its merchant under the policy of that day. RULES §12, §15."""
    for i in range(policy.earlier_fee_count):
        earlier = policy.earlier_fees[i]
        if day < earlier.until_day:
            funded = 0
            if merchant_funded and terms > 1:
                funded = earlier.funded_fee_ppm[terms_index(terms)]
            return fee_at_rates_fen(amount_fen, earlier.merchant_fee_ppm, funded, terms)
    return merchant_fee_fen(policy, amount_fen, terms, merchant_funded)


@rule
def fee_taken_back_fen(fee_fen: int, refund_fen: int, bought_fen: int) -> int:
    """The part of a merchant's fee that a refund takes back, pro rata. RULES §12."""
    if bought_fen <= 0:
        return 0
    return round_half_up(fee_fen * refund_fen, bought_fen)
