"""Asking: for a line, for more, for it to be lifted, closed, opened again; and complaining."""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import (
    ABOUT_CONTACT,
    ABOUT_CUT,
    ABOUT_DECLINE,
    ABOUT_HOLD,
    ABOUT_SUSPENSION,
    ACTIVE,
    APPLIED,
    AUTOPAY_FULL,
    AUTOPAY_MINIMUM,
    AUTOPAY_OFF,
    BY_FRAUD,
    BY_SHOPPER,
    CLOSED,
    CLOSED_BY_SHOPPER,
    DECLINED,
    EXPIRED_IDENTITY,
    NEVER,
    NONE,
    PERMANENT,
    REFUSED,
)  # fmt: skip
from simulator.policy.record import PolicyRecord
from simulator.population.arms import in_arm
from simulator.population.behaviour.plans import note_day
from simulator.population.months import Month, Town
from simulator.population.shopper import HONEST, Shopper
from simulator.random import MILLION, between, chance, leaf, quantile
from simulator.registry import rule
from simulator.rules import columns, events
from simulator.rules.applications import accept_offer, apply_for_line, open_line
from simulator.rules.ask import Ask
from simulator.rules.balances import frozen_fen, owed_fen
from simulator.rules.closure import request_closure
from simulator.rules.events import APPLICATION_SUBMITTED, COMPLAINED, emit, remember
from simulator.rules.hardship import recorded_shock, request_hardship
from simulator.rules.instalments import settle_plan
from simulator.rules.limits import request_limit, utilisation_ppm
from simulator.rules.repayment import acceptable_fen, pay, set_autopay
from simulator.rules.standing import identity_not_fresh
from simulator.rules.steps import appeal_refusals, closure_refusals, settle_all_fen
from simulator.rules.suspension import (
    LIFTS_BY_ITSELF_DPD,
    appeal,
    expire_identity,
    find_breach,
    reinstatement_refusals,
    request_reinstatement,
    verify_identity,
)  # fmt: skip
from simulator.rules.transitions import move

_PATIENCE = (31, 40, 70, 120, 200, 300, 420, 600)
"""Days until one who was declined asks again, by likelihood; ours to calibrate."""
_ANSWER_DAYS = (1, 1, 2, 3, 5, 9)
"""Days until a hold, a suspension or a failed autopay is answered; ours to calibrate."""
HARDSHIP_TERMS = 12
"""Terms that relief is asked for; what the policy allows bounds it."""
LEAVE_PPM, LEAVE_AFTER_CUT_PPM = 6_000, 20_000
"""Chance a month to close the line, and in the month after a cut. FACTS §5 [M-lo]."""
LEAVES_WITHIN_DAYS = 27
"""Who means to leave this month does so on one of its days."""
FEELS_MONTHS = 24
"""A new limit sinks in by a 24th a month. Targets, `mpc_path`: FACTS §5 [S101]."""
REQUEST_PPM = 25_000
"""Chance a month to ask for more when over half is used; ours to calibrate."""
REOPEN_PPM = 25_000
"""Chance a month to want the line back, once that is possible; ours to calibrate."""
EXPIRY_PPM = 600
"""Chance a month that a document expires; ours to calibrate."""
HARDSHIP_PPM = 135_000
"""Chance to ask for relief at a month's beginning and end, when late after a shock. Targets, `roll_m1_m2`."""
TAKE_OFFER_PPM = 700_000
"""Counter-offers that are taken; ours to calibrate. FACTS §5 (counter-offers, S93)."""
TO_REGULATOR_PPM = 2_500
"""Complaints that go to the regulator. Targets, `complaints`: the lender hears 10 to 50 times more."""
ABOUT_NOTHING = -1


