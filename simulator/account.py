"""The account record: the lender's whole view of one shopper, one row each.

Words: a *cycle* runs from one statement day to the next; *older* gathers statements that have left
the eight slots; *micro* fields hold millionths of a fen; a *day* counts from day 0, `codes.NEVER`
is a day that has not come. Amounts are fen, shares ppm. A rule reads and writes this record and no
other of a shopper's.
"""

from __future__ import annotations

from typing import Annotated

from simulator.codes import FAR, NEVER, NO_GRADE
from simulator.row import I1, I2, I4, I8, Row

STATEMENT_SLOTS = 8
PLAN_SLOTS = 8
ORDER_SLOTS = 16
REFUND_SLOTS = 16
BUREAU_MONTHS = 25
"""This month and two years of whole ones, as a credit report shows."""
HABIT_MONTHS = 12
TIMELY_STATEMENTS = 12
NEVER_LATE = 99
"""Cycles since a missed statement, for a shopper who never missed one."""


class Statement(Row):
    """One statement: what it asked, what it still asks, what is still owed on it by kind."""

    day: I4
    due_day: I4
    balance_fen: I4
    minimum_fen: I4
    asks_fen: I4  # the minimum less what was paid since
    met: I1
    checked: I1  # its due date has passed and was looked at
    converted: I1  # its bill was put on instalments
    late_fee_fen: I4
    revolving_fee_fen: I4
    plan_fee_fen: I4
    plan_principal_fen: I4
    principal_fen: I4


class Plan(Row):
    """One instalment plan; free when `order` is 0."""

    order: I4
    kind: I1
    merchant_funded: I1
    return_open: I1
    day: I4
    terms: I1
    billed: I1
    skipped: I1
    mode: I1  # how it is settled early, from the contract's day
    principal_fen: I4
    term_principal_fen: I4
    last_principal_fen: I4
    term_fee_fen: I4
    fee_rate_ppm: I4
    settle_daily_ppm: I4
    unbilled_fen: I4
    billed_unpaid_fen: I4
    on_statement_fen: Annotated[list[int], "i4", STATEMENT_SLOTS]  # of it, as `rules.shares` says; the rest is older
    fees_billed_fen: I4
    refunded_fen: I4
    principal_days: I8  # fen-days of principal outstanding up to `counted_day`
    counted_day: I4
    outstanding_fen: I4  # from `counted_day` on, each term taken as paid on its due date
    last_term_fen: I4  # what was taken as paid on `counted_day`


class Order(Row):
    """One of the last orders; free when `order` is 0."""

    order: I4
    state: I1  # CASH_ORDER, LINE_ORDER, HELD_ORDER
    day: I4
    amount_fen: I4
    refunded_fen: I4
    unbilled_fen: I4  # of a line order that is on no plan
    planned: I1
    terms: I1
    channel: I1
    merchant: I4
    merchant_kind: I1
    category: I2
    resale: I1
    hour: I1
    known_device: I1
    merchant_funded: I1
    return_open: I1
    return_day: I4


class Refund(Row):
    """Money of a refund on its way to the shopper; free when `order` is 0."""

    order: I4
    amount_fen: I4
    arrives_day: I4
    of_cash_order: I1


