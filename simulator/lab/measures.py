"""Measures: a title, a meaning and a good direction for each that an answer holds (RULES §13)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from simulator.lab.waterfall import PROFIT_PARTS
from simulator.messages import cause_text, reason_title
from simulator.messages.names import bucket_name
from simulator.rules.applications import APPLICATION_CODES
from simulator.rules.arrears import WORST_BUCKET
from simulator.text import _, capital, language

FEN, PPM, COUNT = "fen", "ppm", "count"


@dataclass(frozen=True)
class Measure:
    """What a measure is called and means. `better` is 1 where more is better for the person or the
    lender, -1 where less is, 0 where neither can be said.
    """

    name: str
    title: str
    meaning: str
    better: int = 0

    @property
    def unit(self) -> str:
        """Fen, ppm or count, by the name's ending."""
        return unit_of(self.name)


def unit_of(name: str) -> str:
    """The unit of a measure, by its name's ending."""
    return FEN if name.endswith("_fen") else PPM if name.endswith("_ppm") else COUNT


def measure(name: str) -> Measure:
    """A measure by its name; one without words is called by its name."""
    known = _known(language())
    return Measure(name, *known[name]) if name in known else Measure(name, name.removesuffix("_fen"), "")


@functools.cache
def _known(_language: str) -> dict[str, tuple[str, str, int]]:
    """Every measure that has words, kept for each language that is asked for."""
    return _volume() | _profit() | _risk() | _people() | _causes() | _declines()


def _volume() -> dict[str, tuple[str, str, int]]:
    return {
        "gmv_fen": (_("Purchases"), _("All purchases, on the line and in cash, less refunds."), 0),
        "line_fen": (_("On the line"), _("Purchases on the credit line, less refunds."), 0),
        "exposure_fen": (_("Owed"), _("All principal owed, billed or not, at the end of the last month."), 0),
        "average_exposure_fen": (
            _("Owed, average"),
            _("All principal owed, the average of the month ends."),
            0,
        ),
        "active": (_("Active"), _("Accounts that owe or bought in the running cycle."), 0),
        "limit_total_fen": (_("Limits in all"), _("The permanent limits of all open lines."), 0),
        "utilisation_ppm": (
            _("Use of limits"),
            _("What is owed, as a share of the permanent limits of open lines."),
            0,
        ),
        "instalment_share_ppm": (
            _("In instalments"),
            _("Share of the purchases on the line that is paid in terms."),
            0,
        ),
    }


def _profit() -> dict[str, tuple[str, str, int]]:
    return {
        "profit_fen": (
            _("Profit"),
            _(
                "Fees, late fees and merchant fees, less the cost of money, what is newly set aside, write-offs "
                "net of recoveries, running, collecting and winning accounts."
            ),
            1,
        ),
        "return_ppm": (
            _("Return"),
            _("Profit as a share of the average exposure, over the days of the trial."),
            1,
        ),
        "fee_income_fen": (_("Fees"), _("Fees of plans and carrying fees."), 1),
        "plan_fee_income_fen": (_("Plan fees"), _("Fees of instalment plans."), 1),
        "revolving_income_fen": (_("Carrying fees"), _("Daily fees on what was carried after a minimum."), 1),
        "late_income_fen": (_("Late fees"), _("Daily fees on what was past due."), 1),
        "merchant_income_fen": (
            _("Merchant fees"),
            _("What shops pay on purchases, and for plans that they fund: of such a plan the shop pays the plan fee instead of the shopper, at the rate of grade C for its terms, whoever buys. So a plan fee of grade C moves this too."),
            1,
        ),
        "funding_cost_fen": (_("Cost of money"), _("Interest on the money that is lent."), -1),
        "provision_added_fen": (
            _("Newly set aside"),
            _("By how much the money set aside for losses grew; below zero where it shrank."),
            -1,
        ),
        "provision_fen": (_("Set aside"), _("Money set aside for losses at the end of the last month."), 0),
        "charged_off_fen": (_("Write-offs"), _("Debt written off after long delay."), -1),
        "recovered_fen": (_("Recovered"), _("Paid after the debt was written off."), 1),
        "operating_cost_fen": (_("Running costs"), _("Running the active accounts."), -1),
        "collection_cost_fen": (_("Collecting"), _("Collecting from late accounts."), -1),
        "acquisition_cost_fen": (_("New accounts"), _("Winning the accounts that were opened."), -1),
        "store_margin_fen": (
            _("Store's margin"),
            _("The store's margin on purchases; it stands beside profit, never in it."),
            0,
        ),
    }


