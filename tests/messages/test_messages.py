"""What the program says: every event and reason, in both languages, plainly."""

from __future__ import annotations

import re

import pytest

from simulator import codes, text
from simulator.messages import (
    brief,
    first_lessons,
    news_reason_text,
    notice,
    reason_text,
    reason_title,
    remedy_text,
    sentence,
)
from simulator.messages.names import bucket_days, bucket_name, bucket_text
from simulator.rules.arrears import WORST_BUCKET, bucket_of
from simulator.rules.reasons import APPLICATION, TOPICS
from simulator.story import load_story, run_story, story_names
from simulator.views.lately import lately

FORBIDDEN = (
    "comprehensive assessment", "small problem", "system reasons", "for your safety", "unfortunately", "congratulations",
    "综合评估", "小问题", "系统原因", "尊敬的用户",
)  # fmt: skip
MISSPELT = {"en": re.compile(r"\. [a-z]"), "zh": re.compile(r"[\u4e00-\u9fff）”][:;,.?!]|[:;,?!] ?[\u4e00-\u9fff]|[。，；] ")}
"""A sentence that begins small, and marks of the other language."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", story_names())
def test_every_event_of_every_story_is_a_plain_sentence(name: str, language: str) -> None:
    text.use(language)
    events = run_story(name).world.events
    lessons = first_lessons(events)
    for event in events:
        told = [sentence(event), brief(event).what]
        found = notice(event)
        if found is not None:
            told += [found.title, found.what, found.unchanged, *found.reasons]
        if (lesson := lessons.get(event["seq"])) is not None:
            told += [lesson.title, *lesson.lines]
        for line in told:
            assert "{" not in line and "None" not in line, (event, line)
            assert not any(word in line.lower() for word in FORBIDDEN), line
            assert not MISSPELT[language].search(line), line


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Not yet. Score 540; 550 needed. Few orders here: 96 of 230 points; new job: 5 of 40 points."),
        ("zh", "暂不能开通。评分 540；需要 550。在这里订单少：96 分，满分 230；新工作：5 分，满分 40。"),
    ],
)
def test_reasons_that_are_points_are_a_sentence_of_their_own(language: str, expected: str) -> None:
    text.use(language)
    reasons = [
        {"code": "store_orders", "actual": 96, "threshold": 230, "unit": "points"},
        {"code": "score_too_low", "actual": 540, "threshold": 550, "unit": "points"},
        {"code": "job_months", "actual": 5, "threshold": 40, "unit": "points"},
    ]
    assert sentence({"event": "application_decided", "decision": "declined", "reasons": reasons}) == expected


@pytest.mark.parametrize(("language", "told"), [("en", "Autopay set to in full."), ("zh", "自动还款已设为“全额”。")])
def test_a_way_of_autopay_is_told_in_the_readers_words(language: str, told: str) -> None:
    text.use(language)
    assert sentence({"event": "setting_changed", "name": "autopay", "value": "full"}) == told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_reason_has_words(language: str) -> None:
    text.use(language)
    for reasons in TOPICS.values():
        for reason in reasons:
            told = {
                "code": reason.code,
                "actual": 3,
                "threshold": 5,
                "unit": reason.unit,
                "value": 1,
                "amount_fen": 3,
            }
            assert reason_text(told) and "{" not in reason_text(told)
            assert "{" not in remedy_text(told)
            assert reason_title(reason.code)


def test_a_cut_reads_like_the_design() -> None:
    late = {"code": "late", "actual": 22, "threshold": 10, "unit": "dpd"}
    assert reason_text(late) == "22 days late; 10 allowed."
    short = {"code": "too_little_spend", "actual": 8_900, "threshold": 20_000, "unit": "fen"}
    assert remedy_text(short) == "Buy for 111.00 more with cash, then ask."
    text.use("zh")
    assert reason_text(late) == "逾期 22 天；允许 10 天。"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "31 days late: M1 (1 to 30 days) becomes M2 (31 to 60 days)."),
        ("zh", "逾期 31 天：M1（1 至 30 天）变为 M2（31 至 60 天）。"),
    ],
)
def test_a_bucket_says_what_days_it_stands_for(language: str, told: str) -> None:
    text.use(language)
    assert sentence({"event": "bucket_changed", "from": "M1", "to": "M2", "dpd": 31}) == told
    for days in (0, 1, 30, 31, 60, 61, 90, 91, 120, 121, 150, 151):
        bucket = bucket_text(f"M{bucket_of(days)}")
        assert days == 0 or str(days) in bucket


def test_the_days_of_a_bucket_are_those_of_the_rule() -> None:
    for bucket in range(WORST_BUCKET + 1):
        assert {bucket_of(days) for days in bucket_days(bucket)} == {bucket}
    assert [bucket_name(bucket) for bucket in (0, 1, WORST_BUCKET)] == ["M0 0", "M1 1-30", "M6 151+"]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "100.00 in 12 parts of 8.33; debts take 55 % of income"), ("zh", "100.00 分 12 期，每期 8.33；月供占收入 55%")],
)
def test_the_news_of_a_hardship_plan_joins_its_parts_in_the_readers_way(language: str, told: str) -> None:
    text.use(language)
    reason = {"code": "service_too_heavy", "actual": 550_000, "threshold": 500_000, "unit": "ppm"}
    assert news_reason_text({"event": "hardship_agreed", "terms": 12, "amount_fen": 10_000, "reasons": [reason]}) == told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_complaint_says_to_whom_and_about_what(language: str) -> None:
    text.use(language)
    told = {
        sentence({"event": "complained", "about": about, "to": to}) for about in (*codes.COMPLAINTS, "an own word") for to in codes.RECIPIENTS
    }
    assert len(told) == 12 and sum("an own word" in each for each in told) == 2
    assert language == "en" or not any(re.search("[a-z]", each.replace("an own word", "")) for each in told)


def test_who_is_not_late_is_reported_as_on_time() -> None:
    told = [sentence({"event": "bureau_reported", "dpd": days}) for days in (0, 1, 21)]
    assert told == [
        "Reported to the bureau: on time.", "Reported to the bureau: 1 day late.", "Reported to the bureau: 21 days late.",
    ]  # fmt: skip


def test_the_end_of_a_line_says_nothing_of_debts_on_their_plans() -> None:
    change = {"event": "limit_changed", "kind": "permanent", "from_fen": 500_000, "to_fen": 0, "reasons": [], "seq": 1}
    ended, cut = notice({**change, "by": "closure"}), notice({**change, "by": "lender"})
    assert ended is not None and cut is not None
    assert ended.unchanged == "" and cut.unchanged


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_reason_of_a_decline_has_a_title_that_says_what_is_wrong(language: str) -> None:
    text.use(language)
    titles = [reason_title(reason.code) for reason in TOPICS[APPLICATION]]
    assert len(set(titles)) == len(titles)
    assert not {"age", "orders", "spending", "line", "wait", "closed"} & set(titles)
    if language == "en":
        assert reason_title("too_few_orders") == "too few orders" and reason_title("cooling_off") == "asked too soon"


def test_an_order_and_a_person_may_be_too_old() -> None:
    assert "age" in reason_text({"code": "too_old", "actual": 70, "threshold": 65, "unit": "count"})
    assert "returns" in reason_text({"code": "too_old", "actual": 9, "threshold": 7, "unit": "days"})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", story_names())
def test_what_happened_lately_is_told_in_a_few_words_with_the_amount_of_its_event(name: str, language: str) -> None:
    text.use(language)
    world = run_story(name).world
    for told in lately(world, len(world.events)):
        event = world.events[told.seq - 1]
        assert told.what == told.what[:1].upper() + told.what[1:] and 0 < len(told.what) < 50
        assert told.amount_fen is None or told.amount_fen in {**event, **event.get("figures", {})}.values()


def test_a_rate_just_above_its_cap_does_not_read_as_the_cap() -> None:
    text.use("en")
    reason = {"code": "over_rate_cap", "unit": "ppm", "actual": 172_701, "threshold": 172_700}
    assert reason_text(reason) == "It would cost 17.2701 % a year; the law allows 17.27 %."
    assert reason_text({**reason, "actual": 181_000}) == "It would cost 18.10 % a year; the law allows 17.27 %."


@pytest.mark.parametrize("name", story_names())
def test_whoever_a_story_is_about_has_a_name_in_the_readers_language(name: str) -> None:
    assert load_story(name).person.name.isascii()
    text.use("zh")
    assert re.fullmatch("[\u4e00-\u9fff]+", load_story(name).person.name)
