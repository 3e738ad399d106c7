"""The filter language: each condition means what it says, wrong input is named, and nothing is ever run."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import codes, text
from simulator.engine.measures import CAUSES
from simulator.market.query import QueryError, Today, completions, examples, parse
from simulator.market.query import words as w
from simulator.messages.names import cause_text
from simulator.population.jobs import JOB_NAMES
from simulator.population.names import name_of
from simulator.population.people import JOBS
from tests.market.snapshots import DATE, DAY, columns

POPULATION = columns(3_000)
TODAY = Today(DAY, DATE)
Array = np.ndarray[tuple[int], np.dtype[np.bool_]]


def found(query: str) -> list[int]:
    """The rows of the shoppers that a filter finds."""
    rows: list[int] = parse(query).rows(POPULATION, TODAY).tolist()
    return rows


def rows_where(flags: object) -> list[int]:
    """The rows of flags that are set."""
    rows: list[int] = np.flatnonzero(np.asarray(flags)).tolist()
    return rows


c = POPULATION
in_july = (c["changed_day"] >= DAY - 19) & (c["changed_day"] <= DAY)
cut = c["changed_to_fen"] < c["changed_from_fen"]
off = (c["status"] == codes.CHARGED_OFF) | ((c["status"] == codes.CLOSED) & (c["exposure_fen"] == 0) & (c["dpd"] > 0))
MEANINGS = [
    ("limit > 5000", c["limit_fen"] > 500_000),
    ("额度大于5000", c["limit_fen"] > 500_000),
    ("limit 1,200.00 or more", c["limit_fen"] >= 120_000),
    ("额度0.5万以上", c["limit_fen"] >= 500_000),
    ("owes at most 500", c["exposure_fen"] <= 50_000),
    ("used over 80 %", (c["utilisation_ppm"] > 800_000) & (c["opened_day"] != codes.NEVER)),
    ("bucket >= M2", (c["bucket"] >= 2) & ~off),
    ("逾期档>=M2", (c["bucket"] >= 2) & ~off),
    ("bucket 3", (c["bucket"] == 3) & ~off),
    ("in M2", (c["bucket"] == 2) & ~off),
    ("M2", (c["bucket"] == 2) & ~off),
    ("late", (c["dpd"] > 0) & ~off),
    ("days late >= 30", (c["dpd"] >= 30) & ~off),
    ("late over 30", (c["dpd"] > 30) & ~off),
    ("逾期超过30天", (c["dpd"] > 30) & ~off),
    ("逾期 30 天以上", (c["dpd"] >= 30) & ~off),
    ("逾期大于等于30天", (c["dpd"] >= 30) & ~off),
    ("额度小于等于5000", c["limit_fen"] <= 500_000),
    ("核销", c["status"] == codes.CHARGED_OFF),
    ("over limit", (c["limit_fen"] > 0) & (c["exposure_fen"] > c["limit_fen"] + c["temporary_fen"])),
    ("written off", c["status"] == codes.CHARGED_OFF),
    ("written off and late", c["age"] < 0),
    ("small business in M2", (c["owner"] != 0) & (c["bucket"] == 2) & ~off),
    ("店主 M1 以上", (c["owner"] != 0) & (c["bucket"] >= 1) & ~off),
    ("not M0 and tier 1", ((c["bucket"] != 0) | off) & (c["city_tier"] == 1)),
    ("M1-M3", (c["bucket"] >= 1) & (c["bucket"] <= 3) & ~off),
    ("age 18-25", (c["age"] >= 18) & (c["age"] <= 25)),
    ("年龄25到18", (c["age"] >= 18) & (c["age"] <= 25)),
    ("age between 30 and 40", (c["age"] >= 30) & (c["age"] <= 40)),
    ("score < 600", (c["score"] < 600) & (c["opened_day"] != codes.NEVER)),
    ("grade C or better", (c["grade"] <= 2) & (c["grade"] >= 0)),
    ("grade >= C", (c["grade"] <= 2) & (c["grade"] >= 0)),
    ("grade D to E", c["grade"] >= 3),
    ("owner and tier 1", (c["owner"] != 0) & (c["city_tier"] == 1)),
    ("owner tier 1", (c["owner"] != 0) & (c["city_tier"] == 1)),
    ("店主 且 城市级别 1", (c["owner"] != 0) & (c["city_tier"] == 1)),
    ("tier 1 and owner", (c["owner"] != 0) & (c["city_tier"] == 1)),
    ("age 30 and limit > 5000", (c["age"] == 30) & (c["limit_fen"] > 500_000)),
    ("年龄30 且 额度大于5000", (c["age"] == 30) & (c["limit_fen"] > 500_000)),
    ("age 30 and limit cut this month", (c["age"] == 30) & cut & in_july),
    ("small-business owners whose limit was cut this month", (c["owner"] != 0) & cut & in_july),
    ("small business owner in tier 1", (c["owner"] != 0) & (c["city_tier"] == 1)),
    ("status suspended", c["status"] == codes.SUSPENDED),
    ("suspended by fraud", (c["status"] == codes.SUSPENDED) & (c["causes"] & 2 != 0)),
    ("closed by shopper this year", (c["closure_cause"] == 1) & (c["closed_day"] >= 0)),
    ("limit cut this month", cut & in_july),
    ("本月降额", cut & in_july),
    ("limit cut by review over 2000 this month", cut & in_july & (c["changed_cause"] == 1)
     & (c["changed_from_fen"] - c["changed_to_fen"] > 200_000)),
    ("最近10天提额", ~cut & (c["changed_to_fen"] > c["changed_from_fen"]) & (c["changed_day"] > DAY - 10)),
    ("limit cut by festival over", (c["festival_to_fen"] < c["festival_from_fen"]) & (c["festival_cause"] == 9)),
    ("limit raised this month by season", (c["festival_to_fen"] > c["festival_from_fen"]) & (c["festival_cause"] == 8)
     & (c["festival_day"] > DAY - 20)),
    ("limit up by temporary", (c["festival_to_fen"] > c["festival_from_fen"]) & (c["festival_cause"] == 8)),
    ("节日", c["temporary_fen"] > 0),
    ("festival", c["temporary_fen"] > 0),
    ("opened >= 2025-03-01", c["opened_day"] >= DAY - (DATE - datetime.date(2025, 3, 1)).days),
    *((f"limit changed >= {date}", c["changed_day"] >= DAY - (DATE - datetime.date(2025, 3, 1)).days) for date in (
        "2025-03-01", "1 Mar 2025", "Sat 1 Mar 2025", "1 March 2025", "2025年3月1日", "2025年3月1日 周六",
    )),
    ("limit changed today", c["changed_day"] == DAY),
    ("nurse", c["job"] == JOBS.index("nurse")),
    ("职业是护士", c["job"] == JOBS.index("nurse")),
    ("not student", c["student"] == 0),
    ("额度大于5000且不是学生", (c["limit_fen"] > 500_000) & (c["student"] == 0)),
    ("not (owner or student)", (c["owner"] == 0) & (c["student"] == 0)),
    ("owner or student and tier 1", (c["owner"] != 0) | ((c["student"] != 0) & (c["city_tier"] == 1))),
    ("（店主 或 学生）且 城市 1", ((c["owner"] != 0) | (c["student"] != 0)) & (c["city_tier"] == 1)),
    *((f"{name} > 1000", c["exposure_fen"] > 100_000) for name in ("owed", "principal", "本金")),
    ("unused", (c["limit_fen"] > 0) & (c["exposure_fen"] == 0)),
    ("", c["age"] > 0),
]  # fmt: skip


@pytest.mark.parametrize(("query", "meant"), MEANINGS, ids=[query or "nothing" for query, _meant in MEANINGS])
def test_a_filter_finds_exactly_those_it_means(query: str, meant: Array) -> None:
    assert found(query) == rows_where(meant)
    assert query in ("limit changed today", "written off and late") or found(query), "the population has nobody of the kind"


@pytest.mark.parametrize("begun", ["closed by ", "closed by f", "closed by fraud", "closed by pro", "因"])
def test_no_code_is_offered_raw(begun: str) -> None:
    assert not any("_" in each.word for each in completions(begun))


@pytest.mark.parametrize("cause", [word for word in w.vocabulary() if word.kind == w.CAUSE], ids=lambda cause: cause.english[0])
def test_every_cause_as_the_screens_call_it_is_understood(cause: w.Word) -> None:
    """The filters' own words and those of news and lives are one vocabulary."""
    for language in ("en", "zh"):
        text.use(language)
        told = cause_text(CAUSES[int(cause.value)])
        parse(f"limit cut by {told}" if language == "en" else f"额度下调 因 {told}")


