"""Coming: the known amounts of the next weeks, as the home page lists them."""

from __future__ import annotations

from itertools import pairwise

from simulator.rules.balances import billed_fen
from simulator.views.home import coming
from tests.lives import begin, played

TO_BILL = {"do": "wait", "until": "statement"}
TO_DUE = {"do": "wait", "until": "due"}


def test_a_bill_due_today_is_listed_and_not_carried_into_the_next() -> None:
    before, today = played(None, TO_BILL), played(None, TO_BILL, TO_DUE)
    owed = billed_fen(today.account)
    bills = [each for each in coming(today) if each.label == "bill, in full"]
    assert owed and (bills[0].date, bills[0].amount_fen) == (today.date, -owed)
    assert bills == [each for each in coming(before) if each.label == "bill, in full"][: len(bills)]
    assert billed_fen(today.account) == owed, "only a trial copy pays"


def test_what_comes_and_goes_on_one_day_is_summed_row_by_row() -> None:
    """Zhao Lei is paid on the 15th, when a quarter of his month is due too."""
    rows = coming(begin(who=2))
    paid = next(place for place, each in enumerate(rows) if each.label == "pay")
    assert rows[paid].date == rows[paid + 1].date and rows[paid + 1].label == "daily life"
    for before, each in pairwise(rows):
        assert each.cash_after_fen == before.cash_after_fen + each.amount_fen


def test_daily_life_that_takes_all_the_cash_there_is_says_so() -> None:
    """Lin Mei has less on the 15th than a quarter of her month costs."""
    lives = [each for each in coming(begin()) if each.label in ("daily life", "living, out of cash")]
    usual = lives[0].amount_fen
    assert [each.label for each in lives[:3]] == ["daily life", "living, out of cash", "daily life"]
    assert (lives[1].cash_after_fen, lives[1].amount_fen > usual) == (0, True)


def test_a_bill_that_is_paid_is_not_coming() -> None:
    paid = played(None, TO_BILL, TO_DUE, {"do": "repay", "amount": "full"})
    assert not any(each.date == paid.date for each in coming(paid))
