"""Scoring: the values of the characteristics, points, score and grade (RULES §2, §10)."""

from __future__ import annotations

from simulator.account import BUREAU_MONTHS, HABIT_MONTHS, Account
from simulator.codes import CASH_ORDER, LINE_ORDER, NEVER
from simulator.policy.record import Characteristic, PolicyRecord, Scorecard
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION, ratio_ppm
from simulator.rules.ask import Ask

APPLICATION_CHARACTERISTICS = (
    "store_orders", "store_spend_fen", "store_months", "return_share_ppm", "income_fen", "debt_service_ppm",
    "fund_fen", "elsewhere_dpd", "enquiries", "loans_elsewhere", "bureau_months", "job_months",
    "address_months", "age", "profile_items", "trusted_contacts", "own_worst_dpd",
)  # fmt: skip
BEHAVIOUR_CHARACTERISTICS = (
    "utilisation_ppm", "pay_ratio_ppm", "months_since_late", "on_time_streak", "active_months", "fund_fen",
    "tenure_months",
)  # fmt: skip
SCORED_FROM = 3
"""The behavioural score replaces the application score from this statement on. RULES §2."""


@rule
def bin_of(characteristic: Characteristic, value: int) -> int:
    """The bin of a value: the first whose bound is not below it; the last's is `NO_BOUND`."""
    place = 0
    while value > characteristic.bounds[place]:
        place += 1
    return place


def best_points(characteristic: Characteristic) -> int:
    """The most points that a characteristic gives."""
    best = characteristic.points[0]
    for i in range(characteristic.bins):
        best = max(best, characteristic.points[i])
    return best


@rule
def orders_on_record(account: Account, policy: PolicyRecord, day: int) -> int:
    """Orders within `record_days`, cash ones included."""
    count = 0
    if day - account.record_day <= policy.record_days:
        count = account.record_orders
    for i in range(account.order_count):
        order = account.orders[i]
        if order.state in (CASH_ORDER, LINE_ORDER) and day - order.day <= policy.record_days:
            count += 1
    return count


@rule
def spend_on_record(account: Account, policy: PolicyRecord, day: int) -> int:
    """Spending within `record_days`, less what was refunded."""
    spent = 0
    if day - account.record_day <= policy.record_days:
        spent = account.record_spend_fen
    for i in range(account.order_count):
        order = account.orders[i]
        if order.state in (CASH_ORDER, LINE_ORDER) and day - order.day <= policy.record_days:
            spent += order.amount_fen - order.refunded_fen
    return spent


@rule
def worst_elsewhere(account: Account, months: int) -> int:
    """The worst DPD that others reported in so many months, this one included."""
    worst = 0
    for i in range(min(months, BUREAU_MONTHS - account.clean_elsewhere)):
        worst = max(worst, account.elsewhere_dpd[i])
    return worst


@rule
def application_value(account: Account, policy: PolicyRecord, ask: Ask, index: int) -> int:
    """The value of one application characteristic, in the order of APPLICATION_CHARACTERISTICS."""
    if index == 0:
        return orders_on_record(account, policy, ask.day)
    if index == 1:
        return spend_on_record(account, policy, ask.day)
    if index == 2:
        return account.store_months
    if index == 3:
        return account.return_share_ppm
    if index == 4:
        return account.income_fen
    if index == 5:
        return ratio_ppm(account.instalments_elsewhere_fen, account.income_fen)
    if index == 6:
        return account.fund_fen
    if index == 7:
        return worst_elsewhere(account, policy.recent_months)
    if index == 8:
        return account.enquiries
    if index == 9:
        return account.loans_elsewhere
    if index == 10:
        return account.bureau_months
    if index == 11:
        return account.job_months
    if index == 12:
        return account.address_months
    if index == 13:
        return account.age
    if index == 14:
        return account.profile_items
    if index == 15:
        return account.trusted_contacts
    return account.worst_dpd


@rule
def pay_ratio_ppm(account: Account) -> int:
    """Paid / billed over the last three statements that have run their month; 1 before the first."""
    billed = 0
    paid = 0
    for i in range(3):
        billed += account.billed_recent_fen[i]
        paid += account.paid_recent_fen[i]
    if billed == 0:
        return MILLION
    return ratio_ppm(min(paid, billed), billed)


@rule
def active_months(account: Account) -> int:
    """Cycles with a purchase, of the last twelve."""
    count = 0
    for i in range(HABIT_MONTHS):
        count += account.habit[i]
    return count


@rule
def behaviour_value(account: Account, index: int) -> int:
    """The value of one behavioural characteristic, in the order of BEHAVIOUR_CHARACTERISTICS."""
    if index == 0:
        return account.use_ppm
    if index == 1:
        return pay_ratio_ppm(account)
    if index == 2:
        return account.months_since_late
    if index == 3:
        return account.streak
    if index == 4:
        return active_months(account)
    if index == 5:
        return account.fund_fen
    return account.cycles


@rule
def points_of(card: Scorecard, index: int, value: int) -> int:
    """Points of one characteristic's value."""
    characteristic = card.characteristics[index]
    return characteristic.points[bin_of(characteristic, value)]


@rule
def application_score(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Sum of the application scorecard's points. RULES §2."""
    total = 0
    for i in range(policy.application.count):
        total += points_of(policy.application, i, application_value(account, policy, ask, i))
    return total


@rule
def behaviour_score(account: Account, policy: PolicyRecord) -> int:
    """Sum of the behavioural scorecard's points. RULES §10."""
    total = 0
    for i in range(policy.behaviour.count):
        total += points_of(policy.behaviour, i, behaviour_value(account, i))
    return total


@rule
def grade_of(policy: PolicyRecord, score: int) -> int:
    """Grade 0..4 for A..E; below the last cut-off -1 (an open line is then E). RULES §2."""
    for grade in range(5):
        if score >= policy.grade_cutoffs[grade]:
            return grade
    return -1


@rule
def open_grade(policy: PolicyRecord, score: int) -> int:
    """Grade of an open line: E where the score is below the last cut-off. RULES §2."""
    grade = grade_of(policy, score)
    if grade < 0:
        return 4
    return grade


@rule
def days_since(day: int, past: int) -> int:
    """Days since a day, and NEVER's own great distance where it never came."""
    if past == NEVER:
        return -NEVER
    return day - past