@pytest.mark.parametrize("query", ["8213", "number 8213", "编号8213", "no. 8213"])
def test_a_number_finds_one_shopper(query: str) -> None:
    people = columns(9_000)
    assert parse(query).rows(people, TODAY).tolist() == [8212]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name Chen", ("Chen",)),
        ("Chen", ("Chen",)),
        ("陈", ("陈",)),
        ("姓名 陈", ("陈",)),
        ("name Li", ("Li",)),
        ("name Lian", ("Lian",)),
        ("chen hao", ("Chen Hao",)),
        ("name Hao Chen", ("Chen Hao",)),
        ("叫陈浩", ("陈浩",)),
    ],
)
def test_a_name_is_found_in_both_languages(query: str, names: tuple[str, ...]) -> None:
    language = "zh" if not names[0].isascii() else "en"
    people = {
        row: name_of(int(c["surname"][row]), int(c["given"][row]), language)
        for row in range(len(c["surname"]))
    }
    chosen = found(query)
    for row in chosen:
        assert names[0] in people[row] or set(names[0].split()) <= set(people[row].split())
    if names == ("Li",):
        assert all("Li" in people[row].split() for row in chosen)
    whole = [row for row, name in people.items() if set(names[0].split()) <= set(name.split())]
    assert set(whole) <= set(chosen)