def _risk() -> dict[str, tuple[str, str, int]]:
    late = _("What is owed by accounts in this bucket of days late, at the end of the last month.")
    return {
        "dpd30_plus_ppm": (
            _("Over 30 days"),
            _("Share of all that is owed by accounts over 30 days late."),
            -1,
        ),
        "dpd90_plus_ppm": (
            _("Over 90 days"),
            _("Share of all that is owed by accounts over 90 days late."),
            -1,
        ),
        "loss_ppm": (_("Losses"), _("Write-offs less recoveries, as a share of the average exposure."), -1),
        "roll_ppm": (
            _("Rolls on"),
            _("Of what was owed in the first bucket at the ends of months, the share that stood in the second a month later."),
            -1,
        ),
        "ever_90_ppm": (
            _("Ever over 90"),
            _(
                "Of those who had a line on some day of the trial, or debt of one still being collected, the share that were "
                "over 90 days late on such a day. Who was written off before the trial is in neither."
            ),
            -1,
        ),
        "vintage_90_ppm": (_("Ever over 90, by opening"), _("Share of the lines opened in one month that were over 90 days late by an age in months."), -1),
        **{
            f"m{bucket}_fen": (bucket_name(bucket), late, -1 if bucket else 0) for bucket in range(WORST_BUCKET + 1)
        },
    }


def _people() -> dict[str, tuple[str, str, int]]:
    return {
        "applications": (
            _("Applications"),
            _("Applications that were decided by score or refused by a condition."),
            0,
        ),
        "approved": (_("Approvals"), _("Applications approved on all days of the trial, counter-offers accepted among them."), 1),
        "approval_ppm": (
            _("Approved by score"),
            _("Applications approved on all days of the trial, as a share of those decided by score. Those that a condition refused before are in neither. A smaller offer counts as approved once it is taken; until then it is decided and not approved."),
            1,
        ),
        "average_limit_fen": (_("Limit, average"), _("The average permanent limit of an open line."), 0),
        "limits_raised": (_("Limits raised"), _("How often a permanent limit was raised, at a review or on request. Extras for a festival are counted apart."), 0),
        "limits_cut": (_("Limits cut"), _("How often a permanent limit was cut. An extra for a festival that ends is none, nor is a line that ends."), -1),
        "limit_increases": (_("Raised, with extras"), _("How often a limit was raised: permanent ones, and extras for a festival that began."), 0),
        "limit_decreases": (_("Cut, with extras"), _("How often a limit was cut: permanent ones, and extras for a festival that ended."), -1),
        "service_over_40": (
            _("Debts over 40 %"),
            _("People whose monthly debts, here and elsewhere, take over 40 % of income."),
            -1,
        ),
        "over_indebted": (
            _("Debts over 50 %"),
            _("People whose monthly debts, here and elsewhere, take over 50 % of income."),
            -1,
        ),
        "service_over_40_ppm": (
            _("Debts over 40 %"),
            _("Share of people whose monthly debts, here and elsewhere, take over 40 % of income."),
            -1,
        ),
        "fee_burden_ppm": (
            _("Fees of income"),
            _("All fees that people paid here, as a share of their income."),
            -1,
        ),
        "given_up_fen": (
            _("Given up"),
            _("Purchases on the line that were declined within 90 days after a limit was cut."),
            -1,
        ),
        "leavers": (
            _("Times people left"),
            _("How often somebody who had bought bought nothing for 90 days after; one person may leave more than once."),
            -1,
        ),
        "leaver_ppm": (
            _("Times people left"),
            _("How often somebody who had bought bought nothing for 90 days after, as a share of all people; one person may leave more than once."),
            -1,
        ),
        "complaints": (
            _("Complaints"),
            _("Complaints after a decline, a cut, a hold, a suspension or a reminder."),
            -1,
        ),
        "complaint_ppm": (_("Complaints"), _("Share of people who complained."), -1),
        "suspended_overdue": (_("Suspended, late"), _("Lines suspended because of delay, or while a hardship plan runs."), -1),
        "suspended_fraud": (_("Suspended, fraud"), _("Lines suspended because trading looked wrong."), 0),
        "closed_by_shopper": (_("Closed by them"), _("Lines that their owners closed."), 0),
        "closed_by_system": (_("Closed on them"), _("Lines that the lender closed."), -1),
        "reopened": (_("Reopened"), _("Lines that came back."), 0),
    }


