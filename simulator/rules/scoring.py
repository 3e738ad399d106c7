"""Scoring: the values of the characteristics, points, score and grade (RULES §2, §10)."""

from __future__ import annotations

from typing import NamedTuple

from simulator.account import BUREAU_MONTHS, HABIT_MONTHS, Account, Order
from simulator.codes import CASH_ORDER, LINE_ORDER, NEVER
from simulator.policy.record import Characteristic, PolicyRecord, Scorecard
from simulator.registry import rule
from simulator.rules.arithmetic import MILLION, ratio_ppm
from simulator.rules.ask import Ask


class Applicant(NamedTuple):
    """The values of the application characteristics, in the order of their card."""

    store_orders: int
    store_spend_fen: int
    store_months: int
    return_share_ppm: int
    income_fen: int
    debt_service_ppm: int
    fund_fen: int
    elsewhere_dpd: int
    enquiries: int
    loans_elsewhere: int
    bureau_months: int
    job_months: int
    address_months: int
    age: int
    profile_items: int
    trusted_contacts: int
    own_worst_dpd: int


class Conduct(NamedTuple):
    """The values of the behavioural characteristics, in the order of their card."""

    utilisation_ppm: int
    pay_ratio_ppm: int
    months_since_late: int
    on_time_streak: int
    active_months: int
    fund_fen: int
    tenure_months: int


APPLICATION_CHARACTERISTICS = Applicant._fields
BEHAVIOUR_CHARACTERISTICS = Conduct._fields
SCORED_FROM = 3
"""The behavioural score replaces the application score from this statement on. RULES §2."""


@rule
def pass_month(account: Account) -> None:
    """A calendar month goes by: longer with the store since the first order, longer on record with lenders. What the form
    told, such as time in the job, stays as it was told.
    """
    account.store_months += int(account.record_orders + account.order_count > 0)
    account.bureau_months += int((account.bureau_months > 0) | (account.opened_day != NEVER))


@rule
def bin_of(characteristic: Characteristic, value: int) -> int:
    """The bin of a value: the first whose bound is not below it; from the last on it is `NO_BOUND`."""
    # The seven bounds are halved three times, whatever the value: there is no branch to guess
    place = 4 * int(value > characteristic.bounds[3])
    place += 2 * int(value > characteristic.bounds[place + 1])
    return place + int(value > characteristic.bounds[place])


def best_points(characteristic: Characteristic) -> int:
    """The most points that a characteristic gives."""
    best = characteristic.points[0]
    for i in range(characteristic.bins):
        best = max(best, characteristic.points[i])
    return best


@rule
def is_on_record(order: Order, policy: PolicyRecord, day: int) -> int:
    """1 for an order bought within `record_days`."""
    return int(order.state in (CASH_ORDER, LINE_ORDER)) * int(day - order.day <= policy.record_days)


@rule
def orders_on_record(account: Account, policy: PolicyRecord, day: int) -> int:
    """Orders within `record_days`, cash ones included."""
    count = 0
    if day - account.record_day <= policy.record_days:
        count = account.record_orders
    for i in range(account.order_count):
        count += is_on_record(account.orders[i], policy, day)
    return count


@rule
def spend_on_record(account: Account, policy: PolicyRecord, day: int) -> int:
    """Spending within `record_days`, less what was refunded."""
    spent = 0
    if day - account.record_day <= policy.record_days:
        spent = account.record_spend_fen
    for i in range(account.order_count):
        order = account.orders[i]
        spent += is_on_record(order, policy, day) * (order.amount_fen - order.refunded_fen)
    return spent


@rule
def worst_elsewhere(account: Account, months: int) -> int:
    """The worst DPD that others reported in the last so many whole months, and so far in this one: a month is
    reported at its end. Of 0 months nothing is looked at. RULES §2, §11.
    """
    worst = 0
    looked_at = months + 1 if months > 0 else 0
    for i in range(min(looked_at, BUREAU_MONTHS - account.clean_elsewhere)):
        worst = max(worst, account.elsewhere_dpd[i])
    return worst


@rule
def applicant_of(account: Account, policy: PolicyRecord, ask: Ask) -> Applicant:
    """What the application score is worked out from."""
    return Applicant(
        store_orders=orders_on_record(account, policy, ask.day),
        store_spend_fen=spend_on_record(account, policy, ask.day),
        store_months=account.store_months,
        return_share_ppm=account.return_share_ppm,
        income_fen=account.income_fen,
        debt_service_ppm=ratio_ppm(account.instalments_elsewhere_fen, account.income_fen),
        fund_fen=account.fund_fen,
        elsewhere_dpd=worst_elsewhere(account, policy.recent_months),
        enquiries=account.enquiries,
        loans_elsewhere=account.loans_elsewhere,
        bureau_months=account.bureau_months,
        job_months=account.job_months,
        address_months=account.address_months,
        age=account.age,
        profile_items=account.profile_items,
        trusted_contacts=account.trusted_contacts,
        own_worst_dpd=account.worst_dpd,
    )


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
def conduct_of(account: Account) -> Conduct:
    """What the behavioural score is worked out from."""
    return Conduct(
        utilisation_ppm=account.use_ppm,
        pay_ratio_ppm=pay_ratio_ppm(account),
        months_since_late=account.months_since_late,
        on_time_streak=account.streak,
        active_months=active_months(account),
        fund_fen=account.fund_fen,
        tenure_months=account.cycles,
    )


@rule
def points_of(card: Scorecard, index: int, value: int) -> int:
    """Points of one characteristic's value."""
    characteristic = card.characteristics[index]
    return characteristic.points[bin_of(characteristic, value)]


@rule
def application_score(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Sum of the application scorecard's points. RULES §2."""
    card = policy.application
    applicant = applicant_of(account, policy, ask)
    return (
        points_of(card, 0, applicant.store_orders)
        + points_of(card, 1, applicant.store_spend_fen)
        + points_of(card, 2, applicant.store_months)
        + points_of(card, 3, applicant.return_share_ppm)
        + points_of(card, 4, applicant.income_fen)
        + points_of(card, 5, applicant.debt_service_ppm)
        + points_of(card, 6, applicant.fund_fen)
        + points_of(card, 7, applicant.elsewhere_dpd)
        + points_of(card, 8, applicant.enquiries)
        + points_of(card, 9, applicant.loans_elsewhere)
        + points_of(card, 10, applicant.bureau_months)
        + points_of(card, 11, applicant.job_months)
        + points_of(card, 12, applicant.address_months)
        + points_of(card, 13, applicant.age)
        + points_of(card, 14, applicant.profile_items)
        + points_of(card, 15, applicant.trusted_contacts)
        + points_of(card, 16, applicant.own_worst_dpd)
    )


@rule
def behaviour_score(account: Account, policy: PolicyRecord) -> int:
    """Sum of the behavioural scorecard's points. RULES §10."""
    card = policy.behaviour
    conduct = conduct_of(account)
    return (
        points_of(card, 0, conduct.utilisation_ppm)
        + points_of(card, 1, conduct.pay_ratio_ppm)
        + points_of(card, 2, conduct.months_since_late)
        + points_of(card, 3, conduct.on_time_streak)
        + points_of(card, 4, conduct.active_months)
        + points_of(card, 5, conduct.fund_fen)
        + points_of(card, 6, conduct.tenure_months)
    )


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