@rule
def ask_for_line(
    account: Account, shopper: Shopper, policy: PolicyRecord, town: Town, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """Apply on the day that was meant for it; ask again some time after a decline. With a line it was to leave."""
    if shopper.ask_on_day != ask.day:
        return
    shopper.ask_on_day = NEVER
    if account.status == ACTIVE:
        leave(account, shopper, policy, ask, log)
        return
    if account.status not in (NONE, DECLINED, CLOSED) or (town.no_line and in_arm(town, shopper)):
        return
    if identity_not_fresh(account, policy, ask).holds:
        verify_identity(account, policy, ask, log)
    ask.statement_day = wished_statement_day(shopper, policy, word)
    remember(log, account, ask)
    emit(log, APPLICATION_SUBMITTED, ask.day, policy.default_statement_day)
    apply_for_line(account, policy, ask, log)
    if town.force and account.status == DECLINED and in_arm(town, shopper):
        open_by_force(account, policy, ask, log)
    if account.status == APPLIED and chance(leaf(word, purposes.ASKING, 32 + ask.dom), TAKE_OFFER_PPM):
        accept_offer(account, policy, ask, log)
    if account.status == ACTIVE:
        choose_autopay(account, shopper, ask, word, log)
    elif account.status == DECLINED:
        shopper.ask_on_day = ask.day + quantile(leaf(word, purposes.ASKING, ask.dom), _PATIENCE)
        note_day(shopper, month, shopper.ask_on_day)


@rule
def wished_statement_day(shopper: Shopper, policy: PolicyRecord, word: int) -> int:
    """Those who think ahead let the bill fall due two days after pay; 0 leaves the usual day."""
    if not chance(leaf(word, purposes.ASKING, 96), CHOOSES_DAY_PPM + shopper.discipline_ppm * 4 // 10):
        return 0
    day = shopper.pay_day + 2 - policy.due_offset_days
    return day if day > 0 else min(LAST_STATEMENT_DAY, day + LONGEST_MONTH)


LAST_STATEMENT_DAY, LONGEST_MONTH = 28, 31
CHOOSES_DAY_PPM = 550_000
"""Of the least disciplined, who choose the day of their bill all the same; ours to calibrate by `day1_late`."""


@rule
def open_by_force(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """An intervention: the least line for one who was declined by the score alone."""
    row = log.rows[log.count - 1]
    if row[0] == events.APPLICATION_DECIDED and row[events.REASONS] & CONDITIONS == 0:
        move(account, APPLIED)
        open_line(account, policy, ask.day, policy.starter_limit_fen, row[columns.DECIDED_SCORE], policy.default_statement_day, log)


CONDITIONS = (1 << 10) - 1
"""Reasons of an application that are conditions, not judgement. RULES §2."""


@rule
def choose_autopay(account: Account, shopper: Shopper, ask: Ask, word: int, log: Any) -> None:
    """Some let the bill be paid by itself from the start. FACTS §5 [S84]."""
    drawn = leaf(word, purposes.AUTOPAY, 0)
    if chance(drawn, AUTOPAY_FULL_PPM * shopper.discipline_ppm // MILLION):
        set_autopay(account, AUTOPAY_FULL, ask.day, log)
    elif chance(leaf(word, purposes.AUTOPAY, 1), AUTOPAY_MINIMUM_PPM):
        set_autopay(account, AUTOPAY_MINIMUM, ask.day, log)


AUTOPAY_FULL_PPM, AUTOPAY_MINIMUM_PPM = 850_000, 60_000
"""Of the most disciplined, those on full autopay; of the others, on minimum. Ours to calibrate by `late_fee_users`."""


@rule
def answer_lender(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Show identity for a hold or a breach, appeal."""
    if shopper.verify_on_day == ask.day:
        shopper.verify_on_day = NEVER
        verify_identity(account, policy, ask, log)
    if shopper.appeal_on_day == ask.day:
        shopper.appeal_on_day = NEVER
        if appeal_refusals(account, policy, ask) == 0:
            if shopper.intent == HONEST:
                verify_identity(account, policy, ask, log)
            appeal(account, policy, ask, log)


@rule
def seek_reinstatement(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Ask for a block or a suspension that does not end by itself to be lifted, as soon as what was overdue is paid."""
    if (
        account.dpd == 0
        and account.reinstatement_day == NEVER
        and account.episode_worst_dpd > LIFTS_BY_ITSELF_DPD
        and reinstatement_refusals(account, policy, ask) == 0
    ):
        request_reinstatement(account, policy, ask, log)


@rule
def monthly_wishes(
    account: Account, shopper: Shopper, policy: PolicyRecord, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """Once a month: mean to leave or to come back, ask for more, let a document expire."""
    shopper.felt_fen += (account.limit_fen - shopper.felt_fen) // FEELS_MONTHS
    if account.status == ACTIVE:
        leaving_ppm = LEAVE_PPM
        if ask.day - shopper.cut_day < 35:
            leaving_ppm = LEAVE_AFTER_CUT_PPM
        if chance(leaf(word, purposes.LEAVING, 0), leaving_ppm):
            shopper.ask_on_day = ask.day + between(leaf(word, purposes.LEAVING, 1), 1, LEAVES_WITHIN_DAYS)
            note_day(shopper, month, shopper.ask_on_day)
        elif chance(leaf(word, purposes.REQUEST, 0), REQUEST_PPM) and utilisation_ppm(account) > 500_000:
            request_limit(account, policy, ask, log)
        elif chance(leaf(word, purposes.EXPIRY, 0), EXPIRY_PPM):
            expire_identity(account, policy, ask, log)
            ask.kind = EXPIRED_IDENTITY
            find_breach(account, policy, ask, log)
            if chance(leaf(word, purposes.EXPIRY, 1), 900_000):
                shopper.verify_on_day = ask.day + between(leaf(word, purposes.EXPIRY, 2), 1, 12)
                note_day(shopper, month, shopper.verify_on_day)
    elif (
        account.status == CLOSED
        and account.closure_cause == CLOSED_BY_SHOPPER
        and shopper.ask_on_day == NEVER
        and ask.day - account.closed_day > policy.reopen_days
        and chance(leaf(word, purposes.REOPENING, 0), REOPEN_PPM)
    ):
        shopper.ask_on_day = ask.day + 1
        note_day(shopper, month, shopper.ask_on_day)


@rule
def leave(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Close the line, paying everything first; who cannot pay it all does not ask."""
    total = settle_all_fen(account, ask.day)
    if total > shopper.cash_fen or closure_refusals(account, policy, ask) != 0 or frozen_fen(account) > 0:
        return
    ahead = acceptable_fen(account, True)
    shopper.cash_fen -= total
    if ahead > 0:
        pay(account, policy, ask.day, ahead, BY_SHOPPER, True, log)
    for slot in range(len(account.plans)):
        if account.plans[slot].order != 0 and account.plans[slot].unbilled_fen > 0:
            settle_plan(account, policy, ask.day, slot, log)
    request_closure(account, policy, ask, log)


@rule
def seek_relief(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, word: int, log: Any) -> None:
    """After a shock, when late: some ask for a hardship plan."""
    if account.hardship or owed_fen(account) == 0:
        return
    if recorded_shock(account, policy, ask).holds and chance(leaf(word, purposes.HARDSHIP, ask.dom), HARDSHIP_PPM):
        ask.terms = HARDSHIP_TERMS
        request_hardship(account, policy, ask, log)
        ask.terms = 1


STIRRING = (
    1 << events.LIMIT_CHANGED | 1 << events.APPLICATION_DECIDED | 1 << events.PAYMENT_MISSED
    | 1 << events.PURCHASE_HELD | 1 << events.REMINDED | 1 << events.WAS_SUSPENDED
)  # fmt: skip
"""Set of the events that a shopper reacts to."""


@rule
def react(
    account: Account, shopper: Shopper, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """What today's decisions make of the shopper: a mind to appeal, to leave, to complain."""
    for i in range(log.count):
        kind = log.rows[i][0]
        about = sore_point(log.rows[i], account)
        if about != ABOUT_NOTHING and chance(leaf(word, purposes.COMPLAINT, 8 * ask.dom + about), shopper.temper_ppm // 4):
            complain(about, ask, word, log)
        if about == ABOUT_CUT:
            shopper.cut_day = ask.day
        if (kind == events.PAYMENT_MISSED) & (account.autopay != AUTOPAY_OFF) & (shopper.pay_on_day == NEVER):
            shopper.pay_on_day = ask.day + quantile(leaf(word, purposes.PAY_DELAY, 128 + ask.dom), _ANSWER_DAYS)
            note_day(shopper, month, shopper.pay_on_day)
        if about == ABOUT_SUSPENSION:
            consider_appeal(account, shopper, month, ask, word)


@rule
def sore_point(row: Any, account: Account) -> int:
    """What an event gives to complain about."""
    kind = row[0]
    lower = (row[columns.LIMIT_KIND] == PERMANENT) & (row[columns.LIMIT_TO_FEN] < row[columns.LIMIT_FROM_FEN])
    cut = (kind == events.LIMIT_CHANGED) & lower & (account.status != CLOSED)
    declined = (kind == events.APPLICATION_DECIDED) & (row[columns.DECISION] == REFUSED)
    reminded = (kind == events.REMINDED) & (row[columns.REMINDER_STAGE] > 0)
    about = ABOUT_CUT if cut else ABOUT_NOTHING
    about = ABOUT_DECLINE if declined else about
    about = ABOUT_CONTACT if reminded else about
    about = ABOUT_HOLD if kind == events.PURCHASE_HELD else about
    return ABOUT_SUSPENSION if kind == events.WAS_SUSPENDED else about


@rule
def consider_appeal(account: Account, shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """Nearly everybody who was wronged appeals; few of the others dare."""
    if not account.causes & BY_FRAUD or account.appeal_day != NEVER or shopper.appeal_on_day != NEVER:
        return
    dares_ppm = 850_000 if shopper.intent == HONEST else 250_000
    if chance(leaf(word, purposes.APPEAL, ask.dom), dares_ppm):
        shopper.appeal_on_day = ask.day + quantile(leaf(word, purposes.APPEAL, 32 + ask.dom), _ANSWER_DAYS)
        note_day(shopper, month, shopper.appeal_on_day)


@rule
def complain(about: int, ask: Ask, word: int, log: Any) -> None:
    """Complain to the lender, seldom to the regulator."""
    to = int(chance(leaf(word, purposes.COMPLAINT, 256 + 8 * ask.dom + about), TO_REGULATOR_PPM))
    emit(log, COMPLAINED, ask.day, about, to)
