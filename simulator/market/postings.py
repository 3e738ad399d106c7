"""The market's ledger: one set of postings a calendar month, made from the tallies (RULES §12).

Names and signs are those of a life's postings; the costs posted by the month are here alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.engine import measures as m
from simulator.ledger.postings import Posting, trial_balance
from simulator.market.books import MonthBooks


def month_postings(month: MonthBooks) -> list[Posting]:
    """A month's postings, one an account, those of 0 left out; they add up to 0."""
    flows = month.flows
    principal_paid, settled = flows[m.PRINCIPAL_PAID], flows[m.SETTLED_PRINCIPAL]
    fees_paid = flows[m.PAID] - principal_paid
    refund_cash = flows[m.LINE_REFUNDED] - flows[m.REFUND_OWED]
    settlement = flows[m.SETTLEMENT_FEE]
    fees_charged = month.fee_income_fen - settlement + flows[m.LATE_INCOME]
    charged_off_principal = flows[m.CHARGED_OFF_FEN] - flows[m.CHARGED_OFF_FEE]
    received = flows[m.PAID] + settled + settlement + flows[m.RECOVERED]
    costs = month.funding_fen + month.operating_fen + month.collection_fen + flows[m.ACQUISITION_COST]
    amounts = {
        "receivable_principal": flows[m.LINE_GMV] - flows[m.REFUND_OWED] - principal_paid - settled
        + flows[m.HARDSHIP_FEE] - charged_off_principal,
        "fees_receivable": fees_charged - fees_paid - flows[m.HARDSHIP_FEE] - flows[m.CHARGED_OFF_FEE],
        "cash": received - flows[m.REFUND_ARRIVED_FEN] - costs,
        "merchant_payable": flows[m.LINE_REFUNDED] - flows[m.LINE_GMV] + flows[m.MERCHANT_INCOME],
        "refunds_payable": flows[m.REFUND_ARRIVED_FEN] - refund_cash,
        "provision_held": -month.provision_change_fen,
        "fee_income": -month.fee_income_fen,
        "merchant_fee_income": -flows[m.MERCHANT_INCOME],
        "late_income": -flows[m.LATE_INCOME],
        "recovery": -flows[m.RECOVERED],
        "charge_off": flows[m.CHARGED_OFF_FEN],
        "provision": month.provision_change_fen,
        "funding_cost": month.funding_fen,
        "operating_cost": month.operating_fen,
        "collection_cost": month.collection_fen,
        "acquisition_cost": flows[m.ACQUISITION_COST],
    }  # fmt: skip
    return [Posting(account, amount) for account, amount in amounts.items() if amount]


def opening_postings(earlier: Sequence[MonthBooks]) -> list[Posting]:
    """The balance sheet that earlier months have left: what they earned stands on one account."""
    sums = trial_balance(posting for month in earlier for posting in month_postings(month))
    earned = sum(amount for account, amount in sums.items() if account in RESULT)
    kept = {account: amount for account, amount in sums.items() if account not in RESULT}
    kept[EARLIER] = earned
    return [Posting(account, amount) for account, amount in kept.items() if amount]


EARLIER = "earlier_results"
RESULT = (
    "fee_income", "merchant_fee_income", "late_income", "recovery", "charge_off", "provision", "funding_cost",
    "operating_cost", "collection_cost", "acquisition_cost",
)  # fmt: skip
"""The accounts whose sum, with the sign turned, is the profit; the others are the balance sheet."""
