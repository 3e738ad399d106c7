"""The policy as the rules read it: whole numbers under the flat names of RULES §14.

Amounts are fen, rates and shares ppm, switches 0 or 1, grades 0..4 for A..E, terms by their
position in 3, 6, 12, 24. The record is made from the validated policy by `policy.numeric`.
"""

from __future__ import annotations

from typing import Annotated

from simulator.row import I1, I2, I4, I8, Row

CHARACTERISTICS = 20
BINS = 7
SEASONS = 6
EARLIER_FEES = 8
FUNDED_GRADE = 2
"""A merchant that funds a plan pays what grade C would. RULES §12."""


NO_BOUND = 2**63 - 1
"""The bound of a characteristic's last bin and of the places after it: no value is above it."""
NO_VALUE = -(2**63)
"""Below every value."""


class Characteristic(Row):
    """One characteristic of a scorecard: `bins` bins, the last without a bound."""

    bins: I1
    bounds: Annotated[list[int], "i8", BINS]  # a value up to and including bounds[i] is in bin i
    points: Annotated[list[int], "i2", BINS]
    pointless: I8  # values up to and including this one give no points, however low


class Scorecard(Row):
    """One scorecard: its characteristics, in the order that the rules give values; places after them are empty."""

    characteristics: Annotated[list[Characteristic], Characteristic, CHARACTERISTICS]


class Season(Row):
    """A festival: temporary limits run from `before` days before it to `after` days after it."""

    month: I1
    dom: I1
    before: I2
    after: I2
    first_months: I2  # calendar months that may hold its first day, a bit each, January lowest


class Decreases(Row):
    """How much a limit falls, by cause, in ppm."""

    late: I4
    score: I4
    utilisation: I4
    dormant: I4
    warning: I4


class Band(Row):
    """A band of shares, both ends included."""

    low: I4
    high: I4


class EarlierFees(Row):
    """What merchants were charged for purchases before a day; a refund takes back what was charged."""

    until_day: I4
    merchant_fee_ppm: I4
    funded_fee_ppm: Annotated[list[int], "i4", 4]  # grade C, by terms


class PolicyRecord(Row):
    """Every field of RULES §14."""

    default_statement_day: I1
    due_offset_days: I1
    minimum_ppm: I4
    small_balance_fen: I4
    revolving_fee_ppm: I4
    late_fee_ppm: I4
    late_fee_cap_ppm: I4
    tolerance_fen: I4
    fee_rate_ppm: Annotated[list[list[int]], "i4", 4, 5]
    min_plan_fen: I4
    early_settlement: I1
    settle_daily_ppm: I4
    refund_days: I2
    rate_cap_ppm: I4
    min_orders: I2
    min_spend_fen: I4
    record_days: I2
    grade_cutoffs: Annotated[list[int], "i2", 5]
    income_multiple_ppm: I4
    grade_factor_ppm: Annotated[list[int], "i4", 5]
    min_limit_fen: I4
    max_limit_fen: I4
    counter_offer: I1
    starter_limit_fen: I4
    max_debt_service_ppm: I4
    review_months: I2
    request_days: I2
    increase_streak: I2
    increase_grade: I1
    increase_utilisation_ppm: Band
    increase_ppm: Annotated[list[int], "i4", 5]
    decrease_dpd: I2
    decrease_score_drop: I2
    decrease_utilisation_ppm: I4
    decrease_months: I2
    dormant_months: I2
    decrease_ppm: Decreases
    temporary_limit_ppm: I4
    season: Annotated[list[Season], Season, SEASONS]
    season_count: I1
    season_months: I2  # calendar months that may hold a season's first day, a bit each, January lowest
    hold_score: I2
    suspend_score: I2
    verify_days: I2
    appeal_days: I2
    breach_cure_days: I2
    soft_block_dpd: I2
    suspend_dpd: I2
    close_dpd: I2
    charge_off_dpd: I2
    reinstate_days: I2
    closure_review_days: I2
    reopen_days: I2
    reopen_overdue_days: I2
    reopen_clean_months: I2
    identity_days: I2
    bureau_grace_days: I2
    merchant_fee_ppm: I4
    funding_rate_ppm: I4
    provision_ppm: Annotated[list[int], "i4", 7]
    store_margin_ppm: I4
    counter_cutoff: I2
    offer_days: I2
    decline_cooling_days: I2
    line_payment_ppm: I4
    max_line_income_ppm: I4
    age_min: I2
    age_max: I2
    bureau_dpd_max: I2
    recent_months: I2
    decrease_gap_months: I2
    warning_score: I2
    fund_days: I2
    fund_yield_ppm: I4
    return_days: I2
    return_pause_days: I2
    appeal_window_days: I2
    hardship_terms: I2
    hardship_dpd: I2
    hardship_service_ppm: I4
    reminders: I1
    product_open: I1
    operating_fen: I4
    acquisition_fen: I4
    collection_fen: I4

    # What the policies before it charged merchants, oldest first; `policy.numeric.following`
    earlier_fees: Annotated[list[EarlierFees], EarlierFees, EARLIER_FEES]
    earlier_fee_count: I1

    # Worked out when the policy is loaded
    plan_simple_rate_ppm: Annotated[list[list[int]], "i4", 4, 5]  # a year, without fen rounding, rounded up
    application: Scorecard
    behaviour: Scorecard
    monitor: Scorecard
