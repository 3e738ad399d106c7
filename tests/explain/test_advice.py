"""What would change a decision: what is advised moves the figure, and what is said to stay stays, whatever is done."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

import pytest

from simulator import text
from simulator.explain import why
from simulator.explain.advice import advice_text, what_changes
from simulator.policy.load import load_policy, set_field
from simulator.population.people import complete
from simulator.rules.applications import APPLICATION_CODES
from simulator.rules.reasons import LIMIT_REFUSED, TOPICS
from simulator.rules.scoring import APPLICATION_CHARACTERISTICS
from simulator.views import inbox, limit_view
from simulator.world import STORY, World
from tests.lives import clerk

Steps = tuple[dict[str, Any], ...]
STAYS = re.compile("stay|for good")
"""Says that a figure stays."""
MONTH = {"do": "wait", "days": 31}
CASH = {"do": "buy", "amount": "400.00", "pay": "cash"}
MOVES: dict[str, Steps] = {
    "store_orders": (CASH,),
    "store_spend_fen": (CASH,),
    "store_months": (MONTH,),
    "fund_fen": ({"do": "fund", "direction": "in", "amount": "5000.00"}, MONTH),
    "elsewhere_dpd": (*(MONTH,) * 13,),
    "bureau_months": (MONTH,),
}
"""What is advised against points lost, as steps."""
ALL_OF_IT: Steps = (
    CASH, {"do": "return", "order": 1}, {"do": "refund", "order": 1, "amount": "400.00"}, *MOVES["fund_fen"],
    {"do": "life", "event": "pay_rise", "amount": "3000.00"}, {"do": "verify_identity"}, *(MONTH,) * 24,
)  # fmt: skip
"""Two years with everything that a life can bring before there is a line."""


def unlucky(*steps: dict[str, Any], **figures: Any) -> World:
    """Somebody whom no score suffices and who loses points everywhere, after being declined on the second day."""
    policy = load_policy("standard")
    for field, value in {"counter_offer": False, "decline_cooling_days": 0, **{f"grade_cutoffs.{grade}": 1000 for grade in "ABCDE"}}.items():
        policy = set_field(policy, field, value)
    keys = {
        "age": 21, "student": False, "income_fen": 500_000, "expenses_fen": 0, "cash_fen": 2_000_000, "fund_fen": 0,
        "orders_180d": 3, "spend_180d_fen": 40_000, "instalments_elsewhere_fen": 50_000, "bureau_dpd": 20, "identity_age_days": 5,
    }  # fmt: skip
    person = complete({**keys, **figures}, 24)
    known: dict[str, Any] = {
        "return_share_ppm": 500_000, "enquiries": 5, "loans_elsewhere": 4, "bureau_months": 3, "job_months": 5,
        "address_months": 5, "profile_items": 2, "trusted_contacts": 1, "store_months": 3,
    }  # fmt: skip
    world = World.begin(replace(person, **known), policy, 24, datetime.date(2025, 1, 2), STORY, None)
    world.account.worst_dpd = 40
    asked: Steps = ({"do": "wait", "days": 1}, {"do": "apply"}, *steps)
    for step in asked:
        world.do(step)
    return world


def decided(world: World) -> dict[str, Any]:
    """The last decision on an application."""
    return [each for each in world.events if each["event"] == "application_decided"][-1]


def value_of(world: World, name: str) -> int:
    """What the last decision knew of a characteristic."""
    return next(int(part["value"]) for part in decided(world)["parts"] if part["characteristic"] == name)


@pytest.mark.parametrize("name", APPLICATION_CHARACTERISTICS)
def test_what_lost_points_is_moved_by_what_is_advised_or_stays_whatever_is_done(name: str) -> None:
    world = unlucky()
    part = next(each for each in decided(world)["parts"] if each["characteristic"] == name)
    told = advice_text(world, {"code": name, "unit": "score", "actual": part["points"], "threshold": part["best"], "value": part["value"]}, decided(world))
    before = value_of(world, name)
    assert part["points"] < part["best"]
    for step in (*MOVES.get(name, ALL_OF_IT), {"do": "apply"}):
        world.do(step)
    if name in MOVES:
        assert told and not STAYS.search(told)
        assert value_of(world, name) != before
    else:
        assert STAYS.search(told)
        assert value_of(world, name) == before


def test_a_record_elsewhere_counts_until_the_day_that_is_told() -> None:
    """20 days late in January 2025: twelve whole months have passed on 1 February 2026."""
    world = unlucky()
    told = advice_text(world, {"code": "elsewhere_dpd", "value": 20, "unit": "score", "actual": 40, "threshold": 110}, decided(world))
    assert told == "The record elsewhere stops counting by itself on 1 Feb 2026."
    first = decided(world)
    world.do({"do": "wait", "days": (datetime.date(2026, 1, 31) - world.date).days})
    world.do({"do": "apply"})
    assert value_of(world, "elsewhere_dpd") == 20
    reason = {"code": "elsewhere_dpd", "value": 20, "unit": "score", "actual": 40, "threshold": 110}
    assert advice_text(world, reason, decided(world)) == advice_text(world, reason, first) == told
    world.do({"do": "wait", "days": 1})
    world.do({"do": "apply"})
    assert value_of(world, "elsewhere_dpd") == 0


def test_a_bad_record_elsewhere_refuses_until_the_day_that_is_told() -> None:
    world = unlucky(bureau_dpd=45)
    reason = next(each for each in decided(world)["reasons"] if each["code"] == "bureau_record")
    assert advice_text(world, reason, decided(world)) == "The record elsewhere stops counting by itself on 1 Feb 2026."
    assert advice_text(world, reason) == "The record elsewhere stops counting by itself on 1 Feb 2026."
    for date in (datetime.date(2026, 1, 31), datetime.date(2026, 2, 1)):
        world.do({"do": "wait", "days": (date - world.date).days})
        world.do({"do": "apply"})
        assert ("bureau_record" in {each["code"] for each in decided(world)["reasons"]}) == (date.month == 1)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_reason_of_a_decline_has_its_advice(language: str) -> None:
    text.use(language)
    world = unlucky()
    for code in APPLICATION_CODES:
        assert advice_text(world, {"code": code, "unit": "count", "actual": 3, "threshold": 5})
    line = clerk(None)
    for reason in TOPICS[LIMIT_REFUSED]:
        assert advice_text(line, {"code": reason.code, "unit": reason.unit, "actual": 3, "threshold": 5}), reason.code


@pytest.mark.parametrize("code", ["too_young", "student", "debt_service_too_high"])
def test_a_condition_of_the_form_is_said_to_stay_and_stays(code: str) -> None:
    figures: dict[str, dict[str, Any]] = {"too_young": {"age": 17}, "student": {"student": True}, "debt_service_too_high": {"instalments_elsewhere_fen": 400_000}}
    world = unlucky(**figures[code])
    reason = next(each for each in decided(world)["reasons"] if each["code"] == code)
    assert STAYS.search(advice_text(world, reason, decided(world)))
    for step in (*ALL_OF_IT, CASH, CASH, {"do": "apply"}):
        world.do(step)
    assert reason in decided(world)["reasons"]


def test_the_inbox_and_why_tell_the_same_advice() -> None:
    world = unlucky()
    told = what_changes(world, decided(world))
    assert inbox(world)[-1].remedy == told
    lines = [line.label for line in why(world, f"decision:{decided(world)['seq']}").lines]
    assert all(each in lines for each in told)


def against(world: World) -> dict[str, str]:
    """What the Limit screen advises, by what speaks against a raise."""
    return dict(limit_view(world).speaks_against)


def ruled(world: World, **fields: Any) -> World:
    """A life under other values of its policy from tomorrow on."""
    for name, value in fields.items():
        world.do({"do": "policy", "field": name, "value": value})
    world.do({"do": "wait", "days": 1})
    return world


def advice_on(world: World, begins: str) -> str:
    """The advice against what is told with these first words."""
    return next(told for reason, told in against(world).items() if reason.startswith(begins))


def test_who_is_at_the_lenders_largest_line_is_not_told_of_income() -> None:
    world = ruled(clerk(None), max_limit_fen=600_000)
    assert advice_on(world, "Your limit of 6,000.00 is the most") == "It is the lender's largest line; nothing you do changes it."


def test_a_bound_by_income_stays_after_a_pay_rise() -> None:
    world = ruled(clerk(None), max_line_income_ppm=600_000)
    told = "The bound is a share of your income, which stays as your form told it."
    assert advice_on(world, "Your limit of 6,000.00 is the most") == told
    world.do({"do": "life", "event": "pay_rise", "amount": "5000.00"})
    assert advice_on(world, "Your limit of 6,000.00 is the most; 6,000.00 is the bound") == told


def test_who_has_the_best_grade_is_not_told_to_raise_it() -> None:
    none = {f"increase_ppm.{grade}": 0 for grade in "ABCDE"}
    assert "only other rules" in advice_on(ruled(clerk(None), **none), "Your grade has no increase")
    better = ruled(clerk(None), **{"increase_ppm.C": 0})
    assert advice_on(better, "Your grade has no increase") == "On-time bills raise the score, and so the grade."


def test_bills_on_time_raise_the_grade_as_advised() -> None:
    world = ruled(clerk(None, {"do": "autopay", "mode": "full"}), **{"increase_ppm.C": 0})
    grade = world.account.grade
    for _month in range(8):
        world.do({"do": "buy", "amount": "900.00"})
        world.do(MONTH)
    assert world.account.grade < grade
    assert "Your grade has no increase." not in against(world)


def test_advice_on_heavy_debts_is_by_what_the_person_has() -> None:
    """1,000.00 a month elsewhere and a bill to pay, of an income of 10,000.00: 12 % may be taken, then 9 %."""
    bill = ({"do": "buy", "amount": "5000.00"}, {"do": "wait", "until": "statement"})
    with_none = ruled(clerk(None, *bill), max_debt_service_ppm=40_000)
    assert advice_on(with_none, "Debts take") == "Pay the bill and settle plans here."
    some = ruled(clerk(None, *bill, instalments_elsewhere_fen=100_000), max_debt_service_ppm=120_000)
    assert advice_on(some, "Debts take") == "Pay the bill and settle plans here; instalments elsewhere stay as your form told them."
    for world in (with_none, some):
        world.do({"do": "repay", "amount": "full"})
        assert not any(reason.startswith("Debts take") for reason in against(world))
    ruled(some, max_debt_service_ppm=90_000)
    assert advice_on(some, "Debts take 10 %") == "Your instalments elsewhere alone are more, and they stay as your form told them."


def test_what_characteristics_stay_by_is_said_once_with_their_names() -> None:
    reasons = [
        {"code": name, "unit": "score", "actual": 5, "threshold": 50, "value": 5} for name in ("job_months", "fund_fen", "enquiries")
    ]
    event = {"event": "application_decided", "seq": 1, "day": 0, "date": "2025-01-02", "decision": "approved", "reasons": reasons}
    assert what_changes(clerk(None), event) == [
        "New job, asked many lenders: counted for good as your form told it.",
        "Little put by: put money into the fund; it is seen at month-end.",
    ]


def test_how_many_bills_can_have_been_on_time_by_the_review_is_told_and_when_enough() -> None:
    """Opened on 2 January: bills of 1 February to 1 July, reviewed on 2 July. Five are due by then, the sixth on 10 July."""
    world = clerk(None, {"do": "autopay", "mode": "full"})
    seen = limit_view(world)
    assert seen.next_review == datetime.date(2025, 7, 2)
    assert advice_on(world, "0 bills on time") == "Pay 6 more bills on time: with one every month until 11 Jul 2025."
    assert seen.too_soon == "By then it is 5 bills at most."
    reached = []
    while world.date < datetime.date(2025, 7, 11):
        if world.date.day == 20:
            world.do({"do": "buy", "amount": "500.00"})
        world.do({"do": "wait", "days": 1})
        reached.append((world.date, world.account.streak))
        if world.date == datetime.date(2025, 3, 5):
            assert advice_on(world, "1 bill on time") == "Pay 5 more bills on time: with one every month until 11 Jul 2025."
    found = dict(reached)
    assert [found[datetime.date(2025, 7, day)] for day in (2, 10, 11)] == [5, 5, 6]
    assert limit_view(world).too_soon == ""
