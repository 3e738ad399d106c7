"""Measures: what is counted of every event and every month-end, by number (RULES §13).

A *flow* is a sum over days, a *stock* is read at a calendar month's end. Columns of the arrays below
are these constants; names of columns are in FLOWS and STOCKS, in order.
"""

from __future__ import annotations

FLOWS = (
    "applications", "decided", "approved", "counter_offers", "purchases", "line_gmv_fen", "cash_purchases", "cash_gmv_fen",
    "refunded_fen", "planned_fen", "plan_fee_fen", "revolving_fee_fen", "settlement_fee_fen", "merchant_income_fen",
    "late_income_fen", "acquisition_cost_fen", "charged_off_fen", "charged_off", "recovered_fen", "limit_increases",
    "limit_decreases", "increased_fen", "decreased_fen", "suspended_overdue", "suspended_fraud", "suspended_breach",
    "closed_by_shopper", "closed_overdue", "closed_fraud", "closed_breach", "closed_product_ended", "reopened", "opened",
    "reopening_declined", "declined", "complaints", "regulator_complaints", "statements", "billed_fen", "missed",
    "payments", "paid_fen", "held", "purchases_declined", "alerts", "exposure_change_fen", "plans", "hardship_plans",
    "reinstated", "returns", "late_fee_charges", "principal_paid_fen", "settled_principal_fen", "line_refunded_fen",
    "refund_owed_fen", "refund_arrived_fen", "hardship_fee_fen", "charged_off_fee_fen", "suspended_plan",
)  # fmt: skip
(
    APPLICATIONS, DECIDED, APPROVED, COUNTER_OFFERS, PURCHASES, LINE_GMV, CASH_PURCHASES, CASH_GMV,
    REFUNDED_FEN, PLANNED, PLAN_FEE, REVOLVING_FEE, SETTLEMENT_FEE, MERCHANT_INCOME,
    LATE_INCOME, ACQUISITION_COST, CHARGED_OFF_FEN, CHARGED_OFF_COUNT, RECOVERED, LIMIT_INCREASES,
    LIMIT_DECREASES, INCREASED, DECREASED, SUSPENDED_OVERDUE, SUSPENDED_FRAUD, SUSPENDED_BREACH,
    CLOSED_SHOPPER, CLOSED_OVERDUE_COUNT, CLOSED_FRAUD_COUNT, CLOSED_BREACH_COUNT, CLOSED_ENDED, REOPENED, OPENED,
    REOPENING_DECLINED, DECLINED_COUNT, COMPLAINTS_COUNT, REGULATOR_COMPLAINTS, STATEMENTS, BILLED, MISSED,
    PAYMENTS, PAID, HELD, PURCHASES_DECLINED, ALERTS, EXPOSURE_CHANGE, PLANS, HARDSHIP_PLANS,
    REINSTATED_COUNT, RETURNS_COUNT, LATE_FEE_CHARGES, PRINCIPAL_PAID, SETTLED_PRINCIPAL, LINE_REFUNDED,
    REFUND_OWED, REFUND_ARRIVED_FEN, HARDSHIP_FEE, CHARGED_OFF_FEE, SUSPENDED_PLAN,
) = range(len(FLOWS))  # fmt: skip

STOCKS = (
    "open", "active", "exposure_fen", "limit_total_fen", "m0_fen", "m1_fen", "m2_fen", "m3_fen", "m4_fen", "m5_fen",
    "m6_fen", "dpd30_plus_fen", "dpd90_plus_fen", "late_accounts", "over_indebted", "leavers", "suspended", "closed",
    "charged_off_accounts", "no_line", "shoppers", "inactive", "cash_fen", "fund_fen", "dpd30_accounts", "service_over_40",
)  # fmt: skip
(
    OPEN, ACTIVE_COUNT, EXPOSURE, LIMIT_TOTAL, M0, M1, M2, M3, M4, M5,
    M6, DPD30, DPD90, LATE_ACCOUNTS, OVER_INDEBTED, LEAVERS, SUSPENDED_STOCK, CLOSED_STOCK,
    CHARGED_OFF_STOCK, NO_LINE, SHOPPERS, INACTIVE, CASH_STOCK, FUND_STOCK, DPD30_ACCOUNTS, SERVICE_OVER_40,
) = range(len(STOCKS))  # fmt: skip

CAUSES = (
    "opening", "review", "request", "late", "score", "utilisation", "dormant", "warning", "season", "expiry", "closure",
)  # fmt: skip
"""Causes of limit changes. INTERFACE, simulate."""
(
    BY_OPENING, BY_REVIEW, BY_REQUEST, BY_LATE, BY_SCORE, BY_UTILISATION, BY_DORMANT, BY_WARNING, BY_SEASON, BY_EXPIRY,
    BY_CLOSURE,
) = range(len(CAUSES))  # fmt: skip

NO_MOVES = (BY_OPENING, BY_WARNING, BY_CLOSURE)
"""Causes that raise or cut no limit: a line that is opened or ended is news of its own, and no early warning is built."""

NEWS_KINDS = (
    "limit_up", "limit_down", "approved", "declined", "counter_offer", "suspended", "reinstated", "closed", "charged_off",
    "reopened", "hardship", "limit_ended",
)  # fmt: skip
(
    NEWS_UP, NEWS_DOWN, NEWS_APPROVED, NEWS_DECLINED, NEWS_OFFER, NEWS_SUSPENDED, NEWS_REINSTATED, NEWS_CLOSED,
    NEWS_CHARGED_OFF, NEWS_REOPENED, NEWS_HARDSHIP, NEWS_LIMIT_ENDED,
) = range(len(NEWS_KINDS))  # fmt: skip
NEWS_FIELDS = ("day", "shopper", "kind", "from_fen", "to_fen", "cause", "topic", "reasons")
NEWS_WIDTH = len(NEWS_FIELDS)

ROLL_TO = 9
"""Where a bucket's exposure may be a month later: M0 to M6, written off, gone."""
TO_CHARGED_OFF, TO_GONE = 7, 8
USE_BINS = 22
"""Utilisation at a month's end: none, then by 5 %, over 100 % last."""
LIMIT_BINS = 51
"""Limits at a month's end by ¥1,000, the last 50,000 and more."""
GRADE_ROWS = 6
"""Grades A to E, and no grade."""
BY_GRADE = (
    "accounts", "exposure_fen", "dpd30_plus_fen", "charged_off_fen", "income_fen", "recovered_fen", "active", "late_accounts",
    "provision_micro",
)  # fmt: skip
"""By grade; `provision_micro` is in millionths of a fen, so that grades add up to the whole book."""
(
    GRADE_ACCOUNTS, GRADE_EXPOSURE, GRADE_DPD30, GRADE_CHARGED_OFF, GRADE_INCOME, GRADE_RECOVERED, GRADE_ACTIVE, GRADE_LATE,
    GRADE_PROVISION,
) = range(len(BY_GRADE))  # fmt: skip
GRADE_COLUMNS = len(BY_GRADE)
AGES = 48
"""Months for which a vintage is followed."""

CELLS = (len(STOCKS), GRADE_ROWS * GRADE_COLUMNS, 8 * ROLL_TO, USE_BINS, LIMIT_BINS)
"""Cells of a month: stocks, grades, roll, use, limits."""
