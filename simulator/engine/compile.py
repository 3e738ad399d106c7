"""Compiling: rules become part of the kernels that call them.

Left to itself, Numba makes machine code of every rule by itself, once for each combination of
integer widths that it is called with, and again within every caller. Here a rule is translated once,
its whole numbers widened to 64 bits, and only a kernel becomes machine code, with everything that
it calls: half the time to compile, and faster code. Machine code is kept small rather than unrolled: a day
takes a path through very many rules, and what does not fit next to the processor costs more than loops.
Places in arrays and tables are never counted from the end: Numba would ask of every one whether it is. And what is
divided by a number of the rulebook, such as a million, is multiplied instead.

A jump that the processor guesses wrong costs as much as sixty steps. So conditions joined by `&` or `|` instead of
`and` or `or` are one jump, and what is cheap is worked out whether it is needed or not.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

from llvmlite.binding import set_option
from llvmlite.ir import Constant, IntType, Undefined, VectorType
from llvmlite.ir.instructions import InsertValue
from numba.core import config, sigutils
from numba.core.cgutils import global_constant, raw_memmove
from numba.core.codegen import get_host_cpu_features
from numba.core.registry import CPUDispatcher, cpu_target
from numba.core.types import Array, Dispatcher, Integer, NestedArray, boolean, int64, intp, none
from numba.core.types.containers import UniTuple
from numba.core.types.misc import Omitted, unliteral
from numba.core.typing.templates import make_concrete_template
from numba.cpython.numbers import int_floordiv_impl, int_rem_impl
from numba.cpython.tupleobj import getitem_unituple
from numba.extending import lower_builtin, overload, type_callable
from numba.np import arrayobj

from simulator.bits import how_many, lowest_place, places_of
from simulator.compiled import code_folder
from simulator.engine.linking import KernelLibrary
from simulator.engine.machine_code import keep_in
from simulator.engine.translation import RuleTranslator, remember_types
from simulator.registry import IN_PLACE, PLAIN_ONLY, RULES
from simulator.row import close_gap


def widened(kind: Any) -> Any:
    """The type as which an argument is handed over: whole numbers as 64 bits, switches as they are."""
    kind = unliteral(kind)
    if isinstance(kind, Omitted):
        return boolean if isinstance(kind.value, bool) else int64
    return int64 if isinstance(kind, Integer) else kind


class RuleDispatcher(CPUDispatcher):
    """A rule as kernels see it: translated once, no machine code of its own."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """Take a rule; nothing is translated before a kernel asks for it."""
        super().__init__(function, targetoptions={"nopython": True}, pipeline_class=RuleTranslator)
        self._compiler._customize_flags = functools.partial(_inner_flags, function in IN_PLACE)
        self._keys: dict[tuple[Any, ...], object] = {}

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """The call as typed: defaults filled in, widths evened out."""
        signature, given = self._compiler.fold_argument_types(args, kws)
        wide = tuple(widened(kind) for kind in given)
        if wide not in self.overloads:
            self.add_overload(self._compiler.compile(wide, None))
        name = self.py_func.__name__
        template = make_concrete_template(name, key=name, signatures=self.nopython_signatures)
        return template, signature, wide, {}

    def add_overload(self, result: Any) -> None:
        """Keep a translation, to be linked into kernels."""
        kinds = tuple(result.signature.args)
        result.library.close_rule()
        self._keys[kinds] = ("rule", id(self), kinds)
        self.targetctx.insert_user_function(self._keys[kinds], result.fndesc, [result.library])
        self.overloads[kinds] = result

    def get_overload(self, signature: Any) -> Any:
        """What stands for the translation where a kernel calls it."""
        kinds, _result = sigutils.normalize_signature(signature)
        return self._keys[tuple(kinds)]


def _inner_flags(in_place: bool, flags: Any) -> Any:
    flags.forceinline = in_place
    flags.no_compile = True
    flags.no_cpython_wrapper = True
    flags.no_cfunc_wrapper = True
    flags.error_model = "numpy"
    flags.nrt = False
    return flags


_known: dict[str, RuleDispatcher] = {}
_empty: set[str] = set()


_PACKAGE = __package__.partition(".")[0]
_OURS = f"{len(_PACKAGE)}{_PACKAGE}"
"""How the name of a function of this package begins in machine code."""
_any_place = arrayobj.fix_integer_index


def make_compilable() -> None:
    """Hand every registered rule to Numba; rules registered since are added. What is compiled from here on is kept
    with the rules in use.
    """
    if not _known:
        keep_in(code_folder())
        set_option(_PACKAGE, "-jump-is-expensive")  # left to itself, the compiler takes `a & b` apart again
        config.CPU_FEATURES = _features()
        remember_types()
    cpu_target.target_context.codegen()._library_class = KernelLibrary
    arrayobj.fix_integer_index = _place
    for name, function in RULES.items():
        if name not in _known:
            _known[name] = RuleDispatcher(function)
            cpu_target.typing_context.insert_global(function, Dispatcher(_known[name]))
    for name, function in PLAIN_ONLY.items():
        if name not in _empty:
            overload(function)(_nothing(function))
            _empty.add(name)


def _features() -> str:
    """What the processor can do; and that it divides large numbers as fast as small ones, or nearly: left to itself,
    the compiler asks before each division whether small ones would do, and that is a jump by luck.
    """
    found: str = get_host_cpu_features() if config.CPU_FEATURES is None else config.CPU_FEATURES
    return f"{found},-idivq-to-divl" if "+sse2" in found else found


@type_callable(close_gap)
def _gap_as_typed(context: Any) -> Callable[[Any, Any, Any], Any]:
    return lambda slots, index, last: none


@lower_builtin(close_gap, Array, Integer, Integer)
def _move_block(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `close_gap`: the block after slot `index`, up to slot `last`, is moved down by one slot."""
    kind = signature.args[0]
    slots = context.make_array(kind)(context, builder, arguments[0])
    index, last = (
        context.cast(builder, place, given, int64)
        for place, given in zip(arguments[1:], signature.args[1:], strict=True)
    )
    gap = builder.gep(slots.data, [index])
    after = builder.gep(gap, [context.get_constant(int64, 1)])
    raw_memmove(builder, gap, after, builder.sub(last, index), slots.itemsize)
    return context.get_dummy_value()


