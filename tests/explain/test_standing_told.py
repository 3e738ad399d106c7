"""What made a line and its limit what they are: a festival's extra, a refused request, events of long ago."""

from __future__ import annotations

import pytest

from simulator import text
from simulator.commands.why import as_text
from simulator.explain import evaluate, why
from simulator.explain.answer import Explanation
from simulator.story import run_story
from simulator.views.history import stays
from simulator.views.inbox import inbox
from simulator.views.limit import limit_view
from simulator.world import World
from tests.lives import clerk

BOUGHT = {"do": "buy", "amount": "5500.00"}
FESTIVAL = ({"do": "wait", "days": 52}, BOUGHT, {"do": "buy", "amount": "1500.00"})
"""From 2 April on the season of 18 June begins 52 days later, on 24 May; its last day is 22 June."""


def lines_of(told: Explanation) -> list[tuple[str, str]]:
    return [(line.label.strip(), line.value_text) for line in told.lines]


def last(world: World, name: str) -> int:
    return max(int(event["seq"]) for event in world.events if event["event"] == name)


@pytest.mark.parametrize(("language", "last_day"), [("en", "Its last day is 22 Jun 2025."), ("zh", "到2025年6月22日为止。")])
def test_a_festivals_extra_tells_its_sum_and_its_last_day(language: str, last_day: str) -> None:
    """30 % of 6,000.00 are 1,800.00."""
    world = clerk(None, *FESTIVAL, start="2025-04-02")
    text.use(language)
    told = why(world, "temporary")
    assert evaluate(told) == told.value == 180_000 and told.sentence.endswith(last_day)
    share = {"en": "30 %", "zh": "30%"}[language]
    assert [value for _label, value in lines_of(told)] == ["6,000.00", share, ""]
    given = why(world, f"decision:{last(world, 'limit_changed')}")
    values = [value for _label, value in lines_of(given)]
    assert f"6,000.00 | {share}" in values and "6,000.00 | 3,000.00" not in values
    assert given.sentence.endswith(last_day) and inbox(world)[-1].notice.what.endswith(last_day)
    assert str(limit_view(world).temporary_until) == "2025-06-22"


def test_a_share_that_is_no_whole_hundred_is_rounded_down_before_ones_eyes() -> None:
    """12.5 % of 6,000.00 are 750.00, down to 700.00."""
    world = clerk(None, {"do": "policy", "field": "temporary_limit_ppm", "value": 125_000}, {"do": "wait", "days": 52}, start="2025-04-02")
    told = why(world, "temporary")
    assert evaluate(told) == told.value == 70_000


def test_what_lies_over_the_limit_is_told_until_a_bill_asks_for_it() -> None:
    """7,000.00 on a line of 6,000.00, 700.00 of it paid: 300.00 join the minimum of 1 July."""
    autopay = {"do": "autopay", "mode": "minimum"}
    world = clerk(None, autopay, *FESTIVAL, {"do": "wait", "days": 36}, start="2025-04-02")
    words = "300.00 lay over your limit when the season's extra ended; it joins the minimum of your next bill."
    assert limit_view(world).over_words == words
    ended = f"decision:{last(world, 'limit_changed')}"
    assert why(world, ended).sentence.endswith(words)
    world.do({"do": "wait", "until": "statement"})
    assert limit_view(world).over_words == "" and not why(world, ended).sentence.endswith(words)
    asked = why(world, f"statement:{world.account.statements[world.account.statement_count - 1].day}:minimum")
    assert ("Over the limit since a temporary one ended", "300.00") in lines_of(asked)


def test_a_request_to_close_that_is_refused_changes_nothing() -> None:
    world = clerk(None, {"do": "buy", "amount": "600.00", "terms": 6}, {"do": "request_closure"})
    assert world.events[-1]["event"] == "closure_blocked"
    opened = last(world, "line_opened")
    assert why(world, "status").entries == [opened] and opened in why(world, "can_use").entries
    assert not {last(world, "closure_requested"), last(world, "closure_blocked")} & set(why(world, "can_use").entries)
    assert [stay.seq for stay in stays(world)] == [opened]


def test_a_review_that_ends_with_something_in_the_way_is_what_reopened_the_line() -> None:
    world = clerk(None, {"do": "request_closure"})
    world.account.orders[0].amount_fen = world.account.orders[0].unbilled_fen = 10_000
    world.account.order_count = 1
    world.account.exposure_fen = 10_000
    world.do({"do": "wait", "days": 4})
    assert world.events[-1]["event"] == "closure_blocked"
    assert why(world, "status").entries == [last(world, "closure_blocked")]


def test_the_state_of_a_line_dates_what_was_said_then_and_tells_how_late_it_is_today() -> None:
    late = ({"do": "buy", "amount": "3000.00"}, {"do": "wait", "until": "due"}, {"do": "wait", "days": 11})
    told = why(clerk(None, *late), "status")
    assert told.sentence.startswith("Your line is: Blocked. 11 Feb 2025: Blocked for buying: 1 day late.")
    assert ("Days late today", "11 days") in lines_of(told)


