"""Who is suspended by a hardship plan, or for a broken term, is told so: not of days late that nobody counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.explain import why
from simulator.grounds import with_grounds
from simulator.messages import news_reason_text, notice, sentence
from simulator.money import money
from simulator.text import LANGUAGES, use
from simulator.views import account_view, home
from simulator.views.glance import glance
from simulator.views.limit import limit_view
from simulator.views.relief import held_days_text, relief_refusal
from simulator.world import STORY, World
from tests.lives import FIRST_STEPS, begin
from tests.tui.lives import TO_DUE


def in_plan(path: Path | None = None, days_late: int = 9, parts: int = 12) -> World:
    """A life that a plan suspended after a few days late."""
    world = begin(path, mode=STORY)
    steps = (
        {"do": "life", "event": "illness"}, *TO_DUE, {"do": "wait", "days": days_late}, {"do": "request_hardship", "terms": parts},
    )  # fmt: skip
    for step in (*FIRST_STEPS, *steps):
        world.do(step)
    assert world.account.hardship and 0 < world.account.dpd < 31
    return world


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_tells_of_days_late_while_a_plan_runs(lang: str) -> None:
    world = in_plan()
    use(lang)
    suspended = next(event for event in world.events if event["event"] == "suspended")
    told = [
        sentence(suspended), news_reason_text(suspended), home(world).next_words, *account_view(world).causes,
        *(text for pair in limit_view(world).speaks_against for text in pair), why(world, f"decision:{suspended['seq']}").sentence,
    ]  # fmt: skip
    late = f"{world.account.dpd} days late" if lang == "en" else f"逾期 {world.account.dpd} 天"
    assert not any(late in text for text in told), told
    assert glance(world).days_late == 0


def test_the_plan_is_named_as_the_cause() -> None:
    world = in_plan()
    suspended = next(event for event in world.events if event["event"] == "suspended")
    assert "hardship plan" in sentence(suspended) and news_reason_text(suspended) == "no buying while the plan runs"
    assert home(world).next_words.startswith("Your hardship plan runs")
    assert account_view(world).causes == ["a hardship plan"]
    assert limit_view(world).speaks_against[0][0] == "A hardship plan is running."
    assert "suspend_dpd" not in [name for name, _value in why(world, f"decision:{suspended['seq']}").fields]


def test_a_bill_of_the_plan_is_what_home_asks_for() -> None:
    world = in_plan()
    world.do({"do": "wait", "until": "statement"})
    asked = home(world)
    assert asked.next_words.startswith("Your hardship plan asks for") and asked.in_plan and asked.full_fen


def test_a_suspension_for_days_late_still_counts_them() -> None:
    world = begin(mode=STORY)
    for step in (*FIRST_STEPS, *TO_DUE, {"do": "wait", "days": 36}):
        world.do(step)
    suspended = next(event for event in world.events if event["event"] == "suspended")
    assert sentence(suspended).startswith("Suspended: 31 days late.")


def test_a_broken_term_is_named() -> None:
    world = begin(mode=STORY)
    for step in (*FIRST_STEPS, {"do": "breach", "kind": "expired_identity"}):
        world.do(step)
    suspended = next(event for event in world.events if event["event"] == "suspended")
    assert sentence(suspended) == "Suspended because of broken terms: an expired identity document."
    assert [name for name, _value in why(world, f"decision:{suspended['seq']}").fields] == ["breach_cure_days"]


def test_what_a_save_holds_is_read_with_its_grounds(tmp_path: Path) -> None:
    world = in_plan(tmp_path / "one.whiteslip")
    kept = world.save
    assert kept is not None and kept.events() == world.events == with_grounds(world.events)
    world.close()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "3,029.35 in 6 parts of 504.89, the last 504.90, no fee, no buying. One miss ends it."),
        ("zh", "3,029.35 分 6 期，每期 504.89，末期 504.90，免手续费，期间不能新买；漏还一期，计划即终止。"),
    ],
)
def test_the_agreement_tells_the_parts_that_the_rule_makes(lang: str, told: str) -> None:
    use(lang)
    assert sentence({"event": "hardship_agreed", "terms": 6, "amount_fen": 302_935, "reasons": []}) == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_a_suspension_stays_names_the_plan_alone_and_so_it_does_from_disk(lang: str, tmp_path: Path) -> None:
    world = in_plan(tmp_path / "life.db")
    world.do({"do": "request_reinstatement"})
    world.close()
    again = World.open(tmp_path / "life.db", read_only=True)
    use(lang)
    runs = "A hardship plan is running." if lang == "en" else "困难减免方案正在执行。"
    for events in (world.events, again.events):
        stays = events[-1]
        assert stays["event"] == "reinstatement_declined" and sentence(stays).endswith(runs)
        assert notice(stays).reasons == [runs]  # type: ignore[union-attr]
    assert why(again, f"decision:{again.events[-1]['seq']}").lines[0].label == runs
    again.close()


def test_without_a_plan_that_a_suspension_stays_tells_its_own_reasons() -> None:
    world = begin(mode=STORY)
    for step in (*FIRST_STEPS, *TO_DUE, {"do": "wait", "days": 35}, {"do": "request_reinstatement"}):
        world.do(step)
    assert sentence(world.events[-1]) == "The suspension stays. 35 days late; nothing may be."


def test_no_second_plan_is_asked_for_and_days_that_stand_still_are_told() -> None:
    world = in_plan()
    late = world.account.dpd
    assert relief_refusal(world) == "A hardship plan is running."
    assert held_days_text(world) == f"{late} days late, held while the plan runs."
    world.do({"do": "request_hardship", "terms": 6})
    assert sentence(world.events[-1]).startswith("No second hardship plan. A hardship plan is running.")
    world.do({"do": "wait", "days": 3})
    assert held_days_text(world) == f"{late} days late, held while the plan runs."


def test_fees_that_a_plan_took_in_are_told_where_the_limit_is_used() -> None:
    world = in_plan(days_late=25)
    agreed = next(event for event in world.events if event["event"] == "hardship_agreed")
    assert agreed["fee_fen"] > 0 and f"took in {money(agreed['fee_fen'])} of fees" in why(world, "exposure").sentence


@pytest.mark.parametrize(
    ("lang", "cause", "stays"),
    [
        ("en", "a hardship plan, paid since", "The plan is paid. The suspension stays until you ask for it to be lifted."),
        ("zh", "困难减免方案，已还清", "方案已还清。在你申请恢复之前，仍然停用。"),
    ],
)
def test_once_the_plan_is_paid_the_suspension_rests_on_its_end(lang: str, cause: str, stays: str) -> None:
    world = in_plan(parts=1)
    for step in ({"do": "wait", "until": "statement"}, {"do": "repay", "amount": "full"}):
        world.do(step)
    use(lang)
    assert account_view(world).causes == [cause]
    told = why(world, "status")
    assert cause in told.sentence and stays in told.sentence and "while the hardship plan runs" not in told.sentence
    ended = next(event for event in world.events if event["event"] == "hardship_ended")
    assert sentence(ended).endswith(stays) and told.entries == [ended["seq"]]


@pytest.mark.parametrize(
    ("lang", "late", "paid", "stays"),
    [
        ("en", "late payment", "late payment, paid since", "The suspension stays while anything is late."),
        ("zh", "逾期", "逾期，已还清", "只要还有逾期，仍然停用。"),
    ],
)
def test_once_a_part_is_missed_the_suspension_rests_on_what_is_late(lang: str, late: str, paid: str, stays: str) -> None:
    world = in_plan()
    for step in (*TO_DUE, {"do": "wait", "days": 1}):
        world.do(step)
    assert not world.account.hardship and world.account.dpd
    use(lang)
    assert account_view(world).causes == [late]
    assert f"{late}." in why(world, "status").sentence.replace("。", ".") and stays in why(world, "status").sentence
    world.shopper.cash_fen = 10**8
    world.do({"do": "repay", "amount": "full"})
    assert account_view(world).causes == [paid] and paid in why(world, "status").sentence


def test_the_end_of_a_plan_on_a_line_that_has_ended_tells_of_no_suspension() -> None:
    world = in_plan(parts=1)
    world.do({"do": "wait", "until": "statement"})
    ended = with_grounds([*world.events, {"event": "product_ended"}, {"event": "hardship_ended", "reasons": []}])[-1]
    assert sentence(ended) == "The hardship plan has ended."


@pytest.mark.parametrize(
    ("lang", "old", "none"),
    [
        ("en", "A blow counts for 90 days; the last on record was 91 days ago: You lost your job.", "A blow counts for 90 days; none is on record."),
        ("zh", "变故在 90 天内有效；最近一次记录在 91 天前：你失业了。", "变故在 90 天内有效；目前没有记录。"),
    ],
)
def test_a_plan_that_is_refused_says_how_recent_a_blow_must_be(lang: str, old: str, none: str) -> None:
    """Who has been out of work for longer than that is refused too, and told since when it no longer counts."""
    use(lang)
    for blow, told in (({"do": "life", "event": "job_loss", "figures": {"months": 12}}, old), (None, none)):
        world = begin(mode=STORY)
        for step in (*FIRST_STEPS, *([blow] if blow else []), {"do": "wait", "days": 91}, {"do": "request_hardship", "terms": 6}):
            world.do(step)
        declined = world.events[-1]
        assert declined["event"] == "hardship_declined" and sentence(declined).endswith(told)
        assert why(world, f"decision:{declined['seq']}").sentence.endswith(told)
