"""A table of a policy moves as one: each value by the same factor, within its bounds, and one undo takes all of it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.edit import Draft
from simulator.policy.fields import policy_leaves
from simulator.policy.load import load_policy
from simulator.policy.scaling import leaves_of, read_factor, scaled, tables_of
from simulator.policy.spoken import clash_texts
from simulator.policy.written import WrittenError

STANDARD = load_policy("standard")
TABLES = sorted({table for path in policy_leaves() for table in tables_of(path)})


def test_a_value_belongs_to_its_row_and_its_table() -> None:
    assert tables_of("fee_rate_ppm.12.C") == ["fee_rate_ppm.12", "fee_rate_ppm"]
    assert tables_of("grade_cutoffs.E") == ["grade_cutoffs"] and tables_of("age_min") == []
    assert len(leaves_of("fee_rate_ppm")) == 20 and list(leaves_of("fee_rate_ppm.3")) == [f"fee_rate_ppm.3.{grade}" for grade in "ABCDE"]


@given(st.sampled_from(TABLES), st.integers(0, 11_000_000))
def test_every_value_moves_by_the_factor_or_stops_at_its_bound(table: str, factor_ppm: int) -> None:
    draft = Draft(STANDARD)
    values = {path: draft.value(path) for path in leaves_of(table)}
    found = scaled(values, table, factor_ppm)
    assert found.values.keys() == values.keys()
    for path, kind in leaves_of(table).items():
        wanted = (values[path] * factor_ppm + 500_000) // 1_000_000
        assert kind.low is not None and kind.high is not None
        assert found.values[path] == max(kind.low, min(kind.high, wanted))
        assert (path in found.stopped) == (found.values[path] != wanted)


def test_one_undo_takes_a_whole_table_back() -> None:
    draft = Draft(STANDARD)
    draft.scale("fee_rate_ppm", 800_000)
    assert len(draft.changes) == 20
    assert all(change.after * 10 == change.before * 8 for change in draft.changes)
    draft.scale("fee_rate_ppm.3", 500_000)
    assert draft.undo() and len(draft.changes) == 20
    assert draft.undo() and draft.changes == []
    assert draft.redo() and len(draft.changes) == 20


@given(st.sampled_from(TABLES), st.integers(0, 11_000_000))
def test_no_factor_makes_a_policy_that_cannot_be(table: str, factor_ppm: int) -> None:
    draft = Draft(STANDARD)
    draft.scale(table, factor_ppm)
    assert clash_texts(draft.policy.flat()) == []


@pytest.mark.parametrize(
    ("typed", "factor_ppm"),
    [("-20", 800_000), ("+5", 1_050_000), ("5 %", 1_050_000), ("-2.5%", 975_000), ("－１００", 0), ("−1", 990_000), ("1000", 11_000_000)],
)  # fmt: skip
def test_a_change_is_typed_in_per_cent(typed: str, factor_ppm: int) -> None:
    assert read_factor(typed) == factor_ppm


@pytest.mark.parametrize("typed", ["", "a fifth", "x0.8", "-101", "1001", "--5", "12.345678"])
def test_what_is_no_change_in_per_cent_is_said(typed: str) -> None:
    with pytest.raises(WrittenError):
        read_factor(typed)