class Account(Row):
    """The record of one shopper; see the module's words."""

    # State
    status: I1
    status_before_review: I1
    causes: I1  # set of suspension causes
    closure_cause: I1
    locked: I1
    hardship: I1
    faults: I2  # transitions refused by the table; a bug if not 0

    # What the form and the store tell
    age: I2
    student: I1
    job: I1
    city_tier: I1
    owner: I1
    income_fen: I4
    fund_fen: I8  # month-end
    instalments_elsewhere_fen: I4
    loans_elsewhere: I2
    enquiries: I2
    bureau_months: I2
    clean_elsewhere: I1  # of the oldest months of `elsewhere_dpd`, so many are known to be 0
    store_months: I2
    return_share_ppm: I4
    job_months: I2
    address_months: I2
    profile_items: I1
    trusted_contacts: I1
    record_orders: I4  # orders older than the slots, as one lump at `record_day`
    record_spend_fen: I8
    record_day: I4
    identity_day: I4
    identity_expired: I1
    shock_day: I4  # last life event that a hardship plan may rest on, as recorded
    shock: I1

    # Application, opening, closing
    declined_day: I4
    offer_day: I4
    offer_fen: I4
    opened_day: I4
    statement_day: I1
    closed_day: I4
    debt_paid_day: I4
    fraud_confirmed: I1
    grave_breach: I1
    worst_dpd: I2  # on any line so far, for an application with history

    # Limit
    limit_fen: I4
    temporary_fen: I4
    temporary_until_day: I4
    expiry_extra_fen: I4  # what an expired temporary limit adds to the next minimum
    cap_fen: I4  # the shopper's own spend cap for a calendar month; 0 is none
    spent_this_month_fen: I4
    cycles: I4  # statement days since opening
    cycle_day: I4  # the last of them
    last_decrease_cycle: I4
    last_request_day: I4
    score_at_change: I2
    stretched_months: I2  # cycles in a row of high use with minimum payments only
    dormant_months: I2

    # Conduct
    score: I2
    grade: I1
    scored_statements: I4  # statements made since opening
    streak: I4
    months_since_late: I2
    billed_recent_fen: Annotated[list[int], "i4", 3]
    paid_recent_fen: Annotated[list[int], "i4", 3]
    paid_since_fen: I4  # since the last statement
    use_ppm: I4  # utilisation at the last statement
    habit: Annotated[list[int], "i1", HABIT_MONTHS]  # bought in the cycle; [0] is this one
    last_minimum_met: I1
    timely: Annotated[list[int], "i1", TIMELY_STATEMENTS]  # 1 met in time, -1 missed; [0] is the last

    # What is owed
    exposure_fen: I4  # all principal, billed or not
    billed_fen: I4  # all that is unpaid on statements, older ones included
    statement_count: I1
    paid_statements: I1  # of the oldest, so many are known to be paid in full
    due_from_day: I4  # no statement falls due before it that is unpaid or not looked at
    charged_late_fen: I4  # charged, on no statement yet, unpaid
    charged_revolving_fen: I4
    unbilled_older_fen: I4  # unbilled principal of orders that have left the slots
    free_plans: I1  # of the last slots, so many are known to be free
    late_micro: I8
    revolving_micro: I8
    late_rate_ppm: I4  # the two daily rates in force (RULES §15)
    revolving_rate_ppm: I4
    order_count: I1
    aged_orders: I1  # so many of the oldest orders are known to be a week old, and on hold no more
    aged_fen: I8  # their amounts
    aged_refunded: I1  # those of them that were refunded in full
    billed_orders: I1  # of the oldest, so many are known to have nothing unbilled
    last_order: I4
    free_refunds: I1  # of the first slots, so many are known to be free
    autopay: I1
    waiting: I1  # orders on hold, open returns, refunds on their way
    frozen_fen: I4  # amount of the orders on hold

    # Arrears
    dpd: I2
    dpd_before: I2  # carried over from an ended hardship plan
    bucket: I1
    episode_worst_dpd: I2  # since the line was last active
    episode_late_micro: I8
    episode_principal_fen: I4
    late_cut_done: I1
    reinstatement_day: I4  # day of the request that waits; NEVER if none
    charged_off_fen: I8
    recovered_fen: I8

    # Fraud and breach
    fraud_day: I4
    appeal_day: I4
    alert_score: I2  # at the suspension, and the part of it that a fresh identity answers
    alert_answerable: I2
    breach_expired_day: I4
    breach_unreachable_day: I4
    review_day: I4  # the shopper's request to close

    # Slots, most of them empty most of the time; they stand last, so that what is always there stands together
    elsewhere_dpd: Annotated[list[int], "i2", BUREAU_MONTHS]  # [0] is this month
    older: Statement
    statements: Annotated[list[Statement], Statement, STATEMENT_SLOTS]  # oldest first
    plans: Annotated[list[Plan], Plan, PLAN_SLOTS]
    hardship_plan: Plan
    orders: Annotated[list[Order], Order, ORDER_SLOTS]  # oldest first
    refunds: Annotated[list[Refund], Refund, REFUND_SLOTS]

    def __init__(self, **values: object) -> None:
        """A shopper without a line: every day that has not come is NEVER, no grade."""
        super().__init__(**values)
        for name in _DAYS_TO_COME:
            if name not in values:
                setattr(self, name, NEVER)
        if "due_from_day" not in values:
            self.due_from_day = FAR
        if "grade" not in values:
            self.grade = NO_GRADE
        if "last_minimum_met" not in values:
            self.last_minimum_met = 1
        if "months_since_late" not in values:
            self.months_since_late = NEVER_LATE


KEPT = ("exposure_fen", "billed_fen", "frozen_fen", "due_from_day")
"""What the account keeps of what stands in its slots: worked out where a save of an earlier rulebook lacks it."""
KEPT_OF_PLANS = "on_statement_fen"
"""What each plan keeps of the statements: worked out likewise."""
_DAYS_TO_COME = (
    "identity_day", "shock_day", "declined_day", "offer_day", "opened_day", "closed_day", "debt_paid_day",
    "cycle_day", "temporary_until_day", "last_decrease_cycle", "last_request_day", "reinstatement_day", "fraud_day",
    "appeal_day", "breach_expired_day", "breach_unreachable_day", "review_day",
)  # fmt: skip
