"""Paying: when a bill is remembered, how much of it is meant to be paid, and what cash allows."""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import AUTOPAY_OFF, BY_SHOPPER, CHARGED_OFF, NEVER
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.plans import note_day
from simulator.population.money_days import move_out_of_fund
from simulator.population.months import Month
from simulator.population.shopper import BUSTING_OUT, Shopper
from simulator.random import MILLION, between, chance, leaf, quantile
from simulator.registry import rule
from simulator.rules.ask import Ask
from simulator.rules.balances import due_day, minimum_fen
from simulator.rules.repayment import acceptable_fen, pay

HUNDRED_YUAN_FEN = 10_000
MONTH_DAYS = 30
_OWN_DELAY = (1, 2, 3, 4, 6, 9, 14, 22, 35)
"""Days after the due day on which one who forgot thinks of it unprompted."""


@rule
def plan_payment(account: Account, shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """On the morning after a statement: the day on which its bill will be remembered."""
    if account.statement_count == 0 or account.statements[account.statement_count - 1].day != ask.day - 1:
        return
    if account.autopay != AUTOPAY_OFF and account.dpd == 0:
        shopper.pay_on_day = NEVER
        return
    due = due_day(account)
    heedful_ppm = HEED_BASE_PPM + shopper.attention_ppm * (MILLION - HEED_BASE_PPM) // MILLION
    if chance(leaf(word, purposes.PAYING, ask.dom), heedful_ppm):
        ahead = due - ask.day
        shopper.pay_on_day = due - min(ahead, between(leaf(word, purposes.PAY_DELAY, ask.dom), 0, 6))
    else:
        shopper.pay_on_day = due + quantile(leaf(word, purposes.PAY_DELAY, ask.dom), _OWN_DELAY)
    note_day(shopper, month, shopper.pay_on_day)


HEED_BASE_PPM = 860_000
"""Bills that even the least attentive think of in time."""


@rule
def heed_reminder(account: Account, shopper: Shopper, policy: PolicyRecord, ask: Ask, word: int) -> None:
    """A reminder that went out this morning may bring the bill to mind. RULES §6."""
    if not policy.reminders or account.statement_count == 0 or minimum_fen(account) == 0:
        return
    if account.statements[account.statement_count - 1].met:
        return
    stage = ask.day - due_day(account)
    heed_ppm = 0
    if stage == -3:
        heed_ppm = 150_000
    elif stage == 0:
        heed_ppm = 200_000
    elif stage == 1:
        heed_ppm = 450_000
    elif stage == 7:
        heed_ppm = 550_000
    elif stage == MONTH_DAYS:
        heed_ppm = 600_000
    if heed_ppm and chance(leaf(word, purposes.REMINDER, ask.dom), heed_ppm // 2 + shopper.attention_ppm * heed_ppm // MILLION // 2):
        shopper.pay_on_day = ask.day


@rule
def pay_bill(
    account: Account, shopper: Shopper, policy: PolicyRecord, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """Pay what is meant to be paid today, as far as cash goes; think of the rest on the next pay day."""
    if shopper.pay_on_day != ask.day:
        return
    shopper.pay_on_day = NEVER
    if shopper.intent == BUSTING_OUT and shopper.intent_day != NEVER and ask.day >= shopper.intent_day:
        return
    owed = acceptable_fen(account, False)
    if owed == 0:
        return
    asked = minimum_fen(account)
    if account.status == CHARGED_OFF:
        asked = min(owed, shopper.expenses_fen // 10)
    meant = max(asked, meant_fen(shopper, owed, asked, account.dpd, ask, word))
    free = max(0, shopper.cash_fen - kept_back_fen(shopper))
    if meant > free and draw_on_fund(shopper, policy, meant - free, ask, log):
        shopper.pay_on_day = ask.day + max(1, policy.fund_days)
        note_day(shopper, month, shopper.pay_on_day)
        return
    amount = min(meant, free)
    if amount < asked:
        amount = min(asked, max(free, shopper.cash_fen * shopper.discipline_ppm // MILLION))
    if amount > 0:
        shopper.cash_fen -= amount
        pay(account, policy, ask.day, amount, BY_SHOPPER, False, log)
    if minimum_fen(account) > 0 or (account.status == CHARGED_OFF and acceptable_fen(account, False) > 0):
        try_again(shopper, month, ask, word)


@rule
def try_again(shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """What could not be paid is thought of again on the next pay day, sometimes the one after."""
    to_pay_day = min(shopper.pay_day, month.length) - ask.dom
    if to_pay_day <= 0:
        to_pay_day += month.length
    if chance(leaf(word, purposes.PAY_DELAY, 64 + ask.dom), PUT_OFF_PPM):
        to_pay_day += MONTH_DAYS
    shopper.pay_on_day = ask.day + to_pay_day
    note_day(shopper, month, shopper.pay_on_day)


PUT_OFF_PPM = 350_000


@rule
def kept_back_fen(shopper: Shopper) -> int:
    """Cash kept for the next quarter of the month's expenses; less by the disciplined."""
    return shopper.expenses_fen // 4 * (MILLION - shopper.discipline_ppm // 2) // MILLION


@rule
def meant_fen(shopper: Shopper, owed_fen: int, asked_fen: int, dpd: int, ask: Ask, word: int) -> int:
    """All of it by most; the minimum or a little more by some; a round sum by others. FACTS §5 [S81, S82]."""
    strain_ppm = min(MILLION, owed_fen * MILLION // max(1, shopper.cash_fen + shopper.fund_fen))
    full_ppm = FULL_BASE_PPM + shopper.discipline_ppm * 3 // 10 - strain_ppm * 4 // 10
    if dpd > 0:
        full_ppm = full_ppm // 2
    if chance(leaf(word, purposes.PAY, ask.dom), max(50_000, full_ppm)):
        return owed_fen
    drawn = leaf(word, purposes.PAY_SHARE, ask.dom)
    if chance(drawn, AT_MINIMUM_PPM):
        return asked_fen
    more = asked_fen + (owed_fen - asked_fen) * quantile(leaf(word, purposes.PAY_SHARE, 64 + ask.dom), _MORE) // 1_000
    if more >= HUNDRED_YUAN_FEN and chance(leaf(word, purposes.PAY_SHARE, 128 + ask.dom), ROUND_PPM):
        more = (more + HUNDRED_YUAN_FEN - 1) // HUNDRED_YUAN_FEN * HUNDRED_YUAN_FEN
    return min(owed_fen, more)


FULL_BASE_PPM = 760_000
AT_MINIMUM_PPM = 550_000
ROUND_PPM = 700_000
_MORE = (5, 40, 90, 160, 260, 420, 700)


@rule
def draw_on_fund(shopper: Shopper, policy: PolicyRecord, lacking_fen: int, ask: Ask, log: Any) -> bool:
    """Take what is lacking out of the fund, if nothing is on its way already."""
    on_its_way = 0
    for move in shopper.fund_out:
        on_its_way += move.amount_fen
    amount = min(lacking_fen, shopper.fund_fen)
    if amount <= 0 or on_its_way > 0:
        return False
    move_out_of_fund(shopper, amount, policy.fund_days, ask, log)
    return policy.fund_days > 0
