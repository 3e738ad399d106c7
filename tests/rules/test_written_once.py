"""A number that rules rest on is written once, in one module, by one name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulator

ROOT = Path(simulator.__file__).parent


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the simulator with its place."""
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def reckoned_with(number: int, tree: ast.Module) -> bool:
    """Whether a module names a number or reckons with it; a default of an argument or a field is neither."""
    parts = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            parts += [node.left, node.right]
        elif isinstance(node, ast.Compare):
            parts += [node.left, *node.comparators]
    return any(isinstance(part, ast.Constant) and part.value == number for part in parts)


def homes(name: str) -> list[str]:
    """The modules that give a name a written value."""
    return [
        place
        for place, tree in trees()
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        and isinstance(node.value, ast.Constant | ast.Tuple)
    ]


def test_the_days_of_a_year_are_written_in_one_place() -> None:
    assert [place for place, tree in trees() if reckoned_with(365, tree)] == ["calendar.py"]
    assert homes("DAYS_A_YEAR") == ["calendar.py"]


def test_the_capped_daily_rate_is_reckoned_in_one_place() -> None:
    found = [
        place
        for place, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv)
        and isinstance(node.left, ast.Attribute | ast.Name) and "rate_cap_ppm" in ast.unparse(node.left)
    ]  # fmt: skip
    assert found == ["rules/arithmetic.py"]


@pytest.mark.parametrize(
    ("name", "home"), [("HUNDRED_YUAN_FEN", "rules/arithmetic.py"), ("TERMS", "codes.py"), ("GRADES", "codes.py")]
)
def test_a_constant_has_one_home(name: str, home: str) -> None:
    assert homes(name) == [home]


def test_what_is_said_in_the_language_in_use_is_chosen_in_one_place() -> None:
    tree = ast.parse((ROOT / "policy" / "values.py").read_text(encoding="utf-8"))
    assert sum(isinstance(node, ast.FunctionDef) and node.name == "spoken" for node in ast.walk(tree)) == 1
