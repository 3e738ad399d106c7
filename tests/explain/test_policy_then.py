"""Why? of what is past goes by the policy that held then, whatever it is today."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from simulator.calendar import Calendar
from simulator.explain import Explanation, why
from simulator.lone import lone_life
from simulator.market.market import MarketLife
from simulator.past import Past
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import town_of
from simulator.world import World, in_the_past
from tests.explain.test_why import figures_of, hold
from tests.lives import played

CHANGES: dict[str, tuple[tuple[str, Any], ...]] = {
    "minimum_ppm": (("minimum_ppm", 200_000), ("minimum_ppm", 50_000)),
    "small_balance_fen": (("small_balance_fen", 50_000), ("small_balance_fen", 0)),
    "tolerance_fen": (("tolerance_fen", 0),),
    "revolving_fee_ppm": (("revolving_fee_ppm", 600),),
    "late_fee_ppm": (("late_fee_ppm", 300), ("late_fee_ppm", 600)),
    "late_fee_cap_ppm": (("late_fee_cap_ppm", 100_000),),
    "fee_rate_ppm": (("fee_rate_ppm.12.C", 3_000),),
    "min_plan_fen": (("min_plan_fen", 20_000),),
    "rate_cap_ppm": (("rate_cap_ppm", 150_000),),
    "early_settlement": (("early_settlement", "all_remaining"),),
    "settle_daily_ppm": (("settle_daily_ppm", 100),),
    "income_multiple_ppm": (("income_multiple_ppm", 300_000), ("income_multiple_ppm", 900_000)),
    "grade_factor_ppm": (("grade_factor_ppm.C", 500_000),),
    "max_debt_service_ppm": (("max_debt_service_ppm", 100_000),),
    "line_payment_ppm": (("line_payment_ppm", 400_000),),
    "min_limit_fen": (("min_limit_fen", 700_000),),
    "max_limit_fen": (("max_limit_fen", 100_000),),
    "grade_cutoffs": (("grade_cutoffs.C", 640), ("grade_cutoffs.D", 585)),
}
"""Fields that an explanation names, with values that would tell another story of the same past."""
OF_TODAY = {"fund_yield_ppm", "fund_days", "temporary_limit_ppm", "season"}
"""Fields named as they stand, beside a figure that has no past yet."""
STORY = ({"do": "wait", "until": "statement"}, {"do": "repay", "amount": "minimum"}, {"do": "wait", "until": "statement"}, {"do": "wait", "days": 12})
"""Two bills: the first paid with its minimum, the second missed."""


def lived() -> World:
    return played(None, *STORY)


def past_figures(world: World) -> dict[str, Explanation]:
    """What is explained of decisions and bills, and of what they left behind."""
    named = (
        figure for figure in figures_of(world) if figure.split(":")[0] in ("statement", "decision", "event", "limit", "grade")
    )
    return {figure: why(world, figure) for figure in (*named, "plan:3:fee", "plan:3:term")}


def test_every_field_that_an_explanation_names_is_changed_here() -> None:
    world = lived()
    named = {name for figure in figures_of(world) for name, _value in why(world, figure).fields}
    decisions = {name for event in world.events for name, _value in _fields(world, event["seq"])}
    assert named - decisions <= CHANGES.keys() | OF_TODAY


def _fields(world: World, seq: int) -> list[tuple[str, str]]:
    return why(world, f"decision:{seq}").fields


@pytest.mark.parametrize("change", [change for changes in CHANGES.values() for change in changes], ids=str)
def test_a_policy_of_today_explains_nothing_of_yesterday(change: tuple[str, Any]) -> None:
    world = lived()
    before = past_figures(world)
    world.do({"do": "policy", "field": change[0], "value": change[1]})
    world.do({"do": "wait", "days": 1})
    hold(world)
    for figure, told in before.items():
        assert why(world, figure) == told, figure


def test_a_gap_that_nothing_explains_is_not_put_down_to_a_temporary_limit() -> None:
    world = lived()
    bill = next(event for event in world.events if event["event"] == "statement_made")
    bill["minimum_fen"] += 1_000
    told = why(world, f"statement:{bill['day']}:minimum")
    assert (told.value, told.inputs) == (bill["minimum_fen"], {"amount": bill["minimum_fen"]})


def test_a_grade_is_told_by_the_score_that_gave_it() -> None:
    world = lived()
    told = why(world, "grade")
    world.account.score -= 200
    assert why(world, "grade").inputs == told.inputs


def changed(policy: Policy) -> Policy:
    for path, value in (("minimum_ppm", 300_000), ("income_multiple_ppm", 300_000), ("grade_factor_ppm.C", 400_000), ("decrease_ppm.late", 300_000)):
        policy = set_field(policy, path, value)
    return policy


def test_lives_of_the_market_are_explained_by_the_policies_that_they_were_lived_under() -> None:
    calendar, town = Calendar(datetime.date(2025, 1, 1)), town_of(5, 400)
    before, after = load_policy("standard"), changed(load_policy("standard"))
    policies = [(-400, before), (100, after)]
    bills: set[int] = set()
    for number in range(1, 40):
        lone = lone_life([(day, to_record(policy)) for day, policy in policies], number, calendar, 300, town)
        world = MarketLife(lone, policies, calendar, 300, 5)
        for event in world.events:
            if event["event"] == "statement_made":
                told = why(world, f"statement:{event['day']}:minimum")
                bills |= {told.inputs["share"]} if "share" in told.inputs else set()
            if event["event"] == "line_opened":
                told = why(world, f"event:{event['seq']}:limit_fen")
        if world.events:
            hold(world)
    assert bills == {100_000, 300_000}


def test_a_policy_of_tomorrow_holds_from_tomorrow_though_the_product_ends_today() -> None:
    world = lived()
    today = world.day
    world.do({"do": "policy", "field": "minimum_ppm", "value": 200_000})
    world.do({"do": "end_product"})
    held = [(policy.flat()["minimum_ppm"], policy.flat()["product_open"]) for policy in map(world.policy_on, (today - 1, today, today + 1))]
    assert held == [(100_000, True), (100_000, False), (200_000, False)]


def test_a_day_before_the_take_over_has_the_policy_of_that_day() -> None:
    calendar, town = Calendar(datetime.date(2025, 1, 1)), town_of(5, 400)
    before, after = load_policy("standard"), changed(load_policy("standard"))
    past = Past(town, 1, 300, "Somebody", [(-400, before), (100, after)])
    assert [in_the_past(past, calendar, day).policy for day in (99, 100)] == [before, after]
