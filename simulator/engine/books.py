"""Books: what a day and a month-end of lives are added to.

The page of a day, the page of its month, and notes of what has no page are each a record, so that a rule adds to
it in place; arrays handed from rule to rule would cost more than the rules.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from simulator.engine import measures as m
from simulator.population.shopper import Shopper
from simulator.registry import rule
from simulator.row import I8, Row

NEWS_LINES = 16


class DayBook(Row):
    """The page of one day: FLOWS."""

    flows: Annotated[list[int], "i8", len(m.FLOWS)]


class MonthBook(Row):
    """The page of one calendar month, laid out as CELLS says."""

    stocks: Annotated[list[int], "i8", len(m.STOCKS)]
    grades: Annotated[list[list[int]], "i8", m.GRADE_ROWS, m.GRADE_COLUMNS]
    roll: Annotated[list[list[int]], "i8", 8, m.ROLL_TO]
    use: Annotated[list[int], "i8", m.USE_BINS]
    limits: Annotated[list[int], "i8", m.LIMIT_BINS]


class Notes(Row):
    """What has no page: changes of limits by cause since the notes were begun, the vintage that the last
    month's end found, and lines of news where somebody is listening; `own` is a page for one shopper's day.
    """

    causes: Annotated[list[list[int]], "i8", len(m.CAUSES), 2]
    opened_month: I8  # of the vintage; 0 is none
    age: I8
    over_90: I8
    listening: I8
    news_count: I8
    news: Annotated[list[list[int]], "i8", NEWS_LINES, m.NEWS_WIDTH]
    own: DayBook


class Books(NamedTuple):
    """What a day adds to."""

    day: DayBook
    month: MonthBook
    notes: Notes


def blank_books() -> Books:
    """Books with nothing in them, for a life lived alone."""
    return Books(DayBook(), MonthBook(), Notes())


@rule
def count(books: Books, flow: int, amount: int) -> None:
    """Add to a flow of today."""
    books.day.flows[flow] += amount


@rule
def count_stock(books: Books, stock: int, amount: int) -> None:
    """Add to a stock of this month's end."""
    books.month.stocks[stock] += amount


@rule
def count_grade(books: Books, shopper: Shopper, column: int, amount: int) -> None:
    """Add to a shopper's grade, or to no grade."""
    books.month.grades[grade_row(shopper)][column] += amount


@rule
def count_cause(books: Books, cause: int, change: int) -> None:
    """Add a change of limit to its cause."""
    causes = books.notes.causes[cause]
    causes[0] += 1
    causes[1] += change


@rule
def earn(books: Books, shopper: Shopper, flow: int, amount: int) -> None:
    """Add income to a flow and to the grade that brought it."""
    count(books, flow, amount)
    count_grade(books, shopper, m.GRADE_INCOME, amount)


@rule
def grade_row(shopper: Shopper) -> int:
    """Row of the grade that a shopper had before anything was late; the last is no grade.

    Whoever is late falls to the last grade long before the debt is written off: by the grade of that day all
    losses would be of one, and none would tell what a grade is worth.
    """
    row = shopper.sound_grade
    if row < 0:
        row = m.GRADE_ROWS - 1
    return row