def _causes() -> dict[str, tuple[str, str, int]]:
    """Why limits moved."""
    raised, cut = _("How often a permanent limit was raised for this."), _("How often a permanent limit was cut for this; of several causes the first counts.")
    told = {
        "review": (raised, 0), "request": (raised, 0),
        **dict.fromkeys(("late", "score", "utilisation", "dormant", "warning"), (cut, -1)),
        "season": (_("How often a line was given an extra for a festival, on top of its permanent limit."), 0),
        "expiry": (_("How often an extra for a festival ended; the permanent limit stayed as it was."), 0),
    }  # fmt: skip
    titles = {"season": _("Extras for festivals"), "expiry": _("Extras that ended")}
    return {f"limits_{cause}": (titles.get(cause) or capital(cause_text(cause)), *each) for cause, each in told.items()}


def _declines() -> dict[str, tuple[str, str, int]]:
    """Applications that were declined, and why."""
    condition = _("Applications that this condition refused. One that several refuse counts in each, and is not decided by score.")
    told = {
        code: condition for code in APPLICATION_CODES if code not in ("debt_service_too_high", "score_too_low")
    } | {
        "debt_service_too_high": _("Applications past every condition that were declined, as debts leave no room for the least line."),
        "score_too_low": _("Applications past every condition that were declined for their score, and offered nothing smaller."),
    }  # fmt: skip
    return {
        "declined": (_("Declines"), _("Applications that a condition refused, or that were declined by debts or score."), -1),
        "counter_offers": (_("Smaller offers"), _("Applications with a score under the last cut-off that were offered a small line instead; those who take it are among the approvals."), 0),
        **{f"declined_{code}": (capital(reason_title(code)), meaning, -1) for code, meaning in told.items()},
    }  # fmt: skip


def over_titles(name: str) -> tuple[str, str] | None:
    """What a ratio is of: what stands above and what below; None for a sum."""
    people = _("People")
    return {
        "approval_ppm": (_("Approvals"), _("Decided by score")),
        "instalment_share_ppm": (_("Bought in terms"), _("Bought on the line")),
        "utilisation_ppm": (_("Owed"), _("Limits in all")),
        "dpd30_plus_ppm": (_("Owed, over 30 days late"), _("Owed")),
        "dpd90_plus_ppm": (_("Owed, over 90 days late"), _("Owed")),
        "return_ppm": (_("Profit"), _("Owed, average")),
        "loss_ppm": (_("Written off less recovered"), _("Owed, average")),
        "ever_90_ppm": (_("Over 90 days late at some time"), _("Had a line, or debt of one")),
        "vintage_90_ppm": (_("Over 90 days late by then"), _("Lines opened in the month")),
        "average_limit_fen": (_("Limits in all"), _("Open lines")),
        "service_over_40_ppm": (_("Debts over 40 %"), people),
        "fee_burden_ppm": (_("Fees paid"), _("Income")),
        "leaver_ppm": (_("Times people left"), people),
        "complaint_ppm": (_("Complained"), people),
        "roll_ppm": (_("In the second bucket a month later"), _("In the first at a month's end")),
    }.get(name)


_IN_FEN = (
    "instalment_share_ppm", "utilisation_ppm", "dpd30_plus_ppm", "dpd90_plus_ppm", "return_ppm", "loss_ppm", "fee_burden_ppm",
    "roll_ppm",
)  # fmt: skip


def over_units(name: str) -> tuple[str, str]:
    """The units of what a ratio is of."""
    if name == "average_limit_fen":
        return FEN, COUNT
    return (FEN, FEN) if name in _IN_FEN else (COUNT, COUNT)


def sum_of(name: str) -> dict[str, int]:
    """The measures that a measure is the sum of, and whether each adds or takes away; {} where it is counted itself."""
    return {
        "profit_fen": PROFIT_PARTS,
        "fee_income_fen": {"plan_fee_income_fen": 1, "revolving_income_fen": 1},
        "limits_raised": {"limits_review": 1, "limits_request": 1},
        "limits_cut": {f"limits_{cause}": 1 for cause in ("late", "score", "utilisation", "dormant")},
        "limit_increases": {"limits_raised": 1, "limits_season": 1},
        "limit_decreases": {"limits_cut": 1, "limits_expiry": 1},
    }.get(name, {})


_BOOKS = (
    "profit_fen", "fee_income_fen", "plan_fee_income_fen", "revolving_income_fen", "late_income_fen", "merchant_income_fen",
    "funding_cost_fen", "provision_added_fen", "provision_fen", "charged_off_fen", "recovered_fen", "operating_cost_fen",
    "collection_cost_fen", "acquisition_cost_fen", "store_margin_fen",
)  # fmt: skip


def rule_of(name: str) -> str:
    """The sections of RULES that a measure goes by."""
    if name.startswith("declined"):
        return "RULES 2"
    if name.startswith("limits_"):
        return "RULES 10"
    if name in _BOOKS:
        return "RULES 12"
    return "RULES 12, 13" if name in ("return_ppm", "loss_ppm") else "RULES 13"
