"""Days and dates: one count from the start, months of every length, statement days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.calendar import Calendar, add_months, days_in_month, next_month_day, next_statement_day

DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31))
CALENDAR = Calendar(datetime.date(2025, 1, 1))


@given(DATES, st.integers(-5000, 5000))
def test_a_day_and_its_date_name_each_other(start: datetime.date, day: int) -> None:
    calendar = Calendar(start)
    assert calendar.day_of(calendar.date_of(day)) == day


def test_day_0_is_the_start_and_the_days_before_are_negative() -> None:
    assert CALENDAR.date_of(0) == datetime.date(2025, 1, 1)
    assert CALENDAR.day_of(datetime.date(2024, 12, 31)) == -1


@pytest.mark.parametrize(
    ("year", "month", "days"), [(2024, 2, 29), (2025, 2, 28), (2025, 4, 30), (2025, 12, 31)]
)
def test_months_have_their_lengths(year: int, month: int, days: int) -> None:
    assert days_in_month(datetime.date(year, month, 9)) == days


def test_a_month_later_ends_where_a_shorter_month_ends() -> None:
    assert add_months(datetime.date(2024, 1, 31), 1) == datetime.date(2024, 2, 29)
    assert add_months(datetime.date(2025, 12, 5), 1) == datetime.date(2026, 1, 5)
    assert add_months(datetime.date(2025, 3, 31), -13) == datetime.date(2024, 2, 29)


@given(DATES, st.integers(-600, 600))
def test_months_added_one_by_one_from_day_28_or_before_add_up(date: datetime.date, months: int) -> None:
    early = date.replace(day=min(date.day, 28))
    assert add_months(add_months(early, months), -months) == early


@given(DATES, st.integers(1, 28))
def test_the_next_such_day_is_the_first_one_not_before(date: datetime.date, day_of_month: int) -> None:
    reached = next_month_day(date, day_of_month)
    assert reached.day == day_of_month
    assert 0 <= (reached - date).days < days_in_month(date)


def test_a_statement_day_counts_on_the_day_itself() -> None:
    assert next_statement_day(CALENDAR, 0, 1) == 0
    assert next_statement_day(CALENDAR, 1, 1) == 31
    assert next_statement_day(CALENDAR, -3, 28) == 27
