"""Figures of the Lab in words: nothing is lost but what is under the last decimal, and tables keep their width."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from simulator import text
from simulator.lab.answer import Measured
from simulator.lab.words import amount_text, scale_of, scales, share_text
from tui.lab.tables import Row, table
from tui.widgets.curves import Curve, curves

amounts = st.integers(-(10**14), 10**14)
languages = st.sampled_from(text.LANGUAGES)


@given(amounts, languages, st.integers(0, 2), st.booleans())
def test_an_amount_is_right_to_half_its_last_decimal(fen: int, language: str, place: int, sign: bool) -> None:
    text.use(language)
    scale = scales()[place]
    shown = Decimal(amount_text(fen, scale, sign).replace(",", ""))
    assert abs(shown * scale.fen - fen) * 200 <= scale.fen
    text.use(text.ENGLISH)


@given(st.integers(-1_000_000, 1_000_000), st.booleans())
def test_a_share_is_right_to_half_its_last_decimal_and_never_seems_nothing(ppm: int, sign: bool) -> None:
    shown = Decimal(share_text(ppm, sign).split()[0])
    assert abs(shown * 10_000 - ppm) <= 50
    assert (shown == 0) == (ppm == 0)
    assert share_text(ppm, sign).startswith("+") == (sign and ppm > 0)


@given(
    st.lists(
        st.tuples(st.sampled_from(("profit_fen", "approval_ppm", "leavers")), amounts, amounts),
        min_size=1,
        max_size=5,
    ),
    st.integers(69, 150),
    languages,
)
def test_a_table_is_never_wider_than_its_room(
    figures: list[tuple[str, int, int]], width: int, language: str
) -> None:
    text.use(language)
    rows = [
        Row("Over 90 days", name, Measured(_near(name, today), _near(name, trial), 1.5), "")
        for name, today, trial in figures
    ]
    lines = ["".join(cell.fitted() for cell in line) for line in table("RESULT", rows, width)]
    assert len({cell_len(line) for line in lines[-len(rows) :]}) == 1
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert all(line.startswith("Over 90 days") for line in lines[-len(rows) :])
    text.use(text.ENGLISH)


def _near(name: str, value: int) -> int:
    """A value of a size that the measure can have."""
    return value if name.endswith("_fen") else value % 1_000_001


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=40), st.integers(24, 120), st.booleans())
def test_a_curve_keeps_its_width_and_touches_top_and_bottom(
    heights: list[int], width: int, plain: bool
) -> None:
    points = list(enumerate(heights))
    lines = curves([Curve(points, "accent")], width, str, plain)
    rows = ["".join(cell.fitted() for cell in line) for line in lines]
    assert all(cell_len(row) == width for row in rows[:-1])
    assert all(row[12:].isascii() for row in rows) or not plain
    if len(set(heights)) > 1:
        assert str(max(heights)) in rows[0]


@given(amounts, amounts)
def test_the_unit_of_a_table_grows_with_its_amounts(small: int, large: int) -> None:
    small, large = sorted((abs(small), abs(large)))
    units = [scale_of([("profit_fen", Measured(fen, fen))]).fen for fen in (small, large)]
    assert units[0] <= units[1]
