"""The stocks of a month's end, worked out by hand (RULES §13), and what is news."""

from __future__ import annotations

from simulator.codes import BY_BREACH, BY_FRAUD, SUSPENDED
from simulator.engine import measures as m
from simulator.engine.books import blank_books
from simulator.engine.stock import take_stock
from simulator.engine.tally import keep
from simulator.population.shopper import Shopper
from simulator.rules.repayment import acceptable_fen
from simulator.rules.suspension import BREACH_PLACE, FRAUD_PLACE, lift
from tests.rules.build import Line, ask_on, policy


def stocks(line: Line) -> dict[str, int]:
    """What a line adds to the stocks of today's end, by name."""
    books = blank_books()
    take_stock(books, line.account, Shopper(), line.policy, ask_on(line.day))
    return {name: amount for name, amount in zip(m.STOCKS, books.month.stocks, strict=True) if amount}


def bought_and_paid(on_day: int) -> Line:
    """Statements on the 1st. Bought on a day and paid ahead on the next, so that nothing is owed."""
    line = Line(policy())
    line.until(on_day)
    line.buy(100_000)
    line.tomorrow()
    line.pay(acceptable_fen(line.account, True), prepay=True)
    line.until(58)
    return line


def test_active_is_who_owes_or_bought_in_the_running_cycle() -> None:
    """On 28 February (day 58) the cycle runs since 2 February (day 32): a purchase of the 1st is of the one before."""
    assert stocks(bought_and_paid(on_day=32))["active"] == 1
    before = stocks(bought_and_paid(on_day=31))
    assert "active" not in before and before["inactive"] == 1
    owing = Line(policy())
    owing.until(31)
    owing.buy(100_000)
    owing.until(58)
    assert stocks(owing)["active"] == 1


def test_a_line_is_news_again_once_no_cause_of_its_suspension_is_left() -> None:
    line, books = Line(policy()), blank_books()
    books.notes.listening = 1
    line.account.causes, line.account.status = BY_FRAUD | BY_BREACH, SUSPENDED
    for cause, place in ((BY_FRAUD, FRAUD_PLACE), (BY_BREACH, BREACH_PLACE)):
        lift(line.account, cause, place, 1, line.policy, ask_on(line.day), line.log)
        keep(books, line.log, line.account, Shopper(number=7), line.policy, ask_on(line.day))
        line.log.clear()
    told = [dict(zip(m.NEWS_FIELDS, row, strict=True)) for row in books.notes.news[: books.notes.news_count]]
    assert [(each["kind"], each["shopper"], each["cause"]) for each in told] == [(m.NEWS_REINSTATED, 7, BREACH_PLACE)]