def test_a_name_and_a_condition_stand_side_by_side() -> None:
    assert found("name Chen owner") == sorted(set(found("name Chen")) & set(found("owner")))
    assert found("姓名 陈 且 店主") == found("name 陈 and owner")


@pytest.mark.parametrize(
    ("query", "word", "allowed"),
    [
        ("scor > 600", "scor", "“score”"),
        ("limit > lots", "lots", "an amount such as 5000"),
        ("limit >", "ends too early", "an amount such as 5000"),
        ("bucket 9", "“9”", "from M0 to M6"),
        ("tier 7", "“7”", "from 1 to 5"),
        ("limit > 50 %", "“50%”", "an amount"),
        ("limit 12.345", "12.345", "too many decimals"),
        ("opened 2025-13-01", "2025-13-01", "a date such as"),
        ("limit cut by rain", "rain", "utilisation"),
        ("(owner", "ends too early", ")"),
        ("owner)", "“)”", "and"),
        ("or", "“or”", "limit"),
        ("grade 7", "“7”", "A to E"),
        ("age 99999999999999999999", "too large", "a number"),
        ("额度大于很多", "很多", "an amount"),
        ("__import__('os')", "__import__", "no word"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_sentence_with_the_word_and_what_is_allowed(
    query: str, word: str, allowed: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    sentence = raised.value.sentence
    assert word in sentence and allowed in sentence, sentence
    assert "{" not in sentence and sentence.endswith((".", "?"))
    assert 0 <= raised.value.start <= raised.value.end <= len(query)


def test_wrong_input_is_told_in_chinese() -> None:
    text.use("zh")
    with pytest.raises(QueryError) as raised:
        parse("额度大于很多")
    assert "很多" in raised.value.sentence and "金额" in raised.value.sentence


def test_brackets_without_end_are_refused_and_do_not_overflow() -> None:
    with pytest.raises(QueryError):
        parse("(" * 5_000 + "owner")
    with pytest.raises(QueryError):
        parse("not " * 5_000 + "owner")


def read_or_refused(query: str) -> None:
    """A filter has one flag for every shopper, or a sentence and a place within the text."""
    try:
        flags = parse(query).flags(POPULATION, TODAY)
    except QueryError as error:
        assert error.sentence and 0 <= error.start <= error.end <= len(query)
    else:
        assert flags.dtype == np.bool_ and flags.shape == (3_000,)
    completions(query)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(query: str) -> None:
    read_or_refused(query)


PIECES = [
    spelling for word in w.vocabulary() for spelling in (word.english[0], word.chinese[0])
] + ["5", "M2", "C", "80 %", "2025-03-01", "Chen", "陈"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))
def test_any_words_of_the_language_are_read_or_refused(query: str) -> None:
    read_or_refused(query)


CONDITIONS = [
    "owner",
    "student",
    "age 18-25",
    "bucket >= M2",
    "limit > 5000",
    "本月降额",
    "grade C or better",
    "name Li",
]
QUERIES = st.recursive(
    st.sampled_from(CONDITIONS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or", "且", "或"]), inner).map(
            lambda each: "({} {} {})".format(*each)
        ),
        inner.map("not ({})".format),
    ),
    max_leaves=6,
)


@given(QUERIES, QUERIES)
def test_and_or_and_not_are_those_of_sets(left: str, right: str) -> None:
    everyone, first, second = set(range(3_000)), set(found(left)), set(found(right))
    assert set(found(f"{left} and {right}")) == first & second
    assert set(found(f"{left} 或 {right}")) == first | second
    assert set(found(f"not {left}")) == everyone - first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_example_can_be_asked(language: str) -> None:
    text.use(language)
    for example in examples():
        parse(example)


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("li", "limit cut"),
        ("limit c", "limit cut"),
        ("limit cut this ", "this month"),
        ("limit cut ", "this month"),
        ("owner an", "and"),
        ("princ", "principal"),
        ("limit > 5000 ", "and"),
        ("status s", "suspended"),
        ("limit cut by ", "review"),
        ("降", "降额"),
        ("本月", "额度下调"),
        ("额度大于5000且", "店主"),
    ],
)
def test_what_is_begun_can_be_completed(begun: str, offered: str) -> None:
    assert offered in [each.word for each in completions(begun)]


def test_before_any_letter_words_are_offered_in_the_readers_language() -> None:
    assert completions("(")[0].word == "owner" and completions("（")[0].word == "店主"
    text.use("zh")
    assert completions("(")[0].word == "店主" and completions("(limit > 5000 ")[0].word == "and"


@given(QUERIES, st.integers(0, 40))
def test_a_completed_filter_never_fails_on_the_completed_word(query: str, length: int) -> None:
    begun = query[:length]
    for completion in completions(begun):
        assert completion.text.startswith(begun[: completion.start])
        try:
            parse(completion.text)
        except QueryError as error:
            assert error.start >= completion.start + len(completion.word), (completion, error.sentence)


def test_the_vocabulary_names_every_code() -> None:
    def count(kind: str) -> int:
        return sum(word.kind == kind for word in w.vocabulary())

    assert count(w.STATUS) == len(codes.STATUSES)
    assert count(w.CLOSED_BY) == len(codes.CLOSURE_CAUSES) - 1
    assert count(w.SUSPENDED_BY) == len(codes.SUSPENSION_CAUSES)
    assert tuple(english for english, _chinese in JOB_NAMES) == JOBS
