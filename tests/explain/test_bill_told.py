"""A bill told in full: why so much is asked of it, on what its daily fees ran, and what earlier bills left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.explain import Explanation, evaluate, why
from simulator.explain.bill_parts import FEES
from simulator.explain.cycle import DailyFee, Run
from simulator.money import fine_money
from simulator.story import run_story, story_names
from simulator.world import World
from tests.lives import clerk

LATE = ({"do": "buy", "amount": "3000.00"}, {"do": "buy", "amount": "600.00", "terms": 6}, {"do": "wait", "until": "due"})
SPREAD = (
    {"do": "buy", "amount": "3000.00"}, {"do": "wait", "until": "due"}, {"do": "wait", "days": 25},
    {"do": "request_hardship", "terms": 6}, {"do": "wait", "until": "statement"},
)  # fmt: skip
POOR: dict[str, Any] = {"instalments_elsewhere_fen": 300_000, "expenses_fen": 0, "cash_fen": 100_000}


def lines_of(told: Explanation) -> list[tuple[str, str]]:
    return [(line.label.strip(), line.value_text) for line in told.lines]


def late(path: Path | None, days: int) -> World:
    """3,000.00 bought and 600.00 over six terms on 2 Jan; the bill of 1 Feb (day 30) was due on 10 Feb and is not paid."""
    return clerk(path, *LATE, {"do": "wait", "days": days})


def test_after_a_missed_minimum_all_that_was_carried_is_asked_and_the_why_says_so() -> None:
    told = why(late(None, 35), "statement:58:minimum")
    assert told.sentence == "The last minimum was missed, so all that was carried is asked."
    assert lines_of(told) == [
        ("Left from earlier bills", "3,000.00"), ("Share of that asked, as the last minimum was missed", "100 %"),
        ("Plan terms and fees, asked in full", "239.59"), ("The bill in full", "3,239.59"),
    ]  # fmt: skip
    assert evaluate(told) == told.value == 323_959


@pytest.mark.parametrize(
    ("steps", "figures", "figure", "asked"),
    [
        (({"do": "buy", "amount": "1200.00", "terms": 12}, {"do": "wait", "until": "statement"}), {}, "statement:30:minimum", 10_900),
        (SPREAD, POOR, "statement:89:minimum", 50_489),
    ],
    ids=["of plan terms alone", "of a part of a hardship plan"],
)
def test_a_bill_without_purchases_asks_for_all_of_it_because_terms_are(
    steps: tuple[dict[str, Any], ...], figures: dict[str, Any], figure: str, asked: int
) -> None:
    told = why(clerk(None, *steps, **figures), figure)
    assert told.sentence == "Plan terms and fees are asked in full."
    assert [label for label, _value in lines_of(told)] == ["Plan terms and fees, asked in full", "The bill in full"]
    assert evaluate(told) == told.value == asked


@pytest.mark.parametrize(("bought", "is_small"), [("333.00", True), ("334.00", False)])
def test_a_small_rest_is_told_with_what_would_be_left(bought: str, is_small: bool) -> None:
    """A tenth of 333.00 leaves 299.70, one of 334.00 leaves 300.60."""
    told = why(clerk(None, {"do": "buy", "amount": bought}, {"do": "wait", "until": "statement"}), "statement:30:minimum")
    assert (told.sentence == "Little would be left after the minimum, so the whole bill is asked.") == is_small
    assert ("Would be left of purchases after their share", "299.70" if is_small else "300.60") in lines_of(told)
    assert evaluate(told) == told.value == (33_300 if is_small else 3_340)


def test_a_late_fee_is_told_by_the_days_and_what_they_ran_on(tmp_path: Path) -> None:
    """Of the first bill 404.50 was asked, 4.50 of it a fee: 400.00 is late. From its due day on the second asks for
    3,239.59, 39.59 of it fees: 3,200.00.
    """
    world = late(tmp_path / "life.db", 65)
    assert lines_of(why(world, "statement:58:late_fee")) == [("19 days on 400.00, 0.065 % a day", "4.94")]
    assert lines_of(why(world, "statement:58:revolving_fee")) == [("19 days on 2,700.00, 0.05 % a day", "25.65")]
    told = why(world, "statement:89:late_fee")
    assert lines_of(told) == [("9 days on 400.00, 0.065 % a day", "2.34"), ("22 days on 3,200.00, 0.065 % a day", "45.76")]
    assert evaluate(told) == told.value == 4_810
    assert "minimum was paid" not in why(world, "statement:58:revolving_fee").sentence


def test_what_is_under_a_fen_goes_on_to_the_next_bill(tmp_path: Path) -> None:
    """19 days on 300.00 at 0.065 % are 3.705; the half fen counts on the bill after."""
    world = clerk(tmp_path / "life.db", SPREAD[0], SPREAD[1], {"do": "wait", "days": 60}, **POOR)
    assert lines_of(why(world, "statement:58:late_fee"))[-1] == ("Under a fen, goes on to the next bill", "-0.005")
    assert lines_of(why(world, "statement:89:late_fee"))[0] == ("Under a fen, from the bill before", "0.005")


def test_what_earlier_bills_left_is_told_bill_by_bill(tmp_path: Path) -> None:
    world = late(tmp_path / "life.db", 65)
    assert lines_of(why(world, "statement:89:carried")) == [("Of the bill of 1 Feb 2025", "3,000.00")]
    assert lines_of(why(world, "statement:89:unpaid_plan")) == [("Of the bill of 1 Feb 2025", "100.00"), ("Of the bill of 1 Mar 2025", "100.00")]
    assert lines_of(why(world, "statement:89:unpaid_fee")) == [("Of the bill of 1 Feb 2025", "4.50"), ("Of the bill of 1 Mar 2025", "35.09")]


def test_fees_so_far_are_money_and_tell_their_days(tmp_path: Path) -> None:
    world = late(tmp_path / "life.db", 35)
    assert lines_of(why(world, "accrued")) == [
        ("Late fee", "16.90"), ("9 days on 400.00, 0.065 % a day", "2.34"), ("7 days on 3,200.00, 0.065 % a day", "14.56"),
        ("Carrying fee", "12.15"), ("9 days on 2,700.00, 0.05 % a day", "12.15"),
    ]  # fmt: skip
    world.do({"do": "request_closure"})
    assert lines_of(why(world, "accrued"))[3] == ("charged already", "-16.90")


def test_a_part_of_a_hardship_plan_says_which_it_is() -> None:
    told = why(clerk(None, *SPREAD, **POOR), "statement:89:plan_principal")
    assert lines_of(told) == [("Part 1 of 6 of 3,029.35, the hardship plan", "504.89")]


@pytest.mark.parametrize("name", story_names())
def test_every_daily_fee_of_every_saved_story_is_the_sum_of_its_days(name: str, tmp_path: Path) -> None:
    run_story(name, save=tmp_path / "story.db")
    world = World.open(tmp_path / "story.db", read_only=True)
    for event in world.events:
        if event["event"] == "statement_made":
            for what in (what for what in FEES if event[f"{what}_fen"]):
                told = why(world, f"statement:{event['day']}:{what}")
                assert any(name.startswith("run_") for name in told.inputs), told
                assert evaluate(told) == told.value == event[f"{what}_fen"]
            for what in ("carried", "unpaid_plan", "unpaid_fee"):
                told = why(world, f"statement:{event['day']}:{what}")
                assert told.value == 0 or any(name.startswith(("bill_", "older")) for name in told.inputs), told
    world.close()


def test_a_day_that_the_cap_cuts_short_tells_no_amount_that_it_ran_on() -> None:
    fee = DailyFee()
    for micro, is_capped in ((26_000_000, False), (26_000_000, False), (5_000_000, True)):
        fee.run_on(micro, 650, is_capped)
    assert fee.runs == [Run(2, 40_000, 650, 52_000_000), Run(1, 0, 650, 5_000_000)]


@pytest.mark.parametrize(("micro", "told"), [(370_500_000, "3.705"), (0, "0.00"), (-500_000, "-0.005"), (123_456_789_000, "1,234.56789")])
def test_parts_of_a_fen_have_as_many_decimals_as_they_take(micro: int, told: str) -> None:
    assert fine_money(micro) == told
