"""Titles: a few words for each field and section of a policy, for lists that people read."""

from __future__ import annotations

import functools

from simulator.text import _, language, listed


def section_title(section: str) -> str:
    """The title of a section."""
    return {
        "applications": _("Applications"),
        "first_limits": _("First limits"),
        "statements": _("Bills"),
        "fees": _("Fees and plans"),
        "reviews": _("Changes of limits"),
        "temporary_limits": _("Festival limits"),
        "monitoring": _("Monitoring"),
        "arrears": _("Late payment"),
        "hardship": _("Hardship relief"),
        "closing": _("Closing and coming back"),
        "store": _("Refunds and the fund"),
        "books": _("The lender's books"),
    }[section]


def leaf_title(path: str) -> str:
    """The title of one value: its field's, and which part of it: "Lowest score for a grade, E"."""
    name, *keys = path.split(".")
    return _("{title}, {part}").format(title=field_title(name), part=listed(map(key_title, keys))) if keys else field_title(name)


def key_title(key: str) -> str:
    """A part of a table: a grade, a bucket, a number of terms, a cause."""
    if key.isdecimal():
        return _("{terms} terms").format(terms=key)
    return {
        "low": _("at least"),
        "high": _("at most"),
        "late": _("late"),
        "score": _("score"),
        "utilisation": _("heavy use"),
        "dormant": _("no use"),
        "warning": _("warning"),
    }.get(key, key)


def field_title(name: str) -> str:
    """The title of a field."""
    return _titles(language())[name]


@functools.cache
def _titles(_language: str) -> dict[str, str]:
    """Every title, kept for each language that is asked for."""
    return {
        "product_open": _("Product is open"),
        "age_min": _("Lowest age"),
        "age_max": _("Highest age"),
        "min_orders": _("Orders needed first"),
        "min_spend_fen": _("Spending needed first"),
        "record_days": _("Days the record counts"),
        "bureau_dpd_max": _("Days late allowed elsewhere"),
        "recent_months": _("Months of credit report"),
        "grade_cutoffs": _("Lowest score"),
        "counter_offer": _("Small line is offered"),
        "counter_cutoff": _("Lowest score, small line"),
        "starter_limit_fen": _("Small line"),
        "offer_days": _("Days an offer stands"),
        "decline_cooling_days": _("Wait after a decline"),
        "income_multiple_ppm": _("First limit of income"),
        "grade_factor_ppm": _("Factor of first limit"),
        "min_limit_fen": _("Lowest limit"),
        "max_limit_fen": _("Highest limit"),
        "line_payment_ppm": _("Monthly part of a limit"),
        "max_debt_service_ppm": _("Most debt service of income"),
        "max_line_income_ppm": _("Highest limit of income"),
        "default_statement_day": _("Day of the bill"),
        "due_offset_days": _("Days to pay"),
        "minimum_ppm": _("Minimum payment"),
        "small_balance_fen": _("Small balance"),
        "tolerance_fen": _("Shortfall let pass"),
        "reminders": _("Reminders"),
        "revolving_fee_ppm": _("Carrying fee"),
        "late_fee_ppm": _("Late fee"),
        "late_fee_cap_ppm": _("Most late fees"),
        "fee_rate_ppm": _("Plan fee"),
        "min_plan_fen": _("Smallest plan"),
        "early_settlement": _("Settling a plan early"),
        "settle_daily_ppm": _("Rate of settling early"),
        "rate_cap_ppm": _("Legal cap of rates"),
        "review_months": _("Bills between reviews"),
        "request_days": _("Wait between requests"),
        "increase_streak": _("Bills on time for more"),
        "increase_grade": _("Lowest grade for more"),
        "increase_utilisation_ppm": _("Use for more"),
        "increase_ppm": _("Increase"),
        "decrease_dpd": _("Days late before a cut"),
        "decrease_score_drop": _("Fall of score before a cut"),
        "decrease_utilisation_ppm": _("Heavy use"),
        "decrease_months": _("Bills of heavy use"),
        "dormant_months": _("Bills without use"),
        "warning_score": _("Early-warning score"),
        "decrease_gap_months": _("Bills between cuts"),
        "decrease_ppm": _("Cut"),
        "temporary_limit_ppm": _("Extra for a festival"),
        "season": _("Festivals"),
        "hold_score": _("Alert: a purchase waits"),
        "suspend_score": _("Alert: the line stops"),
        "verify_days": _("Days to verify"),
        "appeal_days": _("Days to decide an appeal"),
        "appeal_window_days": _("Days to appeal"),
        "breach_cure_days": _("Days to mend a breach"),
        "soft_block_dpd": _("Days late: no buying"),
        "suspend_dpd": _("Days late: suspended"),
        "close_dpd": _("Days late: closed"),
        "charge_off_dpd": _("Days late: written off"),
        "reinstate_days": _("Days until lifted"),
        "bureau_grace_days": _("Days late not reported"),
        "hardship_terms": _("Most terms of relief"),
        "hardship_dpd": _("Most days late for relief"),
        "hardship_service_ppm": _("Debts that earn relief"),
        "closure_review_days": _("Days of review"),
        "reopen_days": _("Days until reopening"),
        "reopen_overdue_days": _("The same, after overdue"),
        "reopen_clean_months": _("Clean months elsewhere"),
        "identity_days": _("Days a check is fresh"),
        "refund_days": _("Days until a refund"),
        "return_days": _("Days to send back"),
        "return_pause_days": _("Days a return pauses bills"),
        "fund_days": _("Days out of the fund"),
        "fund_yield_ppm": _("Yield of the fund"),
        "merchant_fee_ppm": _("Merchant fee"),
        "funding_rate_ppm": _("Cost of money"),
        "provision_ppm": _("Set aside for losses"),
        "store_margin_ppm": _("Margin of the store"),
        "operating_fen": _("Running an account, a month"),
        "acquisition_fen": _("Winning an account"),
        "collection_fen": _("Collecting, a month"),
    }
