"""Applications: conditions, decision, counter-offer, opening, reopening (RULES §2, §11)."""

from __future__ import annotations

from typing import Any

from simulator.account import HABIT_MONTHS, NEVER_LATE, Account
from simulator.codes import (
    ACTIVE,
    APPLIED,
    APPROVED,
    CHARGED_OFF,
    CLOSED,
    CLOSED_FRAUD,
    CLOSED_OVERDUE,
    COUNTER_OFFER,
    DECLINED,
    NEVER,
    NONE,
    REFUSED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.registry import rule
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import owed_fen
from simulator.rules.delinquency import renew_rates
from simulator.rules.ending import empty_statements
from simulator.rules.events import (
    APPLICATION_DECIDED,
    LINE_OPENED,
    OFFER_LAPSED,
    REOPENING_DECIDED,
    REOPENING_REQUESTED,
    emit,
    remember,
)  # fmt: skip
from simulator.rules.limits import first_line_fen, service_bound_fen
from simulator.rules.reasons import APPLICATION, REOPENING, TOPICS, bit, declare
from simulator.rules.scoring import (
    application_score,
    days_since,
    grade_of,
    open_grade,
    orders_on_record,
    spend_on_record,
    worst_elsewhere,
)  # fmt: skip
from simulator.rules.standing import identity_not_fresh
from simulator.rules.transitions import line_is_open, move

PRODUCT_CLOSED_BIT = 1 << 9
SCORE_TOO_LOW_BIT = 1 << 11


@rule
def identity_not_verified(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Identity was never verified, or the document has expired."""
    return Finding(account.identity_day == NEVER or account.identity_expired != 0, 0, 0)


@rule
def too_young(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Under the least age."""
    return Finding(account.age < policy.age_min, account.age, policy.age_min)


@rule
def too_old(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Over the highest age."""
    return Finding(account.age > policy.age_max, account.age, policy.age_max)


@rule
def student(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A student. FACTS §3 (17 Mar 2021)."""
    return Finding(account.student != 0, 0, 0)


@rule
def too_few_orders(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too few orders on the purchase record."""
    orders = orders_on_record(account, policy, ask.day)
    return Finding(orders < policy.min_orders, orders, policy.min_orders)


@rule
def too_little_spend(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Too little spent on the purchase record."""
    spent = spend_on_record(account, policy, ask.day)
    return Finding(spent < policy.min_spend_fen, spent, policy.min_spend_fen)


@rule
def line_already_open(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """There is a line, or an application that waits."""
    busy = line_is_open(account) or account.status in (APPLIED, CHARGED_OFF)
    return Finding(busy, 0, 0)


@rule
def cooling_off(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The last decline was too recent."""
    waited = days_since(ask.day, account.declined_day)
    return Finding(waited < policy.decline_cooling_days, waited, policy.decline_cooling_days)


@rule
def bureau_record(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Others reported too many days past due."""
    worst = worst_elsewhere(account, policy.recent_months)
    return Finding(worst > policy.bureau_dpd_max, worst, policy.bureau_dpd_max)


@rule
def product_closed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The product takes no applications."""
    return Finding(policy.product_open == 0, 0, 0)


@rule
def debt_service_too_high(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Debt service leaves no room for even the least line."""
    bound = service_bound_fen(account, policy)
    return Finding(bound < policy.min_limit_fen, bound, policy.min_limit_fen)


@rule
def score_too_low(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The score is below the last cut-off."""
    score = application_score(account, policy, ask)
    return Finding(score < policy.grade_cutoffs[4], score, policy.grade_cutoffs[4])


declare(
    APPLICATION,
    ("identity_not_verified", "none", identity_not_verified),
    ("too_young", "count", too_young),
    ("too_old", "count", too_old),
    ("student", "none", student),
    ("too_few_orders", "count", too_few_orders),
    ("too_little_spend", "fen", too_little_spend),
    ("line_already_open", "none", line_already_open),
    ("cooling_off", "days", cooling_off),
    ("bureau_record", "dpd", bureau_record),
    ("product_closed", "none", product_closed),
    ("debt_service_too_high", "fen", debt_service_too_high),
    ("score_too_low", "score", score_too_low),
)
APPLICATION_CODES = tuple(reason.code for reason in TOPICS[APPLICATION])
"""Why an application may be refused, in the order of the bits."""


@rule
def condition_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Conditions of an application that fail, every one. RULES §2."""
    return (
        bit(0, identity_not_verified(account, policy, ask))
        | bit(1, too_young(account, policy, ask))
        | bit(2, too_old(account, policy, ask))
        | bit(3, student(account, policy, ask))
        | bit(4, too_few_orders(account, policy, ask))
        | bit(5, too_little_spend(account, policy, ask))
        | bit(6, line_already_open(account, policy, ask))
        | bit(7, cooling_off(account, policy, ask))
        | bit(8, bureau_record(account, policy, ask))
        | bit(9, product_closed(account, policy, ask))
    )


@rule
def apply_for_line(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Apply; decided in this step. RULES §2."""
    if account.closed_day != NEVER and account.status in (CLOSED, DECLINED):
        request_reopening(account, policy, ask, log)
        return
    decide_application(
        account, policy, ask, APPLICATION_DECIDED, condition_refusals(account, policy, ask), log
    )


@rule
def decide_application(
    account: Account, policy: PolicyRecord, ask: Ask, event: int, refusals: int, log: Any
) -> None:
    """Decide by conditions, then debt service, then score. RULES §2."""
    score = application_score(account, policy, ask)
    grade = grade_of(policy, score)
    remember(log, account, ask)
    if refusals == 0:
        refusals |= bit(10, debt_service_too_high(account, policy, ask))
        if refusals == 0:
            refusals |= bit(11, score_too_low(account, policy, ask))
    if account.status in (NONE, DECLINED, CLOSED):
        move(account, APPLIED)
        statement_day = asked_statement_day(policy, ask)
        if refusals == 0:
            limit = first_line_fen(account, policy, grade)
            emit(
                log,
                event,
                ask.day,
                APPROVED,
                score,
                grade,
                limit,
                statement_day,
                topic=APPLICATION,
                reasons=0,
            )
            open_line(account, policy, ask.day, limit, score, statement_day, log)
            return
        offered = refusals == SCORE_TOO_LOW_BIT and policy.counter_offer and score >= policy.counter_cutoff
        if offered:
            account.offer_day = ask.day
            account.offer_fen = policy.starter_limit_fen
            account.statement_day = statement_day
            account.score = score
            emit(log, event, ask.day, COUNTER_OFFER, score, 4, policy.starter_limit_fen, statement_day,
                 topic=APPLICATION, reasons=refusals)  # fmt: skip
            return
        move(account, DECLINED)
        account.declined_day = ask.day
    emit(log, event, ask.day, REFUSED, score, grade, 0, 0, topic=APPLICATION, reasons=refusals)


@rule
def asked_statement_day(policy: PolicyRecord, ask: Ask) -> int:
    """The statement day that the shopper chose, else the policy's."""
    if ask.statement_day:
        return ask.statement_day
    return policy.default_statement_day


@rule
def open_line(
    account: Account, policy: PolicyRecord, day: int, limit_fen: int, score: int, statement_day: int, log: Any
) -> None:
    """Open a line: the record of conduct starts anew, the worst DPD of earlier lines stays."""
    move(account, ACTIVE)
    account.opened_day = day
    account.limit_fen = limit_fen
    account.score = score
    account.score_at_change = score
    account.grade = open_grade(policy, score)
    account.statement_day = statement_day
    account.offer_day = NEVER
    account.offer_fen = 0
    account.cycles = 0
    account.cycle_day = NEVER
    account.scored_statements = 0
    account.streak = 0
    account.months_since_late = NEVER_LATE
    account.stretched_months = 0
    account.dormant_months = 0
    account.last_decrease_cycle = NEVER
    account.last_request_day = NEVER
    account.last_minimum_met = 1
    account.episode_worst_dpd = 0
    account.causes = 0
    account.charged_off_fen = 0
    account.recovered_fen = 0
    for i in range(HABIT_MONTHS):
        account.habit[i] = 0
    for i in range(3):
        account.billed_recent_fen[i] = 0
        account.paid_recent_fen[i] = 0
    empty_statements(account)
    account.paid_since_fen = 0
    renew_rates(account, policy)
    emit(log, LINE_OPENED, day, limit_fen, account.grade, statement_day)


@rule
def accept_offer(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Accept a counter-offer: the line opens with grade E. RULES §2."""
    open_line(account, policy, ask.day, account.offer_fen, account.score, account.statement_day, log)


@rule
def lapse_offer(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """An offer that waits lapses once `offer_days` are over. RULES §2."""
    if ask.day - account.offer_day > policy.offer_days:
        drop_offer(account, ask.day)
        emit(log, OFFER_LAPSED, ask.day)


@rule
def end_offer(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """An offer that waits when the product ends lapses at once. RULES §11."""
    remember(log, account, ask)
    drop_offer(account, ask.day)
    emit(log, OFFER_LAPSED, ask.day, topic=APPLICATION, reasons=PRODUCT_CLOSED_BIT)


@rule
def drop_offer(account: Account, day: int) -> None:
    """An offer is gone, as if the application had been declined on this day."""
    account.offer_day = NEVER
    account.offer_fen = 0
    move(account, DECLINED)
    account.declined_day = day


@rule
def not_closed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """There is no closed line to reopen."""
    closed = account.closed_day != NEVER and account.status in (CLOSED, DECLINED)
    return Finding(not closed, 0, 0)


@rule
def closed_too_recently(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Closed too recently."""
    waited = days_since(ask.day, account.closed_day)
    waits = account.closure_cause != CLOSED_OVERDUE and waited < policy.reopen_days
    return Finding(waits, waited, policy.reopen_days)


@rule
def debt_paid_too_recently(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Closed for arrears, and the debt was paid too recently."""
    waited = days_since(ask.day, account.debt_paid_day)
    waits = account.closure_cause == CLOSED_OVERDUE and waited < policy.reopen_overdue_days
    return Finding(waits, waited, policy.reopen_overdue_days)


@rule
def still_owed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Something is still owed on the old line."""
    owed = owed_fen(account)
    return Finding(owed > 0, owed, 0)


@rule
def elsewhere_record(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Others reported too many days past due in the months that must be clean."""
    worst = worst_elsewhere(account, policy.reopen_clean_months)
    return Finding(worst > policy.bureau_dpd_max, worst, policy.bureau_dpd_max)


@rule
def fraud_confirmed(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """Fraud was confirmed."""
    return Finding(account.fraud_confirmed != 0 or account.closure_cause == CLOSED_FRAUD, 0, 0)


@rule
def grave_breach(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A grave breach was found."""
    return Finding(account.grave_breach != 0, 0, 0)


declare(
    REOPENING,
    ("not_closed", "none", not_closed),
    ("closed_too_recently", "days", closed_too_recently),
    ("debt_paid_too_recently", "days", debt_paid_too_recently),
    ("still_owed", "fen", still_owed),
    ("elsewhere_record", "dpd", elsewhere_record),
    ("identity_stale", "days", identity_not_fresh),
    ("fraud_confirmed", "none", fraud_confirmed),
    ("grave_breach", "none", grave_breach),
)


@rule
def reopening_refusals(account: Account, policy: PolicyRecord, ask: Ask) -> int:
    """Conditions of reopening that fail, every one. RULES §11."""
    return (
        bit(0, not_closed(account, policy, ask))
        | bit(1, closed_too_recently(account, policy, ask))
        | bit(2, debt_paid_too_recently(account, policy, ask))
        | bit(3, still_owed(account, policy, ask))
        | bit(4, elsewhere_record(account, policy, ask))
        | bit(5, identity_not_fresh(account, policy, ask))
        | bit(6, fraud_confirmed(account, policy, ask))
        | bit(7, grave_breach(account, policy, ask))
    )


@rule
def request_reopening(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Ask for the line back: its conditions, then an application with the old history. RULES §11."""
    emit(log, REOPENING_REQUESTED, ask.day)
    refusals = reopening_refusals(account, policy, ask)
    if refusals:
        remember(log, account, ask)
        score = application_score(account, policy, ask)
        emit(log, REOPENING_DECIDED, ask.day, REFUSED, score, grade_of(policy, score), 0, 0,
             topic=REOPENING, reasons=refusals)  # fmt: skip
        return
    decide_application(account, policy, ask, REOPENING_DECIDED, condition_refusals(account, policy, ask), log)
