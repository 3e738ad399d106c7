"""Postings: every entry adds up to 0, and the books agree with the account."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from simulator.ledger.postings import Books, Posting, trial_balance
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import following, to_record
from simulator.rules.balances import billed_fees_fen, charged_fen, exposure_fen
from simulator.rules.pricing import fee_charged_fen, merchant_fee_fen
from simulator.world import World
from tests.lives import played

POLICY = to_record(load_policy("standard"))
fen = st.integers(0, 10_000_000)


def balanced(postings: Iterable[Posting]) -> bool:
    return sum(posting.amount_fen for posting in postings) == 0


@given(
    amount=fen, terms=st.sampled_from([1, 3, 6, 12, 24]), funded=st.booleans(), back=st.integers(0, 1_000_000)
)
def test_a_purchase_and_its_refund_balance(amount: int, terms: int, funded: bool, back: int) -> None:
    books = Books()
    bought = {
        "event": "purchase_authorised",
        "order": 1,
        "amount_fen": amount,
        "terms": terms,
        "merchant_funded": funded,
    }
    assert balanced(books.take(bought, POLICY))
    refunded = amount * back // 1_000_000
    owed = refunded // 3
    event = {
        "event": "refunded",
        "order": 1,
        "amount_fen": refunded,
        "owed_fen": owed,
        "cash_fen": refunded - owed,
    }
    assert balanced(books.take(event, POLICY))


@given(st.tuples(fen, fen, fen, fen, fen))
def test_a_payment_balances(parts: tuple[int, int, int, int, int]) -> None:
    names = ("late_fee_fen", "revolving_fee_fen", "plan_fee_fen", "plan_principal_fen", "principal_fen")
    event = {
        "event": "payment_received",
        "amount_fen": sum(parts),
        "applied": dict(zip(names, parts, strict=True)),
    }
    assert balanced(Books().take(event, POLICY))


@given(fen, fen)
def test_settlement_and_write_off_balance(principal: int, fee: int) -> None:
    settled = {
        "event": "plan_repaid_early",
        "principal_fen": principal,
        "settlement_fee_fen": fee,
        "total_fen": principal + fee,
    }
    gone = {"event": "charged_off", "amount_fen": principal + fee, "principal_fen": principal, "fee_fen": fee}
    assert balanced(Books().take(settled, POLICY))
    assert balanced(Books().take(gone, POLICY))


def test_a_merchant_that_pays_the_fee_pays_what_grade_c_would() -> None:
    """¥1,200 over 12 terms: 0.9 % is 10.80, and 12 × round(1,200 × 0.75 %) = 12 × 9.00 = 108.00."""
    assert merchant_fee_fen(POLICY, 120_000, 12, 1) == 1_080 + 10_800
    assert merchant_fee_fen(POLICY, 120_000, 12, 0) == 1_080


def test_a_refund_takes_back_what_the_merchant_was_charged_under_the_policy_of_the_purchase() -> None:
    """¥1,200 over 12 terms on day 9 at 0.9 % and 0.75 %: 10.80 + 108.00. On day 10 at 2 % and 0.5 %: 24.00 + 12 ×
    6.00. From day 20 on 0 % and 0.5 %: 72.00. Half of it comes back on refund of half.
    """
    second = load_policy("standard")
    for path, rate in (("merchant_fee_ppm", 20_000), ("fee_rate_ppm.12.C", 5_000)):
        second = set_field(second, path, rate)
    third = to_record(set_field(second, "merchant_fee_ppm", 0))
    record = following(third, following(to_record(second), POLICY, 10), 20)
    charged = [fee_charged_fen(record, day, 120_000, 12, 1) for day in (-300, 9, 10, 19, 20)]
    assert charged == [11_880, 11_880, 9_600, 9_600, 7_200]
    assert [fee_charged_fen(record, day, 120_000, 1, 0) for day in (9, 10, 20)] == [1_080, 2_400, 0]


def test_a_life_opened_again_takes_back_what_was_charged_before_a_change_of_policy(tmp_path: Path) -> None:
    """20.00 of the jeans at 0.9 %: 18 fen, whatever the fee is now."""
    path = tmp_path / "life.db"
    played(path, {"do": "policy", "field": "merchant_fee_ppm", "value": 90_000}, {"do": "wait", "days": 2}).close()
    world = World.open(path)
    world.do({"do": "refund", "order": 4, "amount": "20.00"})
    world.close()
    with closing(sqlite3.connect(path)) as db:
        query = """SELECT amount_fen FROM postings JOIN events ON entry = seq
                   WHERE event = 'refunded' AND account = 'merchant_fee_income'"""
        assert db.execute(query).fetchall() == [(18,)]


def test_the_books_of_a_life_agree_with_its_account() -> None:
    world = played(
        None, {"do": "wait", "days": 45}, {"do": "repay", "amount": "minimum"}, {"do": "refund", "order": 4, "amount": "50.00"},
        {"do": "wait", "days": 40}, {"do": "repay", "amount": "full"}, {"do": "wait", "days": 30},
    )  # fmt: skip
    books = Books()
    every: list[Posting] = []
    for event in world.events:
        postings = books.take(event, POLICY)
        assert balanced(postings), event
        every += postings
    sums = trial_balance(every)
    assert sums["receivable_principal"] == exposure_fen(world.account)
    assert sums.get("fees_receivable", 0) == billed_fees_fen(world.account) + charged_fen(world.account)


def test_a_refund_of_a_cash_order_is_not_in_the_lenders_books() -> None:
    books = Books()
    books.take({"event": "cash_purchase", "order": 2}, POLICY)
    assert (
        books.take({"event": "refunded", "order": 2, "amount_fen": 5, "owed_fen": 0, "cash_fen": 5}, POLICY)
        == []
    )
    assert books.take({"event": "refund_arrived", "order": 2, "amount_fen": 5}, POLICY) == []
