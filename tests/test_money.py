"""Money as written: what is read, what is refused, and that both directions agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import text
from simulator.money import MoneyError, money, parse_yuan, typed_yuan, yuan


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00"), (5, "0.05"), (108_189, "1,081.89"), (-75, "-0.75"), (-123_456, "-1,234.56")],
)
def test_fen_are_written_as_yuan_with_two_decimals(fen: int, written: str) -> None:
    assert money(fen) == written


def test_a_change_shows_its_sign_and_no_change_has_none() -> None:
    assert [money(fen, sign=True) for fen in (75, -75, 0)] == ["+0.75", "-0.75", "0.00"]


@given(st.integers(0, 10**15))
def test_what_is_written_is_read_back_with_and_without_commas(fen: int) -> None:
    assert parse_yuan(money(fen)) == fen
    assert parse_yuan(yuan(fen)) == fen and "," not in yuan(fen)


@pytest.mark.parametrize(
    ("given", "fen"), [("7", 700), (" 7.5 ", 750), ("007.05", 705), ("1,299", 129_900), ("12.", 1200)]
)
def test_fewer_decimals_and_spaces_around_are_fine(given: str, fen: int) -> None:
    assert parse_yuan(given) == fen


@pytest.mark.parametrize(
    ("given", "fen"), [("３０００", 300_000), ("￥3000", 300_000), ("¥ 12.50", 1250), ("3，000 元", 300_000)]
)
def test_what_a_person_types_may_be_of_full_width_and_name_yuan(given: str, fen: int) -> None:
    assert typed_yuan(given) == fen


@pytest.mark.parametrize(
    "given",
    ["", "  ", ".5", "-5", "+5", "1e3", "1,29", "12,34,567", ",100", "1_000", "¥5", "１２", "1.2.3", "nan"],
)
def test_what_is_no_amount_is_refused(given: str) -> None:
    with pytest.raises(MoneyError, match=r"write one like 1299\.00"):
        parse_yuan(given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("12.345", "12.345 has three decimals; write 12.35."),
        ("12.344", "12.344 has three decimals; write 12.34."),
        ("0.99999", "0.99999 has more than two decimals; write 1.00."),
        ("0.001", "0.001 has three decimals; write 0.01."),
        ("0.000", "0.000 has three decimals; write 0.00."),
        ("12345678901234.00", "12345678901234.00 is too much; write at most 10,000,000,000,000.00."),
    ],
)
def test_a_refused_amount_is_told_what_to_write(given: str, sentence: str) -> None:
    with pytest.raises(MoneyError) as refused:
        parse_yuan(given)
    assert str(refused.value) == sentence


def test_a_page_of_digits_is_refused_in_one_short_line() -> None:
    with pytest.raises(MoneyError) as refused:
        parse_yuan("9" * 6000)
    assert len(str(refused.value)) < 100


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_plain_sentence(given: str) -> None:
    try:
        assert parse_yuan(given) >= 0
    except MoneyError as refused:
        assert str(refused).endswith(".")


def test_the_sentence_speaks_chinese() -> None:
    text.use(text.CHINESE)
    with pytest.raises(MoneyError, match=r"12\.345 有三位小数，请写 12\.35。"):
        parse_yuan("12.345")