def test_how_the_first_limit_was_worked_out_outlives_its_changes() -> None:
    """The cut of 21 February halved it; 10,000.00 x 60 % x 100 % is still how it began, by the rule of the first limit."""
    late = ({"do": "buy", "amount": "3000.00"}, {"do": "wait", "until": "due"}, {"do": "wait", "days": 12})
    world = clerk(None, *late)
    assert world.account.limit_fen == 300_000
    for name in ("application_decided", "line_opened"):
        told = why(world, f"decision:{last(world, name)}")
        assert [value for _label, value in lines_of(told)][:4] == ["6,000.00", "10,000.00", "60 %", "100 %"]
        assert told.rule == "RULES 2"
        first = why(world, f"event:{last(world, name)}:limit_fen")
        assert evaluate(first) == first.value == 600_000


@pytest.mark.parametrize(
    ("fields", "figures", "limit", "told"),
    [
        ({}, {}, 600_000, [("then down to whole hundreds", "6,000.00")]),
        ({"max_limit_fen": 400_000}, {}, 400_000, [("then down to whole hundreds", "6,000.00"), ("but no more than the largest line", "4,000.00")]),
        ({"min_limit_fen": 700_000}, {}, 700_000, [("then down to whole hundreds", "6,000.00"), ("but no less than the least line", "7,000.00")]),
        (
            {}, {"instalments_elsewhere_fen": 354_321}, 450_000,
            [("but no more than income and debts leave room for", "4,567.90"), ("then down to whole hundreds", "4,500.00")],
        ),
    ],
)  # fmt: skip
def test_the_rows_of_a_first_limit_end_at_it_and_show_what_bound_it(
    fields: dict[str, int], figures: dict[str, int], limit: int, told: list[tuple[str, str]]
) -> None:
    """10,000.00 x 60 % x 100 %; 40 % of income less 3,543.21 elsewhere leaves 456.79 a month, a tenth of 4,567.90."""
    world = clerk(None, start="2025-01-02", **{"orders_180d": 0, "spend_180d_fen": 0, **figures})
    for field, value in {"min_orders": 0, "min_spend_fen": 0, "decline_cooling_days": 0, "grade_cutoffs": dict.fromkeys("ABCDE", 0) | dict.fromkeys("AB", 1000), **fields}.items():
        world.do({"do": "policy", "field": field, "value": value})
    world.do({"do": "wait", "days": 1})
    world.do({"do": "apply"})
    assert (world.account.limit_fen, world.account.grade) == (limit, 2)
    for name in ("application_decided", "line_opened"):
        rows = lines_of(why(world, f"decision:{last(world, name)}"))
        assert rows[1:6] == [
            ("Income a month", "10,000.00"), ("Share of income", "60 %"), ("By grade C", "100 %"), ("Income x share x grade", "6,000.00"), told[0],
        ]  # fmt: skip
        assert rows[6 : 5 + len(told)] == told[1:]
        found = why(world, f"event:{last(world, name)}:limit_fen")
        assert evaluate(found) == found.value == limit


def test_a_small_line_is_explained_by_itself_and_not_by_income() -> None:
    """500.00 is offered, lapses or is taken: no row says 1,200.00 of income."""
    world = run_story("counter-offer").world
    offers = [each["seq"] for each in world.events if each.get("decision") == "counter_offer"]
    assert len(offers) == 2
    for seq in (*offers, last(world, "line_opened")):
        rows = lines_of(why(world, f"decision:{seq}"))
        assert rows[:2] == [("Limit", "500.00"), ("Small line", "500.00")]
        assert "Income a month" not in [label for label, _value in rows]
        found = why(world, f"event:{seq}:limit_fen")
        assert evaluate(found) == found.value == 50_000
    assert evaluate(why(world, "limit")) == world.account.limit_fen == 50_000


def test_where_a_life_begins_no_rule_of_suspensions_is_named() -> None:
    assert why(clerk(None), "decision:1").rule == "RULES 1"


def test_an_answer_about_an_event_is_headed_by_what_happened_and_not_by_a_number_of_reasons() -> None:
    late = ({"do": "buy", "amount": "3000.00"}, {"do": "wait", "until": "due"}, {"do": "wait", "days": 12})
    world = clerk(None, *late)
    told = as_text(why(world, f"decision:{last(world, 'limit_changed')}"))
    assert told.splitlines()[:2] == ["Your limit has changed", "Limit 6,000.00 to 3,000.00. 11 days late; 10 allowed."]
    assert "= reasons" not in told
    assert as_text(why(world, "owe")).startswith("On your bills, unpaid: 3,000.00\n")


def test_who_closed_and_owed_nothing_is_not_told_of_a_bill_of_nothing() -> None:
    world = clerk(None, {"do": "request_closure"}, {"do": "wait", "days": 3})
    assert lines_of(why(world, f"decision:{last(world, 'closed')}")) == []
