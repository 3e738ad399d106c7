"""The registry of rules: functions that run as plain Python and that the engine can compile.

`@rule` leaves a function as it is, so that neither Numba nor a compile is needed to play.
When the engine loads, `engine.compile` hands every registered function to Numba, and kernels then
compile the very same source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[str, Callable[..., Any]] = {}
PLAIN_ONLY: dict[str, Callable[..., Any]] = {}
IN_PLACE: set[Callable[..., Any]] = set()


def rule(function: F) -> F:
    """Register a function as part of the rulebook and return it unchanged."""
    RULES[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def in_place(function: F) -> F:
    """Let a rule's code stand wherever it is called: a table handed to it is then looked into, not copied."""
    IN_PLACE.add(function)
    return function


def plain_only(function: F) -> F:
    """Register a function that does its work in plain Python alone; compiled, it does nothing."""
    PLAIN_ONLY[f"{function.__module__}.{function.__qualname__}"] = function
    return function
