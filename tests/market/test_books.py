"""The market's books: what the tallies make of a run is what the ledger makes of every event of every life."""

from __future__ import annotations

from collections import Counter

import pytest

from simulator.engine import measures as m
from simulator.ledger.postings import Books, policy_on
from simulator.market import Market
from simulator.market.postings import RESULT, month_postings
from simulator.policy.load import set_field
from simulator.policy.numeric import to_record
from simulator.rules.balances import billed_fees_fen, charged_fen, exposure_fen
from tests.market.runs import SEED, SHOPPERS, START, WARM_UP_DAYS, lives, loose_policy, small_market

pytestmark = pytest.mark.slow
BY_THE_MONTH = ("funding_cost", "operating_cost", "collection_cost", "provision", "provision_held")


def folded() -> dict[str, Counter[str]]:
    """The postings of every event of every life, by calendar month and account; those before day 0 as one."""
    record = to_record(loose_policy())
    found: dict[str, Counter[str]] = {}
    for life in lives():
        books = Books()
        for event in life.events:
            month = event["date"][:7] if event["day"] >= 0 else "before"
            for posting in books.take(event, record):
                found.setdefault(month, Counter())[posting.account] += posting.amount_fen
    return found


def test_the_market_has_what_the_books_must_cope_with() -> None:
    told = Counter(event["event"] for life in lives() for event in life.events if event["day"] >= 0)
    for event in (
        "charged_off",
        "refunded",
        "refund_arrived",
        "plan_repaid_early",
        "hardship_agreed",
        "late_fee_charged",
    ):
        assert told[event] > 0, event
    assert any("recovered_fen" in event.get("applied", ()) for life in lives() for event in life.events)


def test_every_account_of_every_month_agrees_with_double_entry_to_the_fen() -> None:
    by_event = folded()
    for month in small_market().months:
        tallied = {posting.account: posting.amount_fen for posting in month_postings(month)}
        assert sum(tallied.values()) == 0
        cash_for_the_month = month.funding_fen + month.operating_fen + month.collection_fen
        tallied["cash"] += cash_for_the_month
        own = {
            account: amount for account, amount in tallied.items() if account not in BY_THE_MONTH and amount
        }
        assert own == {account: amount for account, amount in by_event[month.span.label].items() if amount}


def test_after_a_change_of_policy_refunds_take_back_what_was_charged() -> None:
    """Merchants pay ten times as much from day 60 on: what was bought before and refunded after brings little back."""
    market = Market(loose_policy(), seed=SEED, shoppers=SHOPPERS, start=START, warm_up_days=WARM_UP_DAYS)
    market.warm_up()
    market.advance(60)
    market.change_policy(set_field(loose_policy(), "merchant_fee_ppm", 90_000))
    market.advance(30)
    across, taken = 0, 0
    for number in range(1, SHOPPERS + 1):
        books, bought_before = Books(), set()
        for event in market.life(number).events:
            postings = books.take(event, policy_on(market.timeline, event["day"]))
            if event["day"] >= 0:
                taken += sum(each.amount_fen for each in postings if each.account == "merchant_fee_income")
            if event["event"] == "purchase_authorised" and event["day"] < 60:
                bought_before.add(event["order"])
            elif event["event"] == "refunded" and event["day"] >= 60 and event["order"] in bought_before:
                across += 1
    assert across > 3
    assert market.snapshot.daily["merchant_income_fen"].sum() == -taken


def test_what_is_owed_at_the_end_is_what_the_ledger_says() -> None:
    balance: Counter[str] = Counter()
    for each in folded().values():
        balance.update(each)
    accounts = [life.account for life in lives()]
    last = small_market().months[-1]
    assert balance["receivable_principal"] == sum(map(exposure_fen, accounts)) == last.stocks[m.EXPOSURE]
    assert balance["fees_receivable"] == sum(
        billed_fees_fen(account) + charged_fen(account) for account in accounts
    )
    assert last.before.exposure_fen + last.flows[m.EXPOSURE_CHANGE] == last.after.exposure_fen


def test_profit_is_what_the_result_accounts_come_to() -> None:
    simulation = small_market()
    for month in simulation.months:
        result = sum(each.amount_fen for each in month_postings(month) if each.account in RESULT)
        assert month.profit_fen == -result
        assert sum(month.grade_profits()) == month.profit_fen
    assert sum(month.profit_fen for month in simulation.months) == simulation.totals()["profit_fen"]


def test_funding_and_provision_are_posted_by_the_day_and_by_the_bucket() -> None:
    simulation, record = small_market(), to_record(loose_policy())
    first = simulation.months[0]
    exposure, exposure_days = first.before.exposure_fen, 0
    for change in simulation.measured.daily[first.span.first : first.span.stop, m.EXPOSURE_CHANGE].tolist():
        exposure += change
        exposure_days += exposure
    due = first.before.funding_rest + exposure_days * record.funding_rate_ppm
    assert divmod(due, 365 * 1_000_000) == (first.funding_fen, first.after.funding_rest)
    buckets = [first.stocks[m.M0 + bucket] for bucket in range(7)]
    weighed = sum(fen * ppm for fen, ppm in zip(buckets, record.provision_ppm, strict=True))
    assert first.after.provision_fen == weighed // 1_000_000
