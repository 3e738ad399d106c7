"""A reason's leaf is written once: topics that ask the same thing share it, each under its own code."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap

from simulator import rules
from simulator.rules.reasons import TOPICS, Leaf


def body_of(leaf: Leaf) -> str:
    """What a leaf does, without its name and its docstring."""
    function = ast.parse(textwrap.dedent(inspect.getsource(leaf))).body[0]
    assert isinstance(function, ast.FunctionDef)
    return "\n".join(ast.unparse(part) for part in function.body[1:])


def test_no_two_leaves_have_the_same_body() -> None:
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"simulator.rules.{module.name}")
    leaves = {reason.leaf for reasons in TOPICS.values() for reason in reasons}
    bodies: dict[str, list[str]] = {}
    for leaf in leaves:
        bodies.setdefault(body_of(leaf), []).append(f"{leaf.__module__}.{getattr(leaf, '__name__', '')}")
    assert {body: names for body, names in bodies.items() if len(names) > 1} == {}
