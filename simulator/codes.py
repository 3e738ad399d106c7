"""Codes: the whole numbers by which records and events name states, causes and kinds.

Each group is constants for the rules and a tuple of names, by position, for people and files.
"""

from __future__ import annotations

NEVER = -1_000_000
"""A day that has not come: so long before day 0 that any wait since is over."""
FAR = 1_000_000
"""A day that never comes: nothing is waited for."""

# States of a line (RULES §11).
NONE, APPLIED, DECLINED, ACTIVE, SOFT_BLOCKED, SUSPENDED = 0, 1, 2, 3, 4, 5
CLOSURE_REVIEW, RUN_OFF, CLOSED, CHARGED_OFF = 6, 7, 8, 9
STATUSES = (
    "none", "applied", "declined", "active", "soft-blocked", "suspended",
    "closure-review", "run-off", "closed", "charged-off",
)  # fmt: skip

# Causes of suspension, one bit each; their names by bit.
BY_OVERDUE, BY_FRAUD, BY_BREACH = 1, 2, 4
SUSPENSION_CAUSES = ("overdue", "fraud", "breach")

# Causes of closure; 0 while the line was never closed.
(CLOSED_BY_SHOPPER, CLOSED_OVERDUE, CLOSED_FRAUD, CLOSED_FRAUD_NOT_ANSWERED, CLOSED_BREACH,
 CLOSED_PRODUCT_ENDED) = 1, 2, 3, 4, 5, 6  # fmt: skip
CLOSURE_CAUSES = ("", "shopper", "overdue", "fraud", "fraud_not_answered", "breach", "product_ended")

# Breaches of terms; the first three are grave.
FALSE_IDENTITY, SELLING_ACCOUNT, CASH_OUT, EXPIRED_IDENTITY, UNREACHABLE = 1, 2, 3, 4, 5
BREACHES = ("", "false_identity", "selling_account", "cash_out", "expired_identity", "unreachable")
SEVERITIES = ("minor", "grave")

ONLINE, FLASH, BILLS = 0, 1, 2
CHANNELS = ("online", "flash", "bills")

# What an order is.
NO_ORDER, CASH_ORDER, LINE_ORDER, HELD_ORDER = 0, 1, 2, 3

CHECKOUT_PLAN, BILL_PLAN, HARDSHIP_PLAN = 1, 2, 3
PLAN_KINDS = ("", "checkout", "bill", "hardship")

SETTLE_FREE, SETTLE_ALL_REMAINING, SETTLE_REPRICE = 0, 1, 2
SETTLEMENTS = ("none", "all_remaining", "reprice_daily")

AUTOPAY_OFF, AUTOPAY_MINIMUM, AUTOPAY_FULL = 0, 1, 2
AUTOPAYS = ("off", "minimum", "full")

GRADES = ("A", "B", "C", "D", "E")
NO_GRADE = -1
TERMS = (3, 6, 12, 24)

DECISIONS = ("approved", "declined", "counter_offer")
APPROVED, REFUSED, COUNTER_OFFER = 0, 1, 2

BY_SHOPPER, BY_AUTOPAY = 0, 1
PAYERS = ("shopper", "autopay")

PERMANENT, TEMPORARY = 0, 1
LIMIT_KINDS = ("permanent", "temporary")
LIMIT_MOVERS = ("lender", "request", "season", "expiry", "closure")
LENDER, REQUEST, SEASON, EXPIRY, CLOSURE = 0, 1, 2, 3, 4

FEE_CAUSES = ("statement", "prepay", "closure")
ON_STATEMENT, ON_PREPAY, ON_CLOSURE = 0, 1, 2

FUND_DIRECTIONS = ("in", "out")

LIFE_KINDS = ("", "job_loss", "illness", "disaster", "pay_rise", "windfall")
JOB_LOSS, ILLNESS, DISASTER, PAY_RISE, WINDFALL = 1, 2, 3, 4, 5
SHOCKS = LIFE_KINDS[:4]
"""Life events that a hardship plan may rest on, by number."""

COMPLAINTS = ("decline", "cut", "hold", "suspension", "contact")
ABOUT_DECLINE, ABOUT_CUT, ABOUT_HOLD, ABOUT_SUSPENSION, ABOUT_CONTACT = 0, 1, 2, 3, 4
RECIPIENTS = ("lender", "regulator")

MERCHANT_ONLINE, MERCHANT_OFFLINE, MERCHANT_UNKNOWN = 0, 1, 2
