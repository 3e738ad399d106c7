"""What views offer is what the rules allow that day, and waits end on the day that views name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator import codes
from simulator.codes import TERMS
from simulator.engine import day as living
from simulator.money import yuan
from simulator.policy.load import set_field
from simulator.rules.balances import billed_fen
from simulator.rules.decreases import review_month_ends
from simulator.rules.limits import review_up
from simulator.story import load_story
from simulator.views import account_view, limit_view, orders, plan_views
from simulator.views.bills import conversions, convertible_terms
from simulator.world import STORY, World
from tests.stories.runs import steps_of
from tests.tui.lives import STATES, life

WAIT_A_DAY = {"do": "wait", "days": 1}


def refused(world: World, step: dict[str, Any]) -> bool:
    """Whether a step is refused today, tried on a copy with cash for everything."""
    trial = world.trial()
    trial.shopper.cash_fen = 10**9
    return any(event["event"] == "step_refused" for event in trial.do(step))


def after(state: str, *steps: dict[str, Any]) -> World:
    """A life in a state, and what is done next."""
    world = life(state)
    for step in steps:
        world.do(step)
    return world


def under(world: World, field: str, value: object) -> World:
    """The same under a policy that differs in one value."""
    world.life.use_policy(set_field(world.life.policy, field, value))
    return world


def worlds() -> Iterator[tuple[str, World]]:
    """Lives in every state, and those in which little is missing to what is offered."""
    for state in STATES:
        yield state, life(state)
    yield "on the due day", after("billed", {"do": "wait", "until": "due"})
    yield "the day after", after("billed", {"do": "wait", "until": "due"}, WAIT_A_DAY)
    yield "put on terms", after("billed", {"do": "convert_bill", "terms": 3})
    yield "over the cap", under(life("billed"), "rate_cap_ppm", 150_000)
    yield "too small", under(life("billed"), "min_plan_fen", 1_000_000)
    crowded = under(under(life("open"), "suspend_score", 1_000), "hold_score", 1_000)
    for _plan in range(7):
        crowded.do({"do": "buy", "amount": "101.30", "terms": 24})
    crowded.do({"do": "wait", "until": "statement"})
    yield "no free slot", crowded
    yield "refunded", after("billed", {"do": "refund", "order": 4, "amount": "189.00"})
    yield "sent back and kept", after("returning", {"do": "end_return", "order": 4})
    yield "a week on", after("open", {"do": "wait", "days": 7})
    yield "too old", after("open", {"do": "wait", "days": 8})


WORLDS = dict(worlds())


@pytest.mark.parametrize("name", WORLDS)
def test_a_bill_is_offered_on_just_the_terms_that_the_rules_allow(name: str) -> None:
    world = WORLDS[name]
    allowed = [terms for terms in TERMS if not refused(world, {"do": "convert_bill", "terms": terms})]
    assert convertible_terms(world) == [each.terms for each in conversions(world)] == allowed


def test_some_bills_are_offered_on_terms_and_some_on_a_few() -> None:
    offered = {len(convertible_terms(world)) for world in WORLDS.values()}
    assert {0, len(TERMS)} < offered
    crowded = WORLDS["no free slot"].account
    assert all(plan.order for plan in crowded.plans) and crowded.dpd == 0


@pytest.mark.parametrize("name", WORLDS)
def test_just_the_plans_can_be_settled_that_the_rules_allow(name: str) -> None:
    world = WORLDS[name]
    for plan in plan_views(world):
        assert plan.can_settle != refused(world, {"do": "repay_plan", "order": plan.order})


@pytest.mark.parametrize("name", WORLDS)
def test_just_the_orders_can_be_sent_back_that_the_rules_allow_and_of_which_something_is_left(
    name: str,
) -> None:
    world = WORLDS[name]
    for each in orders(world):
        assert each.returnable == (each.left_fen > 0 and not refused(world, {"do": "return", "order": each.order}))


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_left_of_an_order_and_not_a_fen_more_can_be_refunded(name: str) -> None:
    world = WORLDS[name]
    for each in orders(world):
        step = {"do": "refund", "order": each.order}
        assert each.left_fen == 0 or not refused(world, {**step, "amount": yuan(each.left_fen)})
        assert refused(world, {**step, "amount": yuan(each.left_fen + 1)})


def events_of(world: World, *names: str) -> list[dict[str, Any]]:
    """What a day brings of these kinds."""
    return [event for event in world.do(WAIT_A_DAY) if event["event"] in names]


def test_the_lender_looks_on_the_day_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def seen(account: Any, policy: Any, ask: Any, log: Any) -> None:
        if review_month_ends(account, policy):
            looked.append(ask.day)
        review_up(account, policy, ask, log)

    monkeypatch.setattr(living, "review_up", seen)
    world = life("open")
    said: dict[int, int] = {}
    while len(looked) < 2:
        review = limit_view(world).next_review
        assert review is not None
        said[world.day] = world.calendar.day_of(review)
        world.do(WAIT_A_DAY)
        if billed_fen(world.account):
            world.shopper.cash_fen += billed_fen(world.account)
            world.do({"do": "repay", "amount": "full"})
    assert said == {day: min(each for each in looked if each > day) for day in said}


@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_request_to_close_is_decided_on_the_day_that_is_named(days: int) -> None:
    world = under(life("closing"), "closure_review_days", days)
    ends = account_view(world).review_ends
    while not events_of(world, "closed"):
        pass
    assert world.date == ends


def begun(story: str, event: str) -> World:
    """The life of a story up to the step that brings an event."""
    told = load_story(story)
    world = World.begin(told.person, told.policy, told.seed, told.start, STORY)
    for step in steps_of(story):
        if step["do"] not in ("expect", "caption") and any(each["event"] == event for each in world.do(step)):
            return world
    raise AssertionError(f"{story} has no {event}")


def test_an_offer_holds_until_the_day_that_is_named() -> None:
    """It lapses on the next morning."""
    world = begun("counter-offer", "application_decided")
    until = account_view(world).offer_until
    assert until is not None and not events_of(world, "offer_lapsed")
    world.do({"do": "wait", "days": (until - world.date).days})
    assert world.account.status == codes.APPLIED and events_of(world, "offer_lapsed")


def test_an_appeal_can_be_made_until_the_day_that_is_named() -> None:
    """What is not answered closes the line on the next morning."""
    world = begun("fraud-not-answered", "suspended")
    until = account_view(world).appeal_until
    assert until is not None
    world.do({"do": "wait", "days": (until - world.date).days})
    assert not refused(world, {"do": "appeal"}) and events_of(world, "closed")


def asked_back(world: World) -> list[str]:
    """The reasons for which a closed line would not be given back today."""
    events = world.trial().do({"do": "request_reopening", "identity": "fresh"})
    decided = next(event for event in events if event["event"] == "reopening_decided")
    return [reason["code"] for reason in decided["reasons"]]


@pytest.mark.parametrize(
    "wait, state", [("closed_too_recently", "closed"), ("debt_paid_too_recently", "charged off")]
)
def test_a_line_can_be_asked_back_on_the_day_that_is_named(wait: str, state: str) -> None:
    world = life(state)
    if state == "charged off":
        world.shopper.cash_fen += 10**7
        world.do({"do": "settle_all"})
    assert world.account.status == codes.CLOSED
    back = account_view(world).earliest_return
    assert back is not None and back > world.date
    world.do({"do": "wait", "days": (back - world.date).days - 1})
    assert wait in asked_back(world) and account_view(world).earliest_return == back
    world.do(WAIT_A_DAY)
    assert wait not in asked_back(world) and account_view(world).earliest_return == back


def test_a_suspension_is_lifted_on_the_day_that_is_named() -> None:
    world = life("suspended")
    world.shopper.cash_fen += 10**7
    world.do({"do": "settle_all"})
    world.do({"do": "request_reinstatement"})
    on = account_view(world).reinstatement_on
    assert on is not None
    while not events_of(world, "reinstated"):
        pass
    assert world.date == on
