"""Policies written out: what is printed can be read again and means the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.files import fixture
from simulator.policy.export import json_schema, new_toml, to_json, to_toml
from simulator.policy.load import checked, load_policy
from simulator.policy.schema import SECTION_OF, SECTIONS

NAMES = sorted(path.stem for path in fixture("policies").glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_policy_as_toml_reads_back_the_same(name: str, tmp_path: Path) -> None:
    policy = load_policy(name)
    path = tmp_path / f"{name}.toml"
    path.write_text(to_toml(policy), encoding="utf-8")
    assert load_policy(path) == policy
    assert "from" not in tomllib.loads(path.read_text("utf-8"))


def test_the_file_of_standard_is_what_the_export_writes() -> None:
    assert fixture("policies", "standard.toml").read_text("utf-8") == to_toml(load_policy("standard"))


def test_quote_finds_its_two_date_defaults_without_the_schema() -> None:
    statements = tomllib.loads(fixture("policies", "standard.toml").read_text("utf-8"))["statements"]
    assert (statements["default_statement_day"], statements["due_offset_days"]) == (1, 9)


@given(st.text(), st.text())
def test_any_title_survives(en: str, zh: str) -> None:
    values = load_policy("standard").flat() | {"title": {"en": en, "zh": zh}}
    assert tomllib.loads(to_toml(checked(values)))["title"] == {"en": en, "zh": zh}


def test_json_carries_every_field_by_its_flat_name_and_the_scorecards() -> None:
    shown = json.loads(json.dumps(to_json(load_policy("standard"))))
    assert SECTION_OF.keys() <= shown.keys()
    assert shown["fee_rate_ppm"]["12"]["C"] == 7_500
    assert shown["counter_offer"] is True and shown["season"][0]["day"] == "06-18"
    assert list(shown["scorecards"]) == ["application", "behaviour", "monitor"]
    assert shown["scorecards"]["application"]["characteristics"][0]["bins"][-1] == {
        "points": 80, "label": {"en": "over 40", "zh": "40 单以上"}
    }  # fmt: skip


def test_a_new_file_differs_from_its_base_in_its_title_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(new_toml("cautious", 'My "own"'), encoding="utf-8")
    policy = load_policy(path)
    assert policy.flat() == load_policy("cautious").flat()
    assert policy.title.en == 'My "own"'


def test_the_json_schema_carries_unit_bounds_meaning_and_source() -> None:
    schema = json_schema()
    late = schema["properties"]["late_fee_ppm"]
    assert late == schema["properties"]["fees"]["properties"]["late_fee_ppm"]
    assert (late["type"], late["minimum"], late["maximum"], late["default"]) == ("integer", 0, 1_000_000, 650)
    assert late["unit"] == "ppm a day" and late["description"] and late["description_zh"]
    assert "0.03 to 0.07 % a day" in late["source"] and "每天 0.03 到 0.07%" in late["source_zh"]
    assert schema["properties"].keys() == {"from", "title", "summary", *SECTIONS, *SECTION_OF}


def test_the_json_schema_refuses_unknown_keys_and_lets_tables_differ_in_part() -> None:
    assert all(table["additionalProperties"] is False for table in tables(json_schema()))
    assert "required" not in json_schema()["properties"]["fee_rate_ppm"]["properties"]["12"]
    assert json_schema()["properties"]["season"]["items"]["required"] == ["day", "before", "after"]
    assert "$ref" not in json.dumps(json_schema())


def tables(schema: Any) -> list[dict[str, Any]]:
    """Every table inside a schema."""
    if isinstance(schema, list):
        return [table for part in schema for table in tables(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [table for part in schema.values() for table in tables(part)]
