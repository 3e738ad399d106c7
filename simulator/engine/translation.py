"""Translation: the way of a rule from Python to what the machine's compiler reads.

Numba leads every function through some thirty passes. Most look for what no rule has, such as closures, generators,
`with`, or arithmetic on whole arrays, and about each pass it tells whoever listens, at length. Rules take the few that
do something, and the code that comes out is the same.
Importing this module imports Numba.
"""

from __future__ import annotations

import functools
import operator
from typing import Any

from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager
from numba.core.typed_passes import (
    IRLegalization,
    NativeLowering,
    NoPythonBackend,
    NopythonTypeInference,
    PreLowerStripPhis,
)
from numba.core.types import Boolean, Integer
from numba.core.types.functions import Function
from numba.core.types.npytypes import Record
from numba.core.untyped_passes import (
    FixupArgs,
    GenericRewrites,
    IRProcessing,
    ReconstructSSA,
    RewriteSemanticConstants,
    TranslateByteCode,
)

PASSES = (
    TranslateByteCode, FixupArgs, IRProcessing, RewriteSemanticConstants, GenericRewrites, ReconstructSSA,
    NopythonTypeInference, PreLowerStripPhis, IRLegalization, NativeLowering, NoPythonBackend,
)  # fmt: skip


class RulePasses(PassManager):
    """Passes that are run and no more: nobody is told of them."""

    def _runPass(self, index: int, one: Any, state: Any) -> None:
        one.run_pass(state)


@functools.cache
def _passes() -> RulePasses:
    passes = RulePasses("rule")
    for one in PASSES:
        passes.add_pass(one)
    passes.finalize()
    return passes


class RuleTranslator(CompilerBase):
    """What translates a rule, in place of Numba's own choice of passes."""

    def define_pipelines(self) -> list[RulePasses]:
        """The one way that every rule takes."""
        return [_passes()]


_Function: Any = Function
_Record: Any = Record
_type_of_call = _Function.get_call_type
_name_of_record = functools.cache(_Record.__repr__)
OPERATORS = {min, max, *(each for each in vars(operator).values() if callable(each))}
NUMBERS = Integer, Boolean


def remember_types() -> None:
    """Let Numba work out once what it otherwise works out line by line: how `+` of two whole numbers is typed, and what
    a record with its hundreds of fields is called.
    """
    _Function.get_call_type = _remembered_type
    _Record.__repr__ = _name_of_record


def _remembered_type(function: Any, context: Any, kinds: Any, named: Any) -> Any:
    if function.typing_key in OPERATORS and all(isinstance(kind, NUMBERS) for kind in kinds):
        return _type_of_operator(function, context, tuple(kinds))
    return _type_of_call(function, context, kinds, named)


@functools.cache
def _type_of_operator(function: Any, context: Any, kinds: tuple[Any, ...]) -> Any:
    return _type_of_call(function, context, kinds, {})
