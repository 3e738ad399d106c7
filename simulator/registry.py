"""The registry of rules: functions that run as plain Python and that the engine can compile.

`@rule` leaves a function as it is, so that neither Numba nor a compile is needed to play.
When the engine loads, `make_compilable` hands every registered function to Numba, and kernels
then compile the very same source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[str, Callable[..., Any]] = {}
PLAIN_ONLY: dict[str, Callable[..., Any]] = {}
_compilable: set[str] = set()


def rule(function: F) -> F:
    """Register a function as part of the rulebook and return it unchanged."""
    RULES[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def plain_only(function: F) -> F:
    """Register a function that does its work in plain Python alone; compiled, it does nothing."""
    PLAIN_ONLY[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def make_compilable() -> None:
    """Hand every registered rule to Numba (imports it); rules registered since are added."""
    from numba.extending import overload, register_jitable

    for name, function in RULES.items():
        if name not in _compilable:
            register_jitable(function)
            _compilable.add(name)
    for name, function in PLAIN_ONLY.items():
        if name not in _compilable:
            overload(function)(_nothing(function))
            _compilable.add(name)


def _nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    """An overload of the same parameters whose compiled body is empty."""
    parameters = ", ".join(function.__code__.co_varnames[: function.__code__.co_argcount])
    namespace: dict[str, Any] = {}
    exec(
        f"def stand_in({parameters}):\n    def empty({parameters}):\n        return None\n    return empty",
        namespace,
    )
    stand_in: Callable[..., Any] = namespace["stand_in"]
    return stand_in
