"""Charts of lines: exact widths, sizes that keep their proportions, marks where something changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.cells import Line
from tui.widgets.chart import LABEL, Series, bars, gap, line_chart, sample, stack_chart

SIZES = st.integers(0, 10**9)
WIDTHS = st.integers(30, 160)


def text(line: Line) -> str:
    """A line as it is drawn."""
    return "".join(cell.fitted() for cell in line)


@given(st.lists(SIZES, min_size=1, max_size=12), WIDTHS)
def test_bars_keep_the_order_of_sizes_and_fit(sizes: list[int], width: int) -> None:
    lines = bars([(f"bin {n}", size, f"{size:,}") for n, size in enumerate(sizes)], width)
    lengths = [text(line).count("#") for line in lines]
    assert all(cell_len(text(line)) <= width for line in lines)
    for size, length in zip(sizes, lengths, strict=True):
        assert (length > 0) == (size > 0)
    for one, its in zip(sizes, lengths, strict=True):
        for other, others in zip(sizes, lengths, strict=True):
            assert one >= other or its <= others


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12), WIDTHS)
def test_a_bar_below_zero_is_told_apart_by_its_mark_and_is_as_long_as_its_amount(
    sizes: list[int], width: int
) -> None:
    drawn = [line[-2] for line in bars([(f"bin {n}", size, "") for n, size in enumerate(sizes)], width)]
    as_gains = [line[-2] for line in bars([(f"bin {n}", abs(size), "") for n, size in enumerate(sizes)], width)]
    assert [len(bar.text) for bar in drawn] == [len(bar.text) for bar in as_gains]
    for size, bar in zip(sizes, drawn, strict=True):
        assert set(bar.text) == ({"#"} if size > 0 else {"-"} if size < 0 else set())


@given(st.lists(st.lists(SIZES, min_size=6, max_size=6), min_size=1, max_size=40), WIDTHS, st.integers(3, 12))
def test_a_stack_is_as_high_as_its_share_of_the_highest(
    columns: list[list[int]], width: int, height: int
) -> None:
    lines = stack_chart(columns, width, height, str)
    shown = columns[-(width - LABEL - 1) :]
    most = max(sum(column) for column in shown)
    if not most:
        assert lines == []
        return
    assert len(lines) == height and all(cell_len(text(line)) <= width for line in lines)
    drawn = [line[2:] for line in lines]
    for place, column in enumerate(shown):
        filled = sum(row[place].filled for row in drawn)
        assert abs(filled - sum(column) * height / most) <= 1
    assert any(row[place].filled for row in drawn for place in range(len(drawn[0])))


def test_a_stack_has_its_layers_from_the_bottom() -> None:
    lines = stack_chart([[50, 50, 0, 0, 0, 0]], 40, 4, str)
    marks = [line[2].text[0] for line in lines]
    assert marks == ["2", "2", "1", "1"]


@given(st.lists(SIZES, min_size=1, max_size=60), WIDTHS, st.integers(3, 12), st.booleans())
def test_a_line_chart_is_as_wide_as_it_may_be(
    values: list[int], width: int, height: int, plain: bool
) -> None:
    lines = line_chart([Series(values, "limit")], width, height, str, marks=[0, len(values) - 1], plain=plain)
    assert len(lines) == height
    for line in lines:
        assert cell_len(text(line)) == max(width, LABEL + 5)
        assert not plain or text(line).isascii()


def test_a_rising_line_rises_and_a_change_of_policy_is_marked() -> None:
    lines = [
        text(line)[LABEL + 1 :]
        for line in line_chart([Series(range(20), "limit")], 60, 4, str, marks=[10], plain=True)
    ]
    first = [min((row.find("*") for row in [line] if "*" in row), default=99) for line in lines]
    assert first == sorted(first, reverse=True)
    assert sum("|" in line for line in lines) >= 3


LEVELS = st.integers(0, 99)


@given(st.integers(60, 99), st.integers(0, 40), WIDTHS)
def test_a_dashed_line_is_known_from_a_whole_one_without_colour(dashed: int, whole: int, width: int) -> None:
    series = [Series([dashed] * 9, "limit", dashed=True), Series([whole] * 9, "owed")]
    drawn = [text(line)[LABEL + 1 :] for line in line_chart(series, width, 30, str, least=0)]
    gapped = [row for row in drawn if row.strip() and any(letter == " " for letter in row)]
    assert len(gapped) == 1
    assert [letter == " " for letter in gapped[0]] == [gap(column) for column in range(len(gapped[0]))]
    assert text([sample(0, "limit", True, False)]) != text([sample(1, "owed", False, False)])


@given(LEVELS, LEVELS, WIDTHS)
def test_in_plain_letters_each_line_has_its_own(first: int, second: int, width: int) -> None:
    drawn = "".join(
        text(line)[LABEL + 1 :]
        for line in line_chart([Series([first] * 9, "limit", True), Series([second] * 9, "owed")], width, 8, str, plain=True)
    )
    letters = [text([sample(place, "ink", place == 0, True)]).strip()[0] for place in range(2)]
    assert letters[0] != letters[1] and letters[1] in drawn
    if first != second:
        assert letters[0] in drawn


def test_nothing_to_draw_draws_nothing() -> None:
    assert stack_chart([], 60, 5, str) == []
    assert line_chart([], 60, 5, str) == []
    assert bars([], 60) == []
