"""Coming: the known amounts of the next weeks, as the home page lists them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulator.explain import why
from simulator.messages import is_routine, notice, sentence
from simulator.money import money, yuan
from simulator.rules.balances import billed_fen
from simulator.views import inbox
from simulator.views.bills import late_fen
from simulator.views.home import Coming, coming
from simulator.views.lately import lately
from tests.lives import FIRST_STEPS, begin, played
from tests.tui.lives import STATES, life

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


def test_what_of_living_will_be_short_is_told_as_it_then_comes() -> None:
    """As far as it was foreseen, nothing being paid meanwhile: the event tells what was paid, what not, and the fund."""
    world = begin()
    foreseen = {each.date.isoformat(): (-each.amount_fen, each.living_short_fen) for each in coming(world) if each.living_short_fen}
    assert len(foreseen) == 2
    world.live_quietly()
    world.do({"do": "wait", "days": 25})
    came = [event for event in world.events if event.get("short_fen")]
    assert {event["date"]: (event["amount_fen"], event["short_fen"]) for event in came} == foreseen
    assert [event["fund_fen"] for event in came] == [world.shopper.fund_fen] * 2
    told = sentence(came[0])
    assert told.endswith("there was no more cash. The fund held 1,200.00.") and money(came[0]["short_fen"]) in told
    messages = [each for each in inbox(world) if each.seq in [event["seq"] for event in came]]
    assert [each.notice.place for each in messages] == ["money"] * 2 and "fund" in messages[0].remedy[0]
    assert came[1]["seq"] in [each.seq for each in lately(world, 5)]


def test_living_that_is_paid_is_no_news() -> None:
    world = begin()
    world.do({"do": "wait", "days": 8})
    paid = [event for event in world.events if event["event"] == "expenses_paid"]
    assert paid and not any("short_fen" in event or "fund_fen" in event or notice(event) for event in paid)
    assert all(is_routine(event) for event in paid)


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


def add_up(rows: list[Coming], cash_fen: int) -> None:
    """Each row takes off or adds what it says, from the cash there is."""
    for each in rows:
        assert each.cash_after_fen == cash_fen + each.amount_fen, each
        cash_fen = each.cash_after_fen


@pytest.mark.parametrize("mode", ["off", "minimum", "full"])
@pytest.mark.parametrize("state", STATES)
def test_from_the_cash_there_is_to_the_last_row_nothing_is_hidden(state: str, mode: str) -> None:
    """Whatever moves cash on the way: pay, living, autopay, money out of the fund, refunds, what is late."""
    world = life(state)
    world.do({"do": "autopay", "mode": mode})
    world.do({"do": "fund", "direction": "in", "amount": 100})
    world.do({"do": "fund", "direction": "out", "amount": 60})
    world.do({"do": "return", "order": 2})
    for _fortnight in range(5):
        rows = coming(world)
        add_up(rows, world.shopper.cash_fen)
        for _day in range(14):
            world.next_day()


def test_rows_of_a_day_end_with_the_cash_that_is_there_that_night() -> None:
    """With autopay in full nothing is left for the player to do: what was foretold is what comes."""
    world = life("open")
    world.do({"do": "autopay", "mode": "full"})
    world.do({"do": "fund", "direction": "in", "amount": 500})
    world.do({"do": "wait", "days": 3})
    world.do({"do": "fund", "direction": "out", "amount": 500})
    rows = {each.date: each for each in coming(world)}
    assert {"autopay", "out of the fund", "pay", "daily life"} <= {each.label for each in coming(world)}
    for _day in range(40):
        world.next_day()
        if world.date in rows:
            assert rows[world.date].cash_after_fen == world.shopper.cash_fen


def test_what_autopay_leaves_of_the_bill_is_the_rest_of_it() -> None:
    world = life("no line")
    for step in (*FIRST_STEPS[:3], {"do": "buy", "amount": "1000.00"}, {"do": "autopay", "mode": "minimum"}, TO_BILL):
        world.do(step)
    world.shopper.cash_fen = 5_000_00
    paid = [(each.label, each.amount_fen) for each in coming(world) if each.date.day == 10]
    assert paid[:2] == [("autopay", -100_00), ("rest of the bill", -900_00)]


def test_an_amount_ahead_that_is_a_known_figure_says_which() -> None:
    world = life("billed")
    world.do({"do": "refund", "order": 2, "amount": "100.00"})
    rows = coming(world)
    figures = {each.label: each.figure for each in rows}
    assert figures["pay"] == "income" and figures["daily life"] is None
    assert next(each.figure for each in rows if each.label == "bill, in full") == "owe"
    for each in rows:
        assert each.figure is None or why(world, each.figure).value == abs(each.amount_fen)
    assert str(figures["refund"]).endswith(":cash_fen")
    world.do({"do": "autopay", "mode": "full"})
    assert next(each.figure for each in coming(world) if each.label == "autopay") == "owe"
