"""Paying: when a bill is remembered, how much of it is meant to be paid, and what cash allows."""

from __future__ import annotations

from typing import Any

from simulator import purposes
from simulator.account import Account
from simulator.codes import AUTOPAY_FULL, AUTOPAY_MINIMUM, AUTOPAY_OFF, BY_SHOPPER, CHARGED_OFF, NEVER
from simulator.policy.record import PolicyRecord
from simulator.population.behaviour.plans import note_day
from simulator.population.money_days import living_before_pay_fen, move_out_of_fund, next_living_fen
from simulator.population.months import Month
from simulator.population.shopper import BUSTING_OUT, Shopper
from simulator.random import MILLION, between, chance, leaf, quantile
from simulator.registry import rule
from simulator.rules.arithmetic import HUNDRED_YUAN_FEN
from simulator.rules.ask import Ask
from simulator.rules.balances import due_day, minimum_fen
from simulator.rules.repayment import acceptable_fen, pay, set_autopay

MONTH_DAYS = 30
_OWN_DELAY = (1, 1, 1, 1, 2, 3, 30, 60, 90)
"""Days after the due day on which one who forgot thinks of it unprompted: most soon, some not before the next bill.
Ours to calibrate by `late_tail` and `reminder`."""


@rule
def plan_payment(
    account: Account, shopper: Shopper, policy: PolicyRecord, month: Month, ask: Ask, word: int, log: Any
) -> None:
    """On the morning after a statement: the day on which its bill will be remembered; autopay is provided for."""
    newest = account.statements[max(0, account.statement_count - 1)]
    if (account.statement_count == 0) | (newest.day != ask.day - 1):
        return
    if (newest.late_fee_fen > 0) & (account.autopay == AUTOPAY_OFF) & (account.status != CHARGED_OFF):
        meet_late_fee(account, shopper, ask, word, log)
    if account.autopay != AUTOPAY_OFF and account.dpd == 0:
        shopper.pay_on_day = NEVER
        lacking = acceptable_fen(account, False) + next_living_fen(shopper, ask.dom) - shopper.cash_fen
        if lacking > 0:
            draw_on_fund(shopper, policy, month, lacking, ask, log)
        return
    due = due_day(account)
    if not chance(leaf(word, purposes.PAYING, ask.dom), forgets_ppm(shopper)):
        ahead = due - ask.day
        shopper.pay_on_day = due - min(ahead, between(leaf(word, purposes.PAY_DELAY, ask.dom), 1, 6))
        pay_comes = ask.day + days_to_pay(shopper, month, ask)
        if pay_comes <= due:
            shopper.pay_on_day = max(shopper.pay_on_day, pay_comes)
        elif will_not_last(account, shopper, ask) and chance(
            leaf(word, purposes.PAY_DELAY, 96), shopper.discipline_ppm
        ):
            shopper.pay_on_day = ask.day
    else:
        shopper.pay_on_day = due + quantile(leaf(word, purposes.PAY_DELAY, ask.dom), _OWN_DELAY)
    note_day(shopper, month, shopper.pay_on_day)


@rule
def meet_late_fee(account: Account, shopper: Shopper, ask: Ask, word: int, log: Any) -> None:
    """A late fee on the bill moves some to autopay; who goes on without forgets as before. FACTS §5 [S84]."""
    if chance(leaf(word, purposes.AUTOPAY, 32 + ask.dom), AUTOPAY_AFTER_FEE_PPM):
        in_full = chance(leaf(word, purposes.AUTOPAY, 64 + ask.dom), shopper.discipline_ppm)
        set_autopay(account, AUTOPAY_FULL if in_full else AUTOPAY_MINIMUM, ask.day, log)


AUTOPAY_AFTER_FEE_PPM = 200_000
"""Of bills with a late fee, those after which autopay is chosen. Ours to calibrate by `late_fee_users`."""


@rule
def will_not_last(account: Account, shopper: Shopper, ask: Ask) -> bool:
    """Whether living until pay would eat the cash for what a bill asks that there is now."""
    asked = minimum_fen(account)
    return asked <= shopper.cash_fen < asked + living_before_pay_fen(shopper, ask.dom)


@rule
def forgets_ppm(shopper: Shopper) -> int:
    """The chance to forget a bill: next to none for most, much for a few, month after month. FACTS §5 [S84].

    The third power is ours to calibrate by `late_fee_users` and `reminder`.
    """
    absent = (MILLION - shopper.attention_ppm) // 1_000
    return absent * absent // 1_000 * absent


