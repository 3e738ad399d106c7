"""Coming: the known amounts of the next weeks, as the home page lists them."""

from __future__ import annotations

from itertools import pairwise

from simulator.money import money, yuan
from simulator.rules.balances import billed_fen
from simulator.views.bills import late_fen
from simulator.views.home import coming
from tests.lives import begin, played
from tests.tui.lives import life

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
    lives = [each for each in coming(begin()) if each.label == "daily life" or each.label.startswith("living")]
    usual, lacks = lives[0].amount_fen, money(lives[1].amount_fen - lives[0].amount_fen)
    assert [each.label for each in lives[:4]] == [
        "daily life", f"living, short {lacks}", f"living, short {money(-usual)}", "daily life",
    ]  # fmt: skip
    assert [(each.cash_after_fen, each.amount_fen > usual) for each in lives[1:3]] == [(0, True), (0, True)]


def test_a_bill_that_is_paid_is_not_coming() -> None:
    paid = played(None, TO_BILL, TO_DUE, {"do": "repay", "amount": "full"})
    assert not any(each.date == paid.date for each in coming(paid))


def test_a_bill_that_cash_cannot_pay_takes_what_there_is_and_tells_what_it_lacks() -> None:
    today = played(None, TO_BILL, TO_DUE)
    owed = billed_fen(today.account)
    today.shopper.cash_fen = owed - 10_000
    first = coming(today)[0]
    assert (first.label, first.amount_fen, first.cash_after_fen) == ("bill, short 100.00", 10_000 - owed, 0)
    for before, each in pairwise(coming(today)):
        assert each.cash_after_fen == before.cash_after_fen + each.amount_fen
    late = [each for each in coming(today) if each.label == "what is late"]
    assert late and late[0].amount_fen <= -10_000, "once there is cash, it is paid"


def test_what_is_late_is_coming_today() -> None:
    for state in ("late", "suspended"):
        world = life(state)
        first = coming(world)[0]
        assert (first.date, first.label, first.amount_fen) == (world.date, "what is late", -late_fen(world))
        world.do({"do": "repay", "amount": yuan(late_fen(world))})
        world.do({"do": "wait", "days": 1})
        assert world.account.dpd == 0


def test_what_is_late_and_cannot_be_paid_at_all_is_listed_once_until_there_is_cash() -> None:
    world = life("late")
    lacks, world.shopper.cash_fen = late_fen(world), 0
    rows = coming(world)
    assert (rows[0].label, rows[0].amount_fen) == (f"late, short {money(lacks)}", 0)
    assert sum("late" in each.label for each in rows) == 2