@type_callable(lowest_place)
@type_callable(how_many)
def _bits_as_typed(context: Any) -> Callable[[Any], Any]:
    return lambda bits: int64


@lower_builtin(lowest_place, Integer)
def _count_below(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `lowest_place`: the bits below the lowest one that is set are counted."""
    bits = context.cast(builder, arguments[0], signature.args[0], int64)
    return builder.cttz(bits, context.get_constant(boolean, True))


@lower_builtin(how_many, Integer)
def _count_all(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `how_many`."""
    return builder.ctpop(context.cast(builder, arguments[0], signature.args[0], int64))


@type_callable(places_of)
def _places_as_typed(context: Any) -> Callable[[Any, Any], Any]:
    return lambda number, numbers: int64


@lower_builtin(places_of, Integer, NestedArray)
def _compare_all(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `places_of`: the numbers are loaded and compared side by side, each giving one bit."""
    kind = signature.args[1]
    numbers = context.make_array(kind)(context, builder, arguments[1])
    row = VectorType(IntType(kind.dtype.bitwidth), kind.nitems)
    there = builder.load(builder.bitcast(numbers.data, row.as_pointer()), align=1)
    number = context.cast(builder, arguments[0], signature.args[0], kind.dtype)
    first = builder.insert_element(Constant(row, Undefined), number, _LANE(0))
    wanted = builder.shuffle_vector(first, first, Constant(VectorType(_LANE, kind.nitems), [0] * kind.nitems))
    found = builder.icmp_signed("==", there, wanted)
    return builder.zext(builder.bitcast(found, IntType(kind.nitems)), IntType(64))


_LANE = IntType(32)


def _place(context: Any, builder: Any, kind: Any, place: Any, size: Any) -> Any:
    """A place in an array: in our own code as it is given, without the look whether it is counted from the end."""
    if _OURS in builder.function.name:
        return context.cast(builder, place, kind, intp)
    return _any_place(context, builder, kind, place, size)


@lower_builtin(operator.getitem, UniTuple, intp)
def _entry(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of a look into a table: in our own code one of its places is given, counted from its beginning.

    A table of the rulebook is a constant; one that was handed over becomes one where the rule's code stands in place.
    """
    if _OURS not in builder.function.name:
        return getitem_unituple(context, builder, signature, arguments)
    table, place = arguments
    entries = _entries(table)
    if all(isinstance(entry, Constant) for entry in entries):
        numbers = global_constant(builder, "table", Constant(table.type, entries))
        return builder.load(builder.gep(numbers, [place.type(0), place]))
    nowhere, after = builder.append_basic_block(), builder.append_basic_block()
    choice = builder.switch(place, nowhere)
    with builder.goto_block(nowhere):
        builder.unreachable()
    with builder.goto_block(after):
        found = builder.phi(table.type.element)
    for index in range(signature.args[0].count):
        block = builder.append_basic_block()
        choice.add_case(place.type(index), block)
        with builder.goto_block(block):
            found.add_incoming(builder.extract_value(table, index), block)
            builder.branch(after)
    builder.position_at_end(after)
    return found


def _entries(table: Any) -> list[Any]:
    """What was put into a table's places; None where that is not known."""
    entries = [None] * table.type.count
    while isinstance(table, InsertValue):
        entries[table.indices[0]] = table.value
        table = table.aggregate
    return entries


@lower_builtin(operator.floordiv, int64, int64)
@lower_builtin(operator.ifloordiv, int64, int64)
def _quotient(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `//`, rounding down: in our own code one multiplication where the divisor is a known number above 0.

    floor(n / d) is floor((2n + 1) / 2d). An odd number is never a multiple of 2d, and so a factor a little above
    2 ** bits / 2d gives it, whatever its sign. This holds up to 2 ** 61: what the rules multiply stays far below.
    """
    number, divisor = arguments
    known = divisor.constant if _OURS in builder.function.name and isinstance(divisor, Constant) else 0
    if not isinstance(known, int) or known <= 0:
        return int_floordiv_impl(context, builder, signature, arguments)
    if known & known - 1 == 0:
        return builder.ashr(number, number.type(known.bit_length() - 1))
    bits = 62 + (2 * known).bit_length()
    factor = 2**bits // (2 * known) + 1
    odd = builder.or_(builder.shl(number, number.type(1)), number.type(1))
    product = builder.mul(builder.sext(odd, _WIDE), _WIDE(factor))
    return builder.trunc(builder.ashr(product, _WIDE(bits)), number.type)


_WIDE = IntType(128)


@lower_builtin(operator.mod, int64, int64)
def _rest(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Code of `%`: in our own code what the quotient leaves."""
    if _OURS not in builder.function.name:
        return int_rem_impl(context, builder, signature, arguments)
    number, divisor = arguments
    return builder.sub(number, builder.mul(_quotient(context, builder, signature, arguments), divisor))


def _nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    """An overload of the same parameters whose compiled body is empty."""
    code = function.__code__
    parameters = ", ".join(code.co_varnames[: code.co_argcount])
    namespace: dict[str, Any] = {}
    exec(
        f"def stand_in({parameters}):\n    def empty({parameters}):\n        return None\n    return empty",
        namespace,
    )
    stand_in: Callable[..., Any] = namespace["stand_in"]
    return stand_in