@rule
def heed_reminder(account: Account, shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """A reminder that went out this morning may bring the bill to mind. RULES §6."""
    newest = account.statements[max(0, account.statement_count - 1)]
    stage = ask.day - newest.due_day
    heed_ppm = 300_000 * int(stage == -3) + 400_000 * int(stage == 0) + 650_000 * int(stage == 1)
    heed_ppm += 850_000 * int(stage == 7) + 950_000 * int(stage == MONTH_DAYS)
    if (heed_ppm == 0) | (newest.met != 0) or minimum_fen(account) == 0:
        return
    if chance(leaf(word, purposes.REMINDER, ask.dom), heed_ppm // 2 + shopper.attention_ppm * heed_ppm // MILLION // 2):
        shopper.pay_on_day = ask.day
        note_day(shopper, month, ask.day)


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
        if not chance(leaf(word, purposes.PAYING, 64 + ask.dom), still_pays_ppm(shopper)):
            return
        asked = min(owed, shopper.expenses_fen // 10)
    meant = max(asked, meant_fen(shopper, owed, asked, account.dpd, ask, word))
    free = max(0, shopper.cash_fen - kept_back_fen(shopper, ask.dom))
    if meant > free and draw_on_fund(shopper, policy, month, meant - free, ask, log):
        shopper.pay_on_day = ask.day + max(1, policy.fund_days)
        note_day(shopper, month, shopper.pay_on_day)
        return
    amount = min(meant, free)
    if asked + HUNDRED_YUAN_FEN < amount < meant:
        amount = amount // HUNDRED_YUAN_FEN * HUNDRED_YUAN_FEN
    if amount < asked:
        amount = min(asked, max(free, shopper.cash_fen * shopper.discipline_ppm // MILLION))
    if amount > 0:
        shopper.cash_fen -= amount
        pay(account, policy, ask.day, amount, BY_SHOPPER, False, log)
    if minimum_fen(account) > 0 or (account.status == CHARGED_OFF and acceptable_fen(account, False) > 0):
        try_again(account, shopper, month, ask, word)


@rule
def still_pays_ppm(shopper: Shopper) -> int:
    """The chance on a pay day that a debt which was written off is still thought one's own to pay. Who lets it go
    once has nothing to lose by it any more, and does not come back to it.
    """
    return STILL_PAYS_PPM + shopper.discipline_ppm // 2


STILL_PAYS_PPM = 280_000
"""Of those without any discipline; ours to calibrate by what comes back of debts written off. FACTS §10 (8 to 15 % in two years)."""


@rule
def days_to_pay(shopper: Shopper, month: Month, ask: Ask) -> int:
    """Days until pay next comes."""
    days = min(shopper.pay_day, month.length) - ask.dom
    return days if days > 0 else days + month.length


@rule
def try_again(account: Account, shopper: Shopper, month: Month, ask: Ask, word: int) -> None:
    """What could not be paid is thought of again on the next pay day; by the late sometimes on the one after."""
    to_pay_day = days_to_pay(shopper, month, ask)
    if account.dpd > 0 and chance(leaf(word, purposes.PAY_DELAY, 64 + ask.dom), PUT_OFF_PPM):
        to_pay_day += MONTH_DAYS
    shopper.pay_on_day = ask.day + to_pay_day
    note_day(shopper, month, shopper.pay_on_day)


PUT_OFF_PPM = 120_000
"""Of the late who were short on pay day, those who put it off for a month. Targets, `cure_30`."""


@rule
def kept_back_fen(shopper: Shopper, dom: int) -> int:
    """Cash kept for the next quarter of the month's expenses if it comes before pay; less by the disciplined."""
    return next_living_fen(shopper, dom) * (MILLION - shopper.discipline_ppm // 2) // MILLION


@rule
def meant_fen(shopper: Shopper, owed_fen: int, asked_fen: int, dpd: int, ask: Ask, word: int) -> int:
    """All of it by most; the minimum or a little more by some; a round sum by others. FACTS §5 [S81, S82]."""
    strain_ppm = min(MILLION, owed_fen * MILLION // max(1, shopper.cash_fen + shopper.fund_fen))
    full_ppm = min(FULL_MOST_PPM, shopper.discipline_ppm * 19 // 10 - FULL_LESS_PPM) - strain_ppm * 6 // 10
    if dpd > 0:
        full_ppm = full_ppm // 2
    if chance(leaf(word, purposes.PAY, ask.dom), max(20_000, full_ppm)):
        return owed_fen
    drawn = leaf(word, purposes.PAY_SHARE, ask.dom)
    if chance(drawn, AT_MINIMUM_PPM):
        return asked_fen
    more = asked_fen + (owed_fen - asked_fen) * quantile(leaf(word, purposes.PAY_SHARE, 64 + ask.dom), _MORE) // 1_000
    if more >= HUNDRED_YUAN_FEN and chance(leaf(word, purposes.PAY_SHARE, 128 + ask.dom), ROUND_PPM):
        more = (more + HUNDRED_YUAN_FEN - 1) // HUNDRED_YUAN_FEN * HUNDRED_YUAN_FEN
    return min(owed_fen, more)


FULL_LESS_PPM, FULL_MOST_PPM = 480_000, 990_000
"""Discipline from which bills begin to be paid in full, and the most sure. Targets, `full_share`."""
AT_MINIMUM_PPM = 400_000
"""Of bills not paid in full, those paid at the minimum. Targets, `min_share`."""
ROUND_PPM = 700_000
"""Of sums above the minimum, those rounded to ¥100. Targets, `round_payments`."""
_MORE = (5, 40, 90, 160, 260, 420, 700)
"""How far above the minimum, per mille of the way to all; ours to calibrate by `gap_50_98`."""


@rule
def draw_on_fund(
    shopper: Shopper, policy: PolicyRecord, month: Month, lacking_fen: int, ask: Ask, log: Any
) -> bool:
    """Take what is lacking out of the fund, if nothing is on its way already."""
    on_its_way = 0
    for move in shopper.fund_out:
        on_its_way += move.amount_fen
    amount = min(lacking_fen, shopper.fund_fen)
    if amount <= 0 or on_its_way > 0:
        return False
    move_out_of_fund(shopper, amount, policy.fund_days, ask, log)
    note_day(shopper, month, ask.day + policy.fund_days)
    return policy.fund_days > 0
