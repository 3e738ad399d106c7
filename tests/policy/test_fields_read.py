"""Every field of a policy does something: a rule, the engine, the people or the market's books read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import simulator
from simulator.policy.fields import policy_fields
from simulator.policy.record import PolicyRecord
from simulator.row import Row

ROOT = Path(simulator.__file__).parent
READERS = ("rules", "engine", "population", "market")
NOTHING_YET = {"warning_score", "decrease_ppm.warning"}
"""RULES §10 keeps these for an early-warning model that there is not yet."""


def fields_of(row: type[Row], before: str = "") -> Iterator[str]:
    """The fields of a record, those of its own rows after a dot."""
    for name, kind, _shape in row.layout:
        yield before + name
        if not isinstance(kind, str):
            yield from fields_of(kind, f"{before}{name}.")


def names_read() -> set[str]:
    """Every attribute that is read where a policy is used."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for part in READERS for path in (ROOT / part).rglob("*.py"))
    return {
        node.attr for tree in trees for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }  # fmt: skip


def test_every_field_is_read_but_those_of_a_model_that_there_is_not() -> None:
    read = names_read()
    assert {field for field in fields_of(PolicyRecord) if field.rpartition(".")[2] not in read} == NOTHING_YET


def test_a_field_that_does_nothing_says_so_in_both_languages() -> None:
    for field in NOTHING_YET:
        meaning = policy_fields()[field.partition(".")[0]].meaning
        assert "does nothing" in meaning.en.lower() and "暂无作用" in meaning.zh, field
