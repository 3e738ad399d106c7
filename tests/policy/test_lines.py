"""Line numbers: every key of a TOML text is found where it stands."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.export import to_toml
from simulator.policy.fields import Place
from simulator.policy.lines import key_lines
from simulator.policy.schema import Policy

TEXT = '''\
# a comment with [brackets] and a = 1
from = "standard"  # b = 2
title = """c = 3
d = 4""""
[fees]
late_fee_ppm = 3
fee_rate_ppm . 12 . C = 4
"fee_rate_ppm"."3" = {A = 1, 'B' = [ "]", 2 ]}

season = [
  {day = "06-18", before = 25},  # ]
  {day = '11-11',
after = 3},
]
[[x.y]]
a = 2020-01-01 10:00:00
[[x.y]]
a = 2
[x.y.z]
q = "\\"" # e = 5'''


def test_each_key_and_item_is_on_its_line() -> None:
    expected: dict[Place, int] = {
        ("from",): 2, ("title",): 3, ("fees",): 5, ("fees", "late_fee_ppm"): 6,
        ("fees", "fee_rate_ppm"): 7, ("fees", "fee_rate_ppm", "12"): 7,
        ("fees", "fee_rate_ppm", "12", "C"): 7,
        ("fees", "fee_rate_ppm", "3"): 8, ("fees", "fee_rate_ppm", "3", "A"): 8,
        ("fees", "fee_rate_ppm", "3", "B"): 8, ("fees", "fee_rate_ppm", "3", "B", 0): 8,
        ("fees", "fee_rate_ppm", "3", "B", 1): 8,
        ("fees", "season"): 10, ("fees", "season", 0): 11, ("fees", "season", 0, "day"): 11,
        ("fees", "season", 0, "before"): 11, ("fees", "season", 1): 12, ("fees", "season", 1, "day"): 12,
        ("fees", "season", 1, "after"): 13,
        ("x", "y"): 15, ("x", "y", 0): 15, ("x", "y", 0, "a"): 16, ("x", "y", 1): 17, ("x", "y", 1, "a"): 18,
        ("x", "y", 1, "z"): 19, ("x", "y", 1, "z", "q"): 20,
    }  # fmt: skip
    assert key_lines(TEXT) == expected


def test_a_whole_policy_has_a_line_for_every_value() -> None:
    text = to_toml(Policy())
    lines = key_lines(text)
    assert set(places(tomllib.loads(text))) <= set(lines)
    for place, line in lines.items():
        assert str(place[-1]) in text.splitlines()[line - 1] or isinstance(place[-1], int)


@given(st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=12), max_size=5))
def test_any_quoted_key_and_text_is_passed(table: dict[str, str]) -> None:
    text = "\n".join(f"{quoted(key)} = {quoted(value)}" for key, value in table.items())
    assert len(key_lines(text)) == len(tomllib.loads(text)) == len(table)


def quoted(text: str) -> str:
    """A TOML basic string, every character escaped."""
    return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


def places(value: Any, place: Place = ()) -> list[Place]:
    """Every place inside nested tables and lists."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, part in inner for found in [(*place, key), *places(part, (*place, key))]]
