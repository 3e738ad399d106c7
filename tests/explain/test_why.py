"""Why? Every figure has an answer, and its formula on its inputs gives the figure."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from simulator import codes, text
from simulator.explain import KINDS, UnknownFigure, evaluate, why
from simulator.explain.limit_moves import limit_move_lines
from simulator.explain.rulebook import rule_text
from simulator.messages import notice
from simulator.money import money
from simulator.population.catalogue import item
from simulator.rules.balances import available_fen, billed_fen, minimum_fen
from simulator.story import run_story, story_names
from simulator.views import checkout, orders, outcomes
from simulator.views.bills import next_bill
from simulator.views.checkout import after
from simulator.world import World
from tests.lives import begin, played
from tests.tui.lives import life

KEYED = {"statement", "plan", "decision", "event", "offer", "price", "after", "blocker", "outcome", "next", "order"}


def figures_of(world: World) -> Iterator[str]:
    """Every figure that a screen could show of this world."""
    yield from (kind for kind in KINDS if kind not in KEYED)
    for plan in world.account.plans:
        if plan.order:
            yield from (
                f"plan:{plan.order}:{what}" for what in ("left", "fee", "fees", "term", "settlement", "saved")
            )
    yield from (f"order:{each.order}" for each in orders(world))
    for way in outcomes(world):
        yield from (f"outcome:{way.way}:{what}" for what in ("left", "fee", *(["bills"] if way.minimums else [])))
    if next_bill(world) is not None:
        yield from ("next:balance", "next:minimum", "next:purchases", "next:late_fee")
    for event in world.events:
        if event["event"] == "statement_made":
            for part in (
                "balance",
                "minimum",
                "carried",
                "unpaid_plan",
                "unpaid_fee",
                "purchases",
                "plan_principal",
            ):
                yield f"statement:{event['day']}:{part}"
        if notice(event) is not None:
            yield f"decision:{event['seq']}"
        yield from (
            f"event:{event['seq']}:{name}" for name, value in event.items() if _is_amount(name, value)
        )
    if world.account.grade >= 0:
        yield from (
            f"offer:129900:{terms}:{what}" for terms in (1, 3, 12) for what in ("fee", "total", "month", "last", "simple", "effective", "exact")
        )
        yield from (f"offer:129900:6:{what}:free" for what in ("fee", "total", "month", "last", "simple", "effective", "exact"))
    yield from ("price:headphones", "price:headphones:fee", "after:headphones:nothing:bill")
    yield from (
        f"after:headphones:{way.key}:{what}" for way in checkout(world, item("headphones")).ways if not way.refusal
        for what in ("cash", "can_use", "utilisation", "exposure", "bill", "bill:purchases")
    )


def _is_amount(name: str, value: object) -> bool:
    return name.endswith("_fen") and isinstance(value, int)


def hold(world: World) -> int:
    """Ask about every figure; how many there were."""
    ask = functools.cache(functools.partial(why, world))
    count = 0
    for figure in figures_of(world):
        told = ask(figure)
        assert evaluate(told) == told.value, figure
        assert told.sentence and told.title and "RULES" not in rule_text(told.rule), figure
        for line in told.lines:
            if line.figure is not None:
                assert ask(line.figure).sentence, line.figure
        count += 1
    return count


@pytest.mark.parametrize("name", story_names())
def test_every_figure_of_every_story_is_explained(name: str) -> None:
    assert hold(run_story(name).world) > 30


def test_answers_come_in_chinese_too() -> None:
    text.use("zh")
    assert hold(played(None, {"do": "wait", "until": "statement"})) > 30


def test_the_figures_are_those_of_the_rules() -> None:
    world = played(None, {"do": "wait", "until": "statement"})
    assert why(world, "owe").value == billed_fen(world.account)
    assert why(world, "minimum").value == minimum_fen(world.account)
    assert why(world, "available").value == available_fen(world.account)
    assert why(world, "can_use").value == world.can_use_fen()
    assert why(world, "cash").value == world.shopper.cash_fen


@pytest.mark.parametrize(
    ("language", "rules", "said"),
    [
        ("en", "By the rules: bill and minimum (5); daily fees and being late (7)", "no"),
        ("zh", "依据规则：账单与最低还款（5）；每日费用与逾期（7）", "否"),
    ],
)
def test_rules_are_named_and_what_is_so_or_not_is_said_in_a_word(language: str, rules: str, said: str) -> None:
    text.use(language)
    assert rule_text("RULES 5, 7") == rules
    asked = {line.label: line.value_text for line in why(played(None), "grade").lines}
    assert said in asked.values()


def test_what_terms_cost_is_shown_as_a_sum() -> None:
    """1,299.00 at 0.75 % a month is 9.7425, rounded to 9.74; twelve of them are 116.88."""
    world = played(None)
    assert world.account.grade == 2
    shown = {what: [line.value_text for line in why(world, f"offer:129900:12:{what}").lines] for what in ("fee", "total", "month")}
    assert shown["fee"] == shown["total"] == ["1,299.00", "12", "0.75 %", "9.74", "116.88"]
    assert shown["month"] == ["1,299.00", "12", "0.75 %", "108.25", "9.74"]
    odd = [line.value_text for line in why(world, "offer:10000:3:month").lines]
    assert odd[-3:] == ["33.33", "0.75", "33.34"]


def test_what_a_purchase_would_do_is_what_it_does() -> None:
    """Each way to pay is tried and then really gone."""
    world = life("billed")
    for way in checkout(world, item("headphones")).ways:
        seen, bought = after(world, way), world.trial()
        told = {what: why(world, f"after:headphones:{way.key}:{what}") for what in ("cash", "can_use", "utilisation", "bill")}
        bought.do(way.step)
        assert told["can_use"].value == seen.can_use_fen == bought.can_use_fen()
        assert told["cash"].value == bought.shopper.cash_fen
        assert told["utilisation"].value == seen.use_after_ppm
        assert told["bill"].value == seen.bill_after_fen
        assert why(world, "after:headphones:nothing:bill").value == seen.bill_before_fen
        assert all(1 <= seq <= len(world.events) for each in told.values() for seq in each.entries)


def test_a_price_leads_to_what_it_comes_to_over_each_number_of_terms() -> None:
    world = life("open")
    ways = {way.total_fen for way in checkout(world, item("laptop")).ways if way.quote is not None}
    told = why(world, "price:laptop").lines[1:]
    assert {line.value_text for line in told} == set(map(money, ways))
    assert [line.figure for line in told if line.figure and line.figure.endswith(":free")]
    assert len(why(life("no line"), "price:laptop").lines) == 1


def test_a_price_too_small_for_terms_names_none() -> None:
    assert len(why(life("open"), "price:noodle_lunch").lines) == 1


def test_a_cut_shows_by_what_share_of_the_limit_it_came_about() -> None:
    """11 days late cut 5,000.00 by half, and did so under whatever policy came after."""
    world = life("suspended")
    cut = next(event for event in world.events if event["event"] == "limit_changed")
    told = why(world, f"decision:{cut['seq']}")
    assert [(line.label.strip(), line.value_text) for line in told.lines][:4] == [
        ("Before", "5,000.00"), ("cut by this share of it", "50 %"), ("then down to whole hundreds", ""), ("After", "2,500.00"),
    ]  # fmt: skip
    world.do({"do": "policy", "field": "decrease_ppm.late", "value": 300_000})
    world.do({"do": "wait", "days": 1})
    assert why(world, f"decision:{cut['seq']}") == told


def test_a_season_that_is_over_says_for_how_long_and_against_no_bound() -> None:
    world = life("autopay")
    world.do({"do": "wait", "days": 300})
    gone = next(
        event for event in world.events if any(each["code"] == "season_over" for each in event.get("reasons", ()))
    )
    lines = [(line.label, line.value_text) for line in why(world, f"decision:{gone['seq']}").lines]
    assert ("The festival season had ended 1 day before.", "1 day") in lines


@pytest.mark.parametrize("name", story_names())
def test_every_move_of_a_limit_by_its_rule_shows_its_share(name: str) -> None:
    """In stories whose policy never changes, cuts by the lender have a share that a reader can check to the hundred."""
    world = run_story(name).world
    if any(event["event"] == "policy_changed" for event in world.events):
        return
    for event in world.events:
        if event["event"] == "limit_changed" and event["kind"] == "permanent" and event["by"] in ("lender", "request"):
            told = {line.label.strip(): line.value_text for line in limit_move_lines(world, event)}
            for share in (text_ for label, text_ in told.items() if "share" in label):
                moved = event["from_fen"] * float(share.split()[0]) / 100
                assert abs(abs(event["to_fen"] - event["from_fen"]) - moved) < 10_000 or event["to_fen"] == event["from_fen"] + 10_000


def test_before_anything_was_asked_there_is_an_answer_too() -> None:
    assert hold(begin()) > 15


@pytest.mark.parametrize(
    "figure", ["nonsense", "plan:99:left", "statement:5:balance", "decision:0", "event:1:zzz", "offer:1", "price", "price:nothing", "after:jeans:later:can_use",
               "after:jeans:free5:bill", "offer:1:3:fee:dear"]
)
def test_what_there_is_not_is_said_in_a_sentence(figure: str) -> None:
    with pytest.raises(UnknownFigure) as caught:
        why(begin(), figure)
    assert str(caught.value).endswith(".")


def test_pay_that_changes_every_january_is_in_the_sum_of_an_income() -> None:
    world = played(None)
    world.shopper.income_fen += 12_300
    told = why(world, "income")
    assert evaluate(told) == told.value and told.inputs["yearly"] == 12_300


def test_a_plan_that_was_settled_early_keeps_the_terms_it_was_bought_with() -> None:
    world = played(None, {"do": "buy", "amount": "1200.00", "terms": 12, "merchant": "electronics", "category": "electronics"})
    order = next(plan.order for plan in world.account.plans if plan.principal_fen == 120_000)
    world.do({"do": "wait", "until": "statement"})
    world.do({"do": "repay_plan", "order": order})
    told = why(world, f"plan:{order}:term")
    assert evaluate(told) == told.value == 10_000
    assert told.inputs["terms"] == 12


def test_the_state_of_a_line_is_said_in_words_and_shares_of_health_with_one_decimal() -> None:
    world = life("late")
    assert [line.value_text for line in why(world, "status").lines] == ["Blocked", "4 days"]
    for line in why(world, "health").lines:
        assert len(line.value_text.removesuffix(" %").partition(".")[2]) <= 1


def test_what_a_line_asks_in_a_month_leads_to_the_same_figure() -> None:
    world = played(None, {"do": "buy", "amount": "1200.00", "terms": 12, "merchant": "electronics", "category": "electronics"})
    here = why(world, "debt_service").lines[1]
    assert here.figure == "debt_here"
    assert money(why(world, "debt_here").value) == here.value_text != "0.00"


def test_new_purchases_are_named_and_leave_plans_out() -> None:
    world = played(None, {"do": "wait", "until": "statement"})
    made = next(event for event in world.events if event["event"] == "statement_made")
    told = why(world, f"statement:{made['day']}:purchases")
    cited = [world.events[seq - 1] for seq in told.entries]
    assert not [each for each in cited if each.get("terms", 1) > 1]
    assert not [line.label for line in told.lines if line.label.startswith("Order ")]


def test_a_purchase_on_a_line_suspended_for_fraud_tells_the_cause_and_no_days_late() -> None:
    world = played(None)
    world.do({"do": "breach", "kind": "unreachable"})
    assert world.account.status == codes.SUSPENDED
    world.do({"do": "buy", "amount": "100.00"})
    declined = next(event for event in reversed(world.events) if event["event"] == "purchase_declined")
    line = next(line for line in why(world, f"decision:{declined['seq']}").lines if "suspended" in line.label)
    assert (line.label, line.value_text) == ("Your line is suspended: broken terms.", "")


def test_what_can_be_used_cites_what_holds_now_and_names_a_cap_only_where_there_is_one() -> None:
    world = played(None, {"do": "lock"}, {"do": "unlock"})
    told = why(world, "can_use")
    assert [world.events[seq - 1]["event"] for seq in told.entries] == ["line_opened", "unlocked"]
    assert "cap" not in told.inputs
    assert [(line.label, line.figure) for line in told.lines][:3] == [
        ("Left of the limit", "available"), ("  Limit", "limit"), ("  Used", "exposure"),
    ]  # fmt: skip
    world.do({"do": "set_cap", "amount": "500.00"})
    told = why(world, "can_use")
    assert "cap" in told.inputs and evaluate(told) == told.value
    assert world.events[told.entries[-1] - 1]["event"] == "setting_changed"
